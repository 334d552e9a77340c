//! Floats as text, as `Python/pystrtod.c` writes them.
//!
//! Digits come from Rust's formatting, which is correctly rounded (and shortest where no precision is given); where the point or the
//! exponent goes is Python's.

/// The styles of a float with a precision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// `1.5e+10`
    Exponent,
    /// `15000.00`
    Fixed,
    /// Whichever is shorter, without trailing zeros.
    General,
    /// As `General`, and a `.0` where it would look like an int: `str(x)` with a precision.
    Display,
}

/// `repr(x)`.
#[must_use]
pub fn repr(x: f64) -> String {
    let text = shortest(x.abs(), true, false);
    if x.is_sign_negative() && !x.is_nan() { format!("-{text}") } else { text }
}

/// The shortest digits that read back as `x` (not negative). `point`: with `.0` where it would look like an int.
/// `alternate`: a point even before an exponent.
#[must_use]
pub fn shortest(x: f64, point: bool, alternate: bool) -> String {
    if let Some(text) = unusual(x) {
        return text.to_owned();
    }
    let (digits, exponent) = split_exponent(&format!("{x:e}"));
    if (-4..16).contains(&exponent) {
        place_point(&digits, exponent, point)
    } else {
        with_exponent(&digits, exponent, alternate)
    }
}

/// `x` (not negative) with this precision. `alternate`: keep the point and trailing zeros (`#`).
#[must_use]
pub fn with_precision(x: f64, style: Style, precision: usize, alternate: bool) -> String {
    if let Some(text) = unusual(x) {
        return text.to_owned();
    }
    match style {
        Style::Fixed => {
            let exact = precision.min(EXACT);
            let text = format!("{x:.exact$}") + &"0".repeat(precision - exact);
            if alternate && precision == 0 { text + "." } else { text }
        }
        Style::Exponent => {
            let (digits, exponent) = significant(x, precision);
            with_exponent(&digits, exponent, alternate)
        }
        Style::General => general(x, precision, alternate, false),
        Style::Display => general(x, precision, alternate, true),
    }
}

fn general(x: f64, precision: usize, alternate: bool, point: bool) -> String {
    let precision = precision.max(1);
    let places = precision - 1;
    let (mut digits, exponent) = significant(x, places);
    if !alternate {
        let kept = digits.trim_end_matches('0').len().max(1);
        digits.truncate(kept);
    }
    // Display turns to an exponent one digit earlier: the `.0` takes its place.
    let last = i64::try_from(precision).unwrap_or(i64::MAX) - 1 - i64::from(point);
    if exponent < -4 || i64::from(exponent) > last {
        return with_exponent(&digits, exponent, alternate);
    }
    let text = place_point(&digits, exponent, point);
    if alternate && !text.contains('.') { text + "." } else { text }
}

fn unusual(x: f64) -> Option<&'static str> {
    if x.is_nan() {
        Some("nan")
    } else if x.is_infinite() {
        Some("inf")
    } else {
        None
    }
}

/// After so many digits a float has only zeros.
const EXACT: usize = 1100;

/// The first digit and `places` more, and the exponent of the first.
fn significant(x: f64, places: usize) -> (String, i32) {
    let exact = places.min(EXACT);
    let (digits, exponent) = split_exponent(&format!("{x:.exact$e}"));
    (digits + &"0".repeat(places - exact), exponent)
}

/// `1.25e-7` to (`125`, -7).
fn split_exponent(text: &str) -> (String, i32) {
    let (mantissa, exponent) = text.split_once('e').unwrap_or((text, "0"));
    (mantissa.replace('.', ""), exponent.parse().unwrap_or(0))
}

fn with_exponent(digits: &str, exponent: i32, alternate: bool) -> String {
    let (first, rest) = digits.split_at(1);
    let point = if rest.is_empty() && !alternate { "" } else { "." };
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{first}{point}{rest}e{sign}{:02}", exponent.abs())
}

/// The digits `d₀d₁d₂…` of `d₀.d₁d₂… × 10^exponent` in positional notation.
fn place_point(digits: &str, exponent: i32, point: bool) -> String {
    if exponent < 0 {
        let zeros = usize::try_from(-exponent - 1).unwrap_or(0);
        return format!("0.{}{digits}", "0".repeat(zeros));
    }
    let whole = usize::try_from(exponent).unwrap_or(0) + 1;
    if digits.len() > whole {
        return format!("{}.{}", &digits[..whole], &digits[whole..]);
    }
    let zeros = "0".repeat(whole - digits.len());
    format!("{digits}{zeros}{}", if point { ".0" } else { "" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repr_is_that_of_cpython() {
        for (x, text) in [
            (0.0, "0.0"),
            (-0.0, "-0.0"),
            (1.0, "1.0"),
            (0.1 + 0.2, "0.30000000000000004"),
            (1e16, "1e+16"),
            (9_999_999_999_999_998.0, "9999999999999998.0"),
            (1e-4, "0.0001"),
            (1e-5, "1e-05"),
            (1.5e-7, "1.5e-07"),
            (1e100, "1e+100"),
            (123_456.789, "123456.789"),
            (5e-324, "5e-324"),
            (f64::MAX, "1.7976931348623157e+308"),
            (f64::INFINITY, "inf"),
            (f64::NEG_INFINITY, "-inf"),
            (f64::NAN, "nan"),
        ] {
            assert_eq!(repr(x), text);
        }
    }

    #[test]
    fn precision_rounds_correctly() {
        assert_eq!(with_precision(2.675, Style::Fixed, 2, false), "2.67");
        assert_eq!(with_precision(0.5, Style::Fixed, 0, false), "0");
        assert_eq!(with_precision(1.5, Style::Fixed, 0, true), "2.");
        assert_eq!(with_precision(12345.678, Style::Exponent, 3, false), "1.235e+04");
        assert_eq!(with_precision(0.0, Style::Exponent, 2, false), "0.00e+00");
        assert_eq!(with_precision(1_234_567.0, Style::General, 6, false), "1.23457e+06");
        assert_eq!(with_precision(100_000.0, Style::General, 6, false), "100000");
        assert_eq!(with_precision(0.0001, Style::General, 6, false), "0.0001");
        assert_eq!(with_precision(1.5, Style::General, 6, true), "1.50000");
        assert_eq!(with_precision(100.0, Style::Display, 3, false), "1e+02");
        assert_eq!(with_precision(100.0, Style::Display, 4, false), "100.0");
        assert_eq!(with_precision(0.0, Style::General, 6, false), "0");
    }
}
