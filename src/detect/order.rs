//! Happens-before: which of two things that threads did came first whatever the scheduler does.
//!
//! A thread does one thing after the other. Between threads there is an order only where one passes on to another:
//!
//! ```text
//! passes on                              learns of it
//! start                                  the first thing the thread does
//! the end of a thread                    join; is_alive that says False
//! release, wait                          the next acquire of the lock, or the return from wait
//! release of a semaphore                 every acquire after it
//! notify                                 who is woken by it
//! set of an event                        wait that returns, is_set that says True; clear makes it forgotten
//! coming to a barrier                    everyone who leaves it in the same round
//! put                                    get; and get to put where room is limited
//! task_done                              join of the queue
//! ```
//!
//! Sleeping passes nothing on, nor does printing. Semaphores, events and queues count as if who learns from them learnt
//! from all who came before, also where one of them would have been enough: that hides a race now and then, and never
//! makes one up. The lock of the interpreter itself orders nothing: another run orders it otherwise.
//!
//! The clocks are those of DJIT+ (E. Pozniansky and A. Schuster, "Efficient On-the-Fly Data Race Detection in Multithreaded
//! C++ Programs", 2003): a thread's interval ends when it passes something on.

use super::Facts;
use super::clock::Clock;
use crate::event::{Action, Effect, Event, EventKind, ObjectKind, ObjectState, Outcome, Text};
use crate::ids::{ObjectId, ThreadId};
use rustc_hash::FxHashMap;

/// When the clocks take more than this, order is no longer known. No program that somebody wrote gets there.
const BYTES_MAX: usize = 16 << 20;

/// Of threads beyond this number nothing is known. No program starts so many.
const THREADS_MAX: usize = 100_000;

/// See the module.
#[derive(Clone, Debug, Default)]
pub(super) struct Order {
    threads: Vec<Past>,
    /// What was passed on through objects.
    passed: FxHashMap<(ObjectId, Through), Clock>,
    /// What the clocks take beside themselves.
    clocks_bytes: usize,
    /// How many threads were declared.
    declared: usize,
    /// There was too much to keep track of.
    given_up: bool,
}

/// What a thread knows.
#[derive(Clone, Debug, Default)]
struct Past {
    clock: Clock,
    /// How often it learnt something from others.
    lessons: u32,
    /// How often of these by other means than a lock.
    waits: u32,
}

/// In what way something is passed on through an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Through {
    /// The ordinary way: release to acquire, put to get, set to wait, arrival at a barrier to the one who comes last.
    Given,
    /// From get to put, for queues with a limit; from the one who came last to a barrier to the others.
    Back,
    /// From `task_done` to `join`.
    Done,
}

impl Order {
    /// The number of the interval that the thread is in.
    pub(super) fn now(&self, thread: ThreadId) -> u32 {
        self.threads.get(thread.index()).map_or(0, |past| past.clock.of(thread))
    }

    /// True when what `done_by` did in its interval `then` happened before what `thread` does now.
    pub(super) fn knows(&self, thread: ThreadId, (done_by, then): (ThreadId, u32)) -> bool {
        thread == done_by || self.threads.get(thread.index()).is_none_or(|past| past.clock.of(done_by) >= then)
    }

    /// How often the thread learnt something from others so far.
    pub(super) fn lessons(&self, thread: ThreadId) -> u32 {
        self.threads.get(thread.index()).map_or(0, |past| past.lessons)
    }

    /// How often of these by other means than a lock.
    pub(super) fn waits(&self, thread: ThreadId) -> u32 {
        self.threads.get(thread.index()).map_or(0, |past| past.waits)
    }

    /// False when there was too much to keep track of: nothing may be said then.
    pub(super) const fn is_known(&self) -> bool {
        !self.given_up
    }

    /// About how many bytes a copy takes.
    pub(super) fn weight(&self) -> usize {
        let passed = self.passed.len() * size_of::<((ObjectId, Through), Clock)>();
        self.clocks_bytes + self.threads.len() * size_of::<Past>() + passed
    }

