//! The records of the OS threads as a tape: each record becomes an event with its number, step and moment, and reading
//! them in order shows where everybody stands.
//!
//! **A deadlock of the whole program** is a fact about the tape. Who begins to wait says so while nobody else can look at
//! what it waits for, and who lets somebody go on says so in the same way. So if at some place of the tape threads
//! live, every one of them waits without a time-out, and none is ready, asleep, or reading, then nobody is left who
//! could ever let one go on:
//!
//! | A | B | the tape says |
//! |---|---|---|
//! | has `x`, waits for `y` | has `y` | A Blocked, B Ready |
//! | | waits for `x` | A Blocked, B Blocked: deadlock |
//!
//! The OS threads go on hanging until somebody stops them.

use super::legal::Transcript;
use super::tempo::Tempo;
use crate::event::{Action, End, Event, EventKind, Limit, Outcome, Schedule, Sink, ThreadInfo, ThreadState};
use crate::ids::{Nanos, ObjectId, Seq, Step, ThreadId};
use crate::kernel::ThreadFacts;
use crate::sync::{Place, Record};
use std::sync::Arc;

/// See the module.
#[derive(Debug)]
pub(super) struct Tape {
    tempo: Tempo,
    seq: Seq,
    step: Step,
    at: Nanos,
    /// Who made the last step.
    last: Option<ThreadId>,
    switches: u32,
    max_steps: u64,
    seen: Vec<Seen>,
    /// The GIL, if it is on the tape.
    gil: Option<ObjectId>,
    transcript: Transcript,
    /// Lines of input that were read.
    lines_read: u64,
    end: Option<End>,
}

/// A thread, as far as the tape goes.
#[derive(Debug)]
struct Seen {
    name: Arc<str>,
    daemon: bool,
    state: ThreadState,
    line: u32,
    /// It will not wait for ever.
    timed: bool,
    /// It is inside a wait: it has given a lock back and will take it again.
    in_wait: bool,
    prompt: Option<Arc<str>>,
}

impl Tape {
    pub(super) fn new(tempo: Tempo) -> Tape {
        Tape {
            tempo,
            seq: Seq(0),
            step: Step(0),
            at: Nanos(0),
            last: None,
            switches: 0,
            max_steps: u64::MAX,
            seen: Vec::new(),
            gil: None,
            transcript: Transcript::new(),
            lines_read: 0,
            end: None,
        }
    }

    /// The next record. After the end nothing comes: what a thread did before it noticed is no part of the run.
    pub(super) fn take<S: Sink>(&mut self, record: Record, sink: &mut S) {
        if self.end.is_some() {
            return;
        }
        self.at = self.at.max(self.tempo.shown(record.at));
        if let EventKind::Ended(end) = record.kind {
            // Who computes without end, or wants what is not there, is to blame.
            let to_blame = matches!(end, End::Limit(Limit::Spin(_) | Limit::Memory(_)) | End::Unmodelled { .. });
            let line = self.line(record.thread, record.place);
            return self.end_by(to_blame.then_some((record.thread, line)), end, sink);
        }
        if matches!(record.kind, EventKind::Did { .. }) && self.steps() >= self.max_steps {
            return self.end(End::Limit(Limit::Steps(self.steps())), sink);
        }
        let line = self.line(record.thread, record.place);
        self.emit(record.thread, line, record.kind, sink);
    }

    /// The tape ends before the step after this one.
    pub(super) fn limit_steps(&mut self, max_steps: u64) {
        self.max_steps = max_steps;
    }

    /// The run is over.
    pub(super) fn end<S: Sink>(&mut self, end: End, sink: &mut S) {
        self.end_by(None, end, sink);
    }

    /// The run is over, and this thread on this line is to blame, if anybody; daemons end with the program.
    fn end_by<S: Sink>(&mut self, to_blame: Option<(ThreadId, u32)>, end: End, sink: &mut S) {
        if self.end.is_some() {
            return;
        }
        if end == End::Finished {
            for (number, line) in self.living() {
                self.emit(number, line, EventKind::State(ThreadState::Killed), sink);
            }
        }
        let (thread, line) = to_blame.unwrap_or_else(|| {
            let last = self.last.unwrap_or(ThreadId::MAIN);
            (last, self.seen.get(last.index()).map_or(0, |seen| seen.line))
        });
        self.emit(thread, line, EventKind::Ended(end.clone()), sink);
        self.end = Some(end);
    }

