//! What keys and the mouse do.

use super::place::Place;
use super::{Along, Compare, Focus, State, code, draw, other};
use crate::report::diff::Paired;
use crate::trace::{Header, Moment};
use crate::tui::app::{App, Screen};
use crate::tui::keys::Action;
use crate::tui::msg::Effect;
use crate::tui::overlay::{Message, Overlay};
use crate::tui::panes::footer_hit;
use crate::tui::screens::stage::Metronome;
use crate::tui::update::run;
use ratatui::crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::Rect;

/// A line beyond this is for no clipboard, and for no command line either.
const LINE_BYTES_MAX: usize = 64 * 1024;

/// The runs are made.
pub(in crate::tui) fn paired(app: &mut App, made: Result<Box<Paired>, String>) {
    if let Some(compare) = &mut app.compare {
        compare.settle(made);
    }
}

/// Esc: back to where it was opened from.
pub(in crate::tui) fn leave(app: &mut App) -> Vec<Effect> {
    app.screen = app.compare.as_ref().map_or(Screen::Stage, |compare| compare.back);
    forget(app).into_iter().collect()
}

/// What was compared belongs to a program that is on the stage no more.
pub(in crate::tui) fn forget(app: &mut App) -> Option<Effect> {
    app.compare.take().filter(|compare| matches!(compare.state, State::Making)).map(|_| Effect::EndPair)
}

/// Carries out an action of the key table.
pub(in crate::tui) fn act(app: &mut App, action: Action) -> Vec<Effect> {
    match action {
        Action::Variant => {
            other::menu(app);
            return Vec::new();
        }
        Action::Open => return other::ask_file(app),
        Action::Scheduler => return app.compare.as_mut().map_or_else(Vec::new, Compare::follow_other),
        Action::CopyMoment => return copy(app),
        Action::Up | Action::Down | Action::PageUp | Action::PageDown => {
            scroll(app, action);
            return Vec::new();
        }
        _ => {}
    }
    if let Some(compare) = &mut app.compare {
        compare.act(action);
    }
    Vec::new()
}

/// Cells by which the programs are moved sideways, and how far they can be.
const SHIFT: usize = 8;
const SHIFT_MAX: usize = 400;

impl Compare {
    /// Lets both sides follow the other schedule: the run of the stage, or the one that goes wrong.
    fn follow_other(&mut self) -> Vec<Effect> {
        self.along = match self.along {
            Along::Run => Along::Losing,
            Along::Losing if self.run.is_some() => Along::Run,
            Along::Losing => return Vec::new(),
        };
        (self.state, self.playing) = (State::Making, None);
        vec![Effect::Pair(Box::new(self.duel()))]
    }

    fn act(&mut self, action: Action) {
        match action {
            Action::PlayPause => {
                let stands = self.playing.is_none() && self.position < self.last();
                self.playing = stands.then(Metronome::default);
            }
            Action::Step => self.walk(self.position + 1),
            Action::Back => self.walk(self.position.saturating_sub(1)),
            Action::NextEvent => self.walk(self.next_news().unwrap_or(self.last())),
            Action::PreviousEvent => self.walk(self.previous_news().unwrap_or(0)),
            Action::Start => self.walk(0),
            Action::End => self.walk(self.last()),
            Action::Faster => self.speed = self.speed.faster(),
            Action::Slower => self.speed = self.speed.slower(),
            Action::Swap => self.swap(),
            Action::ShowLeft => self.sideways = self.sideways.saturating_sub(SHIFT),
            Action::ShowRight => self.sideways = (self.sideways + SHIFT).min(SHIFT_MAX),
            Action::NextPane => self.focus = self.focus.next(),
            Action::PreviousPane => self.focus = self.focus.next().next(),
            _ => {}
        }
    }

    fn walk(&mut self, position: usize) {
        self.playing = None;
        self.go_to(position);
    }
}

/// Moves both programs.
fn scroll(app: &mut App, action: Action) {
    let place = place(app);
    let shown = place.columns.iter().enumerate().find_map(|(side, column)| Some((side, (*column)?.code)));
    let Some((side, area)) = shown else { return };
    let rows = usize::from(area.height.saturating_sub(2));
    let Some(compare) = &mut app.compare else { return };
    let page = isize::try_from(rows.saturating_sub(1).max(1)).unwrap_or(1);
    let by = match action {
        Action::Up => -1,
        Action::Down => 1,
        Action::PageUp => -page,
        _ => page,
    };
    let pairs = code::pairs(compare, side, place.is_alone());
    let first = code::window(compare, &pairs, rows, side).first;
    let last = pairs.len().saturating_sub(rows);
    compare.scroll = Some(first.saturating_add_signed(by).min(last));
}

/// Copies a line that leads to where the side that is looked at stands; the left one where both are.
fn copy(app: &mut App) -> Vec<Effect> {
    let Some(compare) = &app.compare else { return Vec::new() };
    let side = if let Focus::Side(side) = compare.focus { side } else { 0 };
    let Some(history) = compare.history(side) else { return Vec::new() };
    let contender = &compare.sides[side];
    let start = &contender.start;
    let header = Header {
        target: contender.title().into(),
        parameters: contender.request.parameters.clone(),
        seed: start.seed,
        scheduler: start.scheduler,
        options: start.options.clone(),
        ..Header::default()
    };
    let ends = std::iter::once(None);
    let inputs = start.inputs.iter().cloned().map(Some).chain(ends.filter(|_| reads_more(compare, side))).collect();
    let line = Moment::of(&header, history.schedule(history.at()), inputs).to_string();
    if line.len() > LINE_BYTES_MAX {
        let mut message = Message::new(|words| (words.t("moment-title"), vec![words.t("notice-moment-long")]));
        message.name_keys(&app.keymap);
        app.overlays.push(Overlay::Message(message));
        return Vec::new();
    }
    let message =
        Message::new(|words| (words.t("moment-title"), vec![line.clone(), String::new(), words.t("moment-hint")]));
    app.overlays.push(Overlay::Message(message));
    vec![Effect::Copy(line)]
}

/// True when the program has come to the end of the input.
fn reads_more(compare: &Compare, side: usize) -> bool {
    use crate::event::{Action, EventKind, Outcome};
    compare.history(side).is_some_and(|history| {
        history.events(0..history.event_count()).any(|event| {
            matches!(event.kind, EventKind::Did { action: Action::Input { .. }, outcome: Outcome::Raised(_) })
        })
    })
}

/// The wheel moves both programs; a click in the footer runs the key, one on a side looks at it.
pub(in crate::tui) fn mouse(app: &mut App, event: MouseEvent) -> Vec<Effect> {
    match event.kind {
        MouseEventKind::ScrollUp => scroll(app, Action::Up),
        MouseEventKind::ScrollDown => scroll(app, Action::Down),
        MouseEventKind::Down(MouseButton::Left) => {
            let place = place(app);
            let at = (event.column, event.row).into();
            if let Some(footer) = place.footer.filter(|area| area.contains(at)) {
                let action = footer_hit(footer, app, event.column);
                return action.map_or_else(Vec::new, |action| run(app, action, None));
            }
            let side = place.columns.iter().position(|column| column.is_some_and(|column| column.outer.contains(at)));
            if let (Some(side), Some(compare)) = (side, &mut app.compare) {
                compare.focus = Focus::Side(side);
            }
        }
        _ => {}
    }
    Vec::new()
}

fn place(app: &App) -> Place {
    draw::place(app, Rect::new(0, 0, app.size.0, app.size.1))
}
