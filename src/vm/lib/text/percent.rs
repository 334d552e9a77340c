//! `%` formatting, as `Objects/unicodeobject.c` does it: the directives of a format, and numbers in their shapes.
//! Fetching the arguments is the caller's.

use super::Fault;
use super::float::{self, Style};

/// A part of a format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    Text(&'a str),
    Directive(Directive<'a>),
}

/// `%(key)-*.*f`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Directive<'a> {
    pub key: Option<&'a str>,
    pub flags: Flags,
    pub width: Count,
    pub precision: Count,
    pub kind: char,
    /// The position of `kind` in the format, in characters.
    pub at: usize,
}

/// A width or precision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Count {
    Absent,
    Given(usize),
    /// `*`: the next argument says.
    Argument,
}

/// The flags of a directive, each a character of C's `printf`.
#[expect(clippy::struct_excessive_bools, reason = "they are independent switches")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flags {
    pub left: bool,
    pub plus: bool,
    pub space: bool,
    pub alternate: bool,
    pub zero: bool,
}

/// How a value is laid out: a [`Directive`] with its arguments fetched.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shape {
    pub flags: Flags,
    pub width: usize,
    pub precision: Option<usize>,
}

/// The largest width and precision.
const LIMIT: usize = 1 << 24;

/// Takes a format apart.
pub fn parse(format: &str) -> Result<Vec<Piece<'_>>, Fault> {
    let mut pieces = Vec::new();
    let mut rest = format;
    while let Some(percent) = rest.find('%') {
        if percent > 0 {
            pieces.push(Piece::Text(&rest[..percent]));
        }
        let start = format.len() - rest.len() + percent;
        let (piece, after) = directive(format, start)?;
        pieces.push(piece);
        rest = &format[after..];
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest));
    }
    Ok(pieces)
}

/// Reads the directive whose `%` is at byte `start`; also returns where it ends.
fn directive(format: &str, start: usize) -> Result<(Piece<'_>, usize), Fault> {
    let bytes = format.as_bytes();
    let mut at = start + 1;
    let mut key = None;
    if bytes.get(at) == Some(&b'(') {
        let end = closing(bytes, at).ok_or_else(|| Fault::value("incomplete format key"))?;
        key = Some(&format[at + 1..end]);
        at = end + 1;
    }
    let mut flags = Flags::default();
    while let Some(flag) = bytes.get(at) {
        match flag {
            b'-' => flags.left = true,
            b'+' => flags.plus = true,
            b' ' => flags.space = true,
            b'#' => flags.alternate = true,
            b'0' => flags.zero = true,
            _ => break,
        }
        at += 1;
    }
    let width = count(bytes, &mut at, "width too big")?;
    let mut precision = Count::Absent;
    if bytes.get(at) == Some(&b'.') {
        at += 1;
        precision = match count(bytes, &mut at, "precision too big")? {
            Count::Absent => Count::Given(0),
            given => given,
        };
    }
    while matches!(bytes.get(at), Some(b'h' | b'l' | b'L')) {
        at += 1;
    }
    let kind = format[at..].chars().next().ok_or_else(|| Fault::value("incomplete format"))?;
    let place = format[..at].chars().count();
    let directive = Directive { key, flags, width, precision, kind, at: place };
    Ok((Piece::Directive(directive), at + kind.len_utf8()))
}

