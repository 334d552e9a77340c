//! Tapes for tests: those of a tiny world that plays by the rules, and garbage.

use crate::event::{
    Action, Choice, End, Event, EventKind, ObjectInfo, ObjectKind, ObjectState, Outcome, Text, ThreadInfo, ThreadState,
};
use crate::ids::{Nanos, ObjectId, Seq, Step, ThreadId};
use proptest::prelude::*;
use std::sync::Arc;

/// Two locks (0, 1), a semaphore of two places (2), and a variable (3).
const LOCKS: u32 = 2;
const SEMAPHORE: ObjectId = ObjectId(2);
const VARIABLE: ObjectId = ObjectId(3);

#[derive(Clone, Debug)]
struct Thread {
    state: ThreadState,
    holds: Vec<ObjectId>,
    wants: Option<ObjectId>,
}

/// Threads that take and give locks, store, and print, in an order drawn from a seed.
#[derive(Clone, Debug)]
pub(super) struct World {
    pub(super) events: Vec<Event>,
    pub(super) choices: Vec<Choice>,
    threads: Vec<Thread>,
    places: i64,
    step: u32,
    random: u64,
    /// The world after each step, to go back to.
    past: Vec<(usize, Vec<Thread>, i64)>,
}

impl World {
    /// The main thread and this many more, all of them ready.
    pub(super) fn new(threads: u32, seed: u64) -> World {
        let ready = Thread { state: ThreadState::Ready, holds: Vec::new(), wants: None };
        let mut world = World {
            events: Vec::new(),
            choices: Vec::new(),
            threads: vec![ready; threads as usize + 1],
            places: 2,
            step: 0,
            random: seed,
            past: Vec::new(),
        };
        for id in (0..=threads).map(ThreadId) {
            let info = ThreadInfo { name: id.letter().into(), daemon: false, parent: None };
            world.emit(id, EventKind::Thread(Arc::new(info)));
            world.emit(id, EventKind::State(ThreadState::Ready));
        }
        let lock = ObjectState::Lock { owner: None, depth: 0 };
        world.declare(ObjectId(0), ObjectKind::Lock, lock.clone());
        world.declare(ObjectId(1), ObjectKind::Lock, lock);
        world.declare(SEMAPHORE, ObjectKind::Semaphore, ObjectState::Semaphore { value: 2, bound: None });
        world.declare(VARIABLE, ObjectKind::Variable, ObjectState::Data(None));
        world.remember();
        world
    }

    fn declare(&mut self, id: ObjectId, kind: ObjectKind, state: ObjectState) {
        let info = ObjectInfo { id, kind, name: format!("thing{}", id.0).into(), line: id.0, state };
        self.emit(ThreadId::MAIN, EventKind::Object(Arc::new(info)));
    }

    fn emit(&mut self, thread: ThreadId, kind: EventKind) {
        let seq = Seq(u32::try_from(self.events.len()).unwrap());
        let (step, at) = (Step(self.step), Nanos(u64::from(self.step) * 10_000));
        self.events.push(Event { seq, step, at, thread, line: 1 + thread.0 % 7, kind });
    }

    fn remember(&mut self) {
        self.past.push((self.events.len(), self.threads.clone(), self.places));
    }

    pub(super) fn reseed(&mut self, seed: u64) {
        self.random = seed;
    }

    pub(super) fn go_back(&mut self, to: Step) {
        if to.0 >= self.step {
            return;
        }
        self.past.truncate(to.0 as usize + 1);
        let (events, threads, places) = self.past.last().unwrap().clone();
        self.events.truncate(events);
        self.choices.truncate(to.0 as usize);
        (self.threads, self.places, self.step) = (threads, places, to.0);
    }

