//! One message, one change of the app, and the list of what is to be done outside.

use super::app::{App, Errand, Screen};
use super::diary;
use super::field::Field;
use super::keys::Action;
use super::loader::{Loaded, Request};
use super::mouse;
use super::msg::{Effect, Msg};
use super::overlay::{Ask, Help, Message, Overlay, Palette, Purpose, Reply, Topic};
use super::panes;
use super::reload;
use super::screens::explore::{Explore, Told};
use super::screens::stage::challenge;
use super::screens::stage::{PAGE, Recited, Stage, Tools};
use super::screens::{compare, explore, gallery, predict};
use crate::explore::Stop;
use crate::said::Said;
use crate::scenario::Localized;
use crate::session::Update;
use crate::trace::whole::Existing;
use crate::words::{Lang, Words};
use ratatui::crossterm::event::{KeyCode, KeyEvent};
use std::sync::Arc;
use std::time::Duration;

/// Lets `msg` change the app. Performs nothing itself: what is to be done outside is returned.
pub fn update(app: &mut App, msg: Msg) -> Vec<Effect> {
    let mut effects = change(app, msg);
    effects.extend(reload::due(app));
    effects.extend(diary::note(app));
    effects
}

fn change(app: &mut App, msg: Msg) -> Vec<Effect> {
    if let Msg::Tick(passed) = msg {
        return tick(app, passed);
    }
    app.touch();
    let mut effects = take(app, msg);
    effects.extend(challenge::attend(app));
    if let Some(stage) = &mut app.stage {
        stage.tell(&app.words, false);
        stage.attend(app.size);
    }
    if let Some(compare) = &mut app.compare {
        compare.tell(&app.words, false);
    }
    effects
}

/// Time has passed. What moves by itself moves on; a picture in which nothing changed is not drawn again.
fn tick(app: &mut App, passed: Duration) -> Vec<Effect> {
    if let Some(compare) = &mut app.compare
        && compare.tick(passed)
    {
        compare.tell(&app.words, false);
        app.touch();
    }
    let Some(stage) = &mut app.stage else { return Vec::new() };
    let (changed, effects) = stage.tick(passed);
    if changed {
        stage.tell(&app.words, false);
        stage.attend(app.size);
        app.touch();
    }
    let questions = challenge::attend(app);
    effects.into_iter().chain(questions).collect()
}

/// What people do, what programs are opened; the rest is [heard](hear).
fn take(app: &mut App, msg: Msg) -> Vec<Effect> {
    match msg {
        Msg::Key(key) => press(app, &key),
        Msg::Mouse(event) => mouse::update(app, event),
        Msg::Update(update) => arrive(app, update),
        Msg::OtherOpened(loaded) => compare::loaded(app, *loaded),
        Msg::Opened(loaded) => opened(app, *loaded),
        Msg::Recited(recited) => recited_on(app, &recited),
        Msg::Edited(result) => edited(app, result),
        Msg::Changed => reload::changed(app),
        Msg::Reloaded(again) => reload::reloaded(app, *again),
        other => {
            hear(app, other);
            Vec::new()
        }
    }
}

/// Something has come from the run on the stage; what it has to say names the keys as they are.
fn arrive(app: &mut App, update: Update) -> Vec<Effect> {
    let Some(stage) = &mut app.stage else { return Vec::new() };
    let before = app.overlays.len();
    let effects = stage.arrive(update, &app.words, &mut app.overlays);
    for overlay in app.overlays.iter_mut().skip(before) {
        if let Overlay::Message(message) = overlay {
            message.name_keys(&app.keymap);
        }
    }
    effects
}

