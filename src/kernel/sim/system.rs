//! The operating system of the world: who exists, who waits for what, who can go on.
//!
//! A thread is always before a pending operation ([`System::prepare`]). Some operations have to wait for a state that
//! others change: a lock to be free, an item to be there. The rule for all of them is the same: *the thread can run
//! exactly when its operation could succeed now*. It waits without having made a step, and whoever gets to run first
//! is served first (with `--fair`: whoever came first). Only waiting for a *pulse* takes a step of its own, because
//! one must be there before it comes: `Condition.wait`, `Event.wait`, `Barrier.wait` ([`Stage`]).
//!
//! | | can run | its state otherwise |
//! |---|---|---|
//! | acquire a lock, a place of a semaphore; take a condition's lock again | it is free | Blocked |
//! | in the queue of a condition, an event, a barrier | after the pulse | Waiting |
//! | put, get, join of a queue | there is room, an item, nothing unfinished | Waiting |
//! | join a thread | it is over | Joining |
//! | sleep | the moment has come | Sleeping |
//! | everything else | always | |
//!
//! Whenever the state of a primitive changes, the threads interested in it are [reviewed](System::review_all); so the
//! set of candidates is always up to date and asking for it costs nothing.
//!
//! **Time-outs.** The patience of a thread begins to run out when it first has to wait. At the deadline it can run
//! again; its step is then the `!timeout`, unless what it waits for has come in the meantime.

use super::clock::Clock;
use super::table::Table;
use super::task::{Stage, Standing, Task};
use super::threads::ThreadSet;
use crate::event::{Alternative, Choice, End, ThreadState};
use crate::ids::{ObjectId, ThreadId};
use crate::kernel::Options;
use crate::kernel::deed::patience;
use crate::kernel::render::Locks;
use crate::vm::{Op, Patience};
use std::sync::Arc;

/// The tables of the kernel.
#[derive(Clone, Debug)]
pub(crate) struct System {
    pub(crate) options: Arc<Options>,
    pub(crate) tasks: Vec<Task>,
    pub(crate) table: Table,
    pub(crate) clock: Clock,
    /// The threads that can make a step: free or expired.
    pub(super) free: ThreadSet,
    /// Held threads that have a step all the same: a time-out before its time, a spurious wake-up.
    pub(super) early: ThreadSet,
    /// Threads whose state changed during this step, with the state before.
    changed: Vec<(ThreadId, ThreadState)>,
    /// Threads started and not over; how many of them are not daemons.
    pub(crate) alive: u32,
    essential: u32,
    /// Threads started so far.
    started: u32,
    /// The program has read the clock.
    pub(super) saw_clock: bool,
}

impl System {
    /// The main thread alone.
    pub(crate) fn new(options: Arc<Options>) -> System {
        let mut system = System {
            options,
            tasks: Vec::new(),
            table: Table::default(),
            clock: Clock::default(),
            free: ThreadSet::default(),
            early: ThreadSet::default(),
            changed: Vec::new(),
            alive: 0,
            essential: 0,
            started: 0,
            saw_clock: false,
        };
        system.tasks.push(Task::new("MainThread".into(), false, None));
        system.start(ThreadId::MAIN);
        system
    }

    pub(crate) fn task(&self, thread: ThreadId) -> Option<&Task> {
        self.tasks.get(thread.index())
    }

    // ---- the life of a thread ----

    /// Notes the line on which a thread was started.
    pub(crate) fn started_on(&mut self, thread: ThreadId, line: u32) {
        if let Some(task) = self.tasks.get_mut(thread.index()) {
            task.start_line = line;
        }
    }

    /// Counts a thread as running from now on; its first pending operation comes with [`System::prepare`].
    pub(super) fn start(&mut self, thread: ThreadId) {
        self.alive += 1;
        self.started += 1;
        self.essential += u32::from(!self.tasks[thread.index()].daemon);
        self.settle(thread, Standing::Free, ThreadState::Ready);
        // Whoever stood before a join that could only fail has to wait for the end now.
        for joiner in self.tasks[thread.index()].joiners.clone() {
            self.review(joiner);
        }
    }

