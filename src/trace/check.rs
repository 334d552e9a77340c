//! Whether a record fits to those before it.
//!
//! Events that are passed over leave a gap in the numbers of the file; whoever gets the others gets them numbered without
//! gaps. A number that is wrong should cost no more than a note, so it is not believed at once:
//!
//! | the event that was expected is 5, this one is | what is done |
//! |---|---|
//! | 5 | it is taken |
//! | 7, and two lines were passed over | it is taken |
//! | 7, and none was passed over | it is taken, and events are missing; if 6 comes next, that is taken, too |
//! | 3 | it is passed over |
//!
//! A step that comes too early is passed over; at a second one in a row there is something missing, and no more is read.

use super::Record;
use super::memory;
use super::reader::{Broken, limits};
use crate::event::{Action, Choice, Event, EventKind, ObjectState, Outcome, ThreadState};
use crate::ids::{ObjectId, Seq, Step, ThreadId};
use crate::said::Said;

/// Knows what a record may mention.
#[derive(Debug, Default)]
pub(super) struct Checker {
    /// Threads and objects that were declared, and by how much the number of the next event is larger in the file than
    /// for whoever reads it.
    now: Count,
    /// How many events there are, apart from those that were given up.
    events: u32,
    /// For each step, the first of its events.
    steps: Vec<u32>,
    /// What there was before a step; only for those before which it was not the same as before the step before.
    counts: Vec<(u32, Count)>,
    /// The number that an event may have in place of the expected one: see the module.
    instead: Option<u32>,
    /// Lines that were passed over since the last event.
    passed_over: u32,
    /// The last line had a step that comes too early.
    leapt: bool,
    /// Something is not as it should be, and that was said.
    flawed: bool,
    /// What is bounded: every event there was, lines of input, work.
    events_ever: u64,
    inputs: u64,
    work: u64,
    memory: u64,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Count {
    threads: u32,
    objects: u32,
    ahead: u32,
}

fn skip(reason: Said) -> Broken {
    Broken::Skipped(reason)
}

fn stop(reason: Said) -> Broken {
    Broken::Stopped(reason)
}

fn undeclared(kind: &str, number: u32) -> Said {
    Said::new("broken-undeclared").with("kind", kind).with("number", number)
}

impl Checker {
    /// Takes the record in, if it fits. There may be something to say about it all the same.
    /// What is `known` says nothing new: its texts are in memory already.
    pub(super) fn check(&mut self, record: &mut Record, known: bool) -> Result<Option<Broken>, Broken> {
        match record {
            Record::Event { event, choice } => self.event(event, *choice, known),
            Record::Cut { to } => self.cut(*to).map(|()| None),
            Record::Input { .. } => self.input().map(|()| None),
            Record::End { steps, events } => Ok(self.end(*steps, *events)),
            Record::Lost { .. } => Ok(None),
        }
    }

    /// A line was not taken.
    pub(super) fn pass_over(&mut self) {
        self.passed_over = self.passed_over.saturating_add(1);
        self.flawed = true;
    }

    fn last_step(&self) -> u32 {
        u32::try_from(self.steps.len().saturating_sub(1)).unwrap_or(u32::MAX)
    }

    /// The work that the next event, or so many of them, may cause whoever follows the run.
    fn work(&mut self, events: u64) -> Result<(), Broken> {
        self.work += events * (1 + u64::from(self.now.threads) / limits::THREADS_AT_ONCE);
        if self.work > limits::WORK {
            return Err(stop(Said::new("broken-work")));
        }
        Ok(())
    }

    // ---- what is no event ----

    fn cut(&mut self, to: Step) -> Result<(), Broken> {
        let last = self.last_step();
        if to.0 > last {
            return Err(skip(Said::new("broken-cut").with("to", to.0).with("last", last)));
        }
        // Going back is done from a picture that is kept, one for every so many events.
        self.work(u64::from(self.events) / limits::PICTURES + 1)?;
        let next = to.0.saturating_add(1);
        if let Some(first) = self.steps.get(next as usize).copied() {
            self.steps.truncate(next as usize);
            self.events = first;
            let known = self.counts.partition_point(|(step, _)| *step <= next);
            self.counts.truncate(known);
            self.now = self.counts.last().map_or_else(Count::default, |(_, count)| *count);
        }
        (self.instead, self.leapt) = (None, false);
        Ok(())
    }

    fn input(&mut self) -> Result<(), Broken> {
        self.inputs += 1;
        let most = limits::INPUTS;
        if self.inputs > most { Err(stop(Said::new("broken-inputs").with("most", most))) } else { Ok(()) }
    }

    /// The end says how much there should be.
    fn end(&self, steps: u64, events: u64) -> Option<Broken> {
        let there = (u64::from(self.last_step()), self.events_ever);
        if self.flawed || there == (steps, events) {
            return None;
        }
        let wanted = Said::new("broken-end").with("steps", steps).with("events", events);
        Some(Broken::Missing(wanted.with("there_steps", there.0).with("there_events", there.1)))
    }

    // ---- events ----

    fn event(&mut self, event: &mut Event, choice: Option<Choice>, known: bool) -> Result<Option<Broken>, Broken> {
        if self.events_ever >= limits::EVENTS {
            return Err(stop(Said::new("broken-events").with("most", limits::EVENTS)));
        }
        self.work(1)?;
        self.remember(event, known)?;
        let missing = self.number(event.seq)?;
        self.step(event.step)?;
        let before = self.now;
        self.mentions(event, choice)?;
        self.declares(event)?;
        if event.step.0 as usize == self.steps.len() {
            if self.counts.last().is_none_or(|(_, count)| *count != before) {
                self.counts.push((event.step.0, before));
            }
            self.steps.push(self.events);
        }
        self.take(event, missing.is_some());
        self.flawed |= missing.is_some();
        Ok(missing)
    }