/// What is only to be known: nothing has to be done outside because of it.
fn hear(app: &mut App, msg: Msg) {
    match msg {
        Msg::Paste(text) => match app.overlays.last_mut() {
            Some(overlay) => overlay.paste(&text),
            None if app.screen == Screen::Gallery => gallery::paste(app, &text),
            None => {}
        },
        Msg::Resize(columns, rows) => app.size = (columns, rows),
        Msg::SessionGone => {
            if let Some(stage) = &mut app.stage {
                stage.orphaned();
            }
        }
        Msg::Surveying(sight) => {
            if let Some(explore) = &mut app.explore {
                explore.glance(sight);
            }
        }
        Msg::Ran(ran) => {
            if let Some(explore) = &mut app.explore {
                explore.ran(ran);
            }
        }
        Msg::Surveyed(found) => {
            surveyed(app, found);
            predict::refresh(app);
            challenge::surveyed(app);
        }
        Msg::Answered(answer) => {
            if let Some(victory) = app.stage.as_mut().and_then(|stage| stage.answered(answer)) {
                diary::won(app, &victory);
            }
        }
        Msg::Paired(made) => compare::paired(app, made),
        Msg::Refused(lines) => {
            app.errand = None;
            say(app, "open-refused", &lines);
        }
        Msg::Kept(kept) => diary::kept(app, kept),
        Msg::Unrecorded(reason) => say(app, "record-failed", &reason),
        Msg::SaveAs(name) => {
            app.overlays.push(Overlay::Ask(Ask { purpose: Purpose::SaveAs, field: Field::with(&name) }));
        }
        Msg::Saved(path, result) => {
            if let Some(stage) = &mut app.stage {
                stage.saved(&path, result.as_ref().map_err(|why| &**why).copied(), &mut app.overlays);
            }
        }
        // All others are done something about.
        Msg::Key(_)
        | Msg::Mouse(_)
        | Msg::Tick(_)
        | Msg::Update(_)
        | Msg::OtherOpened(_)
        | Msg::Opened(_)
        | Msg::Recited(_)
        | Msg::Edited(_)
        | Msg::Changed
        | Msg::Reloaded(_) => {}
    }
}

/// Lays a message on the screen; the key of its title.
fn say(app: &mut App, title: &str, lines: &Localized<Vec<String>>) {
    app.overlays.push(Overlay::Message(Message::titled(title, lines)));
}

/// A recording whose program cannot be run goes on the stage.
fn recited_on(app: &mut App, recited: &Recited) -> Vec<Effect> {
    if let Some(reasons) = &recited.reasons {
        say(app, "recorded-no-program", reasons);
    }
    app.stage = Some(Stage::reciting(recited));
    app.screen = Screen::Stage;
    app.errand = None;
    let mut effects = vec![Effect::Recite(recited.tape.clone())];
    effects.extend(forget_survey(app));
    effects.extend(compare::forget(app));
    effects
}

/// A key goes to the topmost overlay, else to the table. Ctrl-C and Ctrl-Z mean the same everywhere.
fn press(app: &mut App, key: &KeyEvent) -> Vec<Effect> {
    let bound = app.keymap.binding(app.screen, key).map(|row| row.action);
    if let Some(action @ (Action::Quit | Action::Suspend)) = bound {
        return run(app, action, Some(key));
    }
    let Some(overlay) = app.overlays.last_mut() else {
        if app.screen == Screen::Gallery
            && let Some(effects) = gallery::key(app, key)
        {
            return effects;
        }
        return bound.map_or_else(Vec::new, |action| run(app, action, Some(key)));
    };
    let reply = overlay.key(key, app.size, app.words.lang());
    if !matches!(reply, Reply::Stay | Reply::Pass) {
        app.overlays.pop();
    }
    match reply {
        Reply::Pass if bound == Some(Action::Language) => run(app, Action::Language, Some(key)),
        Reply::Stay | Reply::Pass | Reply::Close => Vec::new(),
        Reply::Run(action) => run(app, action, None),
        Reply::Open(target) => vec![Effect::Open(Request { target, parameters: Vec::new() })],
        Reply::Answer(purpose, line) => answer(app, purpose, line),
        Reply::Pick(topic, index) => pick(app, topic, index),
    }
}

/// Carries out an action, however it was asked for: by key, by click, from the palette. `key` is the key that was
/// pressed, for the actions that depend on it.
pub(super) fn run(app: &mut App, action: Action, key: Option<&KeyEvent>) -> Vec<Effect> {
    if app.screen == Screen::Stage
        && let Some(stage) = &mut app.stage
        && stage.declines(action)
    {
        return Vec::new();
    }
    match action {
        Action::Explore if app.screen == Screen::Stage => return explore::open(app, Screen::Stage),
        Action::Compare if app.screen == Screen::Stage => return compare::open(app, Screen::Stage),
        Action::Open if app.screen == Screen::Compare => return compare::act(app, action),
        Action::Predict if app.screen == Screen::Stage => return predict::open(app, Screen::Stage),
        Action::Challenge if app.screen == Screen::Stage => return challenge::open(app),
        Action::Quit => return vec![Effect::Quit],
        Action::Suspend => return vec![Effect::Suspend],
        Action::Leave => return leave(app),
        Action::Mouse => {
            app.mouse = !app.mouse;
            return vec![Effect::Mouse(app.mouse)];
        }
        Action::Theme => app.theme_name = app.themes.next(app.theme_name),
        Action::Language => speak(app),
        Action::Help => app.overlays.push(Overlay::Help(Help::new(app))),
        Action::Palette => app.overlays.push(Overlay::Palette(Palette::new(app))),
        Action::Open => app.overlays.push(Overlay::Ask(Ask { purpose: Purpose::OpenFile, field: Field::default() })),
        _ => return on_screen(app, action, key),
    }
    Vec::new()
}

