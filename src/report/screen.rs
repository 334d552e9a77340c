//! A screen full of cells, as plain data: what a terminal would show, without a terminal.
//!
//! A character that is two cells wide stands in the left one; the right one has no text.

use std::fmt;
use std::ops::{BitOr, BitOrAssign};

/// A colour as terminals know them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Colour {
    /// That of ordinary text, or of the background.
    #[default]
    Default,
    /// One of the 16 whose look is up to the terminal: black, red, green, yellow, blue, magenta, cyan, white, and the
    /// same in bright.
    Ansi(u8),
    /// One of the 240 that look the same everywhere: 16 to 255.
    Indexed(u8),
    Rgb(u8, u8, u8),
}

/// How text is emphasised: a set.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Emphasis(u8);

impl Emphasis {
    pub const NONE: Emphasis = Emphasis(0);
    pub const BOLD: Emphasis = Emphasis(1);
    pub const DIM: Emphasis = Emphasis(1 << 1);
    pub const ITALIC: Emphasis = Emphasis(1 << 2);
    pub const UNDERLINED: Emphasis = Emphasis(1 << 3);
    /// Front and background change places.
    pub const REVERSED: Emphasis = Emphasis(1 << 4);

    /// Each of them, with its name and the number that turns it on in a terminal (ECMA-48, SGR).
    pub const ALL: [(Emphasis, &'static str, u8); 5] = [
        (Emphasis::BOLD, "bold", 1),
        (Emphasis::DIM, "dim", 2),
        (Emphasis::ITALIC, "italic", 3),
        (Emphasis::UNDERLINED, "underlined", 4),
        (Emphasis::REVERSED, "reversed", 7),
    ];

    #[must_use]
    pub const fn contains(self, other: Emphasis) -> bool {
        self.0 & other.0 == other.0
    }
}

impl BitOr for Emphasis {
    type Output = Emphasis;

    fn bitor(self, other: Emphasis) -> Emphasis {
        Emphasis(self.0 | other.0)
    }
}

impl BitOrAssign for Emphasis {
    fn bitor_assign(&mut self, other: Emphasis) {
        self.0 |= other.0;
    }
}

impl fmt::Debug for Emphasis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> =
            Emphasis::ALL.iter().filter(|(one, ..)| self.contains(*one)).map(|(_, name, _)| *name).collect();
        f.write_str(&names.join("+"))
    }
}

/// How a cell looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Look {
    pub front: Colour,
    pub back: Colour,
    pub emphasis: Emphasis,
}

/// A cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell<'a> {
    /// One character as people count them; nothing in the right half of a wide one.
    pub text: &'a str,
    pub look: Look,
}

/// A screen that has been drawn.
///
/// It is filled row by row from the top left, and the same screen can be filled again.
#[derive(Clone, Default)]
pub struct Screen {
    width: u16,
    height: u16,
    /// The texts of all cells.
    text: String,
    /// For each cell where its text ends (it begins where the one before ends), and its look.
    cells: Vec<(u32, Look)>,
}

impl Screen {
    /// A screen to be filled.
    #[must_use]
    pub fn new(width: u16, height: u16) -> Screen {
        let count = usize::from(width) * usize::from(height);
        Screen { width, height, text: String::with_capacity(count + count / 2), cells: Vec::with_capacity(count) }
    }

    /// Begins anew at the top left.
    pub fn clear(&mut self) {
        self.text.clear();
        self.cells.clear();
    }

    /// Fills the next cell. What is put after the last cell is lost.
    pub fn put(&mut self, text: &str, look: Look) {
        if self.cells.len() < usize::from(self.width) * usize::from(self.height) {
            self.text.push_str(text);
            self.cells.push((u32::try_from(self.text.len()).unwrap_or(u32::MAX), look));
        }
    }

    #[must_use]
    pub const fn width(&self) -> u16 {
        self.width
    }

    #[must_use]
    pub const fn height(&self) -> u16 {
        self.height
    }

    /// The cell in this column of this row, both counted from 0. Outside, and where nothing was put, it is blank.
    #[must_use]
    pub fn cell(&self, x: u16, y: u16) -> Cell<'_> {
        let blank = Cell { text: " ", look: Look::default() };
        if x >= self.width {
            return blank;
        }
        let index = usize::from(y) * usize::from(self.width) + usize::from(x);
        let Some((end, look)) = self.cells.get(index).copied() else { return blank };
        let start = index.checked_sub(1).map_or(0, |before| self.cells[before].0);
        Cell { text: self.text.get(start as usize..end as usize).unwrap_or(" "), look }
    }

    /// The cells of a row.
    pub fn row(&self, y: u16) -> impl Iterator<Item = Cell<'_>> {
        (0..self.width).map(move |x| self.cell(x, y))
    }

    /// What stands in a row, blanks at its end included.
    #[must_use]
    pub fn line(&self, y: u16) -> String {
        self.row(y).map(|cell| cell.text).collect()
    }
}

impl PartialEq for Screen {
    fn eq(&self, other: &Screen) -> bool {
        (self.width, self.height) == (other.width, other.height)
            && (0..self.height).all(|y| self.row(y).eq(other.row(y)))
    }
}

impl Eq for Screen {}

impl fmt::Debug for Screen {
    /// The text, a line for each row.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (0..self.height).try_for_each(|y| writeln!(f, "{}", self.line(y).trim_end()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_found_where_they_were_put() {
        let mut screen = Screen::new(3, 2);
        let red = Look { front: Colour::Ansi(1), ..Look::default() };
        for text in ["锁", "", "a", "b"] {
            screen.put(text, red);
        }
        assert_eq!(screen.cell(0, 0), Cell { text: "锁", look: red });
        assert_eq!(screen.cell(1, 0), Cell { text: "", look: red });
        assert_eq!(screen.line(0), "锁a");
        assert_eq!(screen.line(1), "b  ");
        assert_eq!(screen.cell(3, 0).text, " ");
        assert_eq!(screen.cell(0, 9).text, " ");
    }

    #[test]
    fn what_does_not_fit_is_lost() {
        let mut screen = Screen::new(1, 1);
        screen.put("a", Look::default());
        screen.put("b", Look::default());
        assert_eq!(format!("{screen:?}"), "a\n");
        screen.clear();
        assert_eq!(screen.cell(0, 0).text, " ");
    }

    #[test]
    fn screens_are_equal_when_they_look_the_same() {
        let mut drawn = Screen::new(2, 1);
        drawn.put(" ", Look::default());
        drawn.put(" ", Look::default());
        assert_eq!(drawn, Screen::new(2, 1));
        assert_ne!(drawn, Screen::new(1, 2));
    }

    #[test]
    fn emphasis_is_a_set() {
        let both = Emphasis::BOLD | Emphasis::REVERSED;
        assert!(both.contains(Emphasis::BOLD) && !both.contains(Emphasis::DIM));
        assert_eq!(format!("{both:?}"), "bold+reversed");
    }
}
