//! What a screen looks like besides its signs: a letter for each cell whose style is not plain, where the cell is, and
//! below a line for each letter. The pictures are in `snapshots/`.

use crate::Desk;
use crate::tape::philosophers;
use insta::assert_snapshot;
use lockstep::tui::theme::ThemeName;
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use std::collections::{BTreeMap, BTreeSet};
use unicode_width::UnicodeWidthStr;

/// The theme without colours, and the one that is the default.
pub(crate) const THEMES: [(ThemeName, &str); 2] = [(ThemeName::Mono, "mono"), (ThemeName::Ansi, "ansi")];

/// Styles that are but one thing have a letter of their own.
const LETTERS: [(&str, char); 12] = [
    ("bold", 'b'),
    ("dim", 'd'),
    ("italic", 'i'),
    ("reversed", 'r'),
    ("underlined", 'u'),
    ("Blue", 'B'),
    ("Cyan", 'C'),
    ("Green", 'G'),
    ("Magenta", 'M'),
    ("Red", 'R'),
    ("White", 'W'),
    ("Yellow", 'Y'),
];

/// The others get these, in the order of the words that describe them.
const OTHERS: &str = "123456789acefghjklmnopqstvwxyz";

const MODIFIERS: [(Modifier, &str); 5] = [
    (Modifier::BOLD, "bold"),
    (Modifier::DIM, "dim"),
    (Modifier::ITALIC, "italic"),
    (Modifier::REVERSED, "reversed"),
    (Modifier::UNDERLINED, "underlined"),
];

impl Desk {
    /// The screen, and how it is styled.
    pub(crate) fn styled(&self) -> String {
        format!("{}{}", self.screen(), styles(&self.cells()))
    }

    /// No cell has any colour.
    pub(crate) fn is_colourless(&self) -> bool {
        self.cells().content.iter().all(|cell| (cell.fg, cell.bg) == (Color::Reset, Color::Reset))
    }
}

/// What the style of a cell is called; nothing for a plain one, and for a blank on which the style does not show.
fn class(cell: &Cell) -> String {
    let mut words = Vec::new();
    if cell.fg != Color::Reset {
        words.push(format!("{:?}", cell.fg));
    }
    if cell.bg != Color::Reset {
        words.push(format!("on {:?}", cell.bg));
    }
    for (modifier, word) in MODIFIERS {
        if cell.modifier.contains(modifier) {
            words.push(word.to_owned());
        }
    }
    let shows = cell.bg != Color::Reset || cell.modifier.intersects(Modifier::REVERSED | Modifier::UNDERLINED);
    if cell.symbol().trim().is_empty() && !shows { String::new() } else { words.join(" ") }
}

/// The block of letters and its legend.
fn styles(buffer: &Buffer) -> String {
    let rows: Vec<Vec<String>> = (0..buffer.area.height).map(|y| row(buffer, y)).collect();
    let classes: BTreeSet<&str> = rows.iter().flatten().map(String::as_str).filter(|class| !class.is_empty()).collect();
    let mut others = OTHERS.chars();
    let letter_of = |class: &str| LETTERS.iter().find(|(name, _)| *name == class).map(|(_, letter)| *letter);
    let letters: BTreeMap<&str, char> =
        classes.iter().map(|class| (*class, letter_of(class).or_else(|| others.next()).unwrap())).collect();
    let mut shown = "-------- styles --------\n".to_owned();
    for row in &rows {
        let line: String = row.iter().map(|class| letters.get(class.as_str()).copied().unwrap_or(' ')).collect();
        shown.push_str(line.trim_end());
        shown.push('\n');
    }
    let legend: Vec<String> = letters.iter().map(|(class, letter)| format!("{letter} {class}")).collect();
    format!("{shown}-------- {}\n", legend.join(", "))
}

/// The second cell of a wide sign looks like its first.
fn row(buffer: &Buffer, y: u16) -> Vec<String> {
    let mut classes: Vec<String> = Vec::new();
    while classes.len() < usize::from(buffer.area.width) {
        let cell = &buffer[(u16::try_from(classes.len()).unwrap(), y)];
        let class = class(cell);
        classes.extend(std::iter::repeat_n(class, cell.symbol().width().max(1)));
    }
    classes
}

#[test]
fn the_stage_with_and_without_colours() {
    let mut desk = Desk::with(120, 32, philosophers());
    for (theme, name) in THEMES {
        desk.app.theme_name = theme;
        assert_snapshot!(format!("deadlock_{name}_120x32"), desk.styled());
    }
}
