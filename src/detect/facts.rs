//! What several detectors need to know: who holds what, who waits for what.

use super::{Link, Want};
use crate::event::{Action, Effect, Event, EventKind, ObjectInfo, ObjectKind, ObjectState, Outcome, ThreadState};
use crate::ids::{ObjectId, Seq, Step, ThreadId};

/// Threads and objects as far as the events went. Total: events that make no sense are passed over.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    threads: Vec<ThreadFacts>,
    objects: Vec<ObjectFacts>,
}

/// What is known of a thread.
#[derive(Clone, Debug)]
pub struct ThreadFacts {
    pub id: ThreadId,
    pub daemon: bool,
    pub state: ThreadState,
    /// The line on which it stands.
    pub line: u32,
    /// True when its wait ends by itself after some time.
    pub timed: bool,
    progress: Progress,
    /// The locks it holds, in the order in which it acquired them.
    pub holds: Vec<Holding>,
    /// The lock it gave back by `wait`, and how many times it had held it.
    parked: Option<(ObjectId, u32)>,
}

/// How far a thread has come with what it stood before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Progress {
    /// It stands before it.
    Before,
    /// It has begun to wait, perhaps for a time only. (What it says that it stands before is then what comes after that.)
    Begun { timed: bool },
    /// It has done it, and has not said what comes next or that it waits: whatever its state was, it does not wait now.
    Done,
}

/// A lock that a thread holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holding {
    pub lock: ObjectId,
    /// How many times; a lock that `wait` gave back is not held.
    pub depth: u32,
    /// The line on which it was acquired first.
    pub line: u32,
    /// The event, and its step.
    pub seq: Seq,
    pub step: Step,
}

/// What is known of an object.
#[derive(Clone, Copy, Debug)]
pub struct ObjectFacts {
    pub kind: ObjectKind,
    pub owner: Option<ThreadId>,
    /// The lock that a condition uses.
    pub lock: Option<ObjectId>,
    /// It is the lock of the interpreter itself.
    pub gil: bool,
    /// How many threads can have it at a time: one, or as many as a semaphore has places at first.
    pub places: u32,
}

/// No more locks than these are remembered for a thread.
const HOLDS_MAX: usize = 1000;

/// A tape that declares ids further ahead than this is broken; the declaration is passed over instead of filling memory.
const GAP_MAX: usize = 4096;

impl Facts {
    /// All threads, by number.
    #[must_use]
    pub fn threads(&self) -> &[ThreadFacts] {
        &self.threads
    }

    #[must_use]
    pub fn thread(&self, id: ThreadId) -> Option<&ThreadFacts> {
        self.threads.get(id.index())
    }

    #[must_use]
    pub fn object(&self, id: ObjectId) -> Option<&ObjectFacts> {
        self.objects.get(id.index())
    }

    /// The lock itself, also when it is named by a condition that uses it.
    #[must_use]
    pub fn lock_of(&self, object: ObjectId) -> ObjectId {
        self.object(object).and_then(|facts| facts.lock).unwrap_or(object)
    }

    /// True for the lock of the interpreter itself. Its operations are none of the program's, and whoever holds it gives
    /// it up before it waits for anything else.
    #[must_use]
    pub fn is_gil(&self, object: ObjectId) -> bool {
        self.object(object).is_some_and(|facts| facts.gil)
    }

    /// True when the thread lives and waits for nothing but the GIL.
    #[must_use]
    pub fn is_busy(&self, thread: ThreadId) -> bool {
        let Some(facts) = self.thread(thread) else { return false };
        match facts.state {
            ThreadState::New => false,
            ThreadState::Blocked { on } if self.is_gil(on) => true,
            state => !state.is_over() && (facts.progress == Progress::Done || !state.is_held_up()),
        }
    }

    /// What the thread waits for, if it is held up and its wait does not end by itself.
    #[must_use]
    pub fn wait(&self, thread: ThreadId) -> Option<Link> {
        let (wants, held_by) = self.waits_for(thread)?;
        let held_since = match wants {
            Want::Object(on) => held_by.map_or(0, |holder| self.line_of_holding(holder, self.lock_of(on))),
            Want::End(_) => 0,
        };
        Some(Link { thread, wants, line: self.thread(thread)?.line, held_by, held_since })
    }

