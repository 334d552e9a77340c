//! Stories and other prose: the little [Markdown](crate::words::markdown) they are written in, laid out for cells.
//!
//! Lines are broken at spaces, and between Chinese characters, but never so that a line begins
//! with a closing sign or ends with an opening one.

use super::text::{prefix, width};
use super::theme::{Slot, Theme};
use crate::words::markdown::{Block, Kind, Piece, blocks};
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};
use unicode_segmentation::UnicodeSegmentation;

/// Signs that no line begins with.
const CLOSING: &str = "，。：；？！、）」』》】,.:;?!)]}%";
/// Signs that no line ends with.
const OPENING: &str = "（「『《【([{";

/// The text in lines of at most `cells` cells, with an empty line between its parts.
#[must_use]
pub fn layout(markdown: &str, cells: usize, theme: &Theme, bullet: &str) -> Vec<Line<'static>> {
    let look = Look { theme, cells: cells.max(2), bullet };
    let mut lines: Vec<Line<'static>> = Vec::new();
    let mut previous: Option<&Block> = None;
    let blocks = blocks(markdown);
    for block in &blocks {
        let neighbours = matches!((previous, block), (Some(Block::Item(..)), Block::Item(..)));
        if previous.is_some() && !neighbours {
            lines.push(Line::default());
        }
        look.block(block, &mut lines);
        previous = Some(block);
    }
    lines
}

/// Plain text in lines of at most `cells` cells.
#[must_use]
pub fn wrap(text: &str, cells: usize) -> Vec<String> {
    let pieces = [Piece { text: text.to_owned(), kind: Kind::Plain }];
    let rows = rows(&atoms(&pieces), cells.max(2));
    rows.iter().map(|row| row.iter().map(|piece| piece.text.as_str()).collect()).collect()
}

/// How blocks become lines.
struct Look<'a> {
    theme: &'a Theme,
    cells: usize,
    bullet: &'a str,
}

impl Look<'_> {
    fn block(&self, block: &Block, lines: &mut Vec<Line<'static>>) {
        match block {
            Block::Heading(pieces) => self.flow(pieces, "", self.theme.style(Slot::Title), lines),
            Block::Paragraph(pieces) => self.flow(pieces, "", self.theme.style(Slot::Text), lines),
            Block::Item(sign, pieces) => {
                let sign = if sign.is_empty() { self.bullet } else { sign };
                self.flow(pieces, sign, self.theme.style(Slot::Text), lines);
            }
            Block::Code(code) => {
                let style = self.theme.style(Slot::Code);
                let room = self.cells.saturating_sub(2);
                lines.extend(code.iter().map(|line| Line::styled(format!("  {}", prefix(line, room)), style)));
            }
        }
    }

    /// Broken lines, with `sign` before the first and as much space before the others.
    fn flow(&self, pieces: &[Piece], sign: &str, base: Style, lines: &mut Vec<Line<'static>>) {
        let indent = if sign.is_empty() { 0 } else { width(sign) + 1 };
        for (place, row) in rows(&atoms(pieces), self.cells.saturating_sub(indent).max(2)).into_iter().enumerate() {
            let mut spans = Vec::with_capacity(row.len() + 1);
            if indent > 0 {
                let lead = if place == 0 { format!("{sign} ") } else { " ".repeat(indent) };
                spans.push(Span::styled(lead, base));
            }
            spans.extend(row.into_iter().map(|piece| Span::styled(piece.text, self.style(piece.kind, base))));
            lines.push(Line::from(spans));
        }
    }

    fn style(&self, kind: Kind, base: Style) -> Style {
        match kind {
            Kind::Plain => base,
            Kind::Strong => base.add_modifier(Modifier::BOLD),
            Kind::Code => self.theme.style(Slot::Code),
        }
    }
}

// ---- breaking into lines ----

/// What is never broken: a word, or a Chinese character with the signs that cling to it.
struct Atom {
    pieces: Vec<Piece>,
    width: usize,
    /// A space stands before it when it does not begin the line.
    spaced: bool,
}

fn atoms(pieces: &[Piece]) -> Vec<Atom> {
    let mut found: Vec<Atom> = Vec::new();
    let mut spaced = false;
    let mut last = "";
    for piece in pieces {
        for grapheme in piece.text.graphemes(true) {
            if grapheme.chars().all(char::is_whitespace) {
                spaced = true;
                continue;
            }
            match found.last_mut() {
                Some(atom) if !spaced && clings(last, grapheme) => atom.push(grapheme, piece.kind),
                _ => found.push(Atom::new(grapheme, piece.kind, spaced)),
            }
            spaced = false;
            last = grapheme;
        }
    }
    found
}

/// True when no line may end between these two.
fn clings(before: &str, after: &str) -> bool {
    CLOSING.contains(after) || OPENING.contains(before) || (width(before) < 2 && width(after) < 2)
}

