//! The format-spec mini-language: `[[fill]align][sign][z][#][0][width][grouping][.precision][type]`, as
//! `Python/formatter_unicode.c` understands it.

use super::Fault;
use super::float::{self, Style};

/// What is formatted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Operand<'a> {
    Int(i64),
    Bool(bool),
    Float(f64),
    Str(&'a str),
}

impl Operand<'_> {
    const fn type_name(self) -> &'static str {
        match self {
            Operand::Int(_) => "int",
            Operand::Bool(_) => "bool",
            Operand::Float(_) => "float",
            Operand::Str(_) => "str",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Align {
    Left,
    Right,
    Centre,
    /// Between sign and digits.
    Inside,
}

impl Align {
    fn from_char(c: char) -> Option<Align> {
        match c {
            '<' => Some(Align::Left),
            '>' => Some(Align::Right),
            '^' => Some(Align::Centre),
            '=' => Some(Align::Inside),
            _ => None,
        }
    }
}

/// A spec, taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Spec {
    fill: char,
    align: Option<Align>,
    sign: Option<char>,
    /// Negative zero becomes zero.
    no_negative_zero: bool,
    alternate: bool,
    width: usize,
    grouping: Option<char>,
    precision: Option<usize>,
    kind: Option<char>,
}

/// `format(operand, spec)`.
pub fn format(operand: Operand<'_>, spec: &str) -> Result<String, Fault> {
    let spec = parse(spec, operand.type_name())?;
    match operand {
        Operand::Str(text) => format_str(text, &spec),
        Operand::Int(n) => format_int(n, &spec, "int"),
        Operand::Bool(b) => format_int(i64::from(b), &spec, "bool"),
        Operand::Float(x) => format_float(x, &spec, operand.type_name()),
    }
}

/// The largest width and precision: enough for every screen, too little to hurt.
const LIMIT: usize = 1 << 24;

struct Reader<'a> {
    rest: &'a str,
}

impl Reader<'_> {
    fn peek(&self) -> Option<char> {
        self.rest.chars().next()
    }

    fn skip(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.rest = &self.rest[c.len_utf8()..];
        Some(c)
    }

    fn accept(&mut self, c: char) -> bool {
        let found = self.peek() == Some(c);
        if found {
            self.skip();
        }
        found
    }

    fn number(&mut self) -> Result<Option<usize>, Fault> {
        let mut number: Option<usize> = None;
        while let Some(digit) = self.peek().and_then(|c| c.to_digit(10)) {
            self.skip();
            let next = number.unwrap_or(0).saturating_mul(10).saturating_add(digit as usize);
            number = Some(next);
        }
        match number {
            Some(n) if n > LIMIT => Err(Fault::value("Too many decimal digits in format string")),
            _ => Ok(number),
        }
    }
}

fn parse(text: &str, type_name: &str) -> Result<Spec, Fault> {
    let mut reader = Reader { rest: text };
    let mut spec = Spec {
        fill: ' ',
        align: None,
        sign: None,
        no_negative_zero: false,
        alternate: false,
        width: 0,
        grouping: None,
        precision: None,
        kind: None,
    };
    let mut fill_given = false;
    let mut start = text.chars();
    if let (Some(fill), Some(align)) = (start.next(), start.next().and_then(Align::from_char)) {
        spec.fill = fill;
        spec.align = Some(align);
        fill_given = true;
        reader.skip();
        reader.skip();
    } else if let Some(align) = reader.peek().and_then(Align::from_char) {
        spec.align = Some(align);
        reader.skip();
    }
    if let Some(sign @ ('+' | '-' | ' ')) = reader.peek() {
        spec.sign = Some(sign);
        reader.skip();
    }
    spec.no_negative_zero = reader.accept('z');
    spec.alternate = reader.accept('#');
    if !fill_given && reader.accept('0') {
        spec.fill = '0';
        if spec.align.is_none() && type_name != "str" {
            spec.align = Some(Align::Inside);
        }
    }
    spec.width = reader.number()?.unwrap_or(0);
    parse_grouping(&mut reader, &mut spec)?;
    if reader.accept('.') {
        spec.precision = Some(reader.number()?.ok_or_else(|| Fault::value("Format specifier missing precision"))?);
    }
    spec.kind = reader.skip();
    if !reader.rest.is_empty() {
        return Err(Fault::value(format!("Invalid format specifier '{text}' for object of type '{type_name}'")));
    }
    let kind = spec.kind.or((type_name == "str").then_some('s'));
    if let (Some(grouping), Some(kind)) = (spec.grouping, kind) {
        let fits = match kind {
            'd' | 'e' | 'f' | 'g' | 'E' | 'G' | '%' | 'F' => true,
            'b' | 'o' | 'x' | 'X' => grouping == '_',
            _ => false,
        };
        if !fits {
            return Err(Fault::value(format!("Cannot specify '{grouping}' with '{kind}'.")));
        }
    }
    Ok(spec)
}

