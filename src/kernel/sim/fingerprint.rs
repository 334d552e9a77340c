//! When two worlds are the same: the kernel's part of a [canonical description](crate::vm::canon).
//!
//! | part of the world | in the description |
//! |---|---|
//! | memory, frames | as [`canon`](crate::vm::canon) has it |
//! | primitives that can be reached | their state; queues of waiters in order; with `--fair` also who came first |
//! | threads | their number is their name; new, alive, or how they ended; daemon or not; the pending operation and how far it has come |
//! | who can run | no: it follows from the rest |
//! | deadlines | as time that is left; not at all when time is abstracted, where a time-out may fire at any moment |
//! | the clock | only with [`Precision::clock`]: the program reads it |
//! | the output, and what is about to be printed | only with [`Precision::output`]: no program can read it back |
//! | input that is left, the generator of random numbers | yes |
//! | steps, switches, numbers of events and objects, names, lines | no |
//!
//! So a description may have been made with too little precision for a program. That is found out, not guessed: as long
//! as [`World::observed`] asks for nothing in any of the worlds that an exploration has come across, each of them went
//! on as every other one with the same description would have. Otherwise the exploration begins again, with more
//! precision.

use super::world::{Phase, World};
use crate::event::{End, ThreadState};
use crate::ids::{ObjectId, ThreadId};
use crate::kernel::body::Primitive;
use crate::vm::canon::{Canon, Precision, Scratch, Words};
use crate::vm::{Op, Patience};
use std::hash::Hash;
use std::sync::Arc;

/// 128 bits that stand for a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint(pub u128);

impl World {
    /// From now on descriptions of this world, and of those that come from it, say what is different from now. That
    /// makes them short. Only descriptions with the same base can be compared.
    pub fn rebase(&mut self) {
        self.vm.rebase();
        self.random_base = Arc::clone(&self.random);
    }

    /// What the program has looked at that is left out of descriptions unless it is asked for.
    #[must_use]
    pub fn observed(&self) -> Precision {
        Precision { addresses: self.vm.saw_addresses(), clock: self.system.saw_clock, output: false }
    }

    /// The fingerprint of this state. Two worlds of the same program, options and base have the same one when no
    /// continuation can tell them apart by more than the precision leaves out.
    #[must_use]
    pub fn fingerprint(&self, precision: Precision, scratch: &mut Scratch) -> Fingerprint {
        self.describe(precision, scratch);
        Fingerprint(scratch.digest())
    }

    /// Writes the description: what is shared, then each thread.
    pub fn describe(&self, precision: Precision, scratch: &mut Scratch) {
        let body = |id: ObjectId, words: &mut Words| self.body(id, words);
        let mut canon = Canon::new(&self.vm, &self.program, precision, scratch, &body);
        self.describe_shared(&mut canon);
        for number in 0..u32::try_from(self.system.tasks.len()).unwrap_or(u32::MAX) {
            canon.thread_state(ThreadId(number));
            self.describe_task(ThreadId(number), &mut canon);
            canon.end_part();
        }
    }

    fn describe_shared(&self, canon: &mut Canon<'_>) {
        let precision = canon.precision;
        let words = canon.words();
        match &self.phase {
            // Whether everybody is done, or nobody can go on, follows from the rest.
            Phase::Idle | Phase::Ended(End::Finished | End::Deadlock) => words.push(0),
            Phase::Ended(end) => {
                words.push(1);
                words.text(&format!("{end:?}"));
            }
            // In the middle of a step everything counts; nobody explores from there.
            Phase::Turn(turn) => {
                words.push(2);
                words.text(&format!("{turn:?} {}", self.steps()));
            }
        }
        self.inputs.hash(words);
        if !Arc::ptr_eq(&self.random, &self.random_base) {
            self.random.hash(words);
        }
        if precision.clock {
            words.push(self.now().0);
        }
        if precision.output {
            self.output.pieces().for_each(|piece| words.text(piece));
        }
        canon.shared();
    }

