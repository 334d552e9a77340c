//! What Python writes of a container (its `repr`), taken apart: values are told as text, and of some the parts are wanted.

/// What stands in a list, dict or deque.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entries {
    /// As they are written, in their order.
    pub items: Vec<String>,
    /// There are more that were not told.
    pub cut: bool,
    /// `maxlen` of a deque.
    pub room: Option<usize>,
}

/// Takes the `repr` of a list, tuple, set, dict or deque apart; `None` for anything else.
#[must_use]
pub fn entries(repr: &str) -> Option<Entries> {
    let (inside, rest) = match repr.strip_prefix("deque(") {
        Some(rest) => (rest.strip_prefix('[')?, true),
        None => (repr.strip_prefix(['[', '{', '('])?, false),
    };
    let (items, behind) = parts(inside);
    let cut = behind.is_none() || items.last().is_some_and(|last| is_cut(last));
    let room =
        behind.filter(|_| rest).and_then(|behind| behind.strip_prefix(", maxlen=")?.strip_suffix(')')?.parse().ok());
    let items = items.into_iter().filter(|item| !is_cut(item)).map(str::to_owned).collect();
    Some(Entries { items, cut, room })
}

/// Stands where a long `repr` was cut off.
fn is_cut(item: &str) -> bool {
    item.ends_with('\u{2026}')
}

/// The parts between commas, up to the bracket that closes the whole, and what stands behind that.
fn parts(text: &str) -> (Vec<&str>, Option<&str>) {
    let (mut found, mut start) = (Vec::new(), 0);
    let mut nesting = Nesting::default();
    for (at, c) in text.char_indices() {
        let depth = nesting.take(c);
        if depth < 0 || (depth == 0 && c == ',' && nesting.quote.is_none()) {
            let part = text[start..at].trim();
            if !part.is_empty() {
                found.push(part);
            }
            start = at + c.len_utf8();
            if depth < 0 {
                return (found, Some(&text[start..]));
            }
        }
    }
    let part = text[start..].trim();
    if !part.is_empty() {
        found.push(part);
    }
    (found, None)
}

/// The text before and after the first such character that stands in no brackets or quotes.
#[must_use]
pub fn split_at(text: &str, mark: char) -> Option<(&str, &str)> {
    let mut nesting = Nesting::default();
    let at = text.char_indices().find(|(_, c)| nesting.take(*c) == 0 && *c == mark && nesting.quote.is_none())?.0;
    Some((text[..at].trim(), text[at + mark.len_utf8()..].trim()))
}

/// Where in brackets and quotes a text is.
#[derive(Default)]
struct Nesting {
    depth: i32,
    quote: Option<char>,
    escaped: bool,
}

impl Nesting {
    /// Takes one more character and says how deep in brackets it stands.
    fn take(&mut self, c: char) -> i32 {
        match self.quote {
            Some(_) if self.escaped => self.escaped = false,
            Some(_) if c == '\\' => self.escaped = true,
            Some(quote) if c == quote => self.quote = None,
            Some(_) => {}
            None => match c {
                '\'' | '"' => self.quote = Some(c),
                '[' | '(' | '{' => self.depth += 1,
                ']' | ')' | '}' => self.depth -= 1,
                _ => {}
            },
        }
        self.depth
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn items(repr: &str) -> Vec<String> {
        entries(repr).unwrap().items
    }

    #[test]
    fn the_entries_of_a_container_are_told_apart() {
        assert_eq!(items("['tea', 'a, b', (1, 2), [3]]"), ["'tea'", "'a, b'", "(1, 2)", "[3]"]);
        assert_eq!(items("[]"), Vec::<String>::new());
        assert_eq!(items("{'x': 1, 'y': [1, 2]}"), ["'x': 1", "'y': [1, 2]"]);
        assert_eq!(items("['it\\'s, so', 2]"), ["'it\\'s, so'", "2"]);
        assert_eq!(items("('a, b', True)"), ["'a, b'", "True"]);
        assert_eq!(entries("deque([1, 2], maxlen=5)").unwrap().room, Some(5));
        assert_eq!(entries("deque([1, 2])").unwrap().room, None);
        assert_eq!(entries("7"), None);
    }

    #[test]
    fn what_was_cut_off_is_known_to_be() {
        let cut = entries("[1, 2, \u{2026}]").unwrap();
        assert_eq!((cut.items.len(), cut.cut), (2, true));
        let cut = entries("[1, 'abc\u{2026}").unwrap();
        assert_eq!((cut.items.len(), cut.cut), (1, true));
        assert!(entries("[[[[").unwrap().cut);
    }

    #[test]
    fn a_key_ends_at_its_colon() {
        assert_eq!(split_at("'a:b': 1", ':'), Some(("'a:b'", "1")));
        assert_eq!(split_at("5", ':'), None);
    }
}
