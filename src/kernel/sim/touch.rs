//! What a step touches, object by object: finer than its [footprint](super::footprint), and only what others can touch
//! too. Reduction is built on it.
//!
//! | operation | touches |
//! |---|---|
//! | memory | its place; what it reads inside its operands |
//! | acquire, release a lock | the lock |
//! | acquire with a time-out or without waiting | the lock, like a write: it can always go on |
//! | acquire, release a semaphore | the semaphore; if nothing bounds it, taking and giving commute |
//! | wait, notify | the condition, and its lock |
//! | put, get | the queue; at its two ends they commute |
//! | questions | the object, reading |
//! | start; join, `is_alive` | that thread |
//! | print, input, random | the output, the input, the generator |
//! | `enumerate`, `active_count`, the clock | everything |
//!
//! What the step goes on to do is added once it was made ([`World::touched`]).

use super::task::Stage;
use super::world::{Status, World};
use crate::event::{End, ThreadState};
use crate::ids::{ObjectId, ThreadId};
use crate::kernel::body::Primitive;
use crate::kernel::render::Locks;
use crate::lang::GlobalId;
use crate::vm::{Op, Patience, QueueOrder, Reach, Spot};
use rustc_hash::FxHasher;
use smallvec::SmallVec;
use std::hash::{Hash, Hasher};

/// Something that steps of two threads can touch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Thing {
    Global(u32),
    /// An object of the base, by its slot: a container, an instance, a captured variable, a primitive.
    Object(u32),
    /// Whatever is shared and newer than the base.
    Newer,
    Thread(u32),
    /// The numbers that new threads are given.
    Threads,
    Random,
    Input,
    Output,
    Everything,
}

/// How it is touched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Manner {
    Read,
    /// Anything else.
    Write,
    /// Waits for a lock and takes it.
    Acquire,
    /// Gives a lock back.
    Release,
    /// Takes a place of a semaphore, or the next item of a queue.
    Take,
    /// Adds places to a semaphore that nothing bounds.
    Give,
    /// Adds an item to a queue that gives out the oldest one.
    Put,
    /// Starts a thread.
    Start,
}

/// A thing that is touched in some manner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Touch {
    pub thing: Thing,
    pub manner: Manner,
}

/// Everything that a step touches.
pub type Touches = SmallVec<[Touch; 6]>;

/// How far a thread is in its life.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Life {
    New,
    #[default]
    Alive,
    Over,
}

/// Where a thread stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// The place in its text, what it is about to do, and which objects of the base it has at hand, as a number.
    pub key: u64,
    pub life: Life,
    /// It cannot make a step while another thread holds this lock, or while this thread, once started, is not over.
    pub gate: Option<Thing>,
}

/// Operations on containers that touch the container and nothing else.
const PLAIN: &[&str] = &[
    "__len__",
    "add",
    "append",
    "appendleft",
    "bool",
    "clear",
    "copy",
    "discard",
    "get",
    "insert",
    "items",
    "keys",
    "len",
    "pop",
    "popitem",
    "popleft",
    "reverse",
    "rotate",
    "setdefault",
    "values",
];

/// Those that go through iterators, and do not look at the items.
const THROUGH: &[&str] =
    &["__next__", "deque", "dict", "enumerate", "extend", "extendleft", "iter", "list", "next", "reversed", "tuple"];

impl World {
    /// From now on what happens silently is written down.
    pub(crate) fn watch(&mut self) {
        self.vm.watch();
    }

    /// Where a thread stands. That depends on nothing but its part of the description.
    #[must_use]
    pub fn standing(&self, thread: ThreadId) -> Standing {
        let mut state = FxHasher::default();
        thread.hash(&mut state);
        let Some(task) = self.system.task(thread) else { return Standing::default() };
        let life = match task.state {
            ThreadState::New => Life::New,
            _ if task.is_alive() => Life::Alive,
            _ => Life::Over,
        };
        life.hash(&mut state);
        task.stage.hash(&mut state);
        if life == Life::Alive {
            self.vm.control(thread, &mut state);
        }
        if let Some(op) = &task.op {
            std::mem::discriminant(op).hash(&mut state);
            // Memory operations follow from where the thread stands.
            if !matches!(op, Op::Load(_) | Op::Store(..) | Op::Delete(_) | Op::Method { .. }) {
                self.touches(thread).hash(&mut state);
            }
        }
        let gate = self.gate(thread);
        gate.hash(&mut state);
        Standing { key: state.finish(), life, gate }
    }

    /// See [`Standing::gate`].
    fn gate(&self, thread: ThreadId) -> Option<Thing> {
        let task = self.system.task(thread)?;
        match (task.op.as_ref()?, task.stage) {
            (Op::Acquire { lock, patience: Patience::Forever }, _) => self.lock(*lock),
            (Op::Wait { condition, .. }, Stage::Returning { .. }) => self.lock(*condition),
            (Op::Join { thread: target, patience: Patience::Forever }, _) if *target != thread => {
                Some(Thing::Thread(target.0))
            }
            _ => None,
        }
    }

