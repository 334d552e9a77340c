//! Punctuation of a Chinese input method where Python wants its own.
//!
//! The text is repaired before it is parsed: each such character becomes its half-width form and blanks up to its
//! length in bytes, so that every offset stays true and one slip is one problem, not a cascade.

/// The half-width form of a character that cannot stand in a program outside strings and comments.
pub(super) fn half_width(c: char) -> Option<&'static str> {
    Some(match c {
        '（' => "(",
        '）' => ")",
        '【' | '［' | '〔' => "[",
        '】' | '］' | '〕' => "]",
        '｛' => "{",
        '｝' => "}",
        '：' => ":",
        '，' | '、' => ",",
        '；' => ";",
        '。' | '．' => ".",
        '“' | '”' | '„' | '〝' | '〞' | '＂' | '「' | '」' => "\"",
        '‘' | '’' | '＇' | '｀' | '´' => "'",
        '＝' => "=",
        '＋' => "+",
        '－' | '—' | '–' | '−' => "-",
        '×' | '＊' => "*",
        '÷' | '／' => "/",
        '％' => "%",
        '＜' | '《' => "<",
        '＞' | '》' => ">",
        '≤' => "<=",
        '≥' => ">=",
        '≠' => "!=",
        '！' => "!",
        '＃' => "#",
        '＠' => "@",
        '＆' => "&",
        '｜' => "|",
        '＾' => "^",
        '～' => "~",
        '＼' => "\\",
        '＿' => "_",
        // Blanks that are not Python's.
        '\u{3000}' | '\u{a0}' | '\u{2002}' | '\u{2003}' | '\u{2009}' | '\u{200b}' | '\u{feff}' => " ",
        _ => return None,
    })
}

/// True for quotation marks that open or close a string.
fn is_quote(c: char) -> bool {
    matches!(half_width(c), Some("\"" | "'"))
}

/// Replaces the character at `at`, and with an opening quotation mark the closing one too. Returns the offsets of what
/// was replaced.
pub(super) fn replace(text: &mut String, at: usize) -> Vec<usize> {
    let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else { return Vec::new() };
    let Some(form) = half_width(c) else { return Vec::new() };
    put(text, at, c, form);
    if !is_quote(c) {
        return vec![at];
    }
    let start = at + c.len_utf8();
    let line = text[start..].split('\n').next().unwrap_or("");
    let closing = line.char_indices().find(|(_, other)| is_quote(*other) || form.starts_with(*other));
    let Some((offset, closing)) = closing else { return vec![at] };
    let inside = start..start + offset;
    // What stands between them is text, whatever it looks like.
    let blank = " ".repeat(inside.len());
    text.replace_range(inside.clone(), &blank);
    if closing.is_ascii() {
        return vec![at];
    }
    put(text, inside.end, closing, form);
    vec![at, inside.end]
}

fn put(text: &mut String, at: usize, c: char, form: &str) {
    let width = c.len_utf8();
    let next = text[at + width..].chars().next();
    let joins = next.is_some_and(|next| {
        matches!(half_width(next).unwrap_or(""), "=" | "<" | ">" | "*" | "/") || "=<>*/".contains(next)
    });
    // Two characters of one operator must stand together: `！=`.
    let padded = if joins { format!("{form:>width$}") } else { format!("{form:<width$}") };
    text.replace_range(at..at + width, &padded);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_fits_into_its_character() {
        for c in '\u{80}'..='\u{ffff}' {
            if let Some(form) = half_width(c) {
                assert!(form.len() <= c.len_utf8(), "{c}");
                assert!(form.is_ascii());
            }
        }
    }

    #[test]
    fn a_pair_of_quotation_marks_is_replaced_together() {
        let mut text = "print(“It's，ok”)".to_owned();
        let length = text.len();
        assert_eq!(replace(&mut text, 6), [6, 18]);
        assert_eq!(text.len(), length);
        assert_eq!(text, "print(\"             \"  )".replacen("\"             \"", "\"           \"", 1).as_str());
    }
}
