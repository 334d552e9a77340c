//! Who can go on: the rule of [`System`] applied to one pending operation.

use super::system::System;
use super::table::Entry;
use super::task::{Stage, Standing};
use crate::event::ThreadState;
use crate::ids::{Nanos, ObjectId, ThreadId};
use crate::kernel::body::Primitive;
use crate::kernel::deed::patience;
use crate::kernel::render::Locks;
use crate::primitive::Departure;
use crate::vm::{Op, Patience};

/// Whether an operation can go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outlook {
    Free,
    /// It cannot; `timed`: its patience runs out meanwhile.
    Held {
        state: ThreadState,
        timed: bool,
    },
}

impl System {
    /// Looks again whether the thread can go on.
    pub(super) fn review(&mut self, thread: ThreadId) {
        let rank = self.rank(thread);
        self.review_ranked(thread, rank);
    }

    /// The state of the primitive changed: looks again at everybody who is interested in it.
    pub(super) fn review_all(&mut self, object: ObjectId) {
        let Some(entry) = self.table.get_mut(object) else { return };
        let interested = std::mem::take(&mut entry.interested);
        let mut ranks = [0; LANES];
        for thread in &interested {
            let lane = lane(self.tasks[thread.index()].op.as_ref());
            self.review_ranked(*thread, if self.options.fair { ranks[lane] } else { 0 });
            ranks[lane] += 1;
        }
        if let Some(entry) = self.table.get_mut(object) {
            entry.interested = interested;
        }
    }

    fn review_ranked(&mut self, thread: ThreadId, rank: u32) {
        match self.outlook(thread, rank) {
            Outlook::Free => self.settle(thread, Standing::Free, ThreadState::Ready),
            Outlook::Held { state, timed } => {
                if timed && self.is_expired(thread) {
                    self.settle(thread, Standing::Expired, ThreadState::Ready);
                } else {
                    self.settle(thread, Standing::Held, state);
                }
            }
        }
    }

    /// Whether the patience of a thread that has to wait is over; it begins to run out now if it has not yet.
    fn is_expired(&mut self, thread: ThreadId) -> bool {
        let now = self.clock.now();
        let task = &self.tasks[thread.index()];
        if task.deadline.is_none()
            && let Some(Patience::For(length)) = task.op.as_ref().map(patience)
        {
            self.set_deadline(thread, now.after(length));
        }
        self.tasks[thread.index()].deadline.is_some_and(|deadline| deadline <= now)
    }

    pub(super) fn set_deadline(&mut self, thread: ThreadId, deadline: Nanos) {
        self.tasks[thread.index()].deadline = Some(deadline);
        if deadline > self.clock.now() {
            self.clock.set(deadline, thread);
        }
    }

    /// With `--fair`: how many of those who want the same came before the thread.
    pub(super) fn rank(&self, thread: ThreadId) -> u32 {
        if !self.options.fair {
            return 0;
        }
        let task = &self.tasks[thread.index()];
        let Some(entry) = task.op.as_ref().and_then(|op| self.table.get(self.table.lock_of(object(op)?))) else {
            return 0;
        };
        let lane_of = |thread: &ThreadId| lane(self.tasks[thread.index()].op.as_ref());
        let mine = lane(task.op.as_ref());
        let before = entry.interested.iter().take_while(|other| **other != thread);
        u32::try_from(before.filter(|other| lane_of(other) == mine).count()).unwrap_or(u32::MAX)
    }

