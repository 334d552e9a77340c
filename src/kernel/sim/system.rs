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
use super::misfit::{self, Reason};
use super::primitive::Departure;
use super::table::{Entry, Primitive, Table};
use super::task::{Stage, Standing, Task, patience};
use super::threads::ThreadSet;
use crate::event::{Alternative, Candidate, Choice, End, ThreadState};
use crate::ids::{Nanos, ObjectId, ThreadId};
use crate::kernel::{Notify, Options};
use crate::vm::{Draw, Op, Patience};
use std::sync::Arc;

/// The tables of the kernel.
#[derive(Clone, Debug)]
pub(crate) struct System {
    pub(crate) options: Arc<Options>,
    pub(crate) tasks: Vec<Task>,
    pub(crate) table: Table,
    pub(crate) clock: Clock,
    /// The threads that can make a step: free or expired.
    free: ThreadSet,
    /// Held threads that have a step all the same: a time-out before its time, a spurious wake-up.
    early: ThreadSet,
    /// Threads whose state changed during this step, with the state before.
    changed: Vec<(ThreadId, ThreadState)>,
    /// Threads started and not over; how many of them are not daemons.
    pub(crate) alive: u32,
    essential: u32,
}

/// Whether an operation can go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outlook {
    Free,
    /// It cannot; `timed`: its patience runs out meanwhile.
    Held {
        state: ThreadState,
        timed: bool,
    },
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
        };
        system.tasks.push(Task::new("MainThread".into(), false, None));
        system.start(ThreadId::MAIN);
        system
    }

    pub(crate) fn task(&self, thread: ThreadId) -> Option<&Task> {
        self.tasks.get(thread.index())
    }

    // ---- the life of a thread ----

    /// Counts a thread as running from now on; its first pending operation comes with [`System::prepare`].
    pub(super) fn start(&mut self, thread: ThreadId) {
        self.alive += 1;
        self.essential += u32::from(!self.tasks[thread.index()].daemon);
        self.settle(thread, Standing::Free, ThreadState::Ready);
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
            && target.is_alive()
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

    // ---- who can go on ----

    /// Looks again whether the thread can go on.
    fn review(&mut self, thread: ThreadId) {
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

    fn set_deadline(&mut self, thread: ThreadId, deadline: Nanos) {
        self.tasks[thread.index()].deadline = Some(deadline);
        if deadline > self.clock.now() {
            self.clock.set(deadline, thread);
        }
    }

    /// With `--fair`: how many of those who want the same came before the thread.
    fn rank(&self, thread: ThreadId) -> u32 {
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
    fn outlook(&self, thread: ThreadId, rank: u32) -> Outlook {
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

    /// The one place where standing and state change.
    fn settle(&mut self, thread: ThreadId, standing: Standing, state: ThreadState) {
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
            self.clock.jump(deadline);
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
            if self.options.abstract_time && !self.early.is_empty() && self.clock.next().is_some() {
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

    // ---- candidates ----

    /// Every step that is possible now, sorted.
    pub(crate) fn candidates(&self, out: &mut Vec<Candidate>) {
        out.clear();
        if self.early.is_empty() {
            self.free.iter().for_each(|thread| self.steps_of(thread, out));
            return;
        }
        let mut all = self.free.clone();
        self.early.iter().for_each(|thread| all.insert(thread));
        all.iter().for_each(|thread| self.steps_of(thread, out));
    }

    fn steps_of(&self, thread: ThreadId, out: &mut Vec<Candidate>) {
        let task = &self.tasks[thread.index()];
        let mut add = |alternative| out.push(Candidate { thread, alternative });
        match task.standing {
            Standing::Free => match self.ways_to_notify(task) {
                Some(ways) if ways > 1 => (0..ways.min(MAX_WAYS)).for_each(|way| add(Alternative::Wake(way))),
                _ => add(Alternative::Go),
            },
            Standing::Expired => add(Alternative::Timeout),
            Standing::Held if self.early.contains(thread) => {
                if self.options.abstract_time && task.deadline.is_some() {
                    add(if matches!(task.op, Some(Op::Sleep(_))) { Alternative::Go } else { Alternative::Timeout });
                }
                if self.options.spurious && matches!(task.stage, Stage::Parked { .. }) {
                    add(Alternative::Spurious);
                }
            }
            Standing::Held | Standing::Absent => {}
        }
    }

    /// With `--notify any`, in how many ways the notify that the thread is about to make can go.
    fn ways_to_notify(&self, task: &Task) -> Option<u32> {
        if self.options.notify == Notify::First {
            return None;
        }
        let Some(Op::Notify { condition, count }) = task.op else { return None };
        self.ways(condition, count)
    }

    fn ways(&self, condition: ObjectId, count: Option<u32>) -> Option<u32> {
        match &self.table.get(condition)?.body {
            Primitive::Condition(condition) => Some(condition.ways(count)),
            _ => None,
        }
    }

    /// True when the thread can take an ordinary step, and there is only that one.
    pub(crate) fn goes_on(&self, thread: ThreadId) -> bool {
        self.task(thread).is_some_and(|task| {
            task.standing == Standing::Free && self.ways_to_notify(task).is_none_or(|ways| ways <= 1)
        })
    }

    /// Whether the choice can be made now, be it offered or not.
    pub(crate) fn fit(&self, choice: Choice) -> Result<(), Reason> {
        let task = self.task(choice.thread).ok_or(Reason::NoSuchThread)?;
        let Some(op) = &task.op else {
            return Err(if task.state == ThreadState::New { Reason::NotStarted } else { Reason::Over(task.state) });
        };
        match choice.alternative {
            Alternative::Go => match task.standing {
                Standing::Free => Ok(()),
                Standing::Held if matches!(op, Op::Sleep(_)) => Ok(()),
                _ => Err(self.held_up(choice.thread)),
            },
            Alternative::Timeout => match task.standing {
                Standing::Expired => Ok(()),
                Standing::Held if task.deadline.is_some() && !matches!(op, Op::Sleep(_)) => Ok(()),
                _ => Err(Reason::NoTimeout),
            },
            Alternative::Spurious if matches!(task.stage, Stage::Parked { .. }) => Ok(()),
            Alternative::Spurious => Err(Reason::NotWaiting),
            Alternative::Wake(way) => {
                let Op::Notify { condition, count } = op else { return Err(Reason::NoNotify) };
                let ways = self.ways(*condition, *count).unwrap_or(1);
                if way < ways { Ok(()) } else { Err(Reason::NoSuchWaiter { ways }) }
            }
            Alternative::Draw(index) => match op {
                Op::Random(Draw::Below(below)) if u64::from(index) < *below => Ok(()),
                Op::Random(Draw::Below(below)) => Err(Reason::DrawTooLarge { below: *below }),
                _ => Err(Reason::NoDraw),
            },
        }
    }

    fn held_up(&self, thread: ThreadId) -> Reason {
        let state = match self.outlook(thread, self.rank(thread)) {
            Outlook::Held { state, .. } => state,
            Outlook::Free => self.tasks[thread.index()].state,
        };
        let entry = misfit::object_of(state).and_then(|on| self.table.get(on));
        Reason::HeldUp { state, on: entry.map(|entry| Arc::clone(&entry.name)), owner: entry.and_then(Entry::owner) }
    }
}

/// A notify that could go in more ways than this offers only the first ones.
const MAX_WAYS: u32 = 1000;

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
