//! Why a live run is legal: the schedule with which the simulator makes the same steps.
//!
//! Each operation on a live tape is one choice. Two things have to be translated.
//!
//! **How it went.** Where an operation can go more than one way, what came of it says which: a wait that was given up is
//! the `!timeout`, a wait that ended although nobody notified is the `!spurious`. Taking a condition's lock again after
//! a time-out is an ordinary step, although it comes out as timed out.
//!
//! **Who it was.** Threads are numbered in order of creation, and what creates them is code between two operations. In
//! the simulator that code is part of a step; really it may run while others are already further, and the numbers come
//! out otherwise:
//!
//! | tape | created there | number on the tape | number in the simulator |
//! |---|---|---|---|
//! | step 7: A releases a lock | | | |
//! | step 8: B reads a variable | | | |
//! | | by B: X | 5 | 6 |
//! | | by A: Y | 6 | 5: it belongs to step 7 |
//!
//! So a thread is known by its [`Birth`]: the last step of its creator before it, and in that step whether the creator
//! had made it or had been started by it (the simulator runs a started thread up to its first operation within the
//! step that starts it, after the one who starts it).

use crate::event::{Action, Alternative, Choice, Event, EventKind, Outcome, Schedule, Text};
use crate::ids::{Nanos, ObjectId, ThreadId};
use std::collections::BTreeMap;

/// Reads a live tape from the first event on and knows the schedule so far. It keeps the schedule, which is small, and a
/// few words for each thread.
#[derive(Clone, Debug, Default)]
pub struct Transcript {
    /// With the numbers of the tape.
    schedule: Schedule,
    /// What each thread did last.
    parts: BTreeMap<ThreadId, Part>,
    /// Every thread but the main one.
    births: BTreeMap<ThreadId, Birth>,
    /// The births in order, with the thread.
    order: Vec<(Birth, ThreadId)>,
    /// The lock whose operations are no steps.
    gil: Option<ObjectId>,
}

/// A part of a step: the code that runs between two operations of a thread.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Part {
    step: u64,
    /// False: the thread that made the step goes on. True: the thread that it started begins.
    begins: bool,
}

/// When a thread was created.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Birth {
    part: Part,
    /// How many were created before it on the tape.
    place: u32,
}

impl Transcript {
    /// Of a tape without events.
    #[must_use]
    pub fn new() -> Transcript {
        Transcript::default()
    }

    /// Reads the next event of the tape. When it was a step: the choice, with the number that the thread has on the
    /// tape, and the moment that [`World::apply_at`](crate::kernel::sim::World::apply_at) wants.
    pub fn take(&mut self, event: &Event) -> Option<(Choice, Nanos)> {
        match &event.kind {
            EventKind::Thread(info) => self.born(event.thread, info.parent),
            EventKind::Object(info) if info.kind.is_gil(&info.name, info.line) => self.gil = self.gil.or(Some(info.id)),
            EventKind::Did { action, outcome } if self.gil.is_none() || action.object() != self.gil => {
                let choice = Choice { thread: event.thread, alternative: alternative(action, outcome) };
                self.schedule.push(choice);
                let step = self.schedule.len();
                self.parts.insert(event.thread, Part { step, begins: false });
                if let (Action::Start { thread }, Outcome::Done) = (action, outcome) {
                    self.parts.insert(*thread, Part { step, begins: true });
                }
                return Some((choice, moment(event.at, action, outcome)));
            }
            _ => {}
        }
        None
    }

    /// The schedule so far, with the numbers that the threads have in the simulator.
    ///
    /// It is final when every thread stands before an operation. A thread that has not come that far may still create
    /// threads that come before others on the tape.
    #[must_use]
    pub fn schedule(&self) -> Schedule {
        if self.order.is_sorted_by_key(|(_, thread)| *thread) {
            return self.schedule.clone();
        }
        let numbers: BTreeMap<ThreadId, ThreadId> =
            self.order.iter().zip(1u32..).map(|((_, thread), number)| (*thread, ThreadId(number))).collect();
        self.schedule.renumbered(|thread| numbers.get(&thread).copied().unwrap_or(thread))
    }

    /// The number that a thread of the tape has in the simulator.
    #[must_use]
    pub fn number(&self, thread: ThreadId) -> ThreadId {
        let place = self.births.get(&thread).map(|birth| self.order.partition_point(|(other, _)| other < birth));
        place.and_then(|place| u32::try_from(place + 1).ok()).map_or(thread, ThreadId)
    }

