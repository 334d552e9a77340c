//! Texts cut off where they are too wide.

use std::borrow::Cow;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The text in at most so many columns; where some of it is left out, two dots stand.
pub(super) fn cut(text: &str, columns: usize) -> Cow<'_, str> {
    if text.width() <= columns {
        return Cow::Borrowed(text);
    }
    let mut width = 0;
    let fits = |c: &char| {
        width += c.width().unwrap_or(0);
        width + 2 <= columns
    };
    let kept: String = text.chars().take_while(fits).collect();
    Cow::Owned(format!("{kept}.."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_wide_is_cut_off() {
        assert_eq!(cut("fork[0]", 7), "fork[0]");
        assert_eq!(cut("fork[10]", 7), "fork[..");
        assert_eq!(cut("长长长长", 7), "长长..");
        assert_eq!(cut("长长长长", 8), "长长长长");
    }
}
