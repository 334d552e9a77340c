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

/// Replaces the characters at these offsets (in ascending order), and with an opening quotation mark the closing one too.
/// Returns the text and the offsets of what was replaced.
pub(super) fn repair(text: &str, slips: &[usize]) -> (String, Vec<usize>) {
    let mut repaired = String::with_capacity(text.len());
    let mut replaced = Vec::new();
    for at in slips.iter().copied() {
        // What stands between two quotation marks is text, whatever it looks like.
        if at < repaired.len() {
            continue;
        }
        let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else { continue };
        let Some(form) = half_width(c) else { continue };
        repaired.push_str(&text[repaired.len()..at]);
        put(&mut repaired, text, c, form);
        replaced.push(at);
        if is_quote(c) {
            replaced.extend(close(&mut repaired, text, form));
        }
    }
    repaired.push_str(&text[repaired.len()..]);
    (repaired, replaced)
}

/// After an opening quotation mark: blanks up to the closing one on the same line, and replaces that too.
fn close(repaired: &mut String, text: &str, form: &str) -> Option<usize> {
    let line = text[repaired.len()..].split('\n').next().unwrap_or("");
    let (length, closing) = line.char_indices().find(|(_, other)| is_quote(*other) || form.starts_with(*other))?;
    repaired.extend(std::iter::repeat_n(' ', length));
    if closing.is_ascii() {
        repaired.push(closing);
        return None;
    }
    let at = repaired.len();
    put(repaired, text, closing, form);
    Some(at)
}

/// Appends the form of `c`, as long as `c`.
fn put(repaired: &mut String, text: &str, c: char, form: &str) {
    let width = c.len_utf8();
    let next = text[repaired.len() + width..].chars().next();
    let joins = next.is_some_and(|next| {
        matches!(half_width(next), Some("=" | "<" | ">" | "*" | "/")) || matches!(next, '=' | '<' | '>' | '*' | '/')
    });
    // Two characters of one operator must stand together: `！=`.
    let padded = if joins { format!("{form:>width$}") } else { format!("{form:<width$}") };
    repaired.push_str(&padded);
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
        let text = "print(“It's，ok”)";
        let (repaired, replaced) = repair(text, &[6, 13, 18]);
        assert_eq!(replaced, [6, 18]);
        assert_eq!(repaired, format!("print(\"  {}\"  )", " ".repeat(9)));
        assert_eq!(repaired.len(), text.len());
    }

    #[test]
    fn operators_stay_together() {
        let (repaired, _) = repair("a ！= b ＝＝ c", &[2, 9, 12]);
        assert_eq!(repaired, "a   != b   ==   c");
    }
}