fn parse_grouping(reader: &mut Reader<'_>, spec: &mut Spec) -> Result<(), Fault> {
    if let Some(grouping @ (',' | '_')) = reader.peek() {
        spec.grouping = Some(grouping);
        reader.skip();
        if matches!(reader.peek(), Some(',' | '_')) {
            let text = if reader.peek() == Some(grouping) {
                format!("Cannot specify '{grouping}' with '{grouping}'.")
            } else {
                "Cannot specify both ',' and '_'.".to_owned()
            };
            return Err(Fault::value(text));
        }
    }
    Ok(())
}

fn unknown_code(kind: char, type_name: &str) -> Fault {
    let code = if (' '..='\u{7f}').contains(&kind) { kind.to_string() } else { format!("\\x{:x}", u32::from(kind)) };
    Fault::value(format!("Unknown format code '{code}' for object of type '{type_name}'"))
}

fn format_str(text: &str, spec: &Spec) -> Result<String, Fault> {
    if let Some(kind) = spec.kind.filter(|kind| *kind != 's') {
        return Err(unknown_code(kind, "str"));
    }
    match spec.sign {
        Some(' ') => return Err(Fault::value("Space not allowed in string format specifier")),
        Some(_) => return Err(Fault::value("Sign not allowed in string format specifier")),
        None => {}
    }
    if spec.no_negative_zero {
        return Err(Fault::value("Negative zero coercion (z) not allowed in string format specifier"));
    }
    if spec.alternate {
        return Err(Fault::value("Alternate form (#) not allowed in string format specifier"));
    }
    if let Some(grouping) = spec.grouping {
        return Err(Fault::value(format!("Cannot specify '{grouping}' with 's'.")));
    }
    if spec.align == Some(Align::Inside) {
        return Err(Fault::value("'=' alignment not allowed in string format specifier"));
    }
    let cut: String = match spec.precision {
        Some(precision) => text.chars().take(precision).collect(),
        None => text.to_owned(),
    };
    Ok(pad(&cut, spec.width, spec.fill, spec.align.unwrap_or(Align::Left)))
}

fn format_int(n: i64, spec: &Spec, type_name: &str) -> Result<String, Fault> {
    let kind = spec.kind.unwrap_or('d');
    match kind {
        'e' | 'E' | 'f' | 'F' | 'g' | 'G' | '%' => return format_float(to_float(n), spec, type_name),
        'b' | 'c' | 'd' | 'n' | 'o' | 'x' | 'X' => {}
        _ => return Err(unknown_code(kind, type_name)),
    }
    if spec.precision.is_some() {
        return Err(Fault::value("Precision not allowed in integer format specifier"));
    }
    if spec.no_negative_zero {
        return Err(Fault::value("Negative zero coercion (z) not allowed in integer format specifier"));
    }
    if kind == 'c' {
        return format_char(n, spec);
    }
    let magnitude = n.unsigned_abs();
    let (prefix, digits) = match kind {
        'b' => ("0b", format!("{magnitude:b}")),
        'o' => ("0o", format!("{magnitude:o}")),
        'x' => ("0x", format!("{magnitude:x}")),
        'X' => ("0X", format!("{magnitude:X}")),
        _ => ("", magnitude.to_string()),
    };
    let prefix = if spec.alternate { prefix } else { "" };
    let group = if matches!(kind, 'b' | 'o' | 'x' | 'X') { 4 } else { 3 };
    let lead = format!("{}{prefix}", sign_of(n < 0, spec.sign));
    Ok(lay_out(&lead, &digits, "", group, spec))
}