    /// Whether the system has room for one more thread.
    pub(super) fn may_start(&self) -> bool {
        self.alive < self.options.max_threads && self.started < self.options.max_started
    }

    /// The thread is over.
    pub(crate) fn finish(&mut self, thread: ThreadId, state: ThreadState) {
        self.tasks[thread.index()].op = None;
        self.settle(thread, Standing::Absent, state);
        self.alive -= 1;
        self.essential -= u32::from(!self.tasks[thread.index()].daemon);
        for joiner in std::mem::take(&mut self.tasks[thread.index()].joiners) {
            self.review(joiner);
        }
    }

    /// The threads that the end of all others ends.
    fn kill_daemons(&mut self) {
        for index in 0..self.tasks.len() {
            if self.tasks[index].is_alive() {
                let thread = ThreadId(u32::try_from(index).unwrap_or(u32::MAX));
                self.withdraw(thread);
                self.finish(thread, ThreadState::Killed);
            }
        }
    }

    /// True when only daemons are left.
    fn is_done(&self) -> bool {
        self.essential == 0
    }

    /// The program says whether a thread that has not been started is a daemon; true when that is new.
    pub(crate) fn set_daemon(&mut self, thread: ThreadId, daemon: bool) -> bool {
        let task = self.tasks.get_mut(thread.index()).filter(|task| task.state == ThreadState::New);
        task.is_some_and(|task| std::mem::replace(&mut task.daemon, daemon) != daemon)
    }

    /// These threads changed places: the sets are brought up to date.
    pub(super) fn recount(&mut self, indices: [usize; 2]) {
        for index in indices {
            let thread = ThreadId(u32::try_from(index).unwrap_or(u32::MAX));
            match self.tasks[index].standing {
                Standing::Free | Standing::Expired => self.free.insert(thread),
                Standing::Held | Standing::Absent => self.free.remove(thread),
            }
        }
    }

    // ---- pending operations ----

    /// The thread is about to do this from now on.
    pub(crate) fn prepare(&mut self, thread: ThreadId, op: Op) {
        let memory = matches!(op, Op::Load(_) | Op::Store(..) | Op::Delete(_) | Op::Method { .. });
        if let Op::Sleep(length) = op {
            self.set_deadline(thread, self.clock.now().after(length));
        }
        self.park(thread, op, Stage::Fresh, !memory);
    }

    /// The operation has come this far and goes on later.
    pub(super) fn park(&mut self, thread: ThreadId, op: Op, stage: Stage, may_wait: bool) {
        let task = &mut self.tasks[thread.index()];
        task.op = Some(op);
        task.stage = stage;
        if may_wait {
            self.show_interest(thread);
            self.review(thread);
        } else {
            self.settle(thread, Standing::Free, ThreadState::Ready);
        }
    }

    /// Takes the pending operation away from the thread, to perform it.
    pub(super) fn withdraw(&mut self, thread: ThreadId) -> Option<(Op, Stage)> {
        self.lose_interest(thread);
        let task = &mut self.tasks[thread.index()];
        if let Some(deadline) = task.deadline.take() {
            self.clock.cancel(deadline, thread);
        }
        task.op.take().map(|op| (op, std::mem::replace(&mut task.stage, Stage::Fresh)))
    }

    /// A pulse reached a thread that waited for it: its operation goes on at this stage.
    pub(super) fn wake(&mut self, thread: ThreadId, stage: Stage) {
        if let Some((op, _)) = self.withdraw(thread) {
            self.park(thread, op, stage, true);
        }
    }

    /// What a thread's operation may have to wait for, as an object.
    fn interest(&self, thread: ThreadId) -> Option<ObjectId> {
        let task = &self.tasks[thread.index()];
        match (task.op.as_ref()?, task.stage) {
            (op, _) if patience(op) == Patience::None => None,
            (Op::Acquire { lock, .. }, _) => Some(self.table.lock_of(*lock)),
            (Op::Wait { condition, .. }, Stage::Returning { .. }) => Some(self.table.lock_of(*condition)),
            (Op::BarrierWait { barrier, .. }, _) => Some(*barrier),
            (Op::Put { queue, .. } | Op::Get { queue, .. } | Op::QueueJoin(queue), _) => Some(*queue),
            _ => None,
        }
    }