    /// The same, only what it wants and who has to do something first: this takes the same time whatever threads hold.
    pub(super) fn waits_for(&self, thread: ThreadId) -> Option<(Want, Option<ThreadId>)> {
        let facts = self.thread(thread)?;
        if facts.timed || facts.progress == Progress::Done {
            return None;
        }
        match facts.state {
            ThreadState::Blocked { on } if self.is_gil(on) => None,
            ThreadState::Waiting { .. } if facts.progress == (Progress::Begun { timed: true }) => None,
            ThreadState::Blocked { on } => {
                Some((Want::Object(on), self.object(self.lock_of(on)).and_then(|o| o.owner)))
            }
            ThreadState::Waiting { on } => Some((Want::Object(on), None)),
            ThreadState::Joining { thread } => Some((Want::End(thread), Some(thread))),
            _ => None,
        }
    }

    /// True when the thread goes on waiting for what it waited for already, although not with the same patience: after a
    /// time-out it wants the same again, and its state does not change. Who only tries does not wait.
    pub(super) fn waits_on(&self, thread: ThreadId, pending: &Action) -> bool {
        match (self.thread(thread).map(|facts| facts.state), pending) {
            (Some(ThreadState::Blocked { on }), Action::Acquire { object, blocking, .. }) => {
                *blocking && on == self.lock_of(*object)
            }
            (Some(ThreadState::Joining { thread }), Action::Join { thread: joined, .. }) => thread == *joined,
            _ => false,
        }
    }

    fn line_of_holding(&self, holder: ThreadId, lock: ObjectId) -> u32 {
        let holds = self.thread(holder).map_or(&[][..], |facts| &facts.holds);
        holds.iter().find(|holding| holding.lock == lock).map_or(0, |holding| holding.line)
    }

    /// Takes the next event.
    pub(super) fn fold(&mut self, event: &Event) {
        match &event.kind {
            EventKind::Thread(info) => self.declare_thread(event.thread, info.daemon),
            EventKind::Object(info) => self.declare_object(info, event),
            EventKind::Did { action, outcome } => {
                self.stand(event);
                self.did(event.thread, action, outcome);
                self.effect(event, Effect::of(action, outcome));
            }
            EventKind::Pending(action) => {
                self.stand(event);
                if let Some(thread) = self.threads.get_mut(event.thread.index()) {
                    thread.timed = action.timeout().is_some();
                    thread.goes_on();
                }
            }
            EventKind::State(state) => {
                self.stand(event);
                if let Some(thread) = self.threads.get_mut(event.thread.index()) {
                    thread.state = *state;
                    thread.goes_on();
                }
            }
            EventKind::Named { .. } | EventKind::Renamed { .. } | EventKind::Value { .. } | EventKind::Ended(_) => {}
            EventKind::Traceback(_) => self.stand(event),
        }
    }

    /// What a thread stood before it has done, unless that has only begun.
    fn did(&mut self, thread: ThreadId, action: &Action, outcome: &Outcome) {
        if action.object().is_some_and(|object| self.is_gil(object)) {
            return;
        }
        let Some(thread) = self.threads.get_mut(thread.index()) else { return };
        if *outcome == Outcome::Enqueued {
            thread.progress = Progress::Begun { timed: action.timeout().is_some() };
        } else {
            thread.timed = false;
            thread.progress = Progress::Done;
        }
    }

    fn stand(&mut self, event: &Event) {
        if let Some(thread) = self.threads.get_mut(event.thread.index())
            && event.line != 0
        {
            thread.line = event.line;
        }
    }

    fn declare_thread(&mut self, id: ThreadId, daemon: bool) {
        if id.index() > self.threads.len() + GAP_MAX {
            return;
        }
        while self.threads.len() <= id.index() {
            let next = ThreadId(u32::try_from(self.threads.len()).unwrap_or(u32::MAX));
            self.threads.push(ThreadFacts::new(next));
        }
        self.threads[id.index()].daemon = daemon;
    }

