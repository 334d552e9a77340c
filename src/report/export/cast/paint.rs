//! From one screen to the next: the output that changes the cells that differ, and no others.

use crate::report::screen::{Cell, Colour, Emphasis, Look, Screen};
use std::borrow::Cow;
use std::fmt::Write;
use unicode_width::UnicodeWidthChar;

/// Up to so many cells that stay as they are are written again, rather than passed over: that is shorter.
const BRIDGE: u16 = 4;

/// Writes what a terminal must be sent, and knows how it stands.
#[derive(Debug, Default)]
pub(super) struct Painter {
    out: String,
    /// How the terminal writes; `None` when that is not known.
    look: Option<Look>,
    /// The cell in which it writes next.
    at: Option<(u16, u16)>,
}

impl Painter {
    /// The first screen.
    pub(super) fn begin(&mut self, screen: &Screen) -> &str {
        self.out.clear();
        // No cursor; everything blank.
        self.out.push_str("\x1b[?25l\x1b[0m\x1b[H\x1b[2J");
        (self.look, self.at) = (Some(Look::default()), None);
        self.cells(&Screen::new(screen.width(), screen.height()), screen);
        &self.out
    }

    /// The way from one screen to the next of the same size.
    pub(super) fn change(&mut self, from: &Screen, to: &Screen) -> &str {
        self.out.clear();
        // Another player may have begun here.
        self.at = None;
        self.cells(from, to);
        &self.out
    }

    /// The end: the terminal is as it was, with what is shown on it.
    pub(super) fn end(&mut self, screen: &Screen) -> &str {
        self.out.clear();
        // Writing to a string cannot fail.
        let _ = write!(self.out, "\x1b[0m\x1b[{};1H\x1b[?25h", screen.height().max(1));
        &self.out
    }

    fn cells(&mut self, from: &Screen, to: &Screen) {
        for y in 0..to.height() {
            let mut x = 0;
            while x < to.width() {
                let width = cells_of(to, x, y);
                let stays = (x..x + width).all(|x| same(from, to, x, y));
                if !stays || self.bridges(from, to, x, y) {
                    self.put(to.cell(x, y), width, x, y);
                }
                x += width;
            }
        }
    }

    /// Whether the cell stays as it is, but stands between two that change close to each other and look like it.
    fn bridges(&self, from: &Screen, to: &Screen, x: u16, y: u16) -> bool {
        let cell = to.cell(x, y);
        if self.at != Some((x, y)) || self.look != Some(cell.look) {
            return false;
        }
        let ahead = (x + 1..to.width().min(x + BRIDGE)).find(|ahead| !same(from, to, *ahead, y));
        ahead.is_some_and(|ahead| (x..ahead).all(|x| is_plain(to.cell(x, y)) && to.cell(x, y).look == cell.look))
    }

    fn put(&mut self, cell: Cell<'_>, width: u16, x: u16, y: u16) {
        self.go_to(x, y);
        self.wear(cell.look);
        let text = shown(cell.text, width);
        self.out.push_str(&text);
        // Terminals do not agree on how wide several characters in one cell are.
        self.at = is_simple(&text).then_some((x + width, y));
    }

    fn go_to(&mut self, x: u16, y: u16) {
        match self.at {
            Some(at) if at == (x, y) => {}
            Some((before, row)) if row == y && before < x => {
                let _ = match x - before {
                    1 => write!(self.out, "\x1b[C"),
                    cells => write!(self.out, "\x1b[{cells}C"),
                };
            }
            _ => {
                let _ = write!(self.out, "\x1b[{};{}H", y + 1, x + 1);
            }
        }
        self.at = Some((x, y));
    }

    fn wear(&mut self, look: Look) {
        if self.look.replace(look) == Some(look) {
            return;
        }
        self.out.push_str("\x1b[0");
        for (_, _, number) in Emphasis::ALL.iter().filter(|(one, ..)| look.emphasis.contains(*one)) {
            let _ = write!(self.out, ";{number}");
        }
        self.colour(look.front, 30);
        self.colour(look.back, 40);
        self.out.push('m');
    }

