//! Where in a JSON text a value stands.
//!
//! `serde_json` says where a text stops being what it should be, but a value that was read forgets where it came
//! from. When a name in it leads nowhere, this finds the line again.

/// The text with blanks in place of what stands between `//` and the end of a line, outside of strings: every line and
/// every column stays where it is. Other comments there are none.
pub(super) fn without_comments(text: &str) -> String {
    let mut json = String::with_capacity(text.len());
    let (mut in_string, mut escaped, mut in_comment) = (false, false, false);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        in_comment &= letter != '\n';
        if in_comment {
            json.push(' ');
            continue;
        }
        match letter {
            '"' if !escaped => in_string = !in_string,
            '/' if !in_string && letters.peek() == Some(&'/') => in_comment = true,
            _ => {}
        }
        escaped = in_string && letter == '\\' && !escaped;
        json.push(if in_comment { ' ' } else { letter });
    }
    json
}

/// One step from a JSON value to a value inside it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Way<'a> {
    Key(&'a str),
    Index(usize),
}

/// The line (from 1) of the value that `path` leads to; of the last value on the way that exists when it does not lead
/// there. `json` must have been parsed successfully before.
pub(super) fn line_of(json: &str, path: &[Way<'_>]) -> u32 {
    let mut scanner = Scanner { text: json.as_bytes(), at: 0 };
    scanner.skip_space();
    for way in path {
        let start = scanner.at;
        if !scanner.enter(*way) {
            scanner.at = start;
            break;
        }
    }
    line_at(scanner.text, scanner.at)
}

/// The line (from 1) of this byte.
pub(super) fn line_at(text: &[u8], at: usize) -> u32 {
    let before = text.iter().take(at);
    u32::try_from(before.filter(|byte| **byte == b'\n').count()).unwrap_or(u32::MAX).saturating_add(1)
}

struct Scanner<'a> {
    text: &'a [u8],
    at: usize,
}

impl Scanner<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    fn skip_space(&mut self) {
        while self.peek().is_some_and(|byte| matches!(byte, b' ' | b'\n' | b'\r' | b'\t' | b',' | b':')) {
            self.at += 1;
        }
    }

    /// Goes from the start of a value to the start of a value inside it.
    fn enter(&mut self, way: Way<'_>) -> bool {
        let opening = if matches!(way, Way::Key(_)) { b'{' } else { b'[' };
        if self.peek() != Some(opening) {
            return false;
        }
        self.at += 1;
        let mut index = 0;
        loop {
            self.skip_space();
            if matches!(self.peek(), None | Some(b'}' | b']')) {
                return false;
            }
            let here = match way {
                Way::Key(wanted) => {
                    let same = self.string() == wanted.as_bytes();
                    self.skip_space();
                    same
                }
                Way::Index(wanted) => index == wanted,
            };
            if here {
                return true;
            }
            self.skip_value();
            index += 1;
        }
    }

    /// Reads a string and returns what stands between its quotes.
    fn string(&mut self) -> &[u8] {
        self.at += 1;
        let start = self.at;
        while let Some(byte) = self.peek().filter(|byte| *byte != b'"') {
            self.at += if byte == b'\\' { 2 } else { 1 };
        }
        let end = self.at.min(self.text.len());
        self.at += 1;
        &self.text[start..end]
    }

    fn skip_value(&mut self) {
        let mut depth = 0u32;
        loop {
            match self.peek() {
                None => return,
                Some(b'"') => {
                    self.string();
                }
                Some(b'{' | b'[') => {
                    depth += 1;
                    self.at += 1;
                }
                Some(b'}' | b']' | b',') if depth == 0 => return,
                Some(b'}' | b']') => {
                    depth -= 1;
                    self.at += 1;
                }
                Some(_) => self.at += 1,
            }
            if depth == 0 && matches!(self.peek(), None | Some(b',' | b'}' | b']')) {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_become_blanks_and_strings_stay() {
        let text = "{\"a\": 1, // 多 \"x\"\n \"b\": \"//\", \"c\\\"//\": 2} //";
        assert_eq!(without_comments(text), "{\"a\": 1,         \n \"b\": \"//\", \"c\\\"//\": 2}   ");
        assert_eq!(without_comments("/ /"), "/ /");
    }

    const TEXT: &str = "{\n \"a\": \"x, \\\"}\",\n \"list\": [\n  {\"id\": 1},\n  {\n   \"id\": 2, \"deep\":\n    [1, 2,\n 3]\n  }\n ]\n}\n";

    #[test]
    fn values_are_found_on_their_lines() {
        use Way::{Index, Key};
        assert_eq!(line_of(TEXT, &[]), 1);
        assert_eq!(line_of(TEXT, &[Key("a")]), 2);
        assert_eq!(line_of(TEXT, &[Key("list")]), 3);
        assert_eq!(line_of(TEXT, &[Key("list"), Index(0), Key("id")]), 4);
        assert_eq!(line_of(TEXT, &[Key("list"), Index(1)]), 5);
        assert_eq!(line_of(TEXT, &[Key("list"), Index(1), Key("deep"), Index(2)]), 8);
    }

    #[test]
    fn a_path_that_ends_early_gives_the_line_it_reached() {
        use Way::{Index, Key};
        assert_eq!(line_of(TEXT, &[Key("missing")]), 1);
        assert_eq!(line_of(TEXT, &[Key("list"), Index(9)]), 3);
        assert_eq!(line_of(TEXT, &[Key("a"), Index(0)]), 2);
    }
}
