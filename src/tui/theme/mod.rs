//! Colours and emphasis, by meaning.
//!
//! A theme gives every [`Slot`] a style and the threads a row of styles to take turns in. Nothing is told by a style
//! alone: states have signs and words, threads have letters.
//!
//! | file | what is in it |
//! |---|---|
//! | `slot` | what styles are for |
//! | `style` | a style as it is written: `colour on colour, bold underlined` |
//! | `file` | a theme as it is written, and what it inherits |
//! | `themes` | the themes that come with the program, under `assets/themes`, and a person's own |

mod file;
mod slot;
mod style;
#[cfg(test)]
mod tests;
mod themes;

pub use file::ThemeError;
pub use slot::Slot;
pub use themes::{ThemeFlaw, ThemeName, Themes};

use crate::event::ThreadState;
use crate::ids::ThreadId;
use crate::source::TokenKind;
use ratatui::style::{Color, Style};

/// A style for every slot.
#[derive(Clone, Debug, PartialEq)]
pub struct Theme {
    styles: [Style; Slot::ALL.len()],
    threads: Vec<Style>,
}

impl Theme {
    /// The style of a slot. Those of text lie on the theme's background.
    #[must_use]
    pub fn style(&self, slot: Slot) -> Style {
        self.styles[slot as usize]
    }

    /// The style of a thread's letter and name.
    #[must_use]
    pub fn thread(&self, thread: ThreadId) -> Style {
        self.threads.get(thread.index() % self.threads.len().max(1)).copied().unwrap_or_default()
    }

    /// The style of a thread's state.
    #[must_use]
    pub fn state(&self, state: ThreadState) -> Style {
        self.style(match state {
            ThreadState::New => Slot::New,
            ThreadState::Ready => Slot::Ready,
            ThreadState::Blocked { .. } => Slot::Blocked,
            ThreadState::Waiting { .. } | ThreadState::Joining { .. } | ThreadState::Reading => Slot::Waiting,
            ThreadState::Sleeping { .. } => Slot::Sleeping,
            ThreadState::Finished => Slot::Finished,
            ThreadState::Failed | ThreadState::Killed => Slot::Failed,
        })
    }

    /// The style of a piece of source text.
    #[must_use]
    pub fn token(&self, kind: TokenKind) -> Style {
        self.style(match kind {
            TokenKind::Keyword => Slot::Keyword,
            TokenKind::Constant => Slot::Constant,
            TokenKind::Number => Slot::Number,
            TokenKind::String => Slot::String,
            TokenKind::Comment => Slot::Comment,
            TokenKind::Operator => Slot::Operator,
            TokenKind::Definition => Slot::Definition,
            TokenKind::Builtin => Slot::Builtin,
            TokenKind::Name => Slot::Name,
        })
    }
}

impl Theme {
    /// True when its letters are dark and its ground is bright; what a theme leaves to the terminal is taken for dark.
    #[must_use]
    pub fn is_bright(&self) -> bool {
        let bright = |part: u8| part >= 128;
        match self.style(Slot::Text).bg {
            Some(Color::Rgb(r, g, b)) => [r, g, b].into_iter().filter(|part| bright(*part)).count() >= 2,
            Some(Color::Indexed(n @ 16..=231)) => (n - 16) / 6 % 6 >= 3,
            Some(Color::Indexed(n @ 232..)) => n >= 244,
            Some(Color::White | Color::Gray) => true,
            _ => false,
        }
    }
}

impl Default for Theme {
    /// Nothing styled at all.
    fn default() -> Theme {
        Theme { styles: [Style::new(); Slot::ALL.len()], threads: vec![Style::new()] }
    }
}
