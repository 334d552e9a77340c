//! Operations on primitives: each is performed by the real one, which tells what came of it. Here it is only said which
//! one that is, how long the thread is willing to wait, and what it is answered.

use super::inside::Inside;
use super::objects::Object;
use super::perform::Answer;
use super::worker::Worker;
use crate::event::Text;
use crate::ids::ObjectId;
use crate::kernel::deed::{Came, Deed};
use crate::primitive::Fault;
use crate::sync::Stopped;
use crate::sync::raw::{Barrier, Condition, Event, Failure, GaveUp, Lock, Passage, Patience, Queue, Semaphore};
use crate::vm::{self, Op, Question, Reply, Value};

impl Worker<'_> {
    pub(super) fn use_object(&self, op: &Op, id: ObjectId) -> Answer {
        let object = self.inside().objects.used_by(op, id).cloned();
        match object {
            Some(Object::Lock(lock)) => self.use_lock(op, &lock),
            Some(Object::Semaphore(semaphore)) => self.use_semaphore(op, &semaphore),
            Some(Object::Condition { condition, .. }) => self.use_condition(op, &condition),
            Some(Object::Event(event)) => self.use_event(op, &event),
            Some(Object::Barrier { barrier, parties }) => self.use_barrier(op, &barrier, parties),
            Some(Object::Queue(queue)) => self.use_queue(op, &queue),
            None => Ok(self.answer(op, Deed::done())),
        }
    }

    fn use_lock(&self, op: &Op, lock: &Lock) -> Answer {
        match *op {
            Op::Acquire { patience, .. } => taken(lock.acquire(self.patience(patience), &mut |idle| self.idle(idle))),
            Op::Release { .. } => Ok(done(lock.release())),
            _ => Ok(truth(lock.locked())),
        }
    }

    fn use_semaphore(&self, op: &Op, semaphore: &Semaphore) -> Answer {
        match *op {
            Op::Acquire { patience, .. } => {
                taken(semaphore.acquire(self.patience(patience), &mut |idle| self.idle(idle)))
            }
            Op::Release { count, .. } => Ok(done(semaphore.release(count))),
            _ => Ok(Reply::Value(Value::Int(semaphore.value()))),
        }
    }

    fn use_condition(&self, op: &Op, condition: &Condition) -> Answer {
        match *op {
            Op::Wait { patience, .. } => {
                let waited = condition.wait(self.patience(patience), &mut |idle| self.idle(idle));
                answered(waited.map(truth), Fault::WaitWithoutLock)
            }
            Op::Notify { count, .. } => Ok(done(condition.notify(count))),
            _ => Ok(truth(condition.locked())),
        }
    }

    fn use_event(&self, op: &Op, event: &Event) -> Answer {
        match *op {
            Op::EventWait { patience, .. } => {
                return taken(event.wait(self.patience(patience), &mut |idle| self.idle(idle)));
            }
            Op::EventSet(_) => event.set(),
            Op::EventClear(_) => event.clear(),
            _ => return Ok(truth(event.is_set())),
        }
        Ok(NOTHING)
    }

    fn use_barrier(&self, op: &Op, barrier: &Barrier, parties: u32) -> Answer {
        match *op {
            Op::BarrierWait { patience, .. } => {
                let passed = barrier.wait(self.patience(patience), &mut |idle| self.idle(idle));
                let index = passed.map(|(Passage::Through(index) | Passage::Acts(index))| number(index));
                return answered(index, Fault::BarrierBroken);
            }
            Op::BarrierRelease { failed, .. } => barrier.release(failed),
            Op::BarrierAbort(_) => barrier.abort(),
            Op::BarrierReset(_) => barrier.reset(),
            Op::Query { question: Question::Waiting, .. } => return Ok(number(barrier.waiting())),
            Op::Query { question: Question::Broken, .. } => return Ok(truth(barrier.is_broken())),
            // What never changes it need not be asked for.
            _ => return Ok(self.answer(op, Deed::new(Value::Int(i64::from(parties)), Came::Reply))),
        }
        Ok(NOTHING)
    }

    /// The queue counts, and the machine moves the items.
    fn use_queue(&self, op: &Op, queue: &Queue) -> Answer {
        let idle = &mut |idle| self.idle(idle);
        match *op {
            Op::Put { item, patience, .. } => {
                let item = || self.shown(|_| Some(item));
                let put = queue.put(&item, self.patience(patience), idle);
                answered(put.map(|()| Reply::Perform), Fault::QueueFull)
            }
            Op::Get { queue: id, patience } => {
                let first = || self.shown(|inside| inside.vm.queue_first(id));
                let got = queue.get(&first, self.patience(patience), idle);
                answered(got.map(|()| Reply::Perform), Fault::QueueEmpty)
            }
            Op::TaskDone(_) => Ok(done(queue.task_done())),
            Op::QueueJoin(_) => queue.join(idle).map(|()| NOTHING).map_err(|_| Stopped),
            Op::Shutdown { immediate, .. } => {
                queue.shut_down(immediate);
                Ok(Reply::Perform)
            }
            Op::Query { question: Question::Qsize, .. } => Ok(number(queue.len())),
            Op::Query { question: Question::Empty, .. } => Ok(truth(queue.is_empty())),
            Op::Query { question: Question::Full, .. } => Ok(truth(queue.is_full())),
            _ => Ok(number(queue.unfinished())),
        }
    }

    /// A value in the machine as it is shown; nobody looks at what a thread tells that was stopped.
    fn shown(&self, find: impl FnOnce(&Inside) -> Option<Value>) -> Text {
        let text = self.look(|inside| inside.renderer().value(find(inside).unwrap_or(Value::None)));
        text.unwrap_or(Text::Int(0))
    }

    fn patience(&self, patience: vm::Patience) -> Patience {
        self.shared.tempo.patience(patience)
    }
}

/// `None`.
const NOTHING: Reply = Reply::Value(Value::None);

fn number(number: u32) -> Reply {
    Reply::Value(Value::Int(i64::from(number)))
}

fn truth(value: bool) -> Reply {
    Reply::Value(Value::Bool(value))
}

/// `None`, or the exception.
fn done(result: Result<(), Fault>) -> Reply {
    result.map_or_else(raised, |()| NOTHING)
}

fn raised(fault: Fault) -> Reply {
    Deed::fault(fault).reply.unwrap_or(NOTHING)
}

/// Whether it was got in time.
fn taken(result: Result<(), GaveUp>) -> Answer {
    match result {
        Err(GaveUp::Stopped) => Err(Stopped),
        result => Ok(truth(result.is_ok())),
    }
}

/// The answer, or the exception; `unserved` when the time was over.
fn answered(result: Result<Reply, Failure>, unserved: Fault) -> Answer {
    match result {
        Ok(reply) => Ok(reply),
        Err(Failure::GaveUp(GaveUp::Stopped)) => Err(Stopped),
        Err(Failure::GaveUp(GaveUp::Refused | GaveUp::TimedOut)) => Ok(raised(unserved)),
        Err(Failure::Fault(fault)) => Ok(raised(fault)),
    }
}