    /// Ends the tape if nobody will ever go on.
    pub(super) fn look_around<S: Sink>(&mut self, sink: &mut S) {
        let alive = || self.seen.iter().filter(|seen| seen.state.is_alive());
        if alive().any(|seen| !seen.daemon) && alive().all(|seen| seen.is_stuck(self.gil)) {
            self.end(End::Deadlock, sink);
        }
    }

    fn living(&self) -> Vec<(ThreadId, u32)> {
        let numbered = self.seen.iter().zip(0u32..);
        numbered.filter(|(seen, _)| seen.state.is_alive()).map(|(seen, number)| (ThreadId(number), seen.line)).collect()
    }

    /// The line on which the thread stands; when the record does not say, where it was last seen.
    fn line(&mut self, thread: ThreadId, place: Place) -> u32 {
        let known = self.seen.get_mut(thread.index());
        match (place, known) {
            (Place::Unknown, known) => known.map_or(0, |seen| seen.line),
            (place, Some(seen)) => {
                seen.line = place.line();
                seen.line
            }
            (place, None) => place.line(),
        }
    }

    fn emit<S: Sink>(&mut self, thread: ThreadId, line: u32, kind: EventKind, sink: &mut S) {
        if let EventKind::Did { .. } = kind {
            self.step.0 = self.step.0.saturating_add(1);
            self.switches += u32::from(self.last.is_some_and(|last| last != thread));
            self.last = Some(thread);
        }
        self.note(thread, line, &kind);
        let event = Event { seq: self.seq, step: self.step, at: self.at, thread, line, kind };
        self.seq.0 = self.seq.0.wrapping_add(1);
        self.transcript.take(&event);
        sink.emit(event);
    }

    fn note(&mut self, thread: ThreadId, line: u32, kind: &EventKind) {
        if let EventKind::Thread(info) = kind {
            return self.note_thread(thread, line, info);
        }
        match kind {
            EventKind::Did { action: Action::Input { .. }, .. } => self.lines_read += 1,
            EventKind::Object(info) if info.kind.is_gil(&info.name, info.line) => self.gil = self.gil.or(Some(info.id)),
            _ => {}
        }
        let Some(seen) = self.seen.get_mut(thread.index()) else { return };
        match kind {
            EventKind::Renamed { name } => seen.name = Arc::clone(name),
            // Whoever has the GIL does not keep it: who waits for nothing else goes on.
            EventKind::State(ThreadState::Blocked { on }) if Some(*on) == self.transcript.gil() => {
                seen.state = ThreadState::Ready;
            }
            EventKind::State(state) => {
                seen.state = *state;
                // Only waiting to be notified has a time-out.
                seen.timed &= !(seen.in_wait && matches!(state, ThreadState::Blocked { .. }));
            }
            EventKind::Pending(Action::Reacquire { .. }) => {}
            // It counts from the arrival, and no more when it is over while the action runs.
            EventKind::Pending(Action::BarrierWait { .. }) => seen.timed = false,
            EventKind::Did { action: Action::BarrierWait { timeout, .. }, outcome: Outcome::Enqueued } => {
                seen.timed = timeout.is_some();
            }
            EventKind::Pending(action) => {
                seen.timed = action.timeout().is_some();
                seen.in_wait = matches!(action, Action::Wait { .. });
                seen.prompt = prompt(action);
            }
            _ => {}
        }
    }

    /// A thread exists; a second time when it becomes a daemon.
    fn note_thread(&mut self, thread: ThreadId, line: u32, info: &ThreadInfo) {
        if let Some(seen) = self.seen.get_mut(thread.index()) {
            seen.daemon = info.daemon;
            return;
        }
        let (name, daemon, state) = (Arc::clone(&info.name), info.daemon, ThreadState::New);
        self.seen.push(Seen { name, daemon, state, line, timed: false, in_wait: false, prompt: None });
    }

    // ---- questions ----

    pub(super) fn ended(&self) -> Option<&End> {
        self.end.as_ref()
    }

    /// The number of the next event.
    pub(super) fn seq(&self) -> Seq {
        self.seq
    }

    pub(super) fn steps(&self) -> u64 {
        u64::from(self.step.0)
    }

    pub(super) fn switches(&self) -> u32 {
        self.switches
    }

    pub(super) fn now(&self) -> Nanos {
        self.at
    }

    pub(super) fn lines_read(&self) -> u64 {
        self.lines_read
    }