/// The actions that each screen understands in its own way.
fn on_screen(app: &mut App, action: Action, key: Option<&KeyEvent>) -> Vec<Effect> {
    match (app.screen, &mut app.stage) {
        (Screen::Stage, Some(stage)) if stage.scrolls_notes() && scrolled_by(action).is_some() => {
            panes::notes::scroll(app, scrolled_by(action).unwrap_or(0));
            Vec::new()
        }
        (Screen::Stage, Some(stage)) => {
            let digit = key.and_then(|key| if let KeyCode::Char(c) = key.code { c.to_digit(10) } else { None });
            stage.act(action, &mut Tools { words: &app.words, overlays: &mut app.overlays, digit })
        }
        (Screen::Gallery, _) => gallery::act(app, action),
        (Screen::Explore, _) => explore::act(app, action),
        (Screen::Compare, _) => compare::act(app, action),
        (Screen::Predict, _) => {
            let digit = key.and_then(|key| if let KeyCode::Char(c) = key.code { c.to_digit(10) } else { None });
            predict::act(app, action, digit)
        }
        (Screen::Stage, None) => Vec::new(),
    }
}

/// By how many rows the action scrolls a text.
const fn scrolled_by(action: Action) -> Option<isize> {
    match action {
        Action::Up => Some(-1),
        Action::Down => Some(1),
        Action::PageUp => Some(-PAGE),
        Action::PageDown => Some(PAGE),
        _ => None,
    }
}

/// The next language.
fn speak(app: &mut App) {
    app.words = Words::new(app.words.lang().next());
    let mut overlays = std::mem::take(&mut app.overlays);
    for overlay in &mut overlays {
        overlay.retell(app);
    }
    app.overlays = overlays;
    if let Some(stage) = &mut app.stage {
        stage.tell(&app.words, true);
    }
    if let Some(compare) = &mut app.compare {
        compare.tell(&app.words, true);
    }
}

/// A question was answered.
fn answer(app: &mut App, purpose: Purpose, line: String) -> Vec<Effect> {
    if purpose == Purpose::OpenFile {
        let target = line.trim().to_owned();
        let request = Request { target, parameters: Vec::new() };
        return if request.target.is_empty() { Vec::new() } else { vec![Effect::Open(request)] };
    }
    if purpose == Purpose::CompareWith {
        return compare::with_file(app, &line);
    }
    let Some(stage) = &mut app.stage else { return Vec::new() };
    match purpose {
        Purpose::OpenFile | Purpose::CompareWith => Vec::new(),
        Purpose::SaveAs => stage.save(line.trim(), Existing::Keep),
        Purpose::ProgramInput { .. } => stage.answer_input(line),
        Purpose::SearchEvents => stage.find(line, &app.words),
        Purpose::BreakLine => stage.break_at(&line),
        Purpose::Parameter { name } => stage.set_parameter(name, line),
    }
}

/// A row of a menu was picked.
fn pick(app: &mut App, topic: Topic, index: usize) -> Vec<Effect> {
    if topic == Topic::Objective {
        return challenge::begin(app, index);
    }
    if topic == Topic::CompareWith {
        return compare::pick(app, index);
    }
    if topic == Topic::Forget {
        return diary::forget(app, index);
    }
    let Some(stage) = &mut app.stage else { return Vec::new() };
    stage.pick(topic, index, &mut Tools { words: &app.words, overlays: &mut app.overlays, digit: None })
}

