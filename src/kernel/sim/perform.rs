//! What each operation on primitives, threads and the clock does, and what its thread is answered.

use super::system::System;
use super::task::{Stage, Task};
use crate::event::{Alternative, ThreadState};
use crate::ids::{ObjectId, ThreadId};
use crate::kernel::body::Primitive;
use crate::kernel::deed::{Came, Deed, patience};
use crate::kernel::render::Locks;
use crate::primitive::{Arrival, Departure, Fault, Queue};
use crate::vm::{Op, Patience, Question, Reply, Value};

impl System {
    /// Performs the pending operation of the thread in this way, which [fits](System::fit). Memory operations, random
    /// draws, output and input are not the system's.
    pub(crate) fn perform(&mut self, thread: ThreadId, alternative: Alternative) -> Deed {
        let served = self.is_served(thread);
        let Some((op, stage)) = self.withdraw(thread) else { return Deed::done() };
        let timeout = alternative == Alternative::Timeout;
        match op {
            Op::Acquire { lock, .. } => self.acquire(thread, lock, served, timeout),
            Op::Release { lock, count } => self.release(thread, lock, count),
            Op::Wait { condition, .. } => self.wait(thread, op, stage, condition, alternative),
            Op::Notify { condition, count } => self.notify(thread, condition, count, alternative),
            Op::EventWait { event, .. } => self.event_wait(thread, op, stage, event, timeout),
            Op::EventSet(event) => self.event_set(event),
            Op::EventClear(event) => self.event_clear(event),
            Op::BarrierWait { barrier, .. } => self.barrier_wait(thread, op, stage, barrier, timeout),
            Op::BarrierRelease { .. } | Op::BarrierAbort(_) | Op::BarrierReset(_) => self.barrier_change(&op),
            Op::Put { .. } if timeout || !served => Deed::unserved(Fault::QueueFull, timeout),
            Op::Get { .. } if timeout || !served => Deed::unserved(Fault::QueueEmpty, timeout),
            Op::Put { queue, .. } => self.queue_change(queue, Reply::Perform, Queue::put),
            Op::Get { queue, .. } => self.queue_change(queue, Reply::Perform, Queue::get),
            Op::TaskDone(queue) => self.queue_change(queue, Reply::Value(Value::None), Queue::task_done),
            Op::QueueJoin(_) | Op::Sleep(_) => Deed::done(),
            Op::Shutdown { queue, immediate } => self.queue_change(queue, Reply::Perform, |queue| {
                queue.shut_down(immediate);
                Ok(())
            }),
            Op::Query { object, question } => Deed::new(self.query(object, question), Came::Reply),
            Op::Start(target) => self.try_start(target),
            Op::Join { thread: target, .. } => self.join(thread, target, timeout),
            Op::IsAlive(target) => {
                let alive = self.task(target).is_some_and(Task::is_alive);
                Deed::new(Value::Bool(alive), Came::Reply)
            }
            Op::Enumerate => Deed { reply: Some(Reply::Threads(self.living().into())), came: Came::Done },
            Op::ActiveCount => Deed::new(Value::Int(i64::from(self.alive)), Came::Reply),
            Op::Now => {
                self.saw_clock = true;
                let now = i64::try_from(self.clock.now().0).unwrap_or(i64::MAX);
                Deed::new(Value::Int(now), Came::Reply)
            }
            Op::Load(_)
            | Op::Store(..)
            | Op::Delete(_)
            | Op::Method { .. }
            | Op::Random(_)
            | Op::Print { .. }
            | Op::Input { .. } => Deed { reply: Some(Reply::Perform), came: Came::Done },
        }
    }

    // ---- locks and semaphores ----

    fn acquire(&mut self, thread: ThreadId, lock: ObjectId, served: bool, timeout: bool) -> Deed {
        if timeout {
            return Deed::new(Value::Bool(false), Came::TimedOut);
        }
        let lock = self.table.lock_of(lock);
        if !served {
            return Deed::new(Value::Bool(false), Came::Refused);
        }
        let taken = match self.table.get_mut(lock).map(|entry| &mut entry.body) {
            Some(Primitive::Lock(lock)) => lock.acquire(thread),
            Some(Primitive::RLock(lock)) => lock.acquire(thread),
            Some(Primitive::Semaphore(semaphore)) => semaphore.acquire(),
            _ => false,
        };
        self.review_all(lock);
        Deed::new(Value::Bool(taken), if taken { Came::Done } else { Came::Refused })
    }

    fn release(&mut self, thread: ThreadId, lock: ObjectId, count: u32) -> Deed {
        let lock = self.table.lock_of(lock);
        let result = match self.table.get_mut(lock).map(|entry| &mut entry.body) {
            Some(Primitive::Lock(lock)) => lock.release(),
            Some(Primitive::RLock(lock)) => lock.release(thread),
            Some(Primitive::Semaphore(semaphore)) => semaphore.release(count),
            _ => Ok(()),
        };
        self.review_all(lock);
        Deed::of(result)
    }