    /// Takes the next event.
    pub(super) fn fold(&mut self, event: &Event, facts: &Facts) {
        if self.given_up {
            return;
        }
        self.declared = facts.threads().len().min(THREADS_MAX);
        match &event.kind {
            EventKind::Thread(info) => {
                if let Some(parent) = info.parent {
                    self.teach(parent, event.thread);
                    self.tick(parent);
                }
            }
            EventKind::Object(info) => {
                if let ObjectState::Queue { capacity: Some(_), .. } = info.state {
                    self.passed.entry((info.id, Through::Back)).or_default();
                }
            }
            EventKind::Did { action, outcome } => self.did(event.thread, action, outcome, facts),
            _ => return,
        }
        if self.weight() > BYTES_MAX {
            *self = Order { given_up: true, ..Order::default() };
        }
    }

    fn did(&mut self, thread: ThreadId, action: &Action, outcome: &Outcome, facts: &Facts) {
        match Effect::of(action, outcome) {
            Effect::Takes(object) => return self.takes(thread, facts.lock_of(object), facts),
            Effect::Resumes(object) => {
                self.count_wait(thread);
                return self.takes(thread, facts.lock_of(object), facts);
            }
            Effect::Gives(object, _) | Effect::Parks(object) => {
                return self.gives(thread, facts.lock_of(object), facts);
            }
            Effect::Nothing => {}
        }
        let went_well = !matches!(outcome, Outcome::Raised(_) | Outcome::Refused | Outcome::TimedOut);
        match action {
            Action::Start { thread: child } if went_well => {
                self.teach(thread, *child);
                self.tick(thread);
            }
            Action::Join { thread: other, .. } if went_well => self.learn_end(thread, *other),
            Action::IsAlive { thread: other } if says(outcome, "False") => self.learn_end(thread, *other),
            Action::Get { object, .. } | Action::Put { object, .. } => self.queue(thread, *object, action, outcome),
            Action::BarrierWait { object, .. } => self.barrier(thread, *object, outcome),
            Action::Notify { .. } | Action::BarrierAbort { .. } | Action::BarrierReset { .. } => {
                self.wake(thread, outcome);
            }
            Action::EventSet { object } => {
                self.pass(thread, *object, Through::Given);
                self.wake(thread, outcome);
            }
            Action::EventClear { object } => self.forget(*object),
            Action::EventWait { object, .. } if went_well && *outcome != Outcome::Enqueued => {
                self.learn(thread, *object, Through::Given);
            }
            Action::Query { object, .. } if is_event(facts, *object) && says(outcome, "True") => {
                self.learn(thread, *object, Through::Given);
            }
            Action::TaskDone { object } if went_well => self.pass(thread, *object, Through::Done),
            Action::QueueJoin { object } if went_well && *outcome != Outcome::Enqueued => {
                self.learn(thread, *object, Through::Done);
            }
            Action::Shutdown { object, .. } => self.pass(thread, *object, Through::Given),
            _ => {}
        }
    }

    fn takes(&mut self, thread: ThreadId, lock: ObjectId, facts: &Facts) {
        match facts.object(lock).map(|object| object.kind) {
            _ if facts.is_gil(lock) => {}
            Some(kind) if kind.is_lock() => self.learn_by_lock(thread, lock, Through::Given),
            _ => self.learn(thread, lock, Through::Given),
        }
    }

    fn gives(&mut self, thread: ThreadId, lock: ObjectId, facts: &Facts) {
        match facts.object(lock).map(|object| object.kind) {
            _ if facts.is_gil(lock) => {}
            // Whoever releases it has learnt what was passed on before, so nothing is lost when it is replaced.
            Some(ObjectKind::Lock | ObjectKind::RLock) => {
                self.pass_on(thread, lock, Through::Given, Clock::copy);
            }
            _ => self.pass(thread, lock, Through::Given),
        }
    }

    fn queue(&mut self, thread: ThreadId, object: ObjectId, action: &Action, outcome: &Outcome) {
        let is_put = matches!(action, Action::Put { .. });
        let (from, to) = if is_put { (Through::Back, Through::Given) } else { (Through::Given, Through::Back) };
        match outcome {
            Outcome::Done | Outcome::Value(_) | Outcome::Woke(_) => {
                self.learn(thread, object, from);
                if is_put || self.passed.contains_key(&(object, Through::Back)) {
                    self.pass(thread, object, to);
                }
            }
            Outcome::Raised(Text::Str(what)) if what.starts_with("ShutDown") => {
                self.learn(thread, object, Through::Given);
            }
            _ => {}
        }
    }