fn format_char(n: i64, spec: &Spec) -> Result<String, Fault> {
    if spec.sign.is_some() {
        return Err(Fault::value("Sign not allowed with integer format specifier 'c'"));
    }
    if spec.alternate {
        return Err(Fault::value("Alternate form (#) not allowed with integer format specifier 'c'"));
    }
    let c = u32::try_from(n).ok().and_then(char::from_u32);
    let c = c.ok_or_else(|| Fault::overflow("%c arg not in range(0x110000)"))?;
    Ok(pad(&c.to_string(), spec.width, spec.fill, spec.align.unwrap_or(Align::Right)))
}

fn format_float(x: f64, spec: &Spec, type_name: &str) -> Result<String, Fault> {
    let kind = spec.kind;
    let magnitude = x.abs();
    let alternate = spec.alternate;
    let places = spec.precision.unwrap_or(6);
    let body = match kind {
        None => match spec.precision {
            Some(precision) => float::with_precision(magnitude, Style::Display, precision, alternate),
            None => float::shortest(magnitude, true, alternate),
        },
        Some('f' | 'F') => float::with_precision(magnitude, Style::Fixed, places, alternate),
        Some('e' | 'E') => float::with_precision(magnitude, Style::Exponent, places, alternate),
        Some('g' | 'G' | 'n') => float::with_precision(magnitude, Style::General, places, alternate),
        Some('%') => float::with_precision(magnitude * 100.0, Style::Fixed, places, alternate) + "%",
        Some(kind) => return Err(unknown_code(kind, type_name)),
    };
    let body = if matches!(kind, Some('E' | 'F' | 'G')) { body.to_uppercase() } else { body };
    let zero = !body.bytes().any(|b| matches!(b, b'1'..=b'9' | b'a'..=b'd' | b'i' | b'I' | b'n' | b'N'));
    let negative = x.is_sign_negative() && !x.is_nan() && !(zero && spec.no_negative_zero);
    let whole = body.find(|c: char| !c.is_ascii_digit()).unwrap_or(body.len());
    let (digits, tail) = body.split_at(whole);
    Ok(lay_out(sign_of(negative, spec.sign), digits, tail, 3, spec))
}

const fn sign_of(negative: bool, sign: Option<char>) -> &'static str {
    match (negative, sign) {
        (true, _) => "-",
        (false, Some('+')) => "+",
        (false, Some(' ')) => " ",
        (false, _) => "",
    }
}

/// Puts a number together: sign and prefix, grouped digits, the rest. Zeros that fill up inside are grouped too.
fn lay_out(lead: &str, digits: &str, tail: &str, group: usize, spec: &Spec) -> String {
    let align = spec.align.unwrap_or(Align::Right);
    let inside = align == Align::Inside && spec.fill == '0';
    let room = spec.width.saturating_sub(lead.chars().count() + tail.chars().count());
    let digits = match spec.grouping {
        Some(separator) if !digits.is_empty() => grouped(digits, separator, group, if inside { room } else { 0 }),
        _ => digits.to_owned(),
    };
    if align == Align::Inside {
        let missing = room.saturating_sub(digits.chars().count());
        let filling: String = std::iter::repeat_n(spec.fill, missing).collect();
        return format!("{lead}{filling}{digits}{tail}");
    }
    pad(&format!("{lead}{digits}{tail}"), spec.width, spec.fill, align)
}

/// Digits in groups; with leading zeros up to at least `width` characters, never starting with a separator.
fn grouped(digits: &str, separator: char, group: usize, width: usize) -> String {
    let mut reversed = String::new();
    let mut count = 0;
    let mut source = digits.bytes().rev();
    loop {
        let next = source.next();
        if next.is_none() && reversed.len() >= width {
            break;
        }
        if count > 0 && count % group == 0 {
            reversed.push(separator);
        }
        reversed.push(next.map_or('0', char::from));
        count += 1;
    }
    reversed.chars().rev().collect()
}

