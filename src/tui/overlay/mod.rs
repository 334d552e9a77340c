//! What lies on a screen and takes its keys: the help, the palette, a question, a menu, a message.
//!
//! Each kind is one file with a plain state, `key` (what a key does to it) and `render`. Overlays stack: the topmost
//! gets the keys, all of them are drawn.

mod ask;
mod finder;
mod help;
mod menu;
mod message;
mod palette;
mod popup;
#[cfg(test)]
mod tests;

pub use ask::{Ask, Purpose};
pub use help::Help;
pub use menu::{Menu, Row, Topic};
pub use message::Message;
pub use palette::Palette;

use super::app::App;
use super::keys::Action;
use crate::words::Lang;
use ratatui::Frame;
use ratatui::crossterm::event::KeyEvent;
use ratatui::layout::Rect;

/// One overlay.
pub enum Overlay {
    Ask(Ask),
    Help(Help),
    Menu(Menu),
    Message(Message),
    Palette(Palette),
}

/// What a key did to an overlay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// The overlay took the key and stays.
    Stay,
    /// The key means nothing to it: it stays, and what the key does everywhere may be done.
    Pass,
    /// It is done.
    Close,
    /// It is done, and this action is to be carried out.
    Run(Action),
    /// It is done, and this scenario is to be opened.
    Open(String),
    /// It is done, and this line was typed.
    Answer(Purpose, String),
    /// It is done, and the row with this index was picked.
    Pick(Topic, usize),
}

impl Overlay {
    /// Takes a key. `size`: the columns and rows of the terminal it is drawn on, in this language.
    pub fn key(&mut self, key: &KeyEvent, size: (u16, u16), lang: Lang) -> Reply {
        match self {
            Overlay::Ask(ask) => ask.key(key),
            Overlay::Help(help) => help.key(key),
            Overlay::Menu(menu) => menu.key(key),
            Overlay::Message(message) => message.key(key, size, lang),
            Overlay::Palette(palette) => palette.key(key),
        }
    }

    /// The language has changed: what was told once and for all is told again. (Menus and messages are told in every
    /// language from the beginning: what they are about may be gone by now.)
    pub(super) fn retell(&mut self, app: &App) {
        match self {
            Overlay::Help(help) => help.retell(app),
            Overlay::Palette(palette) => palette.retell(app),
            Overlay::Ask(_) | Overlay::Menu(_) | Overlay::Message(_) => {}
        }
    }

    /// Takes pasted text; overlays without a text field ignore it.
    pub fn paste(&mut self, text: &str) {
        match self {
            Overlay::Ask(ask) => ask.field.paste(text),
            Overlay::Help(help) => help.paste(text),
            Overlay::Palette(palette) => palette.paste(text),
            Overlay::Menu(_) | Overlay::Message(_) => {}
        }
    }

    /// Draws it on top of what is there.
    pub fn render(&self, frame: &mut Frame<'_>, area: Rect, app: &App) {
        match self {
            Overlay::Ask(ask) => ask.render(frame, area, app),
            Overlay::Help(help) => help.render(frame, area, app),
            Overlay::Menu(menu) => menu.render(frame, area, app),
            Overlay::Message(message) => message.render(frame, area, app),
            Overlay::Palette(palette) => palette.render(frame, area, app),
        }
    }
}
