//! What each operation does, and what its thread is answered.
//!
//! Everything takes effect under the GIL. An operation that has to wait puts the GIL down meanwhile
//! ([`Worker::idle`]) and has it again before it looks whether it can go on.

use super::inside::{Life, tell_did};
use super::worker::{ALIVE_MAX, Worker};
use crate::event::{Action, EventKind, Outcome, ThreadState};
use crate::ids::{Nanos, ThreadId};
use crate::kernel::deed::{Came, Deed};
use crate::kernel::render::changes;
use crate::primitive::Fault;
use crate::sync::monitor::rest;
use crate::sync::raw::{GaveUp, Patience as Waiting};
use crate::sync::{Stopped, probe};
use crate::vm::{Advance, Op, Patience, Reply, Value};
use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Instant;

/// What an operation that may wait came to.
pub(super) type Answer = Result<Reply, Stopped>;

impl Worker<'_> {
    /// Performs the operation and runs on to the next one.
    pub(super) fn perform(&self, op: &Op) -> Result<Advance, Stopped> {
        if matches!(op, Op::Load(_) | Op::Store(..) | Op::Delete(_) | Op::Method { .. }) {
            return Ok(self.touch(op));
        }
        let reply = self.operate(op)?;
        self.still_here()?;
        Ok(self.inside().commit(self.me, reply))
    }

    /// A memory operation: the machine performs it.
    fn touch(&self, op: &Op) -> Advance {
        let mut inside = self.inside();
        let (action, outcome) = inside.renderer().foretell(op);
        let advance = inside.commit(self.me, Reply::Perform);
        tell_did(action, outcome);
        if let Some(target) = changes(op) {
            inside.tell_contents(target);
        }
        advance
    }

    fn operate(&self, op: &Op) -> Answer {
        match *op {
            Op::Start(target) => Ok(self.start(op, target)),
            Op::Join { thread, patience } => self.join(op, thread, patience),
            Op::Sleep(length) => self.sleep(length),
            Op::Input { .. } => self.input(op),
            Op::Load(_)
            | Op::Store(..)
            | Op::Delete(_)
            | Op::Method { .. }
            | Op::IsAlive(_)
            | Op::Enumerate
            | Op::ActiveCount
            | Op::Now
            | Op::Random(_)
            | Op::Print { .. } => Ok(self.at_once(op)),
            Op::Acquire { lock: object, .. }
            | Op::Release { lock: object, .. }
            | Op::Wait { condition: object, .. }
            | Op::Notify { condition: object, .. }
            | Op::EventWait { event: object, .. }
            | Op::EventSet(object)
            | Op::EventClear(object)
            | Op::BarrierWait { barrier: object, .. }
            | Op::BarrierRelease { barrier: object, .. }
            | Op::BarrierAbort(object)
            | Op::BarrierReset(object)
            | Op::Put { queue: object, .. }
            | Op::Get { queue: object, .. }
            | Op::TaskDone(object)
            | Op::QueueJoin(object)
            | Op::Shutdown { queue: object, .. }
            | Op::Query { object, .. } => self.use_object(op, object),
        }
    }

    /// Operations that neither wait nor concern a primitive.
    fn at_once(&self, op: &Op) -> Reply {
        let mut inside = self.inside();
        // The clocks of two processors may differ by a little; the program's never goes back.
        inside.read = inside.read.max(self.now());
        let now = inside.read;
        let deed = match op {
            Op::IsAlive(target) => Deed::new(Value::Bool(inside.life(*target) == Some(Life::Alive)), Came::Reply),
            Op::Enumerate => Deed { reply: Some(Reply::Threads(inside.living().into())), came: Came::Done },
            Op::ActiveCount => Deed::new(Value::Int(i64::from(inside.alive())), Came::Reply),
            Op::Now => Deed::new(Value::Int(i64::try_from(now.0).unwrap_or(i64::MAX)), Came::Reply),
            Op::Random(draw) => inside.draw(draw),
            Op::Print { text, .. } => {
                inside.write(text);
                Deed::done()
            }
            _ => Deed::done(),
        };
        drop(inside);
        self.answer(op, deed)
    }

    /// Tells what came of an operation.
    pub(super) fn answer(&self, op: &Op, deed: Deed) -> Reply {
        let inside = self.inside();
        let renderer = inside.renderer();
        tell_did(renderer.action(op, false), renderer.outcome(&deed));
        deed.reply.unwrap_or(Reply::Value(Value::None))
    }

    /// The program's clock.
    fn now(&self) -> Nanos {
        self.shared.tempo.shown(self.shared.probe.now())
    }

    // ---- threads ----

    fn start(&self, op: &Op, target: ThreadId) -> Reply {
        let (life, room) = {
            let inside = self.inside();
            (inside.life(target), inside.may_start(ALIVE_MAX))
        };
        let fault = match life {
            // It tells nothing before it has the GIL.
            Some(Life::New) if room && self.shared.hire(target).is_ok() => {
                let reply = self.answer(op, Deed::done());
                self.inside().start(target, self.me);
                self.heir.set(Some(target));
                return reply;
            }
            Some(Life::New) => Fault::TooManyThreads,
            _ => Fault::StartedTwice,
        };
        self.answer(op, Deed::fault(fault))
    }

    fn join(&self, op: &Op, target: ThreadId, patience: Patience) -> Answer {
        let life = self.inside().life(target);
        let deed = match life {
            _ if target == self.me => Deed::fault(Fault::JoinSelf),
            Some(Life::New) => Deed::fault(Fault::JoinBeforeStart),
            Some(Life::Alive | Life::Over) => return self.join_started(op, target, patience),
            None => Deed::done(),
        };
        Ok(self.answer(op, deed))
    }

    fn join_started(&self, op: &Op, target: ThreadId, patience: Patience) -> Answer {
        let (action, over) = {
            let inside = self.inside();
            (inside.renderer().action(op, false), Arc::clone(&inside.tasks[target.index()].over))
        };
        let joined = over.wait(
            0,
            self.shared.tempo.patience(patience),
            |over, _| over.then(|| tell_did(action.clone(), Outcome::Done)),
            |_| probe::tell(|_| EventKind::State(ThreadState::Joining { thread: target })),
            |_, why| match why {
                GaveUp::Refused | GaveUp::TimedOut => tell_did(action.clone(), Outcome::TimedOut),
                GaveUp::Stopped => {}
            },
            &mut |idle| self.idle(idle),
        );
        match joined {
            Err(GaveUp::Stopped) => Err(Stopped),
            Ok(()) | Err(GaveUp::Refused | GaveUp::TimedOut) => Ok(Reply::Value(Value::None)),
        }
    }

    // ---- the outside ----

    fn sleep(&self, length: Nanos) -> Answer {
        let until = self.now().after(length);
        let end = self.shared.tempo.end_of(length);
        probe::tell(|_| EventKind::State(ThreadState::Sleeping { until }));
        self.drop_gil();
        while end.is_none_or(|end| Instant::now() < end) {
            rest(end)?;
        }
        probe::tell(|_| EventKind::State(ThreadState::Ready));
        self.take_gil()?;
        tell_did(Action::Sleep { length }, Outcome::Done);
        Ok(Reply::Value(Value::None))
    }

    /// The prompt is written together with the answer, so that nothing others print comes between.
    fn input(&self, op: &Op) -> Answer {
        let read = self.shared.inputs.wait(
            0,
            Waiting::Forever,
            |lines, _| {
                self.still_here().ok()?;
                let deed = next_line(lines)?;
                if let Op::Input { prompt } = op {
                    self.inside().write(prompt);
                }
                Some(self.answer(op, deed))
            },
            |_| probe::tell(|_| EventKind::State(ThreadState::Reading)),
            |_, _| {},
            &mut |idle| self.idle(idle),
        );
        read.map_err(|_| Stopped)
    }
}

/// A line, if one was given; the end of the input stays.
fn next_line(lines: &mut VecDeque<Option<Arc<str>>>) -> Option<Deed> {
    let Some(line) = lines.front()?.clone() else { return Some(Deed::fault(Fault::EndOfInput)) };
    lines.pop_front();
    Some(Deed { reply: Some(Reply::Text(line)), came: Came::Reply })
}