    /// Whoever comes passes on what it knows; the one who comes last learns of it and wakes the others.
    fn barrier(&mut self, thread: ThreadId, object: ObjectId, outcome: &Outcome) {
        match outcome {
            Outcome::Enqueued => self.pass(thread, object, Through::Given),
            Outcome::Woke(_) => {
                self.learn(thread, object, Through::Given);
                self.forget(object);
                self.pass(thread, object, Through::Back);
                self.wake(thread, outcome);
            }
            Outcome::Done | Outcome::Value(_) => self.learn(thread, object, Through::Back),
            _ => {}
        }
    }

    fn wake(&mut self, thread: ThreadId, outcome: &Outcome) {
        let Outcome::Woke(woken) = outcome else { return };
        for other in woken {
            self.teach(thread, *other);
            self.count_wait(*other);
        }
        self.tick(thread);
    }

    fn learn_end(&mut self, thread: ThreadId, other: ThreadId) {
        self.teach(other, thread);
        self.count_wait(thread);
    }

    // ---- what is passed on, and who learns ----

    /// `to` learns what `from` knows.
    fn teach(&mut self, from: ThreadId, to: ThreadId) {
        if from == to || self.past(from).is_none() || self.past(to).is_none() {
            return;
        }
        let clock = std::mem::take(&mut self.threads[from.index()].clock);
        let learner = &mut self.threads[to.index()];
        learner.lessons = learner.lessons.wrapping_add(1);
        self.clocks_bytes += grown(&mut learner.clock, |mine| mine.join(&clock));
        self.threads[from.index()].clock = clock;
    }

    /// The thread passes on what it knows, beside what others have.
    fn pass(&mut self, thread: ThreadId, object: ObjectId, through: Through) {
        self.pass_on(thread, object, through, Clock::join);
    }

    fn pass_on(&mut self, thread: ThreadId, object: ObjectId, through: Through, take: fn(&mut Clock, &Clock)) {
        if self.past(thread).is_none() {
            return;
        }
        let past = &mut self.threads[thread.index()];
        let clock = self.passed.entry((object, through)).or_default();
        self.clocks_bytes += grown(clock, |passed| take(passed, &past.clock));
        past.clock.tick(thread);
    }

    fn learn(&mut self, thread: ThreadId, object: ObjectId, through: Through) {
        self.count_wait(thread);
        self.learn_by_lock(thread, object, through);
    }

    fn learn_by_lock(&mut self, thread: ThreadId, object: ObjectId, through: Through) {
        if self.past(thread).is_none() {
            return;
        }
        let past = &mut self.threads[thread.index()];
        past.lessons = past.lessons.wrapping_add(1);
        if let Some(clock) = self.passed.get(&(object, through)) {
            self.clocks_bytes += grown(&mut past.clock, |mine| mine.join(clock));
        }
    }

    fn forget(&mut self, object: ObjectId) {
        if let Some(clock) = self.passed.get_mut(&(object, Through::Given)) {
            clock.clear();
        }
    }

    fn tick(&mut self, thread: ThreadId) {
        if let Some(past) = self.past(thread) {
            past.clock.tick(thread);
        }
    }

    fn count_wait(&mut self, thread: ThreadId) {
        if let Some(past) = self.past(thread) {
            past.waits = past.waits.wrapping_add(1);
        }
    }

    /// What the thread knows; `None` when there are too many threads.
    fn past(&mut self, thread: ThreadId) -> Option<&mut Past> {
        if thread.index() >= self.declared {
            return None;
        }
        while self.threads.len() <= thread.index() {
            let mut past = Past::default();
            past.clock.tick(ThreadId(u32::try_from(self.threads.len()).unwrap_or(u32::MAX)));
            self.clocks_bytes += past.clock.heap_bytes();
            self.threads.push(past);
        }
        self.threads.get_mut(thread.index())
    }
}

/// Changes a clock; by how many bytes it has grown.
fn grown(clock: &mut Clock, change: impl FnOnce(&mut Clock)) -> usize {
    let before = clock.heap_bytes();
    change(clock);
    clock.heap_bytes() - before
}

fn is_event(facts: &Facts, object: ObjectId) -> bool {
    facts.object(object).is_some_and(|object| object.kind == ObjectKind::Event)
}

fn says(outcome: &Outcome, wanted: &str) -> bool {
    matches!(outcome, Outcome::Value(Text::Str(value)) if ***value == *wanted)
}
