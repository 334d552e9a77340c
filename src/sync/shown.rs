//! Values of a Rust program, as they are shown.

use crate::event::Text;
use std::fmt::{self, Debug, Write};

/// How many characters of a value are shown.
const CHARS: usize = 80;

/// The beginning of what `{:?}` says, with `…` for the rest.
pub(super) fn shown(value: &(impl Debug + ?Sized)) -> Text {
    let mut clipped = Clipped { text: String::new(), left: CHARS };
    if write!(clipped, "{value:?}").is_err() {
        clipped.text.push('…');
    }
    match clipped.text.parse::<i64>() {
        // Not every text that can be read as a number is written like one.
        Ok(number) if number.to_string() == clipped.text => Text::Int(number),
        _ => clipped.text.into(),
    }
}

/// Takes so many characters and then refuses.
struct Clipped {
    text: String,
    left: usize,
}

impl Write for Clipped {
    fn write_str(&mut self, more: &str) -> fmt::Result {
        let end = more.char_indices().nth(self.left).map_or(more.len(), |(end, _)| end);
        self.text.push_str(&more[..end]);
        self.left = self.left.saturating_sub(more[..end].chars().count());
        if end < more.len() { Err(fmt::Error) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_values_are_cut_off() {
        assert_eq!(shown(&(1, "é")), "(1, \"é\")".into());
        assert_eq!(shown(&"x".repeat(78)), format!("\"{}\"", "x".repeat(78)).into());
        assert_eq!(shown(&"é".repeat(79)), format!("\"{}…", "é".repeat(79)).into());
        assert_eq!(shown(&vec![0; 1_000_000]).to_string().chars().count(), 81);
        assert_eq!((shown(&-7), shown(&"7")), (Text::Int(-7), "\"7\"".into()));
    }
}