    /// Whether there is enough for the thread when `rank` others come before it.
    pub(super) fn outlook(&self, thread: ThreadId, rank: u32) -> Outlook {
        let task = &self.tasks[thread.index()];
        let Some(op) = &task.op else { return Outlook::Free };
        let now = self.clock.now();
        let held = |state, timed| Outlook::Held { state, timed };
        match (op, task.stage) {
            (Op::Acquire { .. } | Op::Put { .. } | Op::Get { .. } | Op::Join { .. }, _)
                if patience(op) == Patience::None =>
            {
                Outlook::Free
            }
            (Op::Acquire { lock, .. }, _) => {
                let on = self.table.lock_of(*lock);
                self.enough(on, thread, rank, held(ThreadState::Blocked { on }, true))
            }
            (Op::Wait { condition, .. }, Stage::Returning { .. }) => {
                let on = self.table.lock_of(*condition);
                self.enough(on, thread, rank, held(ThreadState::Blocked { on }, false))
            }
            (Op::Wait { condition: on, .. }, Stage::Parked { .. })
            | (Op::EventWait { event: on, .. }, Stage::Queued) => held(ThreadState::Waiting { on: *on }, true),
            (Op::BarrierWait { barrier, .. }, stage) => self.outlook_barrier(*barrier, stage),
            (Op::Put { queue: on, .. } | Op::Get { queue: on, .. } | Op::QueueJoin(on), _) => {
                self.enough(*on, thread, rank, held(ThreadState::Waiting { on: *on }, true))
            }
            (Op::Join { thread: target, .. }, _) if *target != thread => match self.task(*target) {
                Some(task) if task.is_alive() => held(ThreadState::Joining { thread: *target }, true),
                _ => Outlook::Free,
            },
            (Op::Sleep(_), _) => match task.deadline {
                Some(until) if until > now => held(ThreadState::Sleeping { until }, false),
                _ => Outlook::Free,
            },
            (Op::Input { .. }, Stage::Asked) => held(ThreadState::Reading, false),
            _ => Outlook::Free,
        }
    }

    fn enough(&self, object: ObjectId, thread: ThreadId, rank: u32, otherwise: Outlook) -> Outlook {
        let available = self.table.get(object).map_or(u32::MAX, |entry| self.available(entry, thread));
        if available > rank { Outlook::Free } else { otherwise }
    }

    fn outlook_barrier(&self, barrier: ObjectId, stage: Stage) -> Outlook {
        let Some(Primitive::Barrier(body)) = self.table.get(barrier).map(|entry| &entry.body) else {
            return Outlook::Free;
        };
        let waiting = ThreadState::Waiting { on: barrier };
        match stage {
            Stage::Arrived { .. } if body.look() == Departure::Stays => {
                Outlook::Held { state: waiting, timed: !body.is_acting() }
            }
            Stage::Fresh if !body.is_open() => Outlook::Held { state: waiting, timed: false },
            _ => Outlook::Free,
        }
    }

    /// How many operations like this thread's could succeed now, one after the other.
    fn available(&self, entry: &Entry, thread: ThreadId) -> u32 {
        match &entry.body {
            Primitive::Lock(lock) => u32::from(lock.owner.is_none()),
            Primitive::RLock(lock) if lock.owner() == Some(thread) => u32::MAX,
            Primitive::RLock(lock) => u32::from(lock.owner().is_none()),
            Primitive::Semaphore(semaphore) => u32::try_from(semaphore.value.max(0)).unwrap_or(u32::MAX),
            Primitive::Queue(queue) => match self.tasks[thread.index()].op {
                Some(Op::Put { .. }) => queue.room(),
                Some(Op::QueueJoin(_)) => {
                    if queue.unfinished == 0 {
                        u32::MAX
                    } else {
                        0
                    }
                }
                _ => queue.supply(),
            },
            Primitive::Condition(_) | Primitive::Event(_) | Primitive::Barrier(_) => u32::MAX,
        }
    }

    /// Whether what the thread's operation wants is there now, and (with `--fair`) nobody who came before wants it.
    pub(super) fn is_served(&self, thread: ThreadId) -> bool {
        let wanted = self.tasks[thread.index()].op.as_ref().and_then(object);
        let entry = wanted.and_then(|id| self.table.get(self.table.lock_of(id)));
        entry.is_none_or(|entry| self.available(entry, thread) > self.rank(thread))
    }
}

/// The kinds of operations that wait for the same object but for different things.
const LANES: usize = 3;

const fn lane(op: Option<&Op>) -> usize {
    match op {
        Some(Op::Put { .. }) => 1,
        Some(Op::QueueJoin(_)) => 2,
        _ => 0,
    }
}

/// The object whose state decides whether the operation can go on.
const fn object(op: &Op) -> Option<ObjectId> {
    match op {
        Op::Acquire { lock: id, .. }
        | Op::Wait { condition: id, .. }
        | Op::BarrierWait { barrier: id, .. }
        | Op::Put { queue: id, .. }
        | Op::Get { queue: id, .. }
        | Op::QueueJoin(id) => Some(*id),
        _ => None,
    }
}
