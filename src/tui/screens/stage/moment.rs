//! A place in the run as one line: copied from the stage, and opened on it.

use super::{Asked, Notice, Stage, Tools};
use crate::event::{Action, EventKind, Outcome, Schedule};
use crate::session::{Control, Pause, Start, Transcript};
use crate::trace::{Header, Moment};
use crate::tui::loader::Place;
use crate::tui::msg::Effect;
use crate::tui::overlay::{Message, Overlay};
use crate::words::{Words, shortened};
use std::sync::Arc;

/// A line beyond this is for no clipboard, and for no command line either.
const LINE_BYTES_MAX: usize = 64 * 1024;

/// How much of a line stands in a sentence.
const SHOWN_CHARS: usize = 60;

impl Stage {
    // ---- copying ----

    /// Copies the moment that is looked at, and shows it: not every terminal lets its clipboard be written.
    pub(super) fn copy_moment(&mut self, tools: &mut Tools<'_>) -> Vec<Effect> {
        self.moment().map_or_else(Vec::new, |moment| self.copy_line(&moment.to_string(), tools))
    }

    /// Copies a line that leads to a moment, and shows it.
    pub(super) fn copy_line(&mut self, line: &str, tools: &mut Tools<'_>) -> Vec<Effect> {
        if line.len() > LINE_BYTES_MAX {
            self.notice = Some(Notice::Key("notice-moment-long"));
            return Vec::new();
        }
        let shown = ("line", shortened(line, SHOWN_CHARS).into());
        self.notice = Some(Notice::told(|words| words.with("notice-moment-copied", std::slice::from_ref(&shown))));
        let hint = if self.is_real() { "moment-hint-real" } else { "moment-hint" };
        let told = |words: &Words| (words.t("moment-title"), vec![line.to_owned(), String::new(), words.t(hint)]);
        tools.overlays.push(Overlay::Message(Message::new(told)));
        vec![Effect::Copy(line.to_owned())]
    }

    /// What leads back to where the cursor is; `None` when nothing does.
    fn moment(&self) -> Option<Moment> {
        let start = self.subject.start()?;
        let (read, ended) = self.lines_read(self.history.event_count());
        let typed = read.saturating_sub(start.inputs.len());
        let inputs = start.inputs.iter().chain(self.typed.iter().take(typed)).cloned().map(Some);
        let inputs = inputs.chain(ended.then_some(None)).collect();
        self.moment_along(start, self.schedule(), inputs)
    }

    /// The end of a schedule of a run that is started like this.
    pub(super) fn moment_along(
        &self,
        start: &Start,
        schedule: Schedule,
        inputs: Vec<Option<Arc<str>>>,
    ) -> Option<Moment> {
        let request = self.subject.request()?;
        let header = Header {
            target: self.title().into(),
            parameters: request.parameters.clone(),
            seed: start.seed,
            scheduler: start.scheduler,
            options: start.options.clone(),
            live: start.live.clone(),
            ..Header::default()
        };
        Some(Moment::of(&header, schedule, inputs))
    }

    /// What makes the simulator do what has happened up to the cursor.
    fn schedule(&self) -> Schedule {
        if self.is_real() { self.transcript(self.history.event_count()) } else { self.history.schedule(self.cursor()) }
    }

    /// What makes it do everything that has happened.
    pub(super) fn whole_schedule(&self) -> Schedule {
        if self.is_real() { self.transcript(usize::MAX) } else { self.history.schedule(self.history.last_step()) }
    }

    /// What the first events of real threads are in the simulator.
    fn transcript(&self, events: usize) -> Schedule {
        let mut transcript = Transcript::new();
        for event in self.history.events(0..events) {
            transcript.take(&event);
        }
        transcript.schedule()
    }

    /// How many lines the program has read in the first `events` events, and whether it has come to the end of the input.
    fn lines_read(&self, events: usize) -> (usize, bool) {
        let (mut read, mut ended) = (0, false);
        for event in self.history.events(0..events) {
            match event.kind {
                EventKind::Did { action: Action::Input { .. }, outcome: Outcome::Raised(_) } => ended = true,
                EventKind::Did { action: Action::Input { .. }, .. } => read += 1,
                _ => {}
            }
        }
        (read, ended)
    }

    /// The tape was cut off: what was typed after that is forgotten.
    pub(super) fn untype(&mut self) {
        if self.typed.is_empty() {
            return;
        }
        let before = self.subject.start().map_or(0, |start| start.inputs.len());
        let (read, _) = self.lines_read(usize::MAX);
        self.typed.truncate(read.saturating_sub(before));
    }

    /// A line was typed.
    pub(super) fn note_typed(&mut self, line: &Arc<str>) {
        self.typed.push(Arc::clone(line));
    }

    // ---- opening ----

    /// The session rests. On the way to the moment that was to be opened, it goes on.
    pub(super) fn travel(&mut self) -> Vec<Effect> {
        let (Some(Place { step, .. }), Some(pause)) = (self.bound, &self.pause) else { return Vec::new() };
        let last = self.history.last_step();
        match pause {
            _ if last >= step => {
                self.bound = None;
                self.stand_before_way();
            }
            Pause::Done => {
                return self.more(|from| Control::Run { from, count: step.0 - from.0 }, Asked::Endless);
            }
            Pause::Input => {}
            Pause::Ended(_) => {
                self.bound = None;
                let args = [("last", last.0.to_string().into()), ("step", step.0.to_string().into())];
                self.notice = Some(Notice::told(|words| words.with("moment-beyond", &args)));
            }
            _ => self.bound = None,
        }
        Vec::new()
    }

    /// Who asks for a line on the way, when none is left and none is to come, gets the end of the input.
    pub(super) fn end_of_input(&mut self) -> Option<Vec<Effect>> {
        self.bound.filter(|place| place.input_ends)?;
        self.ask(Asked::Endless);
        Some(vec![Effect::Send(Control::Input { line: None })])
    }
}
