//! Text and numbers as they stand in the file.

use super::Caption;
use crate::words::Lang;
use std::borrow::Cow;
use std::fmt;
use std::io::{self, Write};

/// Text, for an element or an attribute. What may not stand in a file of this kind at all is shown as �.
#[must_use]
pub(super) fn escaped(text: &str) -> Cow<'_, str> {
    let plain = |c: char| is_character(c) && !matches!(c, '<' | '>' | '&' | '"' | '\'');
    if text.chars().all(plain) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c if is_character(c) => out.push(c),
            _ => out.push('\u{fffd}'),
        }
    }
    Cow::Owned(out)
}

/// The characters of XML 1.0 (section 2.2), without those it advises against.
const fn is_character(c: char) -> bool {
    matches!(c, '\t' | '\n' | ' '..='\x7e' | '\u{a0}'..='\u{d7ff}' | '\u{e000}'..='\u{fdcf}' | '\u{fdf0}'..='\u{fffd}')
        || c as u32 >= 0x1_0000 && c as u32 & 0xfffe != 0xfffe
}

/// A length or place, in hundredths of the picture's unit: the same digits on every machine.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Length(pub(super) i64);

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, part) = (self.0.unsigned_abs() / 100, self.0.unsigned_abs() % 100);
        match part {
            0 => write!(f, "{sign}{whole}"),
            part if part % 10 == 0 => write!(f, "{sign}{whole}.{}", part / 10),
            part => write!(f, "{sign}{whole}.{part:02}"),
        }
    }
}

/// The beginning of a picture of this size, with what it says to those who do not see it.
pub(super) fn begin(width: i64, height: i64, caption: &Caption, out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
         role=\"img\" xml:lang=\"{}\">",
        // Which forms Chinese characters have depends on where they are read.
        match caption.lang {
            Lang::En => "en",
            Lang::Zh => "zh-Hans",
        }
    )?;
    writeln!(out, "<title>{}</title>", escaped(&caption.title))?;
    writeln!(out, "<desc>{}</desc>", escaped(&caption.about))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_gets_out_of_where_it_is_put() {
        assert_eq!(escaped("plain 锁 😀"), "plain 锁 😀");
        assert_eq!(escaped("</text><script>'\"&"), "&lt;/text&gt;&lt;script&gt;&#39;&quot;&amp;");
        assert_eq!(escaped("]]>"), "]]&gt;");
        assert_eq!(escaped("a\u{1b}b\0\u{ffff}\u{85}\u{1fffe}"), "a\u{fffd}b\u{fffd}\u{fffd}\u{fffd}\u{fffd}");
    }

    #[test]
    fn lengths_are_short() {
        assert_eq!(
            [0, 100, 150, 105, 12345, -50, -225].map(|n| Length(n).to_string()),
            ["0", "1", "1.5", "1.05", "123.45", "-0.5", "-2.25"]
        );
    }
}