    fn declare_object(&mut self, info: &ObjectInfo, event: &Event) {
        if info.id.index() > self.objects.len() + GAP_MAX {
            return;
        }
        let unknown = ObjectFacts { kind: ObjectKind::Variable, owner: None, lock: None, gil: false, places: 1 };
        while self.objects.len() <= info.id.index() {
            self.objects.push(unknown);
        }
        let (owner, lock) = match info.state {
            ObjectState::Lock { owner, .. } => (owner, None),
            ObjectState::Condition { lock } => (None, Some(lock)),
            _ => (None, None),
        };
        let places = match info.state {
            ObjectState::Semaphore { value, .. } => u32::try_from(value.max(0)).unwrap_or(u32::MAX),
            _ => 1,
        };
        let gil = info.kind.is_gil(&info.name, info.line);
        self.objects[info.id.index()] = ObjectFacts { kind: info.kind, owner, lock, gil, places };
        // A real lock may have been taken before anybody looked.
        if let (Some(owner), ObjectState::Lock { depth, .. }) = (owner, &info.state)
            && let Some(thread) = self.threads.get_mut(owner.index())
            && thread.holds.len() < HOLDS_MAX
            && thread.holds.iter().all(|holding| holding.lock != info.id)
        {
            let (seq, step) = (event.seq, event.step);
            thread.holds.push(Holding { lock: info.id, depth: (*depth).max(1), line: 0, seq, step });
        }
    }

    fn effect(&mut self, event: &Event, effect: Effect) {
        match effect {
            Effect::Takes(object) => self.take(event, self.lock_of(object)),
            Effect::Resumes(object) => self.resume(event, self.lock_of(object)),
            Effect::Gives(object, count) => self.give(event.thread, self.lock_of(object), count),
            Effect::Parks(object) => self.park(event.thread, self.lock_of(object)),
            Effect::Nothing => {}
        }
    }

    fn is_lock(&self, object: ObjectId) -> bool {
        self.object(object).is_some_and(|facts| facts.kind.is_lock())
    }

    fn set_owner(&mut self, lock: ObjectId, owner: Option<ThreadId>) {
        if let Some(object) = self.objects.get_mut(lock.index()) {
            object.owner = owner;
        }
    }

    fn take(&mut self, event: &Event, lock: ObjectId) {
        if !self.is_lock(lock) {
            return;
        }
        self.set_owner(lock, Some(event.thread));
        let Some(thread) = self.threads.get_mut(event.thread.index()) else { return };
        let room = thread.holds.len() < HOLDS_MAX;
        match thread.holds.iter_mut().find(|holding| holding.lock == lock) {
            Some(holding) => holding.depth = holding.depth.saturating_add(1),
            None if room => {
                let (seq, step) = (event.seq, event.step);
                thread.holds.push(Holding { lock, depth: 1, line: event.line, seq, step });
            }
            None => {}
        }
    }

    /// A read-write lock is given back by who holds it; one of the others who do stands for all as its owner then.
    fn give(&mut self, giver: ThreadId, lock: ObjectId, count: u32) {
        let Some(object) = self.object(lock) else { return };
        let shared = object.kind == ObjectKind::RwLock;
        let Some(owner) = object.owner.map(|owner| if shared { giver } else { owner }) else { return };
        let Some(thread) = self.threads.get_mut(owner.index()) else { return };
        let Some(place) = thread.holds.iter().position(|holding| holding.lock == lock) else { return };
        let holding = &mut thread.holds[place];
        holding.depth = holding.depth.saturating_sub(count);
        if holding.depth == 0 {
            thread.holds.remove(place);
            let holds = |thread: &&ThreadFacts| thread.holds.iter().any(|holding| holding.lock == lock);
            let other = if shared { self.threads.iter().find(holds).map(|thread| thread.id) } else { None };
            self.set_owner(lock, other);
        }
    }

    /// `wait` gives the lock back; how often it was held is kept for the moment when it is taken again.
    fn park(&mut self, thread: ThreadId, lock: ObjectId) {
        let Some(facts) = self.threads.get_mut(thread.index()) else { return };
        let depth = facts.holds.iter().find(|holding| holding.lock == lock).map_or(1, |holding| holding.depth);
        facts.parked = Some((lock, depth));
        self.give(thread, lock, u32::MAX);
    }

    fn resume(&mut self, event: &Event, lock: ObjectId) {
        self.take(event, lock);
        let Some(facts) = self.threads.get_mut(event.thread.index()) else { return };
        let Some((parked, depth)) = facts.parked.take() else { return };
        if let Some(holding) = facts.holds.iter_mut().find(|holding| holding.lock == lock && parked == lock) {
            holding.depth = depth;
        }
    }
}

impl ThreadFacts {
    fn new(id: ThreadId) -> ThreadFacts {
        ThreadFacts {
            id,
            daemon: false,
            state: ThreadState::New,
            line: 0,
            timed: false,
            progress: Progress::Before,
            holds: Vec::new(),
            parked: None,
        }
    }

    /// It has said what comes next.
    fn goes_on(&mut self) {
        if self.progress == Progress::Done {
            self.progress = Progress::Before;
        }
    }
}