    /// Counts the memory that the event takes.
    fn remember(&mut self, event: &Event, known: bool) -> Result<(), Broken> {
        self.memory += memory::of(event, known);
        if self.memory > limits::MEMORY_BYTES {
            let most = limits::MEMORY_BYTES >> 20;
            return Err(stop(Said::new("broken-memory").with("most", most)));
        }
        Ok(())
    }

    /// Gives the event its number.
    fn take(&mut self, event: &mut Event, missing: bool) {
        let expected = self.expected();
        self.instead = missing.then(|| expected.saturating_add(1));
        self.now.ahead = event.seq.0.saturating_sub(self.events);
        event.seq = Seq(self.events);
        self.events = self.events.saturating_add(1);
        self.events_ever += 1;
        (self.passed_over, self.leapt) = (0, false);
    }

    /// The number that the next event should have in the file.
    fn expected(&self) -> u32 {
        self.events.saturating_add(self.now.ahead)
    }

    /// Whether the number of the event can be, and which events are missing before it.
    fn number(&self, seq: Seq) -> Result<Option<Broken>, Broken> {
        let expected = self.expected();
        if seq.0 == expected || Some(seq.0) == self.instead {
            return Ok(None);
        }
        if seq.0 < expected {
            return Err(skip(Said::new("broken-event-late").with("event", seq.0).with("after", expected - 1)));
        }
        if seq.0 - expected <= self.passed_over {
            return Ok(None);
        }
        Ok(Some(Broken::Missing(match seq.0 - 1 {
            last if last == expected => Said::new("broken-event-missing").with("event", last),
            last => Said::new("broken-events-missing").with("first", expected).with("last", last),
        })))
    }

    fn step(&mut self, step: Step) -> Result<(), Broken> {
        let next = u32::try_from(self.steps.len()).unwrap_or(u32::MAX);
        if step.0 > next {
            let reason = Said::new("broken-step-early").with("step", step.0).with("next", next);
            if std::mem::replace(&mut self.leapt, true) {
                return Err(stop(Said::new("broken-gap").with("reason", reason)));
            }
            return Err(skip(reason));
        }
        if step.0.saturating_add(1) < next {
            return Err(skip(Said::new("broken-step-late").with("step", step.0).with("after", next - 1)));
        }
        Ok(())
    }

    /// Whether everything it mentions was declared.
    fn mentions(&self, event: &Event, choice: Option<Choice>) -> Result<(), Broken> {
        if let Some(choice) = choice {
            self.thread(choice.thread)?;
        }
        if !matches!(event.kind, EventKind::Thread(_)) {
            self.thread(event.thread)?;
        }
        match &event.kind {
            EventKind::Thread(info) => info.parent.map_or(Ok(()), |parent| self.thread(parent)),
            EventKind::Object(info) => self.initial(&info.state),
            EventKind::Named { object, .. } | EventKind::Value { object, .. } => self.object(*object),
            EventKind::Did { action, outcome } => {
                self.action(action)?;
                match outcome {
                    Outcome::Woke(threads) => threads.iter().try_for_each(|thread| self.thread(*thread)),
                    _ => Ok(()),
                }
            }
            EventKind::Pending(action) => self.action(action),
            EventKind::State(state) => self.state(*state),
            EventKind::Renamed { .. } | EventKind::Traceback(_) | EventKind::Ended(_) => Ok(()),
        }
    }

    fn initial(&self, state: &ObjectState) -> Result<(), Broken> {
        match state {
            ObjectState::Lock { owner: Some(owner), .. } => self.thread(*owner),
            ObjectState::Condition { lock } => self.object(*lock),
            _ => Ok(()),
        }
    }

    fn action(&self, action: &Action) -> Result<(), Broken> {
        match action {
            Action::Start { thread } | Action::Join { thread, .. } | Action::IsAlive { thread } => self.thread(*thread),
            action => action.object().map_or(Ok(()), |object| self.object(object)),
        }
    }

    fn state(&self, state: ThreadState) -> Result<(), Broken> {
        match state {
            ThreadState::Blocked { on } | ThreadState::Waiting { on } => self.object(on),
            ThreadState::Joining { thread } => self.thread(thread),
            _ => Ok(()),
        }
    }

    fn thread(&self, thread: ThreadId) -> Result<(), Broken> {
        if thread.0 < self.now.threads { Ok(()) } else { Err(skip(undeclared("thread", thread.0))) }
    }

    fn object(&self, object: ObjectId) -> Result<(), Broken> {
        if object.0 < self.now.objects { Ok(()) } else { Err(skip(undeclared("object", object.0))) }
    }

    /// Counts what it declares.
    fn declares(&mut self, event: &Event) -> Result<(), Broken> {
        let (name, number, count, most) = match &event.kind {
            // A thread is declared once more when it becomes a daemon.
            EventKind::Thread(_) if event.thread.0 < self.now.threads => return Ok(()),
            EventKind::Thread(_) => ("thread", event.thread.0, &mut self.now.threads, limits::THREADS),
            EventKind::Object(info) => ("object", info.id.0, &mut self.now.objects, limits::OBJECTS),
            _ => return Ok(()),
        };
        if number < *count {
            return Err(skip(Said::new("broken-declared").with("kind", name).with("number", number)));
        }
        if number > *count {
            let reason =
                Said::new("broken-declared-early").with("kind", name).with("number", number).with("next", *count);
            return Err(stop(Said::new("broken-gap").with("reason", reason)));
        }
        if *count >= most {
            return Err(stop(Said::new("broken-too-many").with("kind", name).with("most", most)));
        }
        *count += 1;
        Ok(())
    }
}
