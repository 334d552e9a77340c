//! Numbers read from text: `int("12", base)` and `float("1e3")`.

use super::{Fault, quote};

/// `int(text, base)`; base 0 goes by the prefix.
pub fn int(text: &str, base: u32) -> Result<i64, Fault> {
    let invalid = || Fault::value(format!("invalid literal for int() with base {base}: {}", quote::repr(text)));
    let trimmed = text.trim_matches(is_space);
    let (negative, digits) = match trimmed.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, trimmed.strip_prefix('+').unwrap_or(trimmed)),
    };
    let (radix, digits, prefixed) = prefix(digits, base);
    let leading_zero = base == 0 && radix == 10 && digits.starts_with('0');
    if leading_zero && digits.bytes().any(|b| !matches!(b, b'0' | b'_')) {
        return Err(invalid());
    }
    let digits = if prefixed { digits.strip_prefix('_').unwrap_or(digits) } else { digits };
    let mut number: i128 = 0;
    let mut after_digit = false;
    for c in digits.chars() {
        if c == '_' && after_digit {
            after_digit = false;
            continue;
        }
        let digit = digit_value(c).filter(|digit| *digit < radix).ok_or_else(invalid)?;
        number = number.saturating_mul(i128::from(radix)).saturating_add(i128::from(digit));
        after_digit = true;
    }
    if !after_digit {
        return Err(invalid());
    }
    i64::try_from(if negative { -number } else { number }).map_err(|_| Fault::too_large())
}

/// The value of a digit of any script, or of a letter.
fn digit_value(c: char) -> Option<u32> {
    c.to_digit(36).or_else(|| fullwidth_digit(c))
}

/// Full-width digits are typed with Chinese input methods; CPython reads them too.
fn fullwidth_digit(c: char) -> Option<u32> {
    ('０'..='９').contains(&c).then(|| u32::from(c) - u32::from('０'))
}

fn prefix(digits: &str, base: u32) -> (u32, &str, bool) {
    let bytes = digits.as_bytes();
    if bytes.first() == Some(&b'0')
        && let Some(letter) = bytes.get(1)
    {
        let radix = match letter {
            b'x' | b'X' => 16,
            b'o' | b'O' => 8,
            b'b' | b'B' => 2,
            _ => 0,
        };
        if radix != 0 && (base == 0 || base == radix) {
            return (radix, &digits[2..], true);
        }
    }
    (if base == 0 { 10 } else { base }, digits, false)
}

/// `float(text)`.
pub fn float(text: &str) -> Result<f64, Fault> {
    let invalid = || Fault::value(format!("could not convert string to float: {}", quote::repr(text)));
    let trimmed: String = text
        .trim_matches(is_space)
        .chars()
        .map(|c| fullwidth_digit(c).and_then(|d| char::from_digit(d, 10)).unwrap_or(c))
        .collect();
    let unsigned = trimmed.strip_prefix(['-', '+']).unwrap_or(&trimmed);
    let named = unsigned.to_ascii_lowercase();
    if !matches!(named.as_str(), "inf" | "infinity" | "nan") {
        let plausible = unsigned.bytes().all(|b| matches!(b, b'0'..=b'9' | b'.' | b'e' | b'E' | b'+' | b'-' | b'_'));
        if !plausible || !unsigned.bytes().any(|b| b.is_ascii_digit()) || !underscores_fit(unsigned) {
            return Err(invalid());
        }
    }
    trimmed.replace('_', "").parse().map_err(|_| invalid())
}

/// Underscores stand between digits only.
fn underscores_fit(text: &str) -> bool {
    let bytes = text.as_bytes();
    let digit_at = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit);
    bytes.iter().enumerate().all(|(at, byte)| *byte != b'_' || digit_at(at.checked_sub(1)) && digit_at(Some(at + 1)))
}

/// What `str.strip()` and `str.split()` take for white space.
#[must_use]
pub fn is_space(c: char) -> bool {
    c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ints_are_read_in_every_base() {
        for (text, base, expected) in [
            ("42", 10, Ok(42)),
            ("  -1_000\n", 10, Ok(-1000)),
            ("ff", 16, Ok(255)),
            ("0xff", 16, Ok(255)),
            ("0b101", 0, Ok(5)),
            ("0x_f", 0, Ok(15)),
            ("z", 36, Ok(35)),
            ("００７", 10, Ok(7)),
            ("-9223372036854775808", 10, Ok(i64::MIN)),
            ("", 10, Err("invalid literal for int() with base 10: ''")),
            ("1.5", 10, Err("invalid literal for int() with base 10: '1.5'")),
            ("1__0", 10, Err("invalid literal for int() with base 10: '1__0'")),
            ("012", 0, Err("invalid literal for int() with base 0: '012'")),
            ("12", 2, Err("invalid literal for int() with base 2: '12'")),
            ("9223372036854775808", 10, Err("int too large: integers have 64 bits here")),
        ] {
            assert_eq!(int(text, base).map_err(|fault| fault.text), expected.map_err(str::to_owned), "{text:?}");
        }
    }

    #[test]
    fn floats_are_read() {
        assert_eq!(float(" 1_0.5e3 "), Ok(10500.0));
        assert_eq!(float("-Infinity"), Ok(f64::NEG_INFINITY));
        assert_eq!(float(".5"), Ok(0.5));
        assert!(float("nan").is_ok_and(f64::is_nan));
        for text in ["", "abc", "1_", "1e", "--1", "e5", "infinit", "1.2.3"] {
            let expected = format!("could not convert string to float: {}", quote::repr(text));
            assert_eq!(float(text).unwrap_err().text, expected);
        }
    }
}