impl Atom {
    fn new(grapheme: &str, kind: Kind, spaced: bool) -> Atom {
        Atom { pieces: vec![Piece { text: grapheme.to_owned(), kind }], width: width(grapheme), spaced }
    }

    fn push(&mut self, grapheme: &str, kind: Kind) {
        self.width += width(grapheme);
        append(&mut self.pieces, grapheme, kind);
    }
}

fn append(pieces: &mut Vec<Piece>, text: &str, kind: Kind) {
    match pieces.last_mut() {
        Some(piece) if piece.kind == kind => piece.text.push_str(text),
        _ => pieces.push(Piece { text: text.to_owned(), kind }),
    }
}

fn rows(atoms: &[Atom], cells: usize) -> Vec<Vec<Piece>> {
    let mut rows = Rows { done: Vec::new(), row: Vec::new(), used: 0, cells };
    for atom in atoms {
        rows.atom(atom);
    }
    rows.done.push(rows.row);
    rows.done
}

/// Lines in the making.
struct Rows {
    done: Vec<Vec<Piece>>,
    row: Vec<Piece>,
    /// How many cells of the row are taken.
    used: usize,
    cells: usize,
}

impl Rows {
    fn atom(&mut self, atom: &Atom) {
        let space = usize::from(atom.spaced && self.used > 0);
        if self.used > 0 && self.used + space + atom.width > self.cells {
            self.next();
        } else if space > 0 {
            // A space inside of marked text is marked, too.
            let kind = atom.pieces.first().map_or(Kind::Plain, |piece| piece.kind);
            let inside = self.row.last().is_some_and(|piece| piece.kind == kind);
            append(&mut self.row, " ", if inside { kind } else { Kind::Plain });
            self.used += 1;
        }
        for piece in &atom.pieces {
            self.piece(piece);
        }
    }

    /// What is too wide for any row goes on in the next.
    fn piece(&mut self, piece: &Piece) {
        let mut rest = piece.text.as_str();
        while self.used + width(rest) > self.cells {
            let head = prefix(rest, self.cells - self.used);
            if head.is_empty() && self.used == 0 {
                break;
            }
            append(&mut self.row, head, piece.kind);
            rest = &rest[head.len()..];
            self.next();
        }
        append(&mut self.row, rest, piece.kind);
        self.used += width(rest);
    }

    fn next(&mut self) {
        self.done.push(std::mem::take(&mut self.row));
        self.used = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(markdown: &str, cells: usize) -> Vec<String> {
        layout(markdown, cells, &Theme::default(), "*").iter().map(ToString::to_string).collect()
    }

    #[test]
    fn paragraphs_flow_and_parts_stand_apart() {
        let text = "# Title\n\nOne two\nthree four.\n\n- first point\n- second\n  goes on\n\n```\n  x = 1\n```\nEnd";
        let wanted = [
            "Title",
            "",
            "One two three",
            "four.",
            "",
            "* first point",
            "* second goes",
            "  on",
            "",
            "    x = 1",
            "",
            "End",
        ];
        assert_eq!(shown(text, 13), wanted);
        assert_eq!(shown("", 10), [""; 0]);
    }

    #[test]
    fn chinese_breaks_between_characters_but_not_before_closing_signs() {
        assert_eq!(wrap("线程甲，等待锁。", 6), ["线程", "甲，等", "待锁。"]);
        assert_eq!(wrap("锁「乙」在手", 6), ["锁", "「乙」", "在手"]);
        assert_eq!(wrap("先拿 lock_a 再拿", 11), ["先拿 lock_a", "再拿"]);
        assert_eq!(wrap("A for B, B for C", 7), ["A for", "B, B", "for C"]);
        assert_eq!(wrap("abcdefgh", 3), ["abc", "def", "gh"]);
        assert_eq!(shown("线程\n甲\nlock", 20), ["线程甲 lock"]);
    }

    #[test]
    fn no_line_is_too_wide() {
        let text = "Ein Wort, 然后是一个「引号」，and averyveryverylongword with `code that is long` (and so on)。";
        for cells in 2..40 {
            for line in wrap(text, cells) {
                assert!(width(&line) <= cells, "{cells}: {line:?}");
            }
        }
    }

    #[test]
    fn nothing_is_lost_in_breaking() {
        let text = "先拿「lock_a」再拿（lock_b），then both。A verylongwordindeed!";
        let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        for cells in 2..40 {
            assert_eq!(bare(&wrap(text, cells).concat()), bare(text), "{cells}");
        }
    }

    #[test]
    fn escape_sequences_in_a_story_are_harmless() {
        let all = shown("a \u{1b}[2J\n\n```\n\u{1b}c\n```", 40).concat();
        assert!(!all.contains('\u{1b}'), "{all}");
    }
}
