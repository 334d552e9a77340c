//! One message, one change of the app, and the list of what is to be done outside.

use super::app::{App, Screen};
use super::field::Field;
use super::keys::{self, Action};
use super::msg::{Effect, Msg};
use super::overlay::{Ask, Help, Overlay, Purpose, Reply, Topic};
use crate::words::Words;
use ratatui::crossterm::event::KeyEvent;

/// Lets `msg` change the app. Performs nothing itself: what is to be done outside is returned.
pub fn update(app: &mut App, msg: Msg) -> Vec<Effect> {
    match msg {
        Msg::Key(key) => press(app, &key),
        Msg::Paste(text) => {
            if let Some(overlay) = app.overlays.last_mut() {
                overlay.paste(&text);
            }
            Vec::new()
        }
        Msg::Resize(columns, rows) => {
            app.size = (columns, rows);
            Vec::new()
        }
        Msg::Mouse(_) | Msg::Tick(_) => Vec::new(),
    }
}

/// A key goes to the topmost overlay, else to the table. Ctrl-C and Ctrl-Z mean the same everywhere.
fn press(app: &mut App, key: &KeyEvent) -> Vec<Effect> {
    let bound = keys::binding(app.screen, key).map(|row| row.action);
    if let Some(action @ (Action::Quit | Action::Suspend)) = bound {
        return run(app, action, Some(key));
    }
    let Some(overlay) = app.overlays.last_mut() else {
        return bound.map_or_else(Vec::new, |action| run(app, action, Some(key)));
    };
    let reply = overlay.key(key);
    if reply != Reply::Stay {
        app.overlays.pop();
    }
    match reply {
        Reply::Stay | Reply::Close => Vec::new(),
        Reply::Run(action) => run(app, action, None),
        Reply::Answer(purpose, line) => answer(app, purpose, line),
        Reply::Pick(topic, index) => pick(app, topic, index),
    }
}

/// Carries out an action, however it was asked for: by key, by click, from the palette. `key` is the key that was
/// pressed, for the actions that depend on it.
pub(super) fn run(app: &mut App, action: Action, _key: Option<&KeyEvent>) -> Vec<Effect> {
    match action {
        Action::Quit => vec![Effect::Quit],
        Action::Suspend => vec![Effect::Suspend],
        Action::Leave => leave(app),
        Action::Mouse => {
            app.mouse = !app.mouse;
            vec![Effect::Mouse(app.mouse)]
        }
        Action::Theme => {
            app.theme_name = app.theme_name.next();
            Vec::new()
        }
        Action::Language => {
            app.words = Words::new(app.words.lang().next());
            Vec::new()
        }
        Action::Help => {
            app.overlays.push(Overlay::Help(Help));
            Vec::new()
        }
        Action::Open => {
            app.overlays.push(Overlay::Ask(Ask { purpose: Purpose::OpenFile, field: Field::default() }));
            Vec::new()
        }
        _ => Vec::new(),
    }
}

/// A question was answered.
fn answer(_app: &mut App, purpose: Purpose, line: String) -> Vec<Effect> {
    match purpose {
        Purpose::OpenFile => vec![Effect::Open { target: line }],
        _ => Vec::new(),
    }
}

/// A row of a menu was picked.
fn pick(_app: &mut App, _topic: Topic, _index: usize) -> Vec<Effect> {
    Vec::new()
}

/// Esc and `q`: from the stage to the gallery, from the gallery out.
fn leave(app: &mut App) -> Vec<Effect> {
    match app.screen {
        Screen::Stage => {
            app.screen = Screen::Gallery;
            Vec::new()
        }
        Screen::Gallery => vec![Effect::Quit],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::crossterm::event::{KeyCode, KeyModifiers};

    #[test]
    fn escape_goes_back_one_level_at_a_time() {
        let mut app = App::new((80, 24));
        app.screen = Screen::Stage;
        app.overlays.push(Overlay::Help(Help));
        let escape = || Msg::Key(KeyEvent::new(KeyCode::Esc, KeyModifiers::NONE));
        assert!(update(&mut app, escape()).is_empty());
        assert!(app.overlays.is_empty());
        assert!(update(&mut app, escape()).is_empty());
        assert_eq!(app.screen, Screen::Gallery);
        assert!(matches!(update(&mut app, escape())[..], [Effect::Quit]));
    }
}