/// A program is ready: it goes on the stage.
pub(super) fn opened(app: &mut App, mut loaded: Loaded) -> Vec<Effect> {
    // A moment is a place in a simulated run, and a recording is what it is.
    let (at, tape) = (loaded.at, &loaded.start.tape);
    if let (Screen::Stage, Some(before), None, None) = (app.screen, &app.stage, at, tape) {
        before.lend_world(&mut loaded.start);
    }
    let start = loaded.start.clone();
    app.gallery.go_to(&loaded.request.target);
    app.stage = Some(match app.stage.take() {
        Some(before) => before.succeeded_by(loaded),
        None => Stage::new(loaded),
    });
    app.screen = Screen::Stage;
    let mut effects = vec![Effect::Begin(Box::new(start))];
    effects.extend(forget_survey(app));
    effects.extend(compare::forget(app));
    effects.extend(match app.errand.take() {
        Some(Errand::Explore) => explore::open(app, Screen::Gallery),
        Some(Errand::Challenge) => challenge::open(app),
        Some(Errand::Compare(back)) => compare::open(app, back),
        Some(Errand::Predict) => predict::open(app, Screen::Gallery),
        Some(Errand::CompareAgain(_)) | None => Vec::new(),
    });
    effects
}

/// What is being searched, and run beside it, belongs to a program that is on the stage no more.
fn forget_survey(app: &mut App) -> Option<Effect> {
    if let Some(ended) = app.explore.as_mut().and_then(Explore::end_rehearsal) {
        return Some(ended);
    }
    app.explore.take_if(|explore| explore.is_searching()).map(|_| Effect::EndSurvey)
}

/// A search has ended.
fn surveyed(app: &mut App, found: Result<Arc<Told>, String>) {
    let Some(explore) = &mut app.explore else { return };
    // What somebody has stopped says little about the program.
    if let Ok(told) = &found
        && told.exploration.stop != Some(Stop::Cancelled)
    {
        app.known.add(explore.quest().clone(), Arc::clone(told));
    }
    explore.settle(found);
}

/// The editor is closed: the program is loaded again.
fn edited(app: &mut App, result: Result<(), Said>) -> Vec<Effect> {
    match result {
        Ok(()) => reload::edited(app).map_or_else(Vec::new, |request| vec![Effect::Reload(Some(request))]),
        Err(reason) => {
            say(app, "edit-failed", &Lang::each(|words| vec![words.said(&reason)]));
            Vec::new()
        }
    }
}

/// Esc and `q`: from the zoomed pane to all, from the stage to the gallery, from the gallery out.
fn leave(app: &mut App) -> Vec<Effect> {
    match (app.screen, &mut app.stage) {
        (Screen::Stage, Some(stage)) => {
            app.errand.take_if(|errand| *errand == Errand::Challenge);
            if !stage.end_presenting() && !stage.unzoom() && !stage.leave_challenge() {
                if stage.is_alone() {
                    return vec![Effect::Quit];
                }
                app.screen = Screen::Gallery;
                return stage.pause();
            }
            Vec::new()
        }
        (Screen::Stage, None) => {
            app.screen = Screen::Gallery;
            Vec::new()
        }
        (Screen::Explore, _) => explore::leave(app),
        (Screen::Compare, _) => compare::leave(app),
        (Screen::Predict, _) => {
            predict::leave(app);
            Vec::new()
        }
        (Screen::Gallery, _) => vec![Effect::Quit],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::crossterm::event::KeyModifiers;

    #[test]
    fn escape_goes_back_one_level_at_a_time() {
        let mut app = App::new((80, 24));
        app.screen = Screen::Stage;
        app.overlays.push(Overlay::Help(Help::new(&app)));
        let escape = || Msg::Key(KeyEvent::new(KeyCode::Esc, KeyModifiers::NONE));
        assert!(update(&mut app, escape()).is_empty());
        assert!(app.overlays.is_empty());
        assert!(update(&mut app, escape()).is_empty());
        assert_eq!(app.screen, Screen::Gallery);
        assert!(matches!(update(&mut app, escape())[..], [Effect::Quit]));
    }

    #[test]
    fn a_tick_that_changes_nothing_needs_no_draw() {
        let mut app = App::new((80, 24));
        assert!(app.take_changed());
        update(&mut app, Msg::Tick(std::time::Duration::from_secs(2)));
        assert!(!app.take_changed());
        update(&mut app, Msg::Resize(81, 24));
        assert!(app.take_changed());
    }
}