    fn show_interest(&mut self, thread: ThreadId) {
        if let Some(entry) = self.interest(thread).and_then(|id| self.table.get_mut(id)) {
            entry.interested.push(thread);
        }
        if let Some(Op::Join { thread: target, .. }) = self.tasks[thread.index()].op
            && let Some(target) = self.tasks.get_mut(target.index())
            && (target.is_alive() || target.state == ThreadState::New)
        {
            target.joiners.push(thread);
        }
    }

    fn lose_interest(&mut self, thread: ThreadId) {
        if let Some(entry) = self.interest(thread).and_then(|id| self.table.get_mut(id)) {
            entry.lose_interest(thread);
        }
        if let Some(Op::Join { thread: target, .. }) = self.tasks[thread.index()].op
            && let Some(target) = self.tasks.get_mut(target.index())
        {
            target.joiners.retain(|joiner| *joiner != thread);
        }
    }

    // ---- time and state ----

    /// The one place where standing and state change.
    pub(super) fn settle(&mut self, thread: ThreadId, standing: Standing, state: ThreadState) {
        let task = &mut self.tasks[thread.index()];
        if task.state != state {
            self.changed.push((thread, task.state));
            task.state = state;
        }
        let early = standing == Standing::Held
            && (self.options.abstract_time && task.deadline.is_some()
                || self.options.spurious && matches!(task.stage, Stage::Parked { .. }));
        if early {
            self.early.insert(thread);
        } else if !self.early.is_empty() {
            self.early.remove(thread);
        }
        if task.standing != standing {
            task.standing = standing;
            match standing {
                Standing::Free | Standing::Expired => self.free.insert(thread),
                Standing::Held | Standing::Absent => self.free.remove(thread),
            }
        }
    }

    /// Those whose deadline has come look again.
    pub(crate) fn wake_expired(&mut self) {
        while let Some(thread) = self.clock.expired() {
            self.review(thread);
        }
    }

    /// A step before its virtual time, a time-out or the end of a sleep: its time has come now.
    pub(crate) fn jump_to_deadline(&mut self, choice: Choice) {
        let task = &self.tasks[choice.thread.index()];
        let early = match choice.alternative {
            Alternative::Timeout => true,
            Alternative::Go => task.standing == Standing::Held,
            Alternative::Spurious | Alternative::Wake(_) | Alternative::Draw(_) => false,
        };
        if let Some(deadline) = task.deadline.filter(|_| early) {
            self.clock.step_at(deadline);
        }
    }

    /// After a step: lets the time pass until somebody can run. The end, if nobody ever can.
    ///
    /// A spurious wake-up is not something to wait for: threads that only it could wake are stuck.
    pub(crate) fn look_around(&mut self) -> Option<End> {
        if self.is_done() {
            self.kill_daemons();
            return Some(End::Finished);
        }
        while self.free.is_empty() {
            // Where time is abstracted it does not matter whose deadline has come: a time-out is possible all the same.
            if self.options.abstract_time
                && self.early.iter().any(|thread| self.tasks[thread.index()].deadline.is_some())
            {
                return None;
            }
            let Some(deadline) = self.clock.next() else { return Some(End::Deadlock) };
            self.clock.jump(deadline);
            self.wake_expired();
        }
        None
    }

    /// The threads whose state is not what it was when this was last asked, in order.
    pub(crate) fn take_changed(&mut self) -> Vec<(ThreadId, ThreadState)> {
        if self.changed.is_empty() {
            return Vec::new();
        }
        let mut changed = std::mem::take(&mut self.changed);
        // The sort is stable: of several entries of a thread the first one has its state before the step.
        changed.sort_by_key(|(thread, _)| *thread);
        changed.dedup_by_key(|(thread, _)| *thread);
        changed.retain(|(thread, before)| self.tasks[thread.index()].state != *before);
        for (thread, state) in &mut changed {
            *state = self.tasks[thread.index()].state;
        }
        changed
    }
}