fn pad(text: &str, width: usize, fill: char, align: Align) -> String {
    let missing = width.saturating_sub(text.chars().count());
    let left = match align {
        Align::Left => 0,
        Align::Centre => missing / 2,
        Align::Right | Align::Inside => missing,
    };
    let mut out = String::with_capacity(text.len() + missing * fill.len_utf8());
    out.extend(std::iter::repeat_n(fill, left));
    out.push_str(text);
    out.extend(std::iter::repeat_n(fill, missing - left));
    out
}

#[expect(clippy::cast_precision_loss, reason = "it is what float(n) does")]
const fn to_float(n: i64) -> f64 {
    n as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(operand: Operand<'_>, spec: &str, expected: &str) {
        let text = format(operand, spec).unwrap_or_else(|fault| fault.text);
        assert_eq!(text, expected, "{operand:?} {spec:?}");
    }

    #[test]
    fn integers() {
        for (n, spec, expected) in [
            (42, "", "42"),
            (42, "5", "   42"),
            (42, "<5", "42   "),
            (42, "^6", "  42  "),
            (42, "*>6d", "****42"),
            (-42, "06", "-00042"),
            (42, "+", "+42"),
            (42, " ", " 42"),
            (1_234_567, ",", "1,234,567"),
            (1_234_567, "_", "1_234_567"),
            (1234, "010,", "00,001,234"),
            (1234, "09,", "0,001,234"),
            (255, "x", "ff"),
            (255, "#X", "0XFF"),
            (255, "#010b", "0b11111111"),
            (255, "#06x", "0x00ff"),
            (65535, "_b", "1111_1111_1111_1111"),
            (65, "c", "A"),
            (3, ".2f", "3.00"),
            (1, "%", "100.000000%"),
            (7, "e", "7.000000e+00"),
            (5, "^+5", " +5  "),
            (5, ".2", "Precision not allowed in integer format specifier"),
            (5, "s", "Unknown format code 's' for object of type 'int'"),
            (5, "5dx", "Invalid format specifier '5dx' for object of type 'int'"),
            (5, ",x", "Cannot specify ',' with 'x'."),
        ] {
            check(Operand::Int(n), spec, expected);
        }
    }

    #[test]
    fn floats() {
        for (x, spec, expected) in [
            (2.71875, ".2f", "2.72"),
            (2.71875, "8.3f", "   2.719"),
            (3.0, "", "3.0"),
            (1e20, "", "1e+20"),
            (1234.5678, ",.2f", "1,234.57"),
            (1234.5, "012,.1f", "00,001,234.5"),
            (0.256, ".1%", "25.6%"),
            (1e10, "g", "1e+10"),
            (123.456, ".3", "1.23e+02"),
            (123.456, ".4", "123.5"),
            (100.0, ".3", "1e+02"),
            (1.5, "E", "1.500000E+00"),
            (f64::INFINITY, "06", "000inf"),
            (f64::NAN, "F", "NAN"),
            (-0.0, "z.1f", "0.0"),
            (-0.04, ".1f", "-0.0"),
            (1.0, "d", "Unknown format code 'd' for object of type 'float'"),
        ] {
            check(Operand::Float(x), spec, expected);
        }
    }

    #[test]
    fn strings() {
        for (text, spec, expected) in [
            ("abc", "", "abc"),
            ("abc", "6", "abc   "),
            ("abc", ">6", "   abc"),
            ("abc", "·^7", "··abc··"),
            ("abc", ".2", "ab"),
            ("中文", "-<5s", "中文---"),
            ("ab", "05", "ab000"),
            ("abc", "d", "Unknown format code 'd' for object of type 'str'"),
            ("abc", "+", "Sign not allowed in string format specifier"),
            ("abc", "=5", "'=' alignment not allowed in string format specifier"),
            ("abc", ",", "Cannot specify ',' with 's'."),
            ("abc", ".", "Format specifier missing precision"),
        ] {
            check(Operand::Str(text), spec, expected);
        }
    }
}