    pub(super) fn schedule(&self) -> Schedule {
        self.transcript.schedule()
    }

    /// Who waits for a line of input, and what it asked; the first of them.
    pub(super) fn reader(&self) -> Option<(ThreadId, Arc<str>)> {
        let numbered = self.seen.iter().zip(0u32..);
        let (seen, number) = numbered.into_iter().find(|(seen, _)| seen.state == ThreadState::Reading)?;
        Some((ThreadId(number), seen.prompt.clone().unwrap_or_default()))
    }

    pub(super) fn threads(&self) -> Vec<ThreadFacts> {
        let facts = |(seen, number): (&Seen, u32)| ThreadFacts {
            id: ThreadId(number),
            name: Arc::clone(&seen.name),
            daemon: seen.daemon,
            state: seen.state,
            line: if seen.state.is_over() { 0 } else { seen.line },
        };
        self.seen.iter().zip(0u32..).map(facts).collect()
    }
}

impl Seen {
    /// Nothing but another thread can let it go on. (Who waits for the GIL gets it: nobody waits for anything with it.)
    fn is_stuck(&self, gil: Option<ObjectId>) -> bool {
        match self.state {
            ThreadState::Blocked { on } => !self.timed && Some(on) != gil,
            ThreadState::Waiting { .. } | ThreadState::Joining { .. } => !self.timed,
            _ => false,
        }
    }
}

fn prompt(action: &Action) -> Option<Arc<str>> {
    match action {
        Action::Input { prompt } => Some(prompt.to_string().into()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::{ObjectInfo, ObjectKind, ObjectState, ThreadInfo};
    use crate::ids::ObjectId;

    const GIL: ObjectId = ObjectId(0);
    const LOCK: ObjectId = ObjectId(1);

    /// What a tape on which the GIL is shown says at the end of these facts.
    fn end_after(facts: Vec<(u32, EventKind)>) -> Option<End> {
        let mut tape = Tape::new(Tempo::new(1.0));
        let object = |id, name: &str, line| {
            let state = ObjectState::Lock { owner: None, depth: 0 };
            EventKind::Object(Arc::new(ObjectInfo { id, kind: ObjectKind::Lock, name: name.into(), line, state }))
        };
        let thread = |parent| EventKind::Thread(Arc::new(ThreadInfo { name: "thread".into(), daemon: false, parent }));
        let beginning = [
            (0, thread(None)),
            (0, EventKind::State(ThreadState::Ready)),
            (0, object(GIL, crate::event::GIL, 0)),
            (0, object(LOCK, "lock", 3)),
            (1, thread(Some(ThreadId::MAIN))),
            (1, EventKind::State(ThreadState::Ready)),
        ];
        let mut told = Vec::new();
        for ((thread, kind), ticket) in beginning.into_iter().chain(facts).zip(0..) {
            let (at, thread) = (Nanos(ticket), ThreadId(thread));
            tape.take(Record { ticket, at, thread, place: Place::Unknown, shared: false, kind }, &mut told);
        }
        tape.look_around(&mut told);
        tape.ended().cloned()
    }

    fn blocked(thread: u32, on: ObjectId) -> (u32, EventKind) {
        (thread, EventKind::State(ThreadState::Blocked { on }))
    }

    #[test]
    fn who_waits_for_the_gil_is_not_stuck() {
        let last_breath = vec![blocked(0, GIL), (1, EventKind::State(ThreadState::Finished))];
        assert_eq!(end_after(last_breath), None);
        assert_eq!(end_after(vec![blocked(0, LOCK), blocked(1, LOCK)]), Some(End::Deadlock));
    }

    #[test]
    fn a_time_out_outlasts_the_way_to_the_gil() {
        let wait = Action::Wait { object: LOCK, timeout: Some(Nanos(5)) };
        let waits = |first| {
            let enqueued = EventKind::Did { action: wait.clone(), outcome: Outcome::Enqueued };
            let waiting = EventKind::State(ThreadState::Waiting { on: LOCK });
            let pending = EventKind::Pending(wait.clone());
            vec![blocked(1, LOCK), (0, pending), blocked(0, first), (0, enqueued), (0, waiting)]
        };
        assert_eq!(end_after(waits(GIL)), None);
        let mut notified = waits(GIL);
        notified.push(blocked(0, LOCK));
        assert_eq!(end_after(notified), Some(End::Deadlock), "the lock is waited for without a limit");
    }
}