    /// The lock of the base that this is, or that this condition has.
    fn lock(&self, id: ObjectId) -> Option<Thing> {
        let lock = self.system.table.lock_of(id);
        let is_lock = matches!(self.system.table.get(lock)?.body, Primitive::Lock(_) | Primitive::RLock(_));
        match Self::thing(self.vm.spot_of_primitive(lock)) {
            Thing::Object(slot) if is_lock => Some(Thing::Object(slot)),
            _ => None,
        }
    }

    /// Who holds the base's primitive in this place, and its slot.
    #[must_use]
    pub fn holder(&self, place: usize) -> Option<(Thing, ThreadId)> {
        let (id, at) = self.vm.base_primitives().get(place)?;
        let owner = self.system.table.get(*id)?.owner()?;
        Some((Thing::Object(at.0), owner))
    }

    /// The base's primitive in this place.
    #[must_use]
    pub fn primitive_at(&self, place: usize) -> Option<Thing> {
        self.vm.base_primitives().get(place).map(|(_, at)| Thing::Object(at.0))
    }

    fn thing(spot: Spot) -> Thing {
        match spot {
            Spot::Global(GlobalId(number)) => Thing::Global(number),
            Spot::Object(at) => Thing::Object(at.0),
            Spot::Newer => Thing::Newer,
        }
    }

    /// What the pending operation of a thread touches.
    #[must_use]
    pub fn touches(&self, thread: ThreadId) -> Touches {
        let mut touches = Touches::new();
        let Some(task) = self.system.task(thread) else { return touches };
        let Some(op) = &task.op else {
            if task.state == ThreadState::New {
                touches.push(Touch { thing: Thing::Thread(thread.0), manner: Manner::Write });
            }
            return touches;
        };
        self.touch_memory(thread, op, &mut touches);
        self.touch_primitives(op, task.stage, &mut touches);
        let mut add = |thing, manner| touches.push(Touch { thing, manner });
        match op {
            Op::Start(target) => add(Thing::Thread(target.0), Manner::Start),
            Op::Join { thread: target, .. } | Op::IsAlive(target) => add(Thing::Thread(target.0), Manner::Read),
            Op::Enumerate | Op::ActiveCount | Op::Now => add(Thing::Everything, Manner::Write),
            Op::Random(_) => add(Thing::Random, Manner::Write),
            Op::Print { .. } => add(Thing::Output, Manner::Write),
            Op::Input { .. } => {
                add(Thing::Input, Manner::Write);
                add(Thing::Output, Manner::Write);
            }
            _ => {}
        }
        touches.sort_unstable();
        touches.dedup();
        touches
    }

    fn touch_memory(&self, thread: ThreadId, op: &Op, touches: &mut Touches) {
        let mut add = |spot, manner| touches.push(Touch { thing: Self::thing(spot), manner });
        let (values, reach) = match op {
            Op::Load(place) => {
                add(self.vm.spot_of_place(place), Manner::Read);
                self.vm.holders(thread, place).into_iter().for_each(|spot| add(spot, Manner::Read));
                ([].as_slice(), Reach::Target)
            }
            Op::Store(place, value) => {
                add(self.vm.spot_of_place(place), Manner::Write);
                self.vm.holders(thread, place).into_iter().for_each(|spot| add(spot, Manner::Read));
                (std::slice::from_ref(value), Reach::Iterators)
            }
            Op::Delete(place) => {
                add(self.vm.spot_of_place(place), Manner::Write);
                self.vm.holders(thread, place).into_iter().for_each(|spot| add(spot, Manner::Read));
                ([].as_slice(), Reach::Target)
            }
            Op::Method { target, name, args, writes } => {
                add(self.vm.spot(*target), if *writes { Manner::Write } else { Manner::Read });
                let name = self.vm.name(&self.program, *name);
                let reach = match name {
                    _ if PLAIN.contains(&name) => Reach::Target,
                    _ if THROUGH.contains(&name) => Reach::Iterators,
                    _ => Reach::Everything,
                };
                (&args[..], reach)
            }
            _ => return,
        };
        match self.vm.operands(thread, values, reach) {
            Some(spots) => spots.into_iter().for_each(|spot| add(spot, Manner::Read)),
            None => touches.push(Touch { thing: Thing::Everything, manner: Manner::Write }),
        }
    }