/// The parenthesis that closes the one at `open`.
fn closing(bytes: &[u8], open: usize) -> Option<usize> {
    let mut depth = 0;
    for (at, byte) in bytes.iter().enumerate().skip(open) {
        match byte {
            b'(' => depth += 1,
            b')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

fn count(bytes: &[u8], at: &mut usize, too_big: &str) -> Result<Count, Fault> {
    if bytes.get(*at) == Some(&b'*') {
        *at += 1;
        return Ok(Count::Argument);
    }
    let mut number = None;
    while let Some(digit) = bytes.get(*at).filter(|b| b.is_ascii_digit()) {
        number = Some(number.unwrap_or(0usize).saturating_mul(10).saturating_add(usize::from(digit - b'0')));
        *at += 1;
    }
    match number {
        None => Ok(Count::Absent),
        Some(n) if n > LIMIT => Err(Fault::value(too_big)),
        Some(n) => Ok(Count::Given(n)),
    }
}

/// The error for a directive nobody knows.
#[must_use]
pub fn unsupported(directive: &Directive<'_>) -> Fault {
    let kind = directive.kind;
    let shown = if (' '..='~').contains(&kind) { kind } else { '?' };
    Fault::value(format!("unsupported format character '{shown}' ({:#x}) at index {}", u32::from(kind), directive.at))
}

/// `%s`, `%r`, `%a`, `%c`: the text, cut and padded.
#[must_use]
pub fn text(shape: &Shape, text: &str) -> String {
    let cut: String = match shape.precision {
        Some(precision) => text.chars().take(precision).collect(),
        None => text.to_owned(),
    };
    lay_out(&Shape { flags: Flags { zero: false, ..shape.flags }, ..*shape }, "", &cut)
}

/// `%d`, `%i`, `%u`, `%x`, `%X`, `%o`.
#[must_use]
pub fn integer(shape: &Shape, kind: char, n: i64) -> String {
    let magnitude = n.unsigned_abs();
    let (prefix, digits) = match kind {
        'x' => ("0x", format!("{magnitude:x}")),
        'X' => ("0X", format!("{magnitude:X}")),
        'o' => ("0o", format!("{magnitude:o}")),
        _ => ("", magnitude.to_string()),
    };
    let prefix = if shape.flags.alternate { prefix } else { "" };
    let missing = shape.precision.unwrap_or(0).saturating_sub(digits.len());
    lay_out(shape, &format!("{}{prefix}", sign(shape, n < 0)), &("0".repeat(missing) + &digits))
}

/// `%d` of a float that is too large for an int here: its digits are known all the same.
#[must_use]
pub fn whole(shape: &Shape, x: f64) -> String {
    let digits = format!("{:.0}", x.abs().trunc());
    let missing = shape.precision.unwrap_or(0).saturating_sub(digits.len());
    lay_out(shape, sign(shape, x < 0.0), &("0".repeat(missing) + &digits))
}

/// `%e`, `%f`, `%g` and their capitals.
#[must_use]
pub fn real(shape: &Shape, kind: char, x: f64) -> String {
    let style = match kind.to_ascii_lowercase() {
        'e' => Style::Exponent,
        'g' => Style::General,
        _ => Style::Fixed,
    };
    let body = float::with_precision(x.abs(), style, shape.precision.unwrap_or(6), shape.flags.alternate);
    let body = if kind.is_ascii_uppercase() { body.to_uppercase() } else { body };
    lay_out(shape, sign(shape, x.is_sign_negative() && !x.is_nan()), &body)
}

const fn sign(shape: &Shape, negative: bool) -> &'static str {
    if negative {
        "-"
    } else if shape.flags.plus {
        "+"
    } else if shape.flags.space {
        " "
    } else {
        ""
    }
}

fn lay_out(shape: &Shape, lead: &str, body: &str) -> String {
    let missing = shape.width.saturating_sub(lead.chars().count() + body.chars().count());
    if shape.flags.left {
        format!("{lead}{body}{}", " ".repeat(missing))
    } else if shape.flags.zero {
        format!("{lead}{}{body}", "0".repeat(missing))
    } else {
        format!("{}{lead}{body}", " ".repeat(missing))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The shape of the only directive in `format`.
    #[track_caller]
    fn shape(format: &str) -> (Shape, char) {
        let pieces = parse(format).unwrap();
        let [Piece::Directive(directive)] = pieces.as_slice() else { panic!("{format}: {pieces:?}") };
        let given = |count| match count {
            Count::Given(n) => Some(n),
            Count::Absent | Count::Argument => None,
        };
        let width = given(directive.width).unwrap_or(0);
        (Shape { flags: directive.flags, width, precision: given(directive.precision) }, directive.kind)
    }

    #[test]
    fn integers() {
        for (format, n, expected) in [
            ("%d", 42, "42"),
            ("%5d", 42, "   42"),
            ("%-5d", 42, "42   "),
            ("%05d", -42, "-0042"),
            ("%+d", 42, "+42"),
            ("% d", 42, " 42"),
            ("%.4d", 42, "0042"),
            ("%x", 255, "ff"),
            ("%#06x", 255, "0x00ff"),
            ("%#o", 8, "0o10"),
            ("%-05d", 3, "3    "),
        ] {
            let (shape, kind) = shape(format);
            assert_eq!(integer(&shape, kind, n), expected, "{format}");
        }
    }

    #[test]
    fn floats_and_text() {
        for (format, x, expected) in [
            ("%f", 1.25, "1.250000"),
            ("%.2f", 2.675, "2.67"),
            ("%8.1f", -3.25, "    -3.2"),
            ("%08.1f", -3.25, "-00003.2"),
            ("%e", 12345.678, "1.234568e+04"),
            ("%g", 1e-5, "1e-05"),
            ("%G", f64::INFINITY, "INF"),
            ("%.0f", 0.5, "0"),
        ] {
            let (shape, kind) = shape(format);
            assert_eq!(real(&shape, kind, x), expected, "{format}");
        }
        assert_eq!(text(&shape("%-6.2s").0, "中文字"), "中文    ");
        assert_eq!(text(&shape("%05s").0, "ab"), "   ab");
    }

    #[test]
    fn formats_are_taken_apart() {
        let pieces = parse("a%(k)s100%%%*.*f").unwrap();
        assert_eq!(pieces.len(), 5);
        assert!(matches!(&pieces[1], Piece::Directive(d) if d.key == Some("k") && d.kind == 's'));
        assert!(
            matches!(&pieces[4], Piece::Directive(d) if d.width == Count::Argument && d.precision == Count::Argument)
        );
        assert_eq!(parse("abc%").unwrap_err().text, "incomplete format");
        assert_eq!(parse("%(a").unwrap_err().text, "incomplete format key");
        let Piece::Directive(odd) = &parse("5%y").unwrap()[1] else { panic!() };
        assert_eq!(unsupported(odd).text, "unsupported format character 'y' (0x79) at index 2");
    }
}