    // ---- conditions ----

    /// True when the thread may wait or notify: it owns the reentrant lock, or somebody owns the plain one (which is
    /// all that CPython can find out, too).
    fn holds(&self, thread: ThreadId, lock: ObjectId) -> bool {
        match self.table.get(lock).map(|entry| &entry.body) {
            Some(Primitive::Lock(lock)) => lock.owner.is_some(),
            Some(Primitive::RLock(lock)) => lock.owner() == Some(thread),
            _ => false,
        }
    }

    fn wait(&mut self, thread: ThreadId, op: Op, stage: Stage, condition: ObjectId, alternative: Alternative) -> Deed {
        let lock = self.table.lock_of(condition);
        match stage {
            Stage::Parked { depth } => {
                let notified = alternative == Alternative::Spurious;
                if let Some(Primitive::Condition(body)) = self.body(condition) {
                    body.leave(thread);
                }
                self.park(thread, op, Stage::Returning { depth, notified }, true);
                Deed::later(if notified { Came::Done } else { Came::TimedOut })
            }
            Stage::Returning { depth, notified } => {
                match self.body(lock) {
                    Some(Primitive::Lock(lock)) => drop(lock.acquire(thread)),
                    Some(Primitive::RLock(lock)) => drop(lock.restore(thread, depth)),
                    _ => {}
                }
                self.review_all(lock);
                Deed::new(Value::Bool(notified), if notified { Came::Done } else { Came::TimedOut })
            }
            _ if !self.holds(thread, lock) => Deed::fault(Fault::WaitWithoutLock),
            _ => {
                let depth = match self.body(lock) {
                    Some(Primitive::Lock(lock)) => lock.release().map_or(0, |()| 1),
                    Some(Primitive::RLock(lock)) => lock.release_all(thread).unwrap_or(0),
                    _ => 0,
                };
                if let Some(Primitive::Condition(body)) = self.body(condition) {
                    body.enqueue(thread);
                }
                self.park(thread, op, Stage::Parked { depth }, true);
                self.review_all(lock);
                Deed::later(Came::Enqueued)
            }
        }
    }

    fn notify(&mut self, thread: ThreadId, condition: ObjectId, count: Option<u32>, alternative: Alternative) -> Deed {
        if !self.holds(thread, self.table.lock_of(condition)) {
            return Deed::fault(Fault::NotifyWithoutLock);
        }
        let Some(Primitive::Condition(body)) = self.body(condition) else { return Deed::done() };
        let woken = match (alternative, count) {
            (Alternative::Wake(way), Some(count)) => body.notify_way(count, way),
            _ => body.notify(count),
        };
        for waiter in &woken {
            if let Stage::Parked { depth } = self.tasks[waiter.index()].stage {
                self.wake(*waiter, Stage::Returning { depth, notified: true });
            }
        }
        Deed::new(Value::None, Came::Woke(woken))
    }

    // ---- events ----

    fn event_wait(&mut self, thread: ThreadId, op: Op, stage: Stage, event: ObjectId, timeout: bool) -> Deed {
        let Some(Primitive::Event(body)) = self.body(event) else { return Deed::done() };
        match stage {
            Stage::Queued if timeout => {
                body.leave(thread);
                Deed::new(Value::Bool(false), Came::TimedOut)
            }
            Stage::Released => Deed::new(Value::Bool(true), Came::Done),
            _ if body.set => Deed::new(Value::Bool(true), Came::Done),
            _ if patience(&op) == Patience::None => Deed::new(Value::Bool(false), Came::Refused),
            _ => {
                body.enqueue(thread);
                self.park(thread, op, Stage::Queued, true);
                Deed::later(Came::Enqueued)
            }
        }
    }

    fn event_set(&mut self, event: ObjectId) -> Deed {
        let Some(Primitive::Event(body)) = self.body(event) else { return Deed::done() };
        let woken = body.set();
        for waiter in &woken {
            self.wake(*waiter, Stage::Released);
        }
        Deed::new(Value::None, Came::Woke(woken))
    }

    fn event_clear(&mut self, event: ObjectId) -> Deed {
        if let Some(Primitive::Event(body)) = self.body(event) {
            body.clear();
        }
        Deed::done()
    }

    // ---- barriers ----

    fn barrier_wait(&mut self, thread: ThreadId, op: Op, stage: Stage, barrier: ObjectId, timeout: bool) -> Deed {
        let Some(Primitive::Barrier(body)) = self.body(barrier) else { return Deed::done() };
        let deed = match stage {
            Stage::Arrived { .. } if timeout => {
                body.break_up();
                body.leave();
                Deed { came: Came::TimedOut, ..Deed::fault(Fault::BarrierBroken) }
            }
            Stage::Arrived { index } => {
                let broken = body.look() == Departure::Broken;
                body.leave();
                if broken { Deed::fault(Fault::BarrierBroken) } else { Deed::new(index_value(index), Came::Reply) }
            }
            _ => match body.arrive() {
                Arrival::Broken => Deed::fault(Fault::BarrierBroken),
                Arrival::Acts(index) => Deed::new(index_value(index), Came::Enqueued),
                Arrival::Last(index) => Deed::new(index_value(index), Came::Woke(self.arrived(barrier))),
                Arrival::Waits(index) => {
                    self.park(thread, op, Stage::Arrived { index }, true);
                    Deed::later(Came::Enqueued)
                }
            },
        };
        self.review_all(barrier);
        deed
    }

