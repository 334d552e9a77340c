//! A run that was made before, and comes from a file.
//!
//! It is looked at like any other. Three things are different: the tape has an end that is not the end of the run, more
//! of it may still be on its way, and the file may have been damaged. Whoever asks for more than is on the tape, or for
//! another choice than the recorded one, gets the simulator's: the session makes the run again up to there, and from then
//! on it is a run like any other.

use super::subject::{Subject, Watched};
use super::{Notice, Rule, Stage, Status};
use crate::ids::Step;
use crate::scenario::Picture;
use crate::session::{Reading, Tape, Unresumable};
use crate::source::Source;
use crate::trace::Header;
use crate::tui::keys::Action;
use crate::tui::loader::Refusal;
use crate::tui::overlay::{Message, Overlay};
use crate::words::Words;
use std::sync::Arc;
use std::time::Duration;

/// A recording that can only be looked at: its program is none of ours, or does not compile any more.
#[derive(Clone, Debug)]
pub struct Recited {
    pub tape: Tape,
    /// Why it cannot be more than looked at, when that needs saying: finished lines.
    pub reasons: Option<Refusal>,
}

/// What is known of the file.
#[derive(Clone, Debug)]
pub(super) struct Recorded {
    header: Arc<Header>,
    reading: Reading,
    /// The step to go to as soon as it is there.
    wanted: Option<Step>,
    /// The end is wanted as soon as all of it is read.
    to_end: bool,
    /// Nobody can press a key.
    unattended: bool,
}

impl Recorded {
    /// A run that was started like this, shown without anybody who could press a key.
    pub(super) fn unattended(header: Arc<Header>) -> Recorded {
        Recorded { header, reading: Reading::default(), wanted: None, to_end: false, unattended: true }
    }
}

impl Stage {
    /// A stage for a recording that can only be looked at.
    #[must_use]
    pub fn reciting(recited: &Recited) -> Stage {
        let header = recited.tape.header();
        let source = Arc::new(Source::new(Arc::clone(&header.source_name), Arc::clone(&header.source)));
        let watched = Watched {
            title: header.target.to_string(),
            source,
            tokens: Vec::new(),
            picture: Picture::of_header(header),
            pace: Duration::ZERO,
            paused: true,
        };
        Stage::of(Subject::Watched(watched), Some(&recited.tape))
    }

    /// The run comes from this tape from now on, or is made.
    pub(super) fn play_tape(&mut self, tape: Option<&Tape>) {
        self.follow = tape.is_none_or(Tape::grows);
        // Who asked for the end before the first step was there still wants it.
        let to_end = self.recorded.as_ref().is_some_and(|recorded| recorded.to_end);
        self.recorded = tape.map(|tape| Recorded {
            header: Arc::clone(tape.header()),
            reading: Reading::default(),
            wanted: tape.wanted(),
            to_end,
            unattended: false,
        });
    }

    /// How the run was started that comes from a file.
    pub(super) fn recording(&self) -> Option<&Arc<Header>> {
        self.recorded.as_ref().map(|recorded| &recorded.header)
    }

    /// True when the run comes from a file.
    #[must_use]
    pub fn is_recorded(&self) -> bool {
        self.recorded.is_some()
    }

    /// True when the recording has no end, or not yet.
    pub(super) fn is_cut_short(&self) -> bool {
        self.recorded.as_ref().is_some_and(|recorded| !recorded.reading.complete)
    }

    /// True when nobody can press a key: the stage is drawn for a picture or a film.
    #[must_use]
    pub fn is_unattended(&self) -> bool {
        self.recorded.as_ref().is_some_and(|recorded| recorded.unattended)
    }

    /// True when real threads run, or are held up: they choose for themselves, and cannot be gone back in.
    #[must_use]
    pub fn is_live(&self) -> bool {
        self.is_real() && !self.is_recorded()
    }

