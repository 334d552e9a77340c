//! What lies on a screen and takes its keys: the help, the palette, a question, a message.
//!
//! Each kind is one file with a plain state, `key` (what a key does to it) and `render`. Overlays stack: the topmost gets
//! the keys, all of them are drawn.

mod help;

pub use help::Help;

use super::app::App;
use super::keys::Action;
use ratatui::Frame;
use ratatui::crossterm::event::KeyEvent;
use ratatui::layout::Rect;

/// One overlay.
pub enum Overlay {
    Help(Help),
}

/// What a key did to an overlay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// The overlay took the key and stays.
    Stay,
    /// It is done.
    Close,
    /// It is done, and this action is to be carried out.
    Run(Action),
}

impl Overlay {
    /// The help.
    #[must_use]
    pub fn help() -> Overlay {
        Overlay::Help(Help)
    }

    /// Takes a key.
    pub fn key(&mut self, key: &KeyEvent) -> Reply {
        match self {
            Overlay::Help(help) => help.key(key),
        }
    }

    /// Takes pasted text; overlays without a text field ignore it.
    pub fn paste(&mut self, _text: &str) {}

    /// Draws it on top of what is there.
    pub fn render(&self, frame: &mut Frame<'_>, area: Rect, app: &App) {
        match self {
            Overlay::Help(help) => help.render(frame, area, app),
        }
    }
}