    fn below(&mut self, limit: usize) -> usize {
        self.random = self.random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.random >> 33).unwrap() % limit
    }

    /// Up to this many steps.
    pub(super) fn run(&mut self, steps: u32) {
        for _ in 0..steps {
            let ready: Vec<u32> = (0u32..)
                .zip(&self.threads)
                .filter(|(_, thread)| thread.state == ThreadState::Ready)
                .map(|(id, _)| id)
                .collect();
            if ready.is_empty() {
                return;
            }
            let thread = ThreadId(ready[self.below(ready.len())]);
            self.step(thread);
        }
    }

    pub(super) fn print(&mut self, thread: ThreadId, text: Text) {
        self.begin(thread);
        self.did(thread, Action::Print { text }, Outcome::Done);
        self.remember();
    }

    fn begin(&mut self, thread: ThreadId) {
        self.step += 1;
        self.choices.push(Choice::go(thread));
    }

    fn did(&mut self, thread: ThreadId, action: Action, outcome: Outcome) {
        self.emit(thread, EventKind::Did { action, outcome });
    }

    fn step(&mut self, thread: ThreadId) {
        self.begin(thread);
        if let Some(object) = self.threads[thread.index()].wants.take() {
            self.acquire(thread, object);
        } else {
            match self.below(6) {
                0 => self.did(thread, Action::Print { text: Text::Int(i64::from(self.step)) }, Outcome::Done),
                1 => self.did(
                    thread,
                    Action::Write { object: VARIABLE, key: None, value: Text::Int(i64::from(self.step)) },
                    Outcome::Done,
                ),
                2 | 3 if !self.threads[thread.index()].holds.is_empty() => self.release(thread),
                _ => self.did(thread, Action::Now, Outcome::Value(Text::Int(3))),
            }
        }
        self.next(thread);
        self.settle();
        self.remember();
    }

    fn acquire(&mut self, thread: ThreadId, object: ObjectId) {
        if object == SEMAPHORE {
            self.places -= 1;
        }
        self.threads[thread.index()].holds.push(object);
        self.did(thread, Action::Acquire { object, blocking: true, timeout: None }, Outcome::Done);
    }

    fn release(&mut self, thread: ThreadId) {
        let held = self.threads[thread.index()].holds.len();
        let place = self.below(held);
        let object = self.threads[thread.index()].holds.remove(place);
        if object == SEMAPHORE {
            self.places += 1;
        }
        self.did(thread, Action::Release { object, count: 1 }, Outcome::Done);
    }

    /// Perhaps the thread wants a lock next.
    fn next(&mut self, thread: ThreadId) {
        let object = ObjectId(u32::try_from(self.below(LOCKS as usize + 4)).unwrap());
        // Locks are taken in order, so that the world does not come to a standstill.
        let in_order = self.threads[thread.index()].holds.iter().all(|held| *held < object);
        if object <= SEMAPHORE && in_order {
            self.threads[thread.index()].wants = Some(object);
            self.emit(thread, EventKind::Pending(Action::Acquire { object, blocking: true, timeout: None }));
        } else {
            self.emit(thread, EventKind::Pending(Action::Now));
        }
    }

    /// Tells the state of every thread whose state changed.
    fn settle(&mut self) {
        for id in (0u32..self.threads.len().try_into().unwrap()).map(ThreadId) {
            let thread = &self.threads[id.index()];
            let state = match thread.wants {
                Some(on) if !self.is_free(on) => ThreadState::Blocked { on },
                _ => ThreadState::Ready,
            };
            if state != thread.state {
                self.threads[id.index()].state = state;
                self.emit(id, EventKind::State(state));
            }
        }
    }

    fn is_free(&self, object: ObjectId) -> bool {
        if object == SEMAPHORE {
            return self.places > 0;
        }
        !self.threads.iter().any(|thread| thread.holds.contains(&object))
    }
}

/// An id that may or may not exist, and may be absurd.
fn id() -> impl Strategy<Value = u32> {
    prop_oneof![8 => 0u32..6, 1 => 4000u32..5000, 1 => Just(u32::MAX)]
}

fn object() -> impl Strategy<Value = ObjectId> {
    id().prop_map(ObjectId)
}

fn text() -> impl Strategy<Value = Text> {
    prop_oneof![any::<i64>().prop_map(Text::Int), "[(\\[a-z汉\n,\\. 0-9]{0,8}".prop_map(Text::from)]
}

fn state() -> impl Strategy<Value = ThreadState> {
    prop_oneof![
        Just(ThreadState::New),
        Just(ThreadState::Ready),
        object().prop_map(|on| ThreadState::Blocked { on }),
        object().prop_map(|on| ThreadState::Waiting { on }),
        id().prop_map(|thread| ThreadState::Joining { thread: ThreadId(thread) }),
        Just(ThreadState::Finished),
        Just(ThreadState::Failed),
        Just(ThreadState::Reading),
    ]
}

