//! What a thread's next step depends on, as parts of a [canonical description](crate::vm::canon).
//!
//! A step performs one operation and runs on to the next one of its thread. It reads and writes what is shared, what
//! only its thread can reach, and of the kernel no more than the operation is about. Two worlds that agree in these
//! parts make the same step of it, and the other parts stay what they are. (`kernel::sim::perform` and `outlook` are
//! what this table is about; whoever relies on it can compare with a step that was really made.)
//!
//! | operation | primitives | other threads |
//! |---|---|---|
//! | memory, print, input, sleep, random | | |
//! | acquire, release | the lock | |
//! | wait | the condition, its lock | |
//! | notify | the condition, its lock | those in its queue |
//! | set an event | the event | those in its queue |
//! | everything else of events, barriers, queues; questions | the object | |
//! | start, join, `is_alive` | | that thread |
//! | `enumerate`, `active_count`, the clock | everything | everything |
//!
//! With `--fair`, in real (virtual) time, and when a step is more than one operation, everything counts.

use super::world::World;
use crate::event::ThreadState;
use crate::ids::{ObjectId, ThreadId};
use crate::kernel::Atomicity;
use crate::kernel::body::Primitive;
use crate::kernel::render::Locks;
use crate::vm::{Draw, Op};
use smallvec::SmallVec;

/// What a step depends on, besides what is shared and its thread.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Footprint {
    /// Primitives of the base, by the places of their parts among the primitives'.
    pub primitives: SmallVec<[u32; 2]>,
    pub threads: SmallVec<[ThreadId; 1]>,
    /// The threads in the queue of the first of the primitives, too.
    pub wakes: bool,
}

/// A random draw that a thread is about to make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drawing {
    /// One of so many values.
    Below(u64),
    /// Something else.
    Other,
}

impl World {
    /// What the next step of this thread depends on; `None`: on everything.
    #[must_use]
    pub fn footprint(&self, thread: ThreadId) -> Option<Footprint> {
        let options = self.options();
        let task = self.system.task(thread)?;
        if options.fair || !options.abstract_time || options.atomicity != Atomicity::Op {
            return None;
        }
        let mut footprint = Footprint::default();
        let Some(op) = &task.op else { return Some(footprint) };
        let mut wakes = false;
        let mut about = |ids: &[ObjectId]| footprint.primitives.extend(ids.iter().filter_map(|id| self.place(*id)));
        match op {
            Op::Load(_)
            | Op::Store(..)
            | Op::Delete(_)
            | Op::Method { .. }
            | Op::Print { .. }
            | Op::Input { .. }
            | Op::Sleep(_)
            | Op::Random(_) => {}
            Op::Acquire { lock, .. } | Op::Release { lock, .. } => about(&[self.system.table.lock_of(*lock)]),
            Op::Wait { condition, .. } => about(&[*condition, self.system.table.lock_of(*condition)]),
            Op::Notify { condition, .. } => {
                about(&[*condition, self.system.table.lock_of(*condition)]);
                wakes = true;
            }
            Op::EventSet(event) => {
                about(&[*event]);
                wakes = true;
            }
            Op::EventWait { event: id, .. }
            | Op::EventClear(id)
            | Op::BarrierWait { barrier: id, .. }
            | Op::BarrierRelease { barrier: id, .. }
            | Op::BarrierAbort(id)
            | Op::BarrierReset(id)
            | Op::Put { queue: id, .. }
            | Op::Get { queue: id, .. }
            | Op::TaskDone(id)
            | Op::QueueJoin(id)
            | Op::Shutdown { queue: id, .. } => about(&[*id]),
            Op::Query { object, .. } => about(&[*object, self.system.table.lock_of(*object)]),
            Op::Start(target) | Op::IsAlive(target) | Op::Join { thread: target, .. } => {
                footprint.threads.push(*target);
            }
            Op::Enumerate | Op::ActiveCount | Op::Now => return None,
        }
        // Whom a primitive wakes that is younger than the base is not known from a part of its own.
        if let Op::Notify { condition: waking, .. } | Op::EventSet(waking) = op
            && self.place(*waking).is_none()
        {
            return None;
        }
        footprint.wakes = wakes;
        Some(footprint)
    }

    /// The place of a primitive's part among the primitives of the base.
    fn place(&self, id: ObjectId) -> Option<u32> {
        let place = self.vm.base_primitives().binary_search_by_key(&id, |(id, _)| *id).ok()?;
        u32::try_from(place).ok()
    }

    /// Who is in the queue of the base's primitive in this place.
    #[must_use]
    pub fn queued(&self, place: usize) -> &[ThreadId] {
        let entry = self.vm.base_primitives().get(place).and_then(|(id, _)| self.system.table.get(*id));
        match entry.map(|entry| &entry.body) {
            Some(Primitive::Condition(condition)) => &condition.queue,
            Some(Primitive::Event(event)) => &event.queue,
            _ => &[],
        }
    }

    /// Whether the program goes on as long as this thread does.
    #[must_use]
    pub fn is_essential(&self, thread: ThreadId) -> bool {
        self.system.task(thread).is_some_and(|task| task.is_alive() && !task.daemon)
    }

    /// Whether the thread has nothing to do: it was not started, or it is over.
    #[must_use]
    pub fn is_idle(&self, thread: ThreadId) -> bool {
        self.system.task(thread).is_none_or(|task| task.op.is_none())
    }

    /// Whether the thread was started and is over.
    #[must_use]
    pub fn is_over(&self, thread: ThreadId) -> bool {
        self.system.task(thread).is_some_and(|task| !task.is_alive() && task.state != ThreadState::New)
    }

    /// The draw that a thread is about to make.
    #[must_use]
    pub fn drawing(&self, thread: ThreadId) -> Option<Drawing> {
        match &self.system.task(thread)?.op {
            Some(Op::Random(Draw::Below(below))) => Some(Drawing::Below(*below)),
            Some(Op::Random(Draw::Seed(_))) => None,
            Some(Op::Random(_)) => Some(Drawing::Other),
            _ => None,
        }
    }
}
