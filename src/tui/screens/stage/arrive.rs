//! What the session says.

use super::lesson::Read;
use super::{Asked, Interrupted, Link, Notice, Stage, Tools};
use crate::ids::ThreadId;
use crate::model::History;
use crate::session::{Batch, Breakpoint, Control, Pause, Start, Update};
use crate::tui::field::Field;
use crate::tui::msg::Effect;
use crate::tui::overlay::{Ask, Message, Overlay, Purpose};
use crate::words::Words;
use std::sync::Arc;

impl Stage {
    /// Takes what the session says.
    pub fn arrive(&mut self, update: Update, words: &Words, overlays: &mut Vec<Overlay>) -> Vec<Effect> {
        match update {
            Update::Reset(start) => {
                self.subject.set_start(Start::clone(&start));
                self.link = Link::Up;
                let again = self.history.event_count() > 0 || self.is_recorded();
                if again {
                    self.reset();
                    self.play_tape(start.tape.as_ref());
                    self.open();
                }
                self.set_out(&start);
                self.begin_attempt(&start);
                if again && !self.breaks.all().is_empty() {
                    return self.send_breaks();
                }
            }
            Update::Truncated { to } => {
                self.history.truncate(to);
                self.leave_way(to);
                self.untype();
                self.bound = None;
                self.prompt = None;
                self.stale = true;
            }
            Update::Steps(batch) => self.grow(&batch),
            Update::Candidates { .. } => {}
            Update::AwaitingInput { thread, prompt, .. } => return self.ask_for_input(thread, &prompt, overlays),
            Update::Lost { count } => {
                self.lost = count;
                self.notice = Some(Notice::told(|words| words.with("notice-real-lost", &[("n", count.into())])));
            }
            Update::Typed { lines } => self.typed = lines.into_iter().flatten().collect(),
            Update::Read(reading) => self.read(&reading, overlays),
            Update::Resumed { .. } => self.resumed(),
            Update::NotResumed { why, .. } => self.not_resumed(&why, overlays),
            Update::Refused { choice, .. } => self.explain(choice.thread),
            Update::Idle { pause, .. } => return self.idle(pause, words, overlays),
            Update::Failed(reason) => {
                self.orphaned();
                let told = |words: &Words| (words.t("session-failed"), vec![reason.clone()]);
                overlays.push(Overlay::Message(Message::new(told)));
            }
        }
        Vec::new()
    }

    /// The tape goes on.
    fn grow(&mut self, batch: &Batch) {
        let (at_end, stood) = (self.at_end(), self.cursor());
        let (last, known) = (self.history.last_step(), self.history.all_findings().len());
        self.history.push(&batch.events, &batch.choices);
        if at_end {
            self.move_to(if self.follow { self.history.last_step() } else { stood });
            if self.is_playing() && self.follow {
                self.stop_at_finding(stood);
            }
        }
        if self.is_live() {
            self.grown(last, known);
        }
        self.look_for_wanted();
    }

    /// The thread wants a line of input.
    fn ask_for_input(&mut self, thread: ThreadId, prompt: &str, overlays: &mut Vec<Overlay>) -> Vec<Effect> {
        // The way that is wanted was searched for without a person to answer.
        if self.is_challenged() {
            self.ask(Asked::Steps);
            return vec![Effect::Send(Control::Input { line: None })];
        }
        if let Some(effects) = self.end_of_input() {
            return effects;
        }
        self.prompt = Some((thread, prompt.to_owned()));
        self.interrupted = match self.asked {
            // The other threads go on.
            _ if self.is_live() => None,
            // It goes on to where it was bound for.
            _ if self.bound.is_some() => None,
            _ if self.is_playing() => Some(Interrupted::Playing),
            Some(Asked::Endless) => Some(Interrupted::Running),
            _ => None,
        };
        self.playing = None;
        if self.at_end() {
            overlays.extend(self.input_question());
        }
        Vec::new()
    }

    /// The file has changed, and what is on the stage comes from what it is now; if there was a challenge, it is over.
    pub(in crate::tui) fn say_reloaded(&mut self, challenged: bool) {
        self.notice = Some(Notice::told(|words| {
            let over = challenged.then(|| words.t("challenge-left"));
            words.sentences(&[words.t("reload-done")].into_iter().chain(over).collect::<Vec<_>>())
        }));
    }