    /// The lock of the interpreter, when it is on the tape.
    pub(super) fn gil(&self) -> Option<ObjectId> {
        self.gil
    }

    /// A thread was created. (It is declared again when it becomes a daemon.)
    fn born(&mut self, thread: ThreadId, parent: Option<ThreadId>) {
        let Some(parent) = parent else { return };
        if self.births.contains_key(&thread) {
            return;
        }
        let part = self.parts.get(&parent).copied().unwrap_or_default();
        let birth = Birth { part, place: u32::try_from(self.order.len()).unwrap_or(u32::MAX) };
        self.births.insert(thread, birth);
        let place = self.order.partition_point(|(other, _)| *other < birth);
        self.order.insert(place, (birth, thread));
    }
}

/// In which way the operation went.
pub(crate) const fn alternative(action: &Action, outcome: &Outcome) -> Alternative {
    match (action, outcome) {
        (Action::Reacquire { .. }, _) => Alternative::Go,
        (_, Outcome::TimedOut) => Alternative::Timeout,
        (Action::Wait { .. }, Outcome::Done) => Alternative::Spurious,
        _ => Alternative::Go,
    }
}

/// When the operation was performed: a thread that asked for the time knows best.
fn moment(at: Nanos, action: &Action, outcome: &Outcome) -> Nanos {
    match (action, outcome) {
        (Action::Now, Outcome::Value(Text::Int(now))) => u64::try_from(*now).map_or(at, Nanos),
        _ => at,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::{GIL, ObjectInfo, ObjectKind, ObjectState, ThreadInfo, ThreadState};
    use crate::ids::{Seq, Step};
    use std::sync::Arc;

    const M: u32 = 0;
    const A: u32 = 1;
    const B: u32 = 2;
    const LOCK: ObjectId = ObjectId(4);

    fn event(thread: u32, kind: EventKind) -> Event {
        Event { seq: Seq(0), step: Step(0), at: Nanos(77), thread: ThreadId(thread), line: 1, kind }
    }

    fn did(thread: u32, action: Action, outcome: Outcome) -> Event {
        event(thread, EventKind::Did { action, outcome })
    }

    fn now(thread: u32) -> Event {
        did(thread, Action::Now, Outcome::Done)
    }

    fn start(thread: u32, started: u32) -> Event {
        did(thread, Action::Start { thread: ThreadId(started) }, Outcome::Done)
    }

    fn created(thread: u32, parent: u32) -> Event {
        let info = ThreadInfo { name: "thread".into(), daemon: false, parent: Some(ThreadId(parent)) };
        event(thread, EventKind::Thread(Arc::new(info)))
    }

    fn lock(id: ObjectId, name: &str, line: u32) -> Event {
        let state = ObjectState::Lock { owner: None, depth: 0 };
        event(M, EventKind::Object(Arc::new(ObjectInfo { id, kind: ObjectKind::Lock, name: name.into(), line, state })))
    }

    fn acquire(thread: u32, object: ObjectId, outcome: Outcome) -> Event {
        did(thread, Action::Acquire { object, blocking: true, timeout: Some(Nanos(5)) }, outcome)
    }

    fn read(tape: &[Event]) -> Transcript {
        let mut transcript = Transcript::new();
        let main = ThreadInfo { name: "MainThread".into(), daemon: false, parent: None };
        transcript.take(&event(M, EventKind::Thread(Arc::new(main))));
        for event in tape {
            transcript.take(event);
        }
        transcript
    }

    fn schedule(tape: &[Event]) -> String {
        read(tape).schedule().to_string()
    }

    #[test]
    fn each_operation_is_a_choice_and_nothing_else_is() {
        let tape = [
            now(M),
            created(A, M),
            event(M, EventKind::Pending(Action::Start { thread: ThreadId(A) })),
            start(M, A),
            event(A, EventKind::Pending(Action::Now)),
            event(A, EventKind::State(ThreadState::Ready)),
            now(A),
            now(A),
            now(M),
        ];
        assert_eq!(schedule(&tape), "v1/M2.A2.M1");
        let mut transcript = Transcript::new();
        assert_eq!(transcript.take(&tape[0]), Some((Choice::go(ThreadId::MAIN), Nanos(77))));
        assert_eq!(transcript.take(&tape[1]), None);
        let asked = did(M, Action::Now, Outcome::Value(Text::Int(71)));
        assert_eq!(transcript.take(&asked).map(|step| step.1), Some(Nanos(71)));
    }

    #[test]
    fn what_came_of_it_says_which_way_it_went() {
        let on = LOCK;
        let wait = |outcome| did(A, Action::Wait { object: on, timeout: None }, outcome);
        let reacquire = |outcome| did(A, Action::Reacquire { object: on }, outcome);
        let tape = [
            acquire(A, on, Outcome::TimedOut),
            acquire(A, on, Outcome::Done),
            wait(Outcome::Enqueued),
            wait(Outcome::TimedOut),
            reacquire(Outcome::TimedOut),
            wait(Outcome::Enqueued),
            wait(Outcome::Done),
            reacquire(Outcome::Done),
            did(A, Action::Get { object: on, blocking: false, timeout: None }, Outcome::Raised("Empty".into())),
            did(A, Action::Join { thread: ThreadId::MAIN, timeout: Some(Nanos(1)) }, Outcome::TimedOut),
            did(A, Action::BarrierWait { object: on, timeout: Some(Nanos(1)) }, Outcome::TimedOut),
        ];
        assert_eq!(
            schedule(&tape),
            "v1/A!timeout.A2.A!timeout.A2.A!spurious.A2.A!timeout.A!timeout",
            "the refusal is an ordinary step"
        );
    }

    #[test]
    fn the_interpreters_lock_is_no_step() {
        let gil = ObjectId(9);
        let tape = [
            lock(gil, GIL, 0),
            lock(LOCK, GIL, 3),
            acquire(M, gil, Outcome::Done),
            acquire(M, LOCK, Outcome::Done),
            did(M, Action::Release { object: gil, count: 1 }, Outcome::Done),
            did(M, Action::Release { object: LOCK, count: 1 }, Outcome::Done),
        ];
        assert_eq!(schedule(&tape), "v1/M2");
    }

    /// A and B create two threads each; B, whose step was later, is quicker.
    #[test]
    fn threads_created_in_crossed_order_get_the_numbers_of_the_simulator() {
        let tape = [
            created(A, M),
            created(B, M),
            start(M, A),
            start(M, B),
            now(A),
            now(B),
            created(3, B),
            created(4, A),
            created(5, B),
            created(6, A),
            start(B, 3),
            now(3),
            start(A, 4),
            start(A, 6),
            now(6),
            now(4),
        ];
        let transcript = read(&tape);
        let numbers: Vec<u32> = (0..=6).map(|thread| transcript.number(ThreadId(thread)).0).collect();
        assert_eq!(numbers, [0, 1, 2, 5, 3, 6, 4]);
        assert_eq!(transcript.schedule().to_string(), "v1/M2.A1.B2.E1.A2.D1.C1");
    }

    /// What a thread creates before its first operation belongs to the step that started it, after what the one who
    /// started it creates there.
    #[test]
    fn what_a_thread_creates_at_its_beginning_belongs_to_its_start() {
        let tape = [
            created(A, M),
            start(M, A),
            created(2, A),
            created(3, M),
            start(M, 3),
            created(4, 3),
            created(5, A),
            created(6, M),
            now(A),
            created(7, A),
        ];
        let transcript = read(&tape);
        let numbers: Vec<u32> = (0..=7).map(|thread| transcript.number(ThreadId(thread)).0).collect();
        // In the step of the first start: M creates 3, A creates 2 and 5. In that of the second: M creates 6, 3 creates 4.
        assert_eq!(numbers, [0, 1, 3, 2, 6, 4, 5, 7]);
    }

    #[test]
    fn a_second_declaration_changes_nothing_and_a_failed_start_begins_nobody() {
        let tape = [
            created(A, M),
            created(B, M),
            created(A, M),
            did(
                M,
                Action::Start { thread: ThreadId(B) },
                Outcome::Raised("RuntimeError: can't start new thread".into()),
            ),
            start(M, A),
            now(A),
        ];
        assert_eq!(schedule(&tape), "v1/M2.A1");
    }

    #[test]
    fn a_long_tape_takes_little_room() {
        let mut transcript = Transcript::new();
        for _ in 0..100_000 {
            transcript.take(&now(A));
        }
        assert_eq!(transcript.schedule().runs().count(), 1);
        assert_eq!((transcript.parts.len(), transcript.order.len()), (1, 0));
    }
}
