//! The little Markdown that stories and notes are written in.
//!
//! Known are headings, paragraphs, `- ` and `1. ` lists, code between backticks, **emphasis**, and fenced code.
//! Everything else is text.

use super::safe;
use crate::scenario::with_usual_keys;
use unicode_width::UnicodeWidthChar;

/// Text with one emphasis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    pub text: String,
    pub kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Plain,
    Strong,
    Code,
}

/// A part of a text that begins on a new line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    Heading(Vec<Piece>),
    Paragraph(Vec<Piece>),
    /// A list item and the sign before it.
    Item(String, Vec<Piece>),
    /// Lines that stay as they are.
    Code(Vec<String>),
}

/// The parts of the text, in order. Control characters are made harmless; keys that nobody has named are the usual ones.
#[must_use]
pub fn blocks(markdown: &str) -> Vec<Block> {
    let mut reader = Reader::default();
    for line in with_usual_keys(markdown).lines() {
        reader.line(line);
    }
    reader.finish()
}

/// Reads Markdown line by line.
#[derive(Default)]
struct Reader {
    done: Vec<Block>,
    /// The paragraph or item that is being read: its sign (`None` for a paragraph) and its text.
    open: Option<(Option<String>, String)>,
    fence: Option<Vec<String>>,
}

impl Reader {
    fn line(&mut self, line: &str) {
        if let Some(code) = &mut self.fence {
            if line.trim_start().starts_with("```") {
                let code = self.fence.take().unwrap_or_default();
                self.done.push(Block::Code(code));
            } else {
                code.push(safe(line).into_owned());
            }
            return;
        }
        let text = line.trim();
        if text.is_empty() {
            self.close();
        } else if text.starts_with("```") {
            self.close();
            self.fence = Some(Vec::new());
        } else if let Some(heading) = heading(text) {
            self.close();
            self.done.push(Block::Heading(pieces(heading)));
        } else if let Some((sign, rest)) = item(text) {
            self.close();
            self.open = Some((Some(sign), rest.to_owned()));
        } else {
            let (_, open) = self.open.get_or_insert_with(|| (None, String::new()));
            join(open, text);
        }
    }

    fn close(&mut self) {
        match self.open.take() {
            Some((Some(sign), text)) => self.done.push(Block::Item(sign, pieces(&text))),
            Some((None, text)) => self.done.push(Block::Paragraph(pieces(&text))),
            None => {}
        }
    }

    fn finish(mut self) -> Vec<Block> {
        self.close();
        if let Some(code) = self.fence.take() {
            self.done.push(Block::Code(code));
        }
        self.done
    }
}

/// Adds a line to a paragraph: after a space, unless Chinese text goes on.
fn join(open: &mut String, text: &str) {
    let wide = |c: Option<char>| c.is_some_and(|c| c.width().unwrap_or(0) > 1);
    // Marks are not seen.
    let (last, first) = (open.trim_end_matches(['*', '`']), text.trim_start_matches(['*', '`']));
    let chinese = wide(last.chars().last()) && wide(first.chars().next());
    if !open.is_empty() && !chinese {
        open.push(' ');
    }
    open.push_str(text);
}

fn heading(text: &str) -> Option<&str> {
    let rest = text.trim_start_matches('#');
    (rest.len() < text.len()).then(|| rest.strip_prefix(' ')).flatten()
}

/// A list item: its sign (empty for a bullet) and its text.
fn item(text: &str) -> Option<(String, &str)> {
    if let Some(rest) = text.strip_prefix("- ").or_else(|| text.strip_prefix("* ")) {
        return Some((String::new(), rest));
    }
    let (number, rest) = text.split_once(". ")?;
    let is_number = !number.is_empty() && number.len() < 4 && number.bytes().all(|b| b.is_ascii_digit());
    is_number.then(|| (format!("{number}."), rest))
}

/// Splits text at backticks and double stars. A sign without its partner is text.
fn pieces(text: &str) -> Vec<Piece> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((before, kind, inside, after)) = next_marked(rest) {
        push(&mut found, before, Kind::Plain);
        push(&mut found, inside, kind);
        rest = after;
    }
    push(&mut found, rest, Kind::Plain);
    found
}

fn push(found: &mut Vec<Piece>, text: &str, kind: Kind) {
    if !text.is_empty() {
        found.push(Piece { text: safe(text).into_owned(), kind });
    }
}

/// The first marked stretch: what stands before it, how it is marked, what is in it, what comes after it.
fn next_marked(text: &str) -> Option<(&str, Kind, &str, &str)> {
    let marks = [("`", Kind::Code), ("**", Kind::Strong)];
    let found = marks.iter().filter_map(|(mark, kind)| {
        let start = text.find(mark)?;
        let inside = &text[start + mark.len()..];
        let end = inside.find(mark)?;
        Some((start, (&text[..start], *kind, &inside[..end], &inside[end + mark.len()..])))
    });
    found.min_by_key(|(start, _)| *start).map(|(_, parts)| parts)
}

/// The text as it is read out: a line for each part of it, without marks.
#[must_use]
pub fn spoken(markdown: &str) -> Vec<String> {
    let bare = |pieces: Vec<Piece>| pieces.into_iter().map(|piece| piece.text).collect::<String>();
    let lines = |block| match block {
        Block::Heading(pieces) | Block::Paragraph(pieces) => vec![bare(pieces)],
        Block::Item(sign, pieces) if sign.is_empty() => vec![format!("- {}", bare(pieces))],
        Block::Item(sign, pieces) => vec![format!("{sign} {}", bare(pieces))],
        Block::Code(code) => code.into_iter().map(|line| format!("  {line}")).collect(),
    };
    blocks(markdown).into_iter().flat_map(lines).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_need_a_partner() {
        let kinds = |text: &str| pieces(text).into_iter().map(|piece| (piece.text, piece.kind)).collect::<Vec<_>>();
        let piece = |text: &str, kind| (text.to_owned(), kind);
        assert_eq!(
            kinds("a `b` **c**"),
            [piece("a ", Kind::Plain), piece("b", Kind::Code), piece(" ", Kind::Plain), piece("c", Kind::Strong)]
        );
        assert_eq!(kinds("2 ** 3 and ` alone"), [piece("2 ** 3 and ` alone", Kind::Plain)]);
    }

    #[test]
    fn what_is_read_out_has_no_marks_and_no_breaks() {
        let text = "# Title\n\nTake `lock_a`\nand **then** `lock_b`.\n\n- one\n  more\n1. first\n\n```\nx = 1\n```\n线程\n**甲**";
        let wanted = ["Title", "Take lock_a and then lock_b.", "- one more", "1. first", "  x = 1", "线程甲"];
        assert_eq!(spoken(text), wanted);
        assert_eq!(spoken(""), [""; 0]);
    }
}
