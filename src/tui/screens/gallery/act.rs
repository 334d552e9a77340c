//! What keys and the mouse do in the gallery.

use super::place::Place;
use super::{Focus, story};
use crate::scenario::Done;
use crate::tui::app::{App, Errand, Screen};
use crate::tui::diary;
use crate::tui::keys::Action;
use crate::tui::loader::Request;
use crate::tui::msg::Effect;
use crate::tui::overlay::{Menu, Overlay, Row, Topic};
use crate::tui::panes::footer_hit;
use ratatui::crossterm::event::{KeyCode, KeyEvent, MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::Rect;

/// Carries out an action of the key table. True in the second place when it was one of the gallery's.
pub(in crate::tui) fn act(app: &mut App, action: Action) -> Vec<Effect> {
    match action {
        Action::Enter => return enter(app),
        Action::Predict => return ask(app),
        Action::Forget => forget(app),
        Action::Explore => {
            let effects = open(app);
            app.errand = (!effects.is_empty()).then_some(Errand::Explore);
            return effects;
        }
        Action::Compare => {
            let effects = open(app);
            app.errand = (!effects.is_empty()).then_some(Errand::Compare(Screen::Gallery));
            return effects;
        }
        Action::Challenge => {
            let effects = open(app);
            app.errand = (!effects.is_empty()).then_some(Errand::Challenge);
            return effects;
        }
        Action::Search => app.gallery.filtering = true,
        Action::NextPane | Action::PreviousPane => {
            app.gallery.focus = match app.gallery.focus {
                Focus::List => Focus::Story,
                Focus::Story => Focus::List,
            };
        }
        Action::Up => vertical(app, false),
        Action::Down => vertical(app, true),
        Action::PageUp => scroll(app, -page(app)),
        Action::PageDown => scroll(app, page(app)),
        Action::Start => app.gallery.select(0),
        Action::End => app.gallery.select(app.gallery.rows.len().saturating_sub(1)),
        _ => {}
    }
    Vec::new()
}

/// Takes a key while the filter is being typed. False when the key is not for it.
pub(in crate::tui) fn key(app: &mut App, key: &KeyEvent) -> Option<Vec<Effect>> {
    if !app.gallery.filtering {
        return None;
    }
    match key.code {
        KeyCode::Esc => {
            app.gallery.filtering = false;
            app.gallery.filter = crate::tui::field::Field::default();
            app.gallery.refilter();
        }
        KeyCode::Enter => {
            app.gallery.filtering = false;
            return Some(enter(app));
        }
        KeyCode::Up => app.gallery.step(false),
        KeyCode::Down => app.gallery.step(true),
        KeyCode::Tab => app.gallery.filtering = false,
        _ => {
            if !app.gallery.filter.key(key) {
                return None;
            }
            app.gallery.refilter();
        }
    }
    Some(Vec::new())
}

/// Takes pasted text into the filter.
pub(in crate::tui) fn paste(app: &mut App, text: &str) {
    if app.gallery.filtering {
        app.gallery.filter.paste(text);
        app.gallery.refilter();
    }
}

/// The wheel scrolls what is under it, a click selects, a click on what is selected opens it.
pub(in crate::tui) fn mouse(app: &mut App, event: MouseEvent) -> Vec<Effect> {
    let place = place(app);
    let at = (event.column, event.row).into();
    let over_story = place.story.is_some_and(|area| area.contains(at));
    match event.kind {
        MouseEventKind::ScrollUp if over_story => scroll(app, -3),
        MouseEventKind::ScrollDown if over_story => scroll(app, 3),
        MouseEventKind::ScrollUp => app.gallery.step(false),
        MouseEventKind::ScrollDown => app.gallery.step(true),
        MouseEventKind::Down(MouseButton::Left) if over_story => app.gallery.focus = Focus::Story,
        MouseEventKind::Down(MouseButton::Left) => return click(app, &place, event),
        _ => {}
    }
    Vec::new()
}

fn click(app: &mut App, place: &Place, event: MouseEvent) -> Vec<Effect> {
    let at = (event.column, event.row).into();
    if let Some(footer) = place.footer.filter(|area| area.contains(at)) {
        let action = footer_hit(footer, app, event.column);
        return action.map_or_else(Vec::new, |action| crate::tui::update::run(app, action, None));
    }
    let Some(list) = place.list.filter(|area| area.contains(at)) else { return Vec::new() };
    app.gallery.focus = Focus::List;
    let window = place.window(&app.gallery);
    let row = window.first + usize::from(event.row - list.y);
    if !app.gallery.rows.get(row).is_some_and(|row| row.opens()) {
        return Vec::new();
    }
    if row == app.gallery.selected {
        return enter(app);
    }
    app.gallery.select(row);
    Vec::new()
}

/// Opens what is selected; whoever has not been asked about it is asked first.
fn enter(app: &mut App) -> Vec<Effect> {
    let effects = open(app);
    let asks = app.asks_first && app.gallery.to_be_opened().is_some_and(|(_, variant)| !variant.questions.is_empty());
    let asked = app.gallery.target().and_then(|target| app.progress.of(&target).map(Done::is_asked));
    app.errand = (asks && asked != Some(true)).then_some(Errand::Predict);
    effects
}

/// Opens what is selected, and asks about it.
fn ask(app: &mut App) -> Vec<Effect> {
    let effects = open(app);
    app.errand = (app.gallery.to_be_opened().is_some() && !effects.is_empty()).then_some(Errand::Predict);
    effects
}

/// How much of what was done is to be forgotten?
fn forget(app: &mut App) {
    let menu = Menu::new(Topic::Forget, |words| {
        let row = |(label, _)| Row { label, note: String::new(), chosen: false };
        (words.t("forget-title"), diary::scopes(app, words).into_iter().map(row).collect())
    });
    app.overlays.push(Overlay::Menu(menu));
}

fn open(app: &mut App) -> Vec<Effect> {
    app.gallery.target().map(|target| Effect::Open(Request { target, parameters: Vec::new() })).into_iter().collect()
}

fn vertical(app: &mut App, down: bool) {
    match app.gallery.focus {
        Focus::List => app.gallery.step(down),
        Focus::Story => scroll(app, if down { 1 } else { -1 }),
    }
}

/// Moves the story by so many lines, as far as there is story.
fn scroll(app: &mut App, by: isize) {
    let Some(area) = place(app).story else { return };
    let lines = story::lines(app, usize::from(area.width)).len();
    let last = lines.saturating_sub(usize::from(area.height));
    app.gallery.scroll = app.gallery.scroll.min(last).saturating_add_signed(by).min(last);
}

fn page(app: &App) -> isize {
    place(app).story.map_or(1, |area| isize::try_from(area.height.saturating_sub(1).max(1)).unwrap_or(1))
}

fn place(app: &App) -> Place {
    Place::new(Rect::new(0, 0, app.size.0, app.size.1), &app.gallery)
}