    /// The numbers of a colour; `base` is 30 for the front, 40 for the background.
    fn colour(&mut self, colour: Colour, base: u16) {
        let _ = match colour {
            Colour::Default => Ok(()),
            Colour::Ansi(n @ 0..8) => write!(self.out, ";{}", base + u16::from(n)),
            Colour::Ansi(n) => write!(self.out, ";{}", base + 60 + u16::from(n & 7)),
            Colour::Indexed(n) => write!(self.out, ";{};5;{n}", base + 8),
            Colour::Rgb(red, green, blue) => write!(self.out, ";{};2;{red};{green};{blue}", base + 8),
        };
    }
}

/// How many cells the character takes that stands here.
fn cells_of(screen: &Screen, x: u16, y: u16) -> u16 {
    let next_is_empty = x + 1 < screen.width() && screen.cell(x + 1, y).text.is_empty();
    1 + u16::from(next_is_empty)
}

fn same(from: &Screen, to: &Screen, x: u16, y: u16) -> bool {
    from.cell(x, y) == to.cell(x, y)
}

/// One character of one cell.
fn is_plain(cell: Cell<'_>) -> bool {
    cell.text.len() == 1
}

fn is_simple(text: &str) -> bool {
    text.chars().nth(1).is_none()
}

/// What is sent for a cell: exactly as wide as the cell, whatever the terminal makes of sequences of characters, and
/// nothing that controls it.
fn shown(text: &str, width: u16) -> Cow<'_, str> {
    let wide = |c: char| u16::try_from(c.width().unwrap_or(0)).unwrap_or(0);
    if !text.is_empty() && text.chars().all(|c| !c.is_control()) && text.chars().map(wide).sum::<u16>() == width {
        return Cow::Borrowed(text);
    }
    match text.chars().find(|c| !c.is_control() && wide(*c) > 0 && wide(*c) <= width) {
        Some(c) => Cow::Owned(format!("{c}{}", " ".repeat(usize::from(width - wide(c))))),
        None => Cow::Owned(" ".repeat(usize::from(width))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn screen(rows: &[&str]) -> Screen {
        let width = rows.iter().map(|row| row.chars().map(|c| c.width().unwrap_or(0)).sum()).max().unwrap_or(0);
        let (width, height) = (u16::try_from(width).expect("small"), u16::try_from(rows.len()).expect("small"));
        let mut screen = Screen::new(width, height);
        for row in rows {
            for c in row.chars() {
                screen.put(&c.to_string(), Look::default());
                (1..c.width().unwrap_or(0)).for_each(|_| screen.put("", Look::default()));
            }
        }
        screen
    }

    fn change(from: &[&str], to: &[&str]) -> String {
        let mut painter = Painter { look: Some(Look::default()), ..Painter::default() };
        painter.change(&screen(from), &screen(to)).to_owned()
    }

    #[test]
    fn only_what_differs_is_written() {
        assert_eq!(change(&["abc", "def"], &["abc", "def"]), "");
        assert_eq!(change(&["abc", "def"], &["abc", "dxf"]), "\x1b[2;2Hx");
        assert_eq!(change(&["abcdef"], &["xbcxef"]), "\x1b[1;1Hxbcx");
        assert_eq!(change(&["abcdefghi"], &["xbcdefghx"]), "\x1b[1;1Hx\x1b[7Cx");
    }

    #[test]
    fn wide_characters_are_written_whole() {
        assert_eq!(change(&["锁a"], &["锁b"]), "\x1b[1;3Hb");
        assert_eq!(change(&["锁a"], &["线a"]), "\x1b[1;1H线");
        assert_eq!(change(&["ab锁"], &["a线c"]), "\x1b[1;2H线c");
    }

    #[test]
    fn what_is_sent_is_as_wide_as_its_cell() {
        assert_eq!(shown("e\u{301}", 1), "e\u{301}");
        assert_eq!(shown("👩\u{200d}👩", 2), "👩");
        assert_eq!(shown("\x1b", 1), " ");
        assert_eq!(shown("", 1), " ");
    }
}