    fn describe_task(&self, thread: ThreadId, canon: &mut Canon<'_>) {
        let Some(task) = self.system.task(thread) else { return };
        let precision = canon.precision;
        let life = match task.state {
            ThreadState::New => 0,
            ThreadState::Finished => 1,
            ThreadState::Failed => 2,
            ThreadState::Killed => 3,
            _ => 4,
        };
        let timed = !self.system.options.abstract_time || precision.clock;
        canon.words().push(life | u64::from(task.daemon) << 3);
        task.stage.hash(canon.words());
        if timed {
            let left = task.deadline.map(|deadline| deadline.0.saturating_sub(self.now().0));
            left.hash(canon.words());
        }
        match &task.op {
            None => canon.words().push(0),
            Some(op) => {
                canon.words().push(1);
                operation(op, timed, canon);
            }
        }
    }

    /// The state of a primitive.
    fn body(&self, id: ObjectId, words: &mut Words) {
        let Some(entry) = self.system.table.get(id) else { return words.push(0) };
        words.variant(&entry.body);
        match &entry.body {
            // Its lock is an object of the machine's, which is described there; its number is an accident.
            Primitive::Condition(condition) => condition.queue.hash(words),
            Primitive::Lock(lock) => lock.hash(words),
            Primitive::RLock(lock) => lock.hash(words),
            Primitive::Event(event) => event.hash(words),
            Primitive::Semaphore(semaphore) => semaphore.hash(words),
            Primitive::Barrier(barrier) => barrier.hash(words),
            Primitive::Queue(queue) => queue.hash(words),
        }
        if self.system.options.fair {
            entry.interested.hash(words);
        }
    }
}

/// A pending operation. Those on memory are performed by the machine, which knows them from its own state.
fn operation(op: &Op, timed: bool, canon: &mut Canon<'_>) {
    canon.words().variant(op);
    let wait = |id: ObjectId, patience: Patience, canon: &mut Canon<'_>| {
        canon.primitive(id);
        self::patience(patience, timed, canon.words());
    };
    match op {
        Op::Load(_) | Op::Store(..) | Op::Delete(_) | Op::Method { .. } | Op::Enumerate | Op::ActiveCount | Op::Now => {
        }
        Op::Acquire { lock: id, patience }
        | Op::Wait { condition: id, patience }
        | Op::EventWait { event: id, patience }
        | Op::BarrierWait { barrier: id, patience }
        | Op::Put { queue: id, item: _, patience }
        | Op::Get { queue: id, patience } => wait(*id, *patience, canon),
        Op::Release { lock: id, count } => {
            canon.primitive(*id);
            canon.words().push(u64::from(*count));
        }
        Op::Notify { condition, count } => {
            canon.primitive(*condition);
            count.hash(canon.words());
        }
        Op::BarrierRelease { barrier: id, failed: flag } | Op::Shutdown { queue: id, immediate: flag } => {
            canon.primitive(*id);
            canon.words().push(u64::from(*flag));
        }
        Op::EventSet(id)
        | Op::EventClear(id)
        | Op::BarrierAbort(id)
        | Op::BarrierReset(id)
        | Op::TaskDone(id)
        | Op::QueueJoin(id) => canon.primitive(*id),
        Op::Query { object, question } => {
            canon.primitive(*object);
            canon.words().variant(question);
        }
        Op::Start(thread) | Op::IsAlive(thread) => canon.words().push(u64::from(thread.0)),
        Op::Join { thread, patience } => {
            canon.words().push(u64::from(thread.0));
            self::patience(*patience, timed, canon.words());
        }
        Op::Sleep(length) => canon.words().push(if timed { length.0 } else { 0 }),
        Op::Random(draw) => canon.words().text(&format!("{draw:?}")),
        Op::Print { text, .. } | Op::Input { prompt: text } => {
            if canon.precision.output {
                canon.words().text(text);
            }
        }
    }
}

fn patience(patience: Patience, timed: bool, words: &mut Words) {
    words.variant(&patience);
    if let Patience::For(length) = patience
        && timed
    {
        words.push(length.0);
    }
}