    /// True when everything that comes from the file is there.
    pub(super) fn tape_is_over(&self) -> bool {
        self.recorded.as_ref().is_some_and(|recorded| recorded.reading.over)
    }

    /// What the top line says at the end of the tape, when the run was not over there.
    pub(super) fn tape_status(&self) -> Status {
        if self.tape_is_over() { Status::TapeEnds } else { Status::Reading }
    }

    /// Why the simulator cannot go on from here: the key of the sentence that says so.
    fn only_recorded(&self) -> Option<&'static str> {
        match &self.subject {
            Subject::Watched(_) => Some("notice-recorded-watched"),
            Subject::Program(_) if self.is_real() => Some("notice-recorded-real"),
            Subject::Program(_) => None,
        }
    }

    // ---- what is on its way ----

    /// More is known about the file.
    pub(super) fn read(&mut self, reading: &Reading, overlays: &mut Vec<Overlay>) {
        let Some(recorded) = &mut self.recorded else { return };
        recorded.reading = reading.clone();
        self.stale = true;
        if !reading.over {
            if let Some(problem) = reading.problems.last() {
                self.notice = Some(Notice::told(|words| words.problem(problem)));
            }
            return;
        }
        let (wanted, last) = (recorded.wanted.take(), self.history.last_step());
        if std::mem::take(&mut recorded.to_end) {
            self.move_to(last);
            self.say_tape_end();
        }
        if self.notice == Some(Notice::Key("notice-recorded-reading")) {
            // No more comes.
            self.notice = None;
            if self.at_end() {
                self.say_tape_end();
            }
        }
        if let Some(wanted) = wanted {
            self.move_to(last);
            let args = [("wanted", wanted.0.to_string().into()), ("last", last.0.to_string().into())];
            self.notice = Some(Notice::told(|words| words.with("notice-recorded-no-step", &args)));
        } else if !reading.complete && self.notice.is_none() {
            self.notice = Some(Notice::Key("notice-recorded-broken-off"));
        }
        if !reading.problems.is_empty() {
            overlays.push(Overlay::Message(complaint(reading)));
        }
    }

    /// Goes to the step that somebody wants to look at first, when it has come.
    pub(super) fn look_for_wanted(&mut self) {
        let Some(wanted) = self.recorded.as_ref().and_then(|recorded| recorded.wanted) else { return };
        if wanted <= self.history.last_step() {
            self.forget_wanted();
            self.follow = false;
            self.move_to(wanted);
        }
    }

    /// Somebody has gone elsewhere.
    pub(super) fn forget_wanted(&mut self) {
        if let Some(recorded) = &mut self.recorded {
            recorded.wanted = None;
        }
    }

    // ---- the end of the tape ----

    /// Goes to the end of the tape. True when that is all there is to do: what comes after it is made only when somebody
    /// who stands there wants it.
    pub(super) fn comes_to_tape_end(&mut self) -> bool {
        let was_there = self.at_end();
        self.move_to(self.history.last_step());
        if let Some(recorded) = self.recorded.as_mut().filter(|recorded| !recorded.reading.over) {
            // The end is meant, not how far it is read by chance.
            recorded.to_end = true;
            return true;
        }
        if !self.is_recorded() || was_there {
            return false;
        }
        self.say_tape_end();
        true
    }

    /// What is played has come to the end of the tape.
    pub(super) fn pause_at_tape_end(&mut self) {
        if self.tape_is_over() {
            self.playing = None;
            self.say_tape_end();
        }
    }

    fn say_tape_end(&mut self) {
        if self.end().is_none() {
            self.notice = Some(Notice::Key(match self.only_recorded() {
                _ if !self.tape_is_over() => "notice-recorded-reading",
                Some(key) => key,
                None => "notice-recorded-end",
            }));
        }
    }

    /// True when nothing can come after the end of the tape, or not yet; a sentence says why.
    pub(super) fn lacks_more(&mut self) -> bool {
        let lacks = self.is_recorded() && (!self.tape_is_over() || self.only_recorded().is_some());
        if lacks {
            self.say_tape_end();
        }
        lacks
    }

    /// What is said when something is to go on that is over.
    pub(super) fn tape_over(&self) -> &'static str {
        if self.only_recorded().is_some() { "notice-recorded-over" } else { "notice-over" }
    }

    // ---- going on with it ----

    /// The session was asked for what is not on the tape.
    pub(super) fn say_resuming(&mut self) {
        if self.is_recorded() {
            self.notice = Some(Notice::Key("notice-recorded-resuming"));
        }
    }

    /// From now on the run is made.
    pub(super) fn resumed(&mut self) {
        self.recorded = None;
        self.follow = true;
        if let Some(mut start) = self.subject.start().cloned() {
            start.tape = None;
            self.subject.set_start(start);
        }
        self.notice = Some(Notice::Key("notice-recorded-resumed"));
    }

    /// It cannot be.
    pub(super) fn not_resumed(&mut self, why: &Unresumable, overlays: &mut Vec<Overlay>) {
        self.playing = None;
        self.notice = None;
        let step = |step: &Step| ("step", step.0.to_string().into());
        let reason = |words: &Words| match why {
            Unresumable::Real => words.t("notice-recorded-real"),
            Unresumable::NoProgram => words.t("notice-recorded-watched"),
            Unresumable::Empty => words.t("unresumed-empty"),
            Unresumable::Unlike(at) => words.with("unresumed-unlike", &[step(at)]),
            Unresumable::Misfit(at, reason) => {
                words.with("unresumed-misfit", &[step(at), ("reason", words.said(reason).into())])
            }
        };
        overlays.push(Overlay::Message(Message::new(|words| (words.t("unresumed-title"), vec![reason(words)]))));
    }

    // ---- what it is ----

    /// Why this action means nothing to a recording: the key of the sentence that says so.
    pub(super) fn refusal_of_recording(&self, action: Action) -> Option<&'static str> {
        let only = self.only_recorded().filter(|_| self.is_recorded())?;
        let watched = self.subject.program().is_none();
        match action {
            Action::RunNumbered => Some(only),
            Action::Restart
            | Action::Reseed
            | Action::Variant
            | Action::World
            | Action::Scheduler
            | Action::Atomicity
            | Action::Edit
            | Action::CopyMoment
                if watched =>
            {
                Some(only)
            }
            _ => None,
        }
    }

    /// The top line: where it was recorded, who chose, how fast it is played.
    pub(super) fn rules_of_recording(&self, world: &str, words: &Words) -> Vec<Rule> {
        let recorded = words.with("header-recorded", &[("world", world.into())]);
        // That it was recorded is told by whatever shows it where nobody can press a key.
        let (rank, recorded) = if self.is_unattended() { (1, world.to_owned()) } else { (0, recorded) };
        let mut rules = vec![Rule { rank, text: recorded }];
        if let Some(header) = self.recording().filter(|header| !header.is_live()) {
            let args = [("kind", header.scheduler.to_string().into()), ("seed", header.seed.to_string().into())];
            rules.push(Rule { rank: 1 - rank, text: words.with("header-scheduler", &args) });
            rules.push(Rule { rank: 2, text: header.options.atomicity.to_string() });
        }
        if !self.is_unattended() {
            rules.push(Rule { rank: 3, text: self.speed.shown() });
        }
        rules
    }
}

/// What is wrong with the file, line by line.
fn complaint(reading: &Reading) -> Message {
    let count = ("n", u64::try_from(reading.problems.len()).unwrap_or(u64::MAX).into());
    Message::new(|words| {
        let mut lines = vec![words.with("recorded-problems", std::slice::from_ref(&count))];
        if !reading.complete {
            lines.push(words.t("notice-recorded-broken-off"));
        }
        lines.push(String::new());
        lines.extend(reading.problems.iter().map(|problem| words.problem(problem)));
        (words.t("recorded-problems-title"), lines)
    })
}
