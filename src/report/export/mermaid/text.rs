//! Text of the program in the language of diagrams.
//!
//! That language has no quotes: a text goes on to the end of its line, and in it `;` ends it, `#` begins an entity, `%%{`
//! begins a directive wherever it stands, `<` markup, `$$` a formula; `wrap:` in front is a wish. So only letters, digits
//! and a few harmless signs stand for themselves; everything else becomes an entity by its number, `#59;` for a semicolon.

use crate::report::export::columns::cut;
use crate::words::safe;
use std::fmt::Write;
use unicode_width::UnicodeWidthStr;

/// The text on one line, harmless.
pub(super) fn escaped(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let text = safe(text);
    let mut colons_are_free = !is_wish(&text);
    for c in text.chars() {
        let is_free = c.is_ascii_alphanumeric()
            || " _.,()[]'/=!?-+*@".contains(c)
            || (c == ':' && colons_are_free)
            || (!c.is_ascii() && !is_special(c));
        if is_free {
            shown.push(c);
        } else {
            // Writing to a string cannot fail.
            let _ = write!(shown, "#{};", u32::from(c));
        }
        colons_are_free |= c == ':';
    }
    shown
}

/// True when its first colon would say something about how the text is broken.
fn is_wish(text: &str) -> bool {
    let word = text.split_once(':').map(|(word, _)| word.trim().to_ascii_lowercase());
    word.is_some_and(|word| matches!(&*word, "" | "wrap" | "nowrap"))
}

/// The signs that Mermaid itself puts in the place of `#` and `;` while it works.
const fn is_special(c: char) -> bool {
    matches!(c, 'ﬂ' | '°' | '¶' | 'ß')
}

/// Columns of a name or an arrow's text before it is cut off, and of a line of a note before it is broken.
const LINE_MAX: usize = 60;

/// The text, escaped, cut off where it is too long for an arrow.
pub(super) fn short(text: &str) -> String {
    escaped(&cut(text, LINE_MAX))
}

/// The text, escaped, in lines.
pub(super) fn broken(text: &str) -> String {
    let mut lines = vec![String::new()];
    for word in safe(text).split_inclusive([' ', '，', '。', '；', '：']) {
        let width = lines.last().map_or(0, |line| line.width());
        if width > 0 && width + word.trim_end().width() > LINE_MAX {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            line.push_str(word);
        }
    }
    lines.iter().map(|line| short(line.trim_end())).collect::<Vec<_>>().join("<br/>")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_the_language_gets_through() {
        assert_eq!(escaped("n = n + 1"), "n = n + 1");
        assert_eq!(escaped("锁 lock_a[2]"), "锁 lock_a[2]");
        assert_eq!(escaped("a;b#c"), "a#59;b#35;c");
        assert_eq!(escaped("read: 3"), "read: 3");
        assert_eq!(escaped("wrap: 3: 4"), "wrap#58; 3: 4");
        assert_eq!(escaped(":wrap: 3"), "#58;wrap: 3");
        assert_eq!(escaped("%%{init}%%"), "#37;#37;#123;init#125;#37;#37;");
        assert_eq!(escaped("<b>\"&$$"), "#60;b#62;#34;#38;#36;#36;");
        assert_eq!(escaped("end\nend\r\u{202e}"), "end␊end␍#60;202E#62;");
        // Alphabetic, but a sign of Mermaid's own.
        assert_eq!(escaped("ﬂ°°35¶ß"), "#64258;#176;#176;35#182;#223;");
    }

    #[test]
    fn long_texts_are_cut_or_broken() {
        assert_eq!(short(&"x".repeat(60)), "x".repeat(60));
        assert_eq!(short(&"x".repeat(61)), format!("{}..", "x".repeat(58)));
        let words = "word ".repeat(30);
        assert_eq!(broken(&words).matches("<br/>").count(), 2);
    }
}
