//! Runs on real threads beside the exploration: what testing would have found.

use super::{Explore, State, Told};
use crate::event::Schedule;
use crate::explore::Explorer;
use crate::report;
use crate::report::explore::{Live, count, is_among, live_lines};
use crate::scenario::RunEnd;
use crate::session::{Atomicity, Start, Trial};
use crate::tui::app::App;
use crate::tui::msg::Effect;
use crate::tui::theme::Slot;
use crate::words::grouped;
use ratatui::text::Line;
use std::sync::Arc;

/// How many runs are made at a time.
const RUNS: u32 = 1000;

/// Runs that are to be made, and what they are compared with.
#[derive(Clone, Debug)]
pub struct Rehearsal {
    pub start: Start,
    pub runs: u32,
    told: Arc<Told>,
    explorer: Explorer,
}

/// What one of the runs came to.
#[derive(Clone, Debug)]
pub struct Ran {
    outcome: report::Outcome,
    /// It came to something that was not explored, although everything was: how it went.
    unexplored: Option<Schedule>,
}

/// The runs so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Real {
    live: Live,
    wanted: u32,
    /// More are being made.
    going: bool,
    /// Why no more could be made.
    broken: Option<String>,
}

impl Rehearsal {
    /// What is to be known of a run.
    #[must_use]
    pub fn judge(&self, trial: Trial) -> Ran {
        let Trial { end, failed, globals, schedule } = trial;
        let outcome = report::Outcome::new(RunEnd::of_run(&end, failed), globals);
        let found = &self.told.exploration;
        let complete = found.open == 0 && found.stop.is_none() && found.cautions.is_empty();
        // Under other rules real threads may come to more than was explored.
        let options = &self.start.options;
        let comparable = complete && !options.fair && !found.timed && options.atomicity == Atomicity::Op;
        let known = outcome.end == RunEnd::Limit || !comparable || is_among(&self.explorer, found, &outcome, &schedule);
        Ran { outcome, unexplored: (!known).then_some(schedule) }
    }
}

impl Explore {
    /// Begins to run the program on real threads, or has enough of it.
    pub(super) fn rehearse(&mut self) -> Vec<Effect> {
        if self.real.as_ref().is_some_and(|real| real.going) {
            return self.end_rehearsal().into_iter().collect();
        }
        let State::Found(told) = &self.state else { return Vec::new() };
        let real = self.real.get_or_insert_default();
        real.wanted += RUNS;
        real.going = true;
        real.broken = None;
        let made = u32::try_from(real.live.side.tally.runs()).unwrap_or(u32::MAX);
        let mut start = self.quest.start.clone();
        start.seed = start.seed.wrapping_add(made.into());
        let runs = real.wanted.saturating_sub(made);
        let explorer = self.quest.explorer(false);
        vec![Effect::Rehearse(Box::new(Rehearsal { start, runs, told: Arc::clone(told), explorer }))]
    }

    /// Has enough of the runs, if some are being made.
    pub(in crate::tui) fn end_rehearsal(&mut self) -> Option<Effect> {
        let real = self.real.as_mut().filter(|real| real.going)?;
        real.going = false;
        real.wanted = u32::try_from(real.live.side.tally.runs()).unwrap_or(u32::MAX);
        Some(Effect::EndRehearsal)
    }

    /// A run was made, or cannot be; `None`: all of them were made.
    pub(in crate::tui) fn ran(&mut self, ran: Option<Result<Ran, String>>) {
        let Some(real) = self.real.as_mut().filter(|real| real.going) else { return };
        match ran {
            Some(Ok(Ran { outcome, unexplored })) => {
                real.live.side.tally.add(outcome);
                if let Some(schedule) = unexplored {
                    real.live.unexplored += 1;
                    real.live.example.get_or_insert(schedule);
                }
            }
            Some(Err(reason)) => real.broken = Some(reason),
            None => real.going = false,
        }
    }
}

/// How many of the runs came to an outcome; `None` when no runs were made.
pub(super) fn counted(explore: &Explore, outcome: &crate::explore::Outcome) -> Option<u64> {
    explore.real.as_ref().map(|real| count(&real.live, outcome))
}

/// Both worlds, a line for each way to end.
pub(super) fn lines(app: &App, explore: &Explore, told: &Told, cells: usize) -> Vec<Line<'static>> {
    let Some(real) = &explore.real else { return Vec::new() };
    let words = &app.words;
    let mut lines = Vec::new();
    let mut add = |sentence: &str, slot| lines.extend(super::verdict::text(app, sentence, slot, cells));
    if real.live.unexplored > 0 {
        let example = real.live.example.as_ref().map(ToString::to_string).unwrap_or_default();
        let counted = [("n", real.live.unexplored.into()), ("schedule", example.into())];
        let warning = app.glyphs().warning;
        add(&format!("{warning} {}", words.with("explore-live-unexplored", &counted)), Slot::Error);
    }
    if real.going {
        let made = real.live.side.tally.runs();
        let args = [("made", grouped(made).into()), ("wanted", grouped(real.wanted.into()).into())];
        add(&words.with("explorer-rehearsing", &args), Slot::Dim);
    }
    if real.live.side.tally.runs() > 0 {
        for line in live_lines((&told.exploration, &told.hangs), &real.live, words) {
            add(&line, Slot::Title);
        }
    }
    if let Some(reason) = &real.broken {
        add(&words.with("explorer-rehearsal-broken", &[("reason", reason.as_str().into())]), Slot::Error);
    }
    lines
}
