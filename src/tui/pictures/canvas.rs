//! Where a picture is drawn.

use crate::tui::glyph::{GlyphSet, Glyphs};
use crate::tui::panes::Lines;
use crate::tui::text;
use crate::words::Words;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

/// A piece of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::tui) struct Span {
    pub(in crate::tui) text: String,
    pub(in crate::tui) style: Style,
    /// It stays whole where pieces have to be shortened.
    pub(in crate::tui) kept: bool,
}

impl Span {
    pub(in crate::tui) fn new(text: impl Into<String>, style: Style) -> Span {
        Span { text: text.into(), style, kept: false }
    }

    /// The same, to stay whole.
    pub(in crate::tui) fn kept(mut self) -> Span {
        self.kept = true;
        self
    }

    /// The same, emphasised if it is to be.
    pub(in crate::tui) fn emphasised(mut self, emphasised: bool) -> Span {
        if emphasised {
            self.style = self.style.add_modifier(Modifier::BOLD);
        }
        self
    }

    /// How many cells it takes.
    pub(in crate::tui) fn width(&self) -> usize {
        text::width(&text::safe(&self.text))
    }
}

/// How many cells the pieces take together.
pub(in crate::tui) fn width_of(spans: &[Span]) -> usize {
    spans.iter().map(Span::width).sum()
}

/// An area to draw into. Positions count from its upper left corner. Nothing is drawn outside, no wide character is cut
/// in half, and control characters become visible.
pub(in crate::tui) struct Canvas<'a> {
    buffer: &'a mut Buffer,
    area: Rect,
    set: GlyphSet,
}

impl<'a> Canvas<'a> {
    pub(in crate::tui) fn new(buffer: &'a mut Buffer, area: Rect, set: GlyphSet) -> Canvas<'a> {
        let area = area.intersection(buffer.area);
        Canvas { buffer, area, set }
    }

    pub(in crate::tui) fn width(&self) -> u16 {
        self.area.width
    }

    pub(in crate::tui) fn height(&self) -> u16 {
        self.area.height
    }

    pub(in crate::tui) fn glyphs(&self) -> &'static Glyphs {
        self.set.glyphs()
    }

    /// A part of it as a canvas of its own.
    pub(in crate::tui) fn part(&mut self, part: Rect) -> Canvas<'_> {
        let area = self.place(part);
        Canvas { buffer: self.buffer, area, set: self.set }
    }

    /// Writes text and gives the column after it.
    pub(in crate::tui) fn put(&mut self, x: u16, y: u16, text: &str, style: Style) -> u16 {
        self.put_within(x, y, self.area.width, text, style)
    }

    /// Writes text, cut off after this many cells, and gives the column after it.
    pub(in crate::tui) fn put_within(&mut self, x: u16, y: u16, cells: u16, text: &str, style: Style) -> u16 {
        let room = self.area.width.saturating_sub(x).min(cells);
        if room == 0 || y >= self.area.height {
            return x;
        }
        let text = text::safe(text);
        let shown = text::fit(&text, usize::from(room), self.glyphs().cut);
        let (left, row) = (self.area.x + x, self.area.y + y);
        self.uncover(left, row);
        self.buffer.set_stringn(left, row, shown, usize::from(room), style).0 - self.area.x
    }

    /// A wide character whose right half is about to be written over goes altogether.
    fn uncover(&mut self, left: u16, row: u16) {
        if left > self.area.x {
            let before = &mut self.buffer[(left - 1, row)];
            if text::width(before.symbol()) > 1 {
                before.set_symbol(" ");
            }
        }
    }

    /// Writes text in the middle of `cells` cells.
    pub(in crate::tui) fn centred(&mut self, x: u16, y: u16, cells: u16, text: &str, style: Style) {
        let used = narrow(text::width(&text::safe(text)));
        self.put_within(x + cells.saturating_sub(used) / 2, y, cells, text, style);
    }

    /// Writes text at the right end of `cells` cells.
    pub(in crate::tui) fn right(&mut self, x: u16, y: u16, cells: u16, text: &str, style: Style) {
        let used = narrow(text::width(&text::safe(text)));
        self.put_within(x + cells.saturating_sub(used), y, cells, text, style);
    }

    /// Writes pieces one after the other, cut off after this many cells, and gives the column after them.
    pub(in crate::tui) fn spans(&mut self, x: u16, y: u16, cells: u16, spans: &[Span]) -> u16 {
        let end = x.saturating_add(cells);
        let mut at = x;
        for span in spans {
            at = self.put_within(at, y, end.saturating_sub(at), &span.text, span.style);
        }
        at
    }

    /// Empties an area.
    pub(in crate::tui) fn clear(&mut self, part: Rect, style: Style) {
        let area = self.place(part);
        for y in area.top()..area.bottom() {
            self.uncover(area.left(), y);
            for x in area.left()..area.right() {
                self.buffer[(x, y)].set_symbol(" ").set_style(style);
            }
        }
    }

    /// Draws a box around an area, edges included.
    pub(in crate::tui) fn boxed(&mut self, part: Rect, style: Style) {
        let area = self.place(part);
        // Half a box would look like another thing.
        if (area.width, area.height) == (part.width, part.height) {
            let mut lines = Lines::new(area);
            lines.add(area);
            lines.draw(self.buffer, self.set, style, None, style);
        }
    }

    /// Draws a box whose edges are joined with those of boxes that are there already.
    pub(in crate::tui) fn joined(&mut self, part: Rect, style: Style) {
        let area = self.place(part);
        if (area.width, area.height) == (part.width, part.height) {
            let mut lines = Lines::new(area);
            lines.add(area);
            lines.keep(self.buffer, self.set);
            lines.draw(self.buffer, self.set, style, None, style);
        }
    }

    /// Draws a line through these points; each lies straight beside, above or below the one before.
    pub(in crate::tui) fn wire(&mut self, points: &[(u16, u16)], style: Style) {
        let mut lines = Lines::new(self.area);
        let place = |(x, y): (u16, u16)| (self.area.x.saturating_add(x), self.area.y.saturating_add(y));
        for pair in points.windows(2) {
            lines.add_line(place(pair[0]), place(pair[1]));
        }
        lines.draw(self.buffer, self.set, style, None, style);
    }

    /// Writes one line for each thing, as many as there is room for from row `y` on, and how many more there are.
    pub(in crate::tui) fn list(&mut self, y: u16, rows: &[Vec<Span>], words: &Words, dim: Style) {
        let room = usize::from(self.area.height.saturating_sub(y));
        let shown = if rows.len() <= room { rows.len() } else { room.saturating_sub(1) };
        for (y, row) in (y..self.area.height).zip(rows.iter().take(shown)) {
            self.spans(0, y, self.area.width, row);
        }
        if shown < rows.len() && room > 0 {
            let more = words.with("picture-more", &[("n", (rows.len() - shown).into())]);
            self.put(0, self.area.height - 1, &more, dim);
        }
    }

    fn place(&self, part: Rect) -> Rect {
        let x = self.area.x.saturating_add(part.x);
        let y = self.area.y.saturating_add(part.y);
        Rect { x, y, width: part.width, height: part.height }.intersection(self.area)
    }
}

/// A count of cells as a size on the screen.
pub(in crate::tui) fn narrow(cells: usize) -> u16 {
    u16::try_from(cells).unwrap_or(u16::MAX)
}