    fn touch_primitives(&self, op: &Op, stage: Stage, touches: &mut Touches) {
        let mut add = |id: ObjectId, manner: Manner| {
            let thing = Self::thing(self.vm.spot_of_primitive(id));
            // Of what is newer nobody knows which one it is.
            touches.push(Touch { thing, manner: if thing == Thing::Newer { Manner::Write } else { manner } });
        };
        let lock_of = |id: ObjectId| self.system.table.lock_of(id);
        match op {
            Op::Acquire { lock, patience } => add(lock_of(*lock), self.acquires(lock_of(*lock), *patience)),
            Op::Release { lock, .. } => add(lock_of(*lock), self.releases(lock_of(*lock))),
            Op::Wait { condition, .. } => match stage {
                Stage::Parked { .. } => add(*condition, Manner::Write),
                Stage::Returning { .. } => add(lock_of(*condition), Manner::Acquire),
                _ => {
                    add(*condition, Manner::Write);
                    add(lock_of(*condition), Manner::Release);
                }
            },
            Op::Notify { condition, .. } => {
                add(*condition, Manner::Write);
                add(lock_of(*condition), Manner::Read);
            }
            // It was let go for good.
            Op::EventWait { .. } if stage == Stage::Released => {}
            Op::Put { queue, patience, .. } => add(*queue, self.at_ends(*queue, *patience, Manner::Put)),
            Op::Get { queue, patience } => add(*queue, self.at_ends(*queue, *patience, Manner::Take)),
            Op::EventSet(id)
            | Op::EventClear(id)
            | Op::EventWait { event: id, .. }
            | Op::BarrierWait { barrier: id, .. }
            | Op::BarrierRelease { barrier: id, .. }
            | Op::BarrierAbort(id)
            | Op::BarrierReset(id)
            | Op::TaskDone(id)
            | Op::Shutdown { queue: id, .. } => add(*id, Manner::Write),
            Op::QueueJoin(id) => add(*id, Manner::Read),
            Op::Query { object, .. } => {
                add(*object, Manner::Read);
                add(lock_of(*object), Manner::Read);
            }
            _ => {}
        }
    }

    fn acquires(&self, lock: ObjectId, patience: Patience) -> Manner {
        match self.system.table.get(lock).map(|entry| &entry.body) {
            Some(Primitive::Lock(_) | Primitive::RLock(_)) if patience == Patience::Forever => Manner::Acquire,
            Some(Primitive::Semaphore(_)) if patience == Patience::Forever => Manner::Take,
            _ => Manner::Write,
        }
    }

    fn releases(&self, lock: ObjectId) -> Manner {
        match self.system.table.get(lock).map(|entry| &entry.body) {
            Some(Primitive::Lock(_) | Primitive::RLock(_)) => Manner::Release,
            Some(Primitive::Semaphore(semaphore)) if semaphore.bound.is_none() => Manner::Give,
            _ => Manner::Write,
        }
    }

    /// How a put or get touches a queue.
    fn at_ends(&self, queue: ObjectId, patience: Patience, manner: Manner) -> Manner {
        let order = self.vm.queue_order(queue);
        let plain = matches!(order, Some(QueueOrder::Fifo | QueueOrder::Simple));
        if plain && patience == Patience::Forever { manner } else { Manner::Write }
    }

    /// What a step touched besides what its operation said: from the world before it to this one, which was
    /// [watched](World::watch). `None` when nothing can be said of objects any more.
    pub(crate) fn touched(&self, before: &World, touches: &mut Touches) -> Option<()> {
        let changes = self.vm.differences(&before.vm);
        if changes.collected {
            return None;
        }
        let mut add = |thing, manner| {
            // How an operation touches its own object it knows better.
            if manner == Manner::Read || !touches.iter().any(|one| one.thing == thing && one.manner != Manner::Read) {
                touches.push(Touch { thing, manner });
            }
        };
        changes.written.iter().for_each(|spot| add(Self::thing(*spot), Manner::Write));
        changes.read.iter().for_each(|spot| add(Self::thing(*spot), Manner::Read));
        if changes.created {
            add(Thing::Threads, Manner::Write);
        }
        if changes.opaque || matches!(self.status(), Status::Ended(End::Limit(_) | End::Unmodelled { .. })) {
            add(Thing::Everything, Manner::Write);
        }
        if self.inputs != before.inputs {
            add(Thing::Input, Manner::Write);
        }
        let written = |world: &World| (world.output.len_bytes(), world.output.dropped_bytes());
        if written(self) != written(before) {
            add(Thing::Output, Manner::Write);
        }
        for (number, (now, then)) in (0..).zip(self.system.tasks.iter().zip(&before.system.tasks)) {
            if now.is_alive() != then.is_alive() || now.daemon != then.daemon {
                add(Thing::Thread(number), Manner::Write);
            }
        }
        touches.sort_unstable();
        touches.dedup();
        Some(())
    }

    /// Whether the end of some threads ends others.
    pub(crate) fn has_daemons(&self) -> bool {
        self.system.tasks.iter().any(|task| task.daemon)
    }
}
