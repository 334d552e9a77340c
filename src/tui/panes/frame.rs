//! The lines between panes: boxes that share their edges, with the right joint wherever lines meet.

use crate::tui::glyph::GlyphSet;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

const UP: u8 = 1;
const RIGHT: u8 = 2;
const DOWN: u8 = 4;
const LEFT: u8 = 8;

/// By the directions in which lines leave a cell: bit 0 up, 1 right, 2 down, 3 left.
const UNICODE: [&str; 16] = [" ", "│", "─", "└", "│", "│", "┌", "├", "─", "┘", "─", "┴", "┐", "┤", "┬", "┼"];
const ASCII: [&str; 16] = [" ", "|", "-", "+", "|", "|", "+", "+", "-", "+", "-", "+", "+", "+", "+", "+"];

/// Lines that have been laid out over an area but not yet drawn.
pub(in crate::tui) struct Lines {
    area: Rect,
    directions: Vec<u8>,
}

impl Lines {
    pub(in crate::tui) fn new(area: Rect) -> Lines {
        Lines { area, directions: vec![0; area.area() as usize] }
    }

    /// Adds the edges of a box. Boxes may share edges.
    pub(in crate::tui) fn add(&mut self, outer: Rect) {
        let outer = outer.intersection(self.area);
        if outer.width < 2 || outer.height < 2 {
            return;
        }
        let (left, right) = (outer.left(), outer.right() - 1);
        let (top, bottom) = (outer.top(), outer.bottom() - 1);
        for y in [top, bottom] {
            for x in left..=right {
                let ends = (u8::from(x > left) * LEFT) | (u8::from(x < right) * RIGHT);
                self.join(x, y, ends);
            }
        }
        for x in [left, right] {
            for y in top..=bottom {
                let ends = (u8::from(y > top) * UP) | (u8::from(y < bottom) * DOWN);
                self.join(x, y, ends);
            }
        }
    }

    /// Adds what is drawn already on the cells that have lines.
    pub(in crate::tui) fn keep(&mut self, buffer: &Buffer, set: GlyphSet) {
        if set != GlyphSet::Unicode {
            // Every joint looks alike.
            return;
        }
        for y in self.area.top()..self.area.bottom() {
            for x in self.area.left()..self.area.right() {
                let symbol = buffer.cell((x, y)).map_or(" ", |cell| cell.symbol());
                let drawn = UNICODE.iter().rposition(|joint| *joint == symbol).unwrap_or(0);
                let index = self.index(x, y);
                if self.directions[index] != 0 {
                    self.directions[index] |= u8::try_from(drawn).unwrap_or(0);
                }
            }
        }
    }

    /// Adds a straight line from one cell to another; what is not straight is left out.
    pub(in crate::tui) fn add_line(&mut self, from: (u16, u16), to: (u16, u16)) {
        let ((x0, y0), (x1, y1)) = (from.min(to), from.max(to));
        if y0 == y1 {
            (x0..=x1).for_each(|x| self.join(x, y0, (u8::from(x > x0) * LEFT) | (u8::from(x < x1) * RIGHT)));
        } else if x0 == x1 {
            (y0..=y1).for_each(|y| self.join(x0, y, (u8::from(y > y0) * UP) | (u8::from(y < y1) * DOWN)));
        }
    }

    fn join(&mut self, x: u16, y: u16, directions: u8) {
        if !self.area.contains((x, y).into()) {
            return;
        }
        let index = self.index(x, y);
        if let Some(cell) = self.directions.get_mut(index) {
            *cell |= directions;
        }
    }

    fn index(&self, x: u16, y: u16) -> usize {
        usize::from(y - self.area.y) * usize::from(self.area.width) + usize::from(x - self.area.x)
    }

    /// Draws all lines in `style`, and those of `focus` in `focused`.
    pub(in crate::tui) fn draw(
        &self,
        buffer: &mut Buffer,
        set: GlyphSet,
        style: Style,
        focus: Option<Rect>,
        focused: Style,
    ) {
        let table = if set == GlyphSet::Unicode { &UNICODE } else { &ASCII };
        for y in self.area.top()..self.area.bottom() {
            for x in self.area.left()..self.area.right() {
                let directions = self.directions[self.index(x, y)];
                if directions == 0 {
                    continue;
                }
                let style = if focus.is_some_and(|rect| on_edge(rect, x, y)) { focused } else { style };
                if let Some(cell) = buffer.cell_mut((x, y)) {
                    cell.set_symbol(table[usize::from(directions)]).set_style(style);
                }
            }
        }
    }
}

/// True when the cell belongs to the edge of the box.
fn on_edge(rect: Rect, x: u16, y: u16) -> bool {
    rect.contains((x, y).into())
        && (x == rect.left() || x + 1 == rect.right() || y == rect.top() || y + 1 == rect.bottom())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(set: GlyphSet) -> Vec<String> {
        let area = Rect::new(0, 0, 9, 5);
        let mut lines = Lines::new(area);
        lines.add(Rect::new(0, 0, 5, 5));
        lines.add(Rect::new(4, 0, 5, 3));
        lines.add(Rect::new(4, 2, 5, 3));
        let mut buffer = Buffer::empty(area);
        lines.draw(&mut buffer, set, Style::new(), None, Style::new());
        (0..5).map(|y| (0..9).map(|x| buffer[(x, y)].symbol().to_owned()).collect()).collect()
    }

    #[test]
    fn shared_edges_are_joined() {
        assert_eq!(drawn(GlyphSet::Unicode), ["┌───┬───┐", "│   │   │", "│   ├───┤", "│   │   │", "└───┴───┘"]);
        assert_eq!(drawn(GlyphSet::Safe)[2], "|   +---+");
    }
}
