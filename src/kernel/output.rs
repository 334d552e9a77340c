//! What a program has written: standard output and standard error together, in order, up to a bound.

use std::fmt;
use std::sync::Arc;

/// How much text a finished piece holds at least.
const PIECE_BYTES: usize = 16 * 1024;

/// The output so far. Cloning it shares all but the newest piece.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Output {
    pieces: Vec<Arc<str>>,
    newest: String,
    kept_bytes: u64,
    /// What did not fit.
    dropped_bytes: u64,
}

impl Output {
    /// Adds text; what would go beyond `limit_bytes` is counted and dropped, at a character's border.
    pub(crate) fn push(&mut self, text: &str, limit_bytes: u64) {
        let room = usize::try_from(limit_bytes.saturating_sub(self.kept_bytes)).unwrap_or(usize::MAX);
        // Once something was dropped nothing follows: the output is a prefix of what was written.
        let room = if self.dropped_bytes > 0 { 0 } else { room };
        let kept = text.floor_char_boundary(room);
        self.newest.push_str(&text[..kept]);
        self.kept_bytes += kept as u64;
        self.dropped_bytes += (text.len() - kept) as u64;
        if self.newest.len() >= PIECE_BYTES {
            self.pieces.push(std::mem::take(&mut self.newest).into());
        }
    }

    /// The text in pieces.
    pub fn pieces(&self) -> impl Iterator<Item = &str> {
        self.pieces.iter().map(|piece| &**piece).chain(std::iter::once(&*self.newest))
    }

    /// How many bytes were written beyond the bound and are lost.
    #[must_use]
    pub const fn dropped_bytes(&self) -> u64 {
        self.dropped_bytes
    }

    /// Whether nothing is kept of this text, the newest.
    pub(crate) const fn dropped(&self, text: &str) -> bool {
        self.dropped_bytes > 0 && self.dropped_bytes >= text.len() as u64
    }

    /// How many bytes are kept.
    #[must_use]
    pub const fn len_bytes(&self) -> u64 {
        self.kept_bytes
    }
}

impl fmt::Display for Output {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.pieces().try_for_each(|piece| f.write_str(piece))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_is_kept_in_order_up_to_the_bound() {
        let mut output = Output::default();
        for _ in 0..5000 {
            output.push("hello\n", 100_000);
        }
        assert_eq!(output.to_string(), "hello\n".repeat(5000));
        assert!(output.pieces().count() > 1);
        let mut small = Output::default();
        small.push("ab", 6);
        small.push("中文", 6);
        small.push("c", 6);
        assert_eq!(small.to_string(), "ab中");
        assert_eq!((small.len_bytes(), small.dropped_bytes()), (5, 4));
        assert!(small.dropped("c"));
        let mut cut = Output::default();
        cut.push("abcdef", 4);
        assert!(!cut.dropped("abcdef"), "some of it is there");
    }
}