fn action() -> impl Strategy<Value = Action> {
    let key = || prop::option::of(text());
    prop_oneof![
        (object(), key()).prop_map(|(object, key)| Action::Read { object, key }),
        (object(), key(), text()).prop_map(|(object, key, value)| Action::Write { object, key, value }),
        (object(), text()).prop_map(|(object, call)| Action::Call {
            object,
            access: crate::event::Access::Write,
            call
        }),
        object().prop_map(|object| Action::Acquire { object, blocking: true, timeout: None }),
        (object(), 0u32..9).prop_map(|(object, count)| Action::Release { object, count }),
        object().prop_map(|object| Action::Wait { object, timeout: None }),
        object().prop_map(|object| Action::Reacquire { object }),
        object().prop_map(|object| Action::BarrierWait { object, timeout: None }),
        (object(), text()).prop_map(|(object, item)| Action::Put { object, item, blocking: true, timeout: None }),
        object().prop_map(|object| Action::Get { object, blocking: true, timeout: None }),
        object().prop_map(|object| Action::TaskDone { object }),
        (object(), any::<bool>()).prop_map(|(object, immediate)| Action::Shutdown { object, immediate }),
        text().prop_map(|text| Action::Print { text }),
    ]
}

fn outcome() -> impl Strategy<Value = Outcome> {
    prop_oneof![
        4 => Just(Outcome::Done),
        1 => text().prop_map(Outcome::Value),
        1 => Just(Outcome::Refused),
        1 => Just(Outcome::TimedOut),
        1 => Just(Outcome::Enqueued),
        1 => text().prop_map(Outcome::Raised),
    ]
}

fn declaration() -> impl Strategy<Value = EventKind> {
    let states = prop_oneof![
        prop::option::of(id().prop_map(ThreadId))
            .prop_map(|owner| (ObjectKind::RLock, ObjectState::Lock { owner, depth: 0 })),
        object().prop_map(|lock| (ObjectKind::Condition, ObjectState::Condition { lock })),
        any::<i64>().prop_map(|value| (ObjectKind::Semaphore, ObjectState::Semaphore { value, bound: None })),
        Just((ObjectKind::Barrier, ObjectState::Barrier { parties: 2, broken: false })),
        Just((
            ObjectKind::PriorityQueue,
            ObjectState::Queue { items: Arc::default(), capacity: None, unfinished: 0, closed: false }
        )),
        Just((ObjectKind::Instance, ObjectState::Fields(Arc::from([(Text::from(".n"), Text::Int(1))])))),
        Just((ObjectKind::List, ObjectState::Data(None))),
    ];
    (object(), states).prop_map(|(id, (kind, state))| {
        EventKind::Object(Arc::new(ObjectInfo { id, kind, name: "x".into(), line: 0, state }))
    })
}

/// An event that says anything at all.
pub(super) fn garbage() -> impl Strategy<Value = Event> {
    let kind = prop_oneof![
        1 => Just(EventKind::Thread(Arc::new(ThreadInfo { name: "T".into(), daemon: true, parent: Some(ThreadId(9)) }))),
        2 => declaration(),
        1 => object().prop_map(|object| EventKind::Named { object, name: "y".into() }),
        4 => (action(), outcome()).prop_map(|(action, outcome)| EventKind::Did { action, outcome }),
        1 => (object(), text()).prop_map(|(object, value)| EventKind::Value { object, value }),
        2 => action().prop_map(EventKind::Pending),
        3 => state().prop_map(EventKind::State),
        1 => Just(EventKind::Traceback("".into())),
        1 => Just(EventKind::Ended(End::Deadlock)),
    ];
    (any::<u32>(), prop_oneof![0u32..20, any::<u32>()], any::<u64>(), id(), any::<u32>(), kind).prop_map(
        |(seq, step, at, thread, line, kind)| Event {
            seq: Seq(seq),
            step: Step(step),
            at: Nanos(at),
            thread: ThreadId(thread),
            line,
            kind,
        },
    )
}