    /// The action was run, or `abort`, or `reset`.
    fn barrier_change(&mut self, op: &Op) -> Deed {
        let (Op::BarrierRelease { barrier, .. } | Op::BarrierAbort(barrier) | Op::BarrierReset(barrier)) = *op else {
            return Deed::done();
        };
        if let Some(Primitive::Barrier(body)) = self.body(barrier) {
            match op {
                Op::BarrierRelease { failed, .. } => body.release(*failed),
                Op::BarrierAbort(_) => body.break_up(),
                _ => body.reset(),
            }
        }
        let woken = self.arrived(barrier);
        self.review_all(barrier);
        Deed::new(Value::None, Came::Woke(woken))
    }

    /// Who waits inside the barrier, longest first.
    fn arrived(&self, barrier: ObjectId) -> Vec<ThreadId> {
        let inside = |thread: &&ThreadId| matches!(self.tasks[thread.index()].stage, Stage::Arrived { .. });
        self.table.get(barrier).map_or_else(Vec::new, |entry| entry.interested.iter().filter(inside).copied().collect())
    }

    // ---- queues ----

    fn queue_change(
        &mut self,
        queue: ObjectId,
        reply: Reply,
        change: impl FnOnce(&mut Queue) -> Result<(), Fault>,
    ) -> Deed {
        let Some(Primitive::Queue(body)) = self.body(queue) else { return Deed::done() };
        let result = change(body);
        self.review_all(queue);
        result.map_or_else(Deed::fault, |()| Deed { reply: Some(reply), came: Came::Done })
    }

    // ---- questions ----

    fn query(&self, object: ObjectId, question: Question) -> Value {
        let Some(entry) = self.table.get(object) else { return Value::None };
        let number = |n: u32| Value::Int(i64::from(n));
        match (&entry.body, question) {
            (Primitive::Lock(_) | Primitive::RLock(_), Question::Locked) => Value::Bool(entry.owner().is_some()),
            (Primitive::Condition(condition), Question::Locked) => self.query(condition.lock, question),
            (Primitive::Event(event), Question::IsSet) => Value::Bool(event.set),
            (Primitive::Semaphore(semaphore), Question::SemaphoreValue) => Value::Int(semaphore.value),
            (Primitive::Barrier(barrier), Question::Parties) => number(barrier.parties),
            (Primitive::Barrier(barrier), Question::Waiting) => number(barrier.waiting()),
            (Primitive::Barrier(barrier), Question::Broken) => Value::Bool(barrier.is_broken()),
            (Primitive::Queue(queue), Question::Qsize) => number(queue.items),
            (Primitive::Queue(queue), Question::Empty) => Value::Bool(queue.items == 0),
            (Primitive::Queue(queue), Question::Full) => Value::Bool(queue.is_full()),
            (Primitive::Queue(queue), Question::Unfinished) => number(queue.unfinished),
            _ => Value::None,
        }
    }

    // ---- threads ----

    /// Starts the thread; its body begins when the world lets it.
    fn try_start(&mut self, target: ThreadId) -> Deed {
        match self.task(target).map(|task| task.state) {
            Some(ThreadState::New) if self.may_start() => {
                self.start(target);
                Deed::done()
            }
            Some(ThreadState::New) => Deed::fault(Fault::TooManyThreads),
            _ => Deed::fault(Fault::StartedTwice),
        }
    }

    fn join(&mut self, thread: ThreadId, target: ThreadId, timeout: bool) -> Deed {
        let Some(task) = self.task(target) else { return Deed::done() };
        if target == thread {
            return Deed::fault(Fault::JoinSelf);
        }
        if task.state == ThreadState::New {
            return Deed::fault(Fault::JoinBeforeStart);
        }
        let came = if timeout || task.is_alive() { Came::TimedOut } else { Came::Done };
        Deed::new(Value::None, came)
    }

    /// The threads that are alive, in order.
    fn living(&self) -> Vec<ThreadId> {
        let numbered = self.tasks.iter().zip(0u32..);
        numbered.filter(|(task, _)| task.is_alive()).map(|(_, number)| ThreadId(number)).collect()
    }

    fn body(&mut self, object: ObjectId) -> Option<&mut Primitive> {
        self.table.get_mut(object).map(|entry| &mut entry.body)
    }
}

fn index_value(index: u32) -> Value {
    Value::Int(i64::from(index))
}
