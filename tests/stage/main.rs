//! The stage as (state, keys, screen).

#![allow(clippy::unwrap_used)]

mod compare;
mod challenge;
mod explore;
mod hunt;
mod keys;
mod live;
mod rebound;
mod recorded;
mod reload;
mod moment;
mod notes;
mod par;
mod predict;
mod screens;
mod sizes;
mod styles;
mod tape;

#[path = "../languages/hunt.rs"]
#[allow(dead_code, reason = "the tests of the commands use the rest")]
mod languages;

use lockstep::event::Schedule;
use lockstep::lang::{Parameters, compile};
use lockstep::scenario::{Catalogue, Target};
use lockstep::sched::SchedulerKind;
use lockstep::session::{Batch, Control, LiveOptions, Options, Pause, Start, Update};
use lockstep::source::Source;
use lockstep::tui::loader::{Loaded, Request};
use lockstep::tui::{App, Effect, Msg, render, update};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use std::sync::Arc;
use std::time::Duration;

/// An app with a stage, and whatever it asked to be done.
pub(crate) struct Desk {
    pub(crate) app: App,
    pub(crate) effects: Vec<Effect>,
}

impl Desk {
    /// The naive philosophers on the stage, nothing run yet.
    pub(crate) fn new(columns: u16, rows: u16) -> Desk {
        let mut desk = Desk { app: App::new((columns, rows)), effects: Vec::new() };
        desk.send(Msg::Opened(Box::new(loaded("philosophers/naive"))));
        desk
    }

    /// The naive philosophers on real threads, held before their first operation.
    pub(crate) fn live(columns: u16, rows: u16) -> Desk {
        let mut desk = Desk { app: App::new((columns, rows)), effects: Vec::new() };
        let mut loaded = loaded("philosophers/naive");
        loaded.start.live =
            Some(LiveOptions { pace: Duration::from_millis(500), speed: 1.0, show_gil: false, paused: true });
        let start = loaded.start.clone();
        desk.send(Msg::Opened(Box::new(loaded)));
        desk.send(Msg::Update(Update::Reset(Arc::new(start))));
        desk.effects.clear();
        desk
    }

    /// What the session was told since the last look.
    pub(crate) fn told(&mut self) -> Vec<Control> {
        let effects = std::mem::take(&mut self.effects);
        let controls = effects
            .into_iter()
            .filter_map(|effect| if let Effect::Send(control) = effect { Some(control) } else { None });
        controls.collect()
    }

    /// Real threads have done this, and go on.
    pub(crate) fn more(&mut self, batch: Batch) {
        self.send(Msg::Update(Update::Steps(Arc::new(batch))));
    }

    /// The same with this much of the run on the tape.
    pub(crate) fn with(columns: u16, rows: u16, batch: Batch) -> Desk {
        let mut desk = Desk::new(columns, rows);
        desk.steps(batch);
        desk
    }

    pub(crate) fn send(&mut self, msg: Msg) {
        self.effects.extend(update(&mut self.app, msg));
    }

    pub(crate) fn steps(&mut self, batch: Batch) {
        let at = batch.events.last().map_or(lockstep::ids::Step(0), |event| event.step);
        self.send(Msg::Update(Update::Steps(Arc::new(batch))));
        self.send(Msg::Update(Update::Idle { at, pause: Pause::Done }));
    }

    /// Presses keys: characters, or names in angle brackets such as `<Left>`.
    pub(crate) fn press(&mut self, keys: &str) {
        for key in parse(keys) {
            self.send(Msg::Key(key));
        }
    }

    /// The cells of the screen.
    pub(crate) fn cells(&self) -> Buffer {
        let (columns, rows) = self.app.size;
        let mut terminal = Terminal::new(TestBackend::new(columns, rows)).unwrap();
        terminal.draw(|frame| render(frame, frame.area(), &self.app)).unwrap();
        terminal.backend().buffer().clone()
    }

    /// What stands on the screen, without styles; `styled` has those too.
    pub(crate) fn screen(&self) -> String {
        let (columns, rows) = self.app.size;
        let buffer = self.cells();
        let mut out = String::new();
        for y in 0..rows {
            let mut line = String::new();
            let mut x = 0;
            while x < columns {
                let symbol = buffer[(x, y)].symbol();
                line.push_str(symbol);
                x += u16::try_from(unicode_width::UnicodeWidthStr::width(symbol).max(1)).unwrap();
            }
            out.push_str(line.trim_end());
            out.push('\n');
        }
        out
    }
}

/// A program of the catalogue, ready to be put on the stage.
pub(crate) fn loaded(name: &str) -> Loaded {
    loaded_from(name, &Catalogue::embedded())
}

/// A program of this catalogue.
pub(crate) fn loaded_from(name: &str, catalogue: &Catalogue) -> Loaded {
    ready(Target::resolve(name, catalogue).unwrap())
}

/// A file with this text.
pub(crate) fn loaded_text(text: &str) -> Loaded {
    ready(Target::File { path: "program.py".into(), source: Arc::new(Source::new("program.py", text)) })
}

/// The same with these parameters, as whoever types them gets it.
pub(crate) fn loaded_with(name: &str, parameters: &[(&str, &str)]) -> Loaded {
    let parameters = parameters.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    ready_with(Target::resolve(name, &Catalogue::embedded()).unwrap(), parameters)
}

fn ready(target: Target) -> Loaded {
    ready_with(target, Vec::new())
}

fn ready_with(target: Target, parameters: Vec<(String, String)>) -> Loaded {
    let source = target.source();
    let compiled = compile(&source, &Parameters(parameters.clone()));
    let start = Start {
        program: compiled.program.expect("the scenarios compile"),
        options: Options::default(),
        scheduler: SchedulerKind::Random,
        seed: 7,
        schedule: None::<Schedule>,
        inputs: Vec::new(),
        max_steps: 1_000_000,
        live: None,
        tape: None,
    };
    let request = Request { target: target.name(), parameters };
    Loaded { request, target, path: None, source, tokens: compiled.tokens, parameters: Vec::new(), start, at: None }
}

pub(crate) fn parse(keys: &str) -> Vec<KeyEvent> {
    let mut found = Vec::new();
    let mut rest = keys;
    while let Some(c) = rest.chars().next() {
        let named = rest.strip_prefix('<').and_then(|tail| tail.split_once('>'));
        let (key, tail) = match named {
            Some((name, tail)) if !name.is_empty() => (named_key(name), tail),
            _ => (KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE), &rest[c.len_utf8()..]),
        };
        found.push(key);
        rest = tail;
    }
    found
}

fn named_key(name: &str) -> KeyEvent {
    let (modifiers, name) = match name.split_once('-') {
        Some(("S", name)) => (KeyModifiers::SHIFT, name),
        Some(("C", name)) => (KeyModifiers::CONTROL, name),
        _ => (KeyModifiers::NONE, name),
    };
    let code = match name {
        "Left" => KeyCode::Left,
        "Right" => KeyCode::Right,
        "Up" => KeyCode::Up,
        "Down" => KeyCode::Down,
        "Enter" => KeyCode::Enter,
        "Esc" => KeyCode::Esc,
        "Tab" => KeyCode::Tab,
        "BackTab" => KeyCode::BackTab,
        "Home" => KeyCode::Home,
        "End" => KeyCode::End,
        "PageUp" => KeyCode::PageUp,
        "PageDown" => KeyCode::PageDown,
        letter => KeyCode::Char(letter.chars().next().expect("a key has a name")),
    };
    KeyEvent::new(code, modifiers)
}