    /// There is no session any more: what is recorded can still be looked at.
    pub fn orphaned(&mut self) {
        self.link = Link::Lost;
        self.typed_ahead.clear();
        self.playing = None;
        self.asked = None;
        self.answers_due = 0;
        self.prompt = None;
        self.stale = true;
    }

    /// The session makes no more steps.
    fn idle(&mut self, pause: Pause, words: &Words, overlays: &mut Vec<Overlay>) -> Vec<Effect> {
        let endless = self.asked == Some(Asked::Endless);
        self.answers_due = self.answers_due.saturating_sub(1);
        if self.answers_due == 0 {
            self.asked = None;
        }
        self.stale = true;
        match &pause {
            // The answer to an earlier question, or to one of those that playing asks.
            Pause::Done | Pause::Stopped | Pause::Ended(_) if self.is_live() && !self.at_end() => {}
            Pause::Done | Pause::Stopped if self.answers_due > 0 || self.is_playing() && !endless => {}
            Pause::Done | Pause::Stopped | Pause::Input | Pause::Ended(_) => self.playing = None,
            Pause::Hit(breakpoint) => {
                self.playing = None;
                self.notice = Some(Notice::told(|words| self.hit_words(*breakpoint, words)));
            }
            Pause::MaxSteps => {
                self.playing = None;
                self.notice = Some(Notice::Key("pause-max-steps"));
            }
            Pause::Misfit(reason) => {
                self.playing = None;
                overlays.push(Overlay::Message(Message::new(|words| {
                    let hint = self.bound.map(|_| words.t("moment-misfit"));
                    (words.t("pause-misfit"), std::iter::once(words.said(reason)).chain(hint).collect())
                })));
            }
        }
        let interrupted = !matches!(pause, Pause::Done);
        self.pause = Some(pause);
        if interrupted {
            self.typed_ahead.clear();
        }
        let effects = self.travel();
        if interrupted || !effects.is_empty() {
            return effects;
        }
        self.catch_up(&mut Tools { words, overlays, digit: None })
    }

    /// Forgets the run; the program, the selection of panes and the lines to stop at stay.
    pub(super) fn reset(&mut self) {
        self.history = History::with_notes(self.notes_of_target());
        self.read = Read::default();
        self.recorded = None;
        self.playing = None;
        self.asked = None;
        self.typed_ahead.clear();
        self.answers_due = 1;
        self.pause = None;
        self.prompt = None;
        self.typed.clear();
        self.lost = 0;
        self.bound = None;
        self.notice = None;
        self.follow = true;
        self.thread = ThreadId::MAIN;
        self.scroll = [None; super::Pane::ALL.len()];
        self.breaks.forget_objects();
        self.stale = true;
    }

    /// The breakpoints as the session is to know them.
    pub(super) fn send_breaks(&self) -> Vec<Effect> {
        vec![Effect::Send(Control::Breakpoints(self.breaks.all().to_vec()))]
    }

    /// The question for a line of input, when a thread waits for one.
    pub(super) fn input_question(&self) -> Option<Overlay> {
        let (thread, prompt) = self.prompt.clone()?;
        let purpose = Purpose::ProgramInput { thread, prompt };
        Some(Overlay::Ask(Ask { purpose, field: Field::default() }))
    }

    /// A line of input was typed.
    pub fn answer_input(&mut self, line: String) -> Vec<Effect> {
        self.prompt = None;
        self.notice = None;
        if self.link == Link::Lost {
            self.notice = Some(Notice::Key("notice-session-gone"));
            return Vec::new();
        }
        if !self.is_live() {
            self.ask(Asked::Steps);
        }
        let line = Arc::from(line);
        self.note_typed(&line);
        let mut effects = vec![Effect::Send(Control::Input { line: Some(line) })];
        effects.extend(self.carry_on());
        effects
    }

    /// Says why a thread cannot run now.
    pub(super) fn explain(&mut self, thread: ThreadId) {
        let Some(view) = self.model().thread(thread) else { return };
        self.notice = Some(Notice::told(|words| {
            let clause = words.state_clause(view.state, self.model());
            words.with("notice-cannot-run", &[("thread", thread.letter().into()), ("clause", clause.into())])
        }));
    }

    fn hit_words(&self, breakpoint: Breakpoint, words: &Words) -> String {
        match breakpoint {
            Breakpoint::Line(line) => words.with("pause-line", &[("line", line.to_string().into())]),
            Breakpoint::Object(object) => {
                words.with("pause-object", &[("object", words.object_name(object, self.model()).into())])
            }
            Breakpoint::Finding => words.t("pause-finding"),
        }
    }
}
