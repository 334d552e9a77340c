//! Whether a record fits to those before it.

use super::Record;
use super::reader::{Broken, limits};
use crate::event::{Action, Choice, Event, EventKind, ObjectState, Outcome, ThreadState};
use crate::ids::{ObjectId, Step, ThreadId};

/// Knows what a record may mention.
#[derive(Debug, Default)]
pub(super) struct Checker {
    /// Threads and objects declared so far.
    threads: u32,
    objects: u32,
    /// The number that the next event has.
    next: u32,
    /// Every event there was, also those that were cut off.
    events: u64,
    /// For each step, what was there before it.
    steps: Vec<Before>,
}

/// What there was before a step.
#[derive(Clone, Copy, Debug)]
struct Before {
    events: u32,
    threads: u32,
    objects: u32,
}

fn skip(reason: impl Into<String>) -> Broken {
    Broken::Skipped(reason.into())
}

fn stop(reason: impl Into<String>) -> Broken {
    Broken::Stopped(reason.into())
}

impl Checker {
    /// Takes the record in, if it fits.
    pub(super) fn check(&mut self, record: &Record) -> Result<(), Broken> {
        match record {
            Record::Event { event, choice } => self.event(event, *choice),
            Record::Cut { to } => self.cut(*to),
            Record::Input { .. } | Record::Lost { .. } | Record::End { .. } => Ok(()),
        }
    }

    fn cut(&mut self, to: Step) -> Result<(), Broken> {
        let last = self.steps.len().saturating_sub(1);
        if to.0 as usize > last {
            return Err(skip(format!("it is cut back to step {}, and there are {last}", to.0)));
        }
        if let Some(before) = self.steps.get(to.0 as usize + 1).copied() {
            self.steps.truncate(to.0 as usize + 1);
            (self.next, self.threads, self.objects) = (before.events, before.threads, before.objects);
        }
        Ok(())
    }

    fn event(&mut self, event: &Event, choice: Option<Choice>) -> Result<(), Broken> {
        if self.events >= limits::EVENTS {
            return Err(stop(format!("the trace has more than {} events", limits::EVENTS)));
        }
        self.place(event)?;
        self.mentions(event, choice)?;
        self.declares(event)?;
        if event.step.0 as usize == self.steps.len() {
            // What this very event declares is part of the step.
            let (threads, objects) = self.before_declaring(event);
            self.steps.push(Before { events: event.seq.0, threads, objects });
        }
        self.next = event.seq.0.saturating_add(1);
        self.events += 1;
        Ok(())
    }

    /// Whether it comes where it belongs.
    fn place(&self, event: &Event) -> Result<(), Broken> {
        if event.seq.0 < self.next {
            return Err(skip(format!("event {} comes after event {}", event.seq.0, self.next.saturating_sub(1))));
        }
        let steps = u32::try_from(self.steps.len()).unwrap_or(u32::MAX);
        match event.step.0 {
            step if step > steps => {
                Err(stop(format!("step {step} comes where step {steps} should be: there is something missing")))
            }
            step if step.saturating_add(1) < steps => {
                Err(skip(format!("an event of step {step} comes after step {}", steps - 1)))
            }
            _ => Ok(()),
        }
    }

    fn before_declaring(&self, event: &Event) -> (u32, u32) {
        match &event.kind {
            EventKind::Thread(_) if event.thread.0.saturating_add(1) == self.threads => (event.thread.0, self.objects),
            EventKind::Object(info) if info.id.0.saturating_add(1) == self.objects => (self.threads, info.id.0),
            _ => (self.threads, self.objects),
        }
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
        if thread.0 < self.threads { Ok(()) } else { Err(skip(format!("thread {} was not declared", thread.0))) }
    }

    fn object(&self, object: ObjectId) -> Result<(), Broken> {
        if object.0 < self.objects { Ok(()) } else { Err(skip(format!("object {} was not declared", object.0))) }
    }

    /// Counts what it declares.
    fn declares(&mut self, event: &Event) -> Result<(), Broken> {
        let (name, number, count, most) = match &event.kind {
            // A thread is declared once more when it becomes a daemon.
            EventKind::Thread(_) if event.thread.0 < self.threads => return Ok(()),
            EventKind::Thread(_) => ("thread", event.thread.0, &mut self.threads, limits::THREADS),
            EventKind::Object(info) => ("object", info.id.0, &mut self.objects, limits::OBJECTS),
            _ => return Ok(()),
        };
        if number != *count {
            return Err(skip(format!("{name} {number} is declared where {name} {count} should be")));
        }
        if *count >= most {
            return Err(stop(format!("the trace has more than {most} {name}s")));
        }
        *count += 1;
        Ok(())
    }
}
