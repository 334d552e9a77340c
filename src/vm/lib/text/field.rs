//! The templates of `str.format`: `{{`, `}}`, and fields `{name.attribute[index]!conversion:spec}`.

use super::Fault;

/// A part of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// With doubled braces still doubled by halves: text up to and including a brace that was escaped.
    Text(&'a str),
    Field(Field<'a>),
}

/// A field, its parts unread: the spec may contain fields itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field<'a> {
    pub name: &'a str,
    /// `s`, `r` or `a`.
    pub conversion: Option<char>,
    pub spec: &'a str,
}

/// The first part of a field's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Head<'a> {
    /// `{}`
    Next,
    Number(usize),
    Keyword(&'a str),
}

/// The parts after the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step<'a> {
    Attribute(&'a str),
    Index(i64),
    Key(&'a str),
}

/// Takes a template apart.
pub fn parse(template: &str) -> Result<Vec<Piece<'_>>, Fault> {
    let mut pieces = Vec::new();
    let mut rest = template;
    while let Some(at) = rest.find(['{', '}']) {
        let brace = rest.as_bytes()[at];
        let doubled = rest.as_bytes().get(at + 1) == Some(&brace);
        if doubled {
            pieces.push(Piece::Text(&rest[..=at]));
            rest = &rest[at + 2..];
            continue;
        }
        if brace == b'}' {
            return Err(Fault::value("Single '}' encountered in format string"));
        }
        if at > 0 {
            pieces.push(Piece::Text(&rest[..at]));
        }
        let (body, after) = field_body(&rest[at + 1..])?;
        pieces.push(Piece::Field(field(body)?));
        rest = after;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest));
    }
    Ok(pieces)
}

/// What stands between the braces, and what follows them. Brackets hide braces, braces nest.
fn field_body(rest: &str) -> Result<(&str, &str), Fault> {
    if rest.is_empty() {
        return Err(Fault::value("Single '{' encountered in format string"));
    }
    let mut depth = 1;
    let mut bracket = false;
    let mut in_name = true;
    for (at, byte) in rest.bytes().enumerate() {
        match byte {
            b'[' if in_name => bracket = true,
            b']' => bracket = false,
            _ if bracket => {}
            b'{' if in_name && depth == 1 => return Err(Fault::value("unexpected '{' in field name")),
            b'{' => depth += 1,
            b'}' => {
                depth -= 1;
                if depth == 0 {
                    return Ok((&rest[..at], &rest[at + 1..]));
                }
            }
            b':' | b'!' => in_name = false,
            _ => {}
        }
    }
    Err(Fault::value("expected '}' before end of string"))
}

fn field(body: &str) -> Result<Field<'_>, Fault> {
    let end = name_end(body);
    let (name, rest) = body.split_at(end);
    let Some(after) = rest.strip_prefix('!') else {
        return Ok(Field { name, conversion: None, spec: rest.strip_prefix(':').unwrap_or("") });
    };
    let mut chars = after.chars();
    let conversion =
        chars.next().ok_or_else(|| Fault::value("end of string while looking for conversion specifier"))?;
    let after = chars.as_str();
    let spec = match after.strip_prefix(':') {
        Some(spec) => spec,
        None if after.is_empty() => "",
        None => return Err(Fault::value("expected ':' after conversion specifier")),
    };
    if !matches!(conversion, 's' | 'r' | 'a') {
        return Err(Fault::value(format!("Unknown conversion specifier '{conversion}'")));
    }
    Ok(Field { name, conversion: Some(conversion), spec })
}

fn name_end(body: &str) -> usize {
    let mut bracket = false;
    for (at, byte) in body.bytes().enumerate() {
        match byte {
            b'[' => bracket = true,
            b']' => bracket = false,
            b':' | b'!' if !bracket => return at,
            _ => {}
        }
    }
    body.len()
}

/// Takes a field's name apart.
pub fn path(name: &str) -> Result<(Head<'_>, Vec<Step<'_>>), Fault> {
    let end = name.find(['.', '[']).unwrap_or(name.len());
    let (first, mut rest) = name.split_at(end);
    let head = match first {
        "" => Head::Next,
        _ if first.bytes().all(|b| b.is_ascii_digit()) => {
            Head::Number(first.parse().map_err(|_| Fault::value("Too many decimal digits in format string"))?)
        }
        _ => Head::Keyword(first),
    };
    let mut steps = Vec::new();
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix('.') {
            let end = after.find(['.', '[']).unwrap_or(after.len());
            steps.push(Step::Attribute(non_empty(&after[..end])?));
            rest = &after[end..];
        } else if let Some(after) = rest.strip_prefix('[') {
            let end = after.find(']').ok_or_else(|| Fault::value("Missing ']' in format string"))?;
            let key = non_empty(&after[..end])?;
            steps.push(key.parse().map_or(Step::Key(key), Step::Index));
            rest = &after[end + 1..];
        } else {
            return Err(Fault::value("Only '.' or '[' may follow ']' in format field specifier"));
        }
    }
    Ok((head, steps))
}

fn non_empty(part: &str) -> Result<&str, Fault> {
    if part.is_empty() { Err(Fault::value("Empty attribute in format string")) } else { Ok(part) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_are_taken_apart() {
        let pieces = parse("a{{b}} {x.y[0]!r:>{w}}!").unwrap();
        let field = Field { name: "x.y[0]", conversion: Some('r'), spec: ">{w}" };
        let expected = [Piece::Text("a{"), Piece::Text("b}"), Piece::Text(" "), Piece::Field(field), Piece::Text("!")];
        assert_eq!(pieces, expected);
    }

    #[test]
    fn names_are_taken_apart() {
        assert_eq!(path("").unwrap(), (Head::Next, vec![]));
        let steps = vec![Step::Attribute("a"), Step::Index(1), Step::Key("k")];
        assert_eq!(path("0.a[1][k]").unwrap(), (Head::Number(0), steps));
        assert_eq!(path("name").unwrap().0, Head::Keyword("name"));
    }

    #[test]
    fn mistakes_are_named_as_cpython_does() {
        for (template, text) in [
            ("}", "Single '}' encountered in format string"),
            ("{", "Single '{' encountered in format string"),
            ("{a", "expected '}' before end of string"),
            ("{!x}", "Unknown conversion specifier 'x'"),
            ("{!rx}", "expected ':' after conversion specifier"),
        ] {
            assert_eq!(parse(template).unwrap_err().text, text);
        }
    }
}
