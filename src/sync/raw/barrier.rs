//! `threading.Barrier`: [`primitive::Barrier`] with real threads. Who has arrived waits inside, who comes while the others
//! leave waits outside.

use super::{Failure, UNTOLD, tell_did, tell_query, tell_state, truth};
use crate::event::{Action, EventKind, ObjectKind, ObjectState, Outcome, Text, ThreadState};
use crate::ids::{ObjectId, ThreadId};
use crate::primitive::{self, Arrival, Departure, Fault};
use crate::sync::monitor::{GaveUp, Idle, Monitor, Patience, Queue, Waiter};
use crate::sync::probe;
use crate::sync::tag::Tag;
use std::cell::Cell;
use std::panic::Location;
use std::sync::Arc;

/// A barrier.
#[derive(Debug)]
pub(crate) struct Barrier {
    tag: Tag,
    monitor: Monitor<State>,
}

#[derive(Debug)]
struct State {
    body: primitive::Barrier,
    /// Those of the recorded threads that have arrived, wait, and have not left, in the order in which they came.
    inside: Vec<ThreadId>,
}

const INSIDE: u8 = 0;
const OUTSIDE: u8 = 1;

/// How a thread comes through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Passage {
    /// All were there. It had come as this one, from 0.
    Through(u32),
    /// All are there, and it runs the action: it must call [`Barrier::release`] afterwards.
    Acts(u32),
}

/// What becomes of a thread that comes.
enum Arrived {
    Passes(Passage),
    Stays(u32, Arc<Waiter>),
}

impl Barrier {
    /// A barrier that was declared as this object.
    pub(crate) const fn declared(id: ObjectId, parties: u32, action: bool) -> Barrier {
        Barrier { tag: Tag::given(id), monitor: Monitor::new(State::new(parties, action)) }
    }

    /// A barrier that declares itself.
    pub(crate) const fn new(parties: u32, action: bool, born: &'static Location<'static>) -> Barrier {
        Barrier { tag: Tag::new(ObjectKind::Barrier, born), monitor: Monitor::new(State::new(parties, action)) }
    }

    pub(crate) const fn tag(&self) -> &Tag {
        &self.tag
    }

    /// Waits until all parties are there. The patience counts from the arrival, and not while the action runs.
    pub(crate) fn wait(&self, patience: Patience, idle: &mut dyn FnMut(Idle)) -> Result<Passage, Failure> {
        let announces = Cell::new(self.tag.announces());
        let arrived = self.monitor.wait(
            OUTSIDE,
            Patience::Forever,
            |state, queue| state.body.is_open().then(|| self.arrive(state, queue, patience, announces.get())),
            |state| {
                let object = self.object(state);
                if announces.take() {
                    probe::tell(|_| EventKind::Pending(wait_action(object, patience)));
                }
                tell_state(ThreadState::Waiting { on: object });
            },
            |_, _| {},
            idle,
        )??;
        match arrived {
            Arrived::Passes(passage) => Ok(passage),
            Arrived::Stays(index, waiter) => self.stay(index, &waiter, patience, idle).map(Passage::Through),
        }
    }

    /// The action has been run: the others may go, or, if it failed, find the barrier broken.
    pub(crate) fn release(&self, failed: bool) {
        self.change(
            |object| if failed { Action::BarrierAbort { object } } else { wait_action(object, Patience::Forever) },
            |body| body.release(failed),
        );
    }

    /// Breaks it.
    pub(crate) fn abort(&self) {
        self.change(|object| Action::BarrierAbort { object }, primitive::Barrier::break_up);
    }

    /// Makes it as new; whoever has arrived gets an error.
    pub(crate) fn reset(&self) {
        self.change(|object| Action::BarrierReset { object }, primitive::Barrier::reset);
    }

    /// How many have arrived and cannot go yet.
    pub(crate) fn waiting(&self) -> u32 {
        self.monitor.change(|state, _| {
            let waiting = state.body.waiting();
            tell_query(self.object(state), "n_waiting", || i64::from(waiting).into());
            waiting
        })
    }

    pub(crate) fn is_broken(&self) -> bool {
        self.monitor.change(|state, _| {
            let broken = state.body.is_broken();
            tell_query(self.object(state), "broken", || truth(broken));
            broken
        })
    }

    // ---- the parts of a wait ----

    /// The barrier is open: the thread is counted.
    fn arrive(
        &self,
        state: &mut State,
        queue: &mut Queue,
        patience: Patience,
        announces: bool,
    ) -> Result<Arrived, Fault> {
        let object = self.object(state);
        let did = |outcome| tell_did(wait_action(object, patience), outcome);
        match state.body.arrive() {
            Arrival::Broken => {
                did(Fault::BarrierBroken.raised());
                Err(Fault::BarrierBroken)
            }
            Arrival::Last(index) => {
                did(Outcome::Woke(state.inside.as_slice().into()));
                state.let_go(queue);
                Ok(Arrived::Passes(Passage::Through(index)))
            }
            Arrival::Acts(index) => {
                did(Outcome::Enqueued);
                Ok(Arrived::Passes(Passage::Acts(index)))
            }
            Arrival::Waits(index) => {
                if announces {
                    probe::tell(|_| EventKind::Pending(wait_action(object, patience)));
                }
                did(Outcome::Enqueued);
                tell_state(ThreadState::Waiting { on: object });
                state.inside.extend(probe::with(|recorder| recorder.thread()));
                Ok(Arrived::Stays(index, queue.join(INSIDE)))
            }
        }
    }

    /// It has arrived as this one, and waits for what becomes of the barrier.
    fn stay(
        &self,
        index: u32,
        waiter: &Arc<Waiter>,
        patience: Patience,
        idle: &mut dyn FnMut(Idle),
    ) -> Result<u32, Failure> {
        let mut deadline = patience.deadline();
        loop {
            let parked = waiter.park_idle(deadline, idle);
            let left = self.monitor.change(|state, queue| match parked {
                Err(GaveUp::TimedOut) if !waiter.is_woken() && state.body.is_acting() => {
                    // From now on it waits without a limit.
                    let object = self.object(state);
                    probe::tell(|_| EventKind::Pending(wait_action(object, Patience::Forever)));
                    None
                }
                Err(why) if why == GaveUp::Stopped || !waiter.is_woken() => {
                    self.give_up(state, queue, waiter, patience, why);
                    Some(Err(why.into()))
                }
                _ => Some(self.leave(state, queue, patience, index).map_err(Failure::from)),
            });
            match left {
                Some(result) => return result,
                // The action decides, however long it takes.
                None => deadline = None,
            }
        }
    }

    /// It does not wait any longer, and nobody else need wait then.
    fn give_up(&self, state: &mut State, queue: &mut Queue, waiter: &Arc<Waiter>, patience: Patience, why: GaveUp) {
        queue.remove(waiter);
        state.body.break_up();
        state.leave();
        if why == GaveUp::TimedOut {
            tell_did(wait_action(self.object(state), patience), Outcome::TimedOut);
        }
        waiter.tell_ready(why);
        state.let_go(queue);
    }

    /// It was let go, and leaves.
    fn leave(&self, state: &mut State, queue: &mut Queue, patience: Patience, index: u32) -> Result<u32, Fault> {
        let result = match state.body.look() {
            Departure::Broken => Err(Fault::BarrierBroken),
            Departure::Goes | Departure::Stays => Ok(index),
        };
        state.leave();
        let outcome = result.map_or_else(Fault::raised, |index| Outcome::Value(Text::Int(index.into())));
        tell_did(wait_action(self.object(state), patience), outcome);
        state.let_go(queue);
        result
    }

    fn change(&self, action: impl FnOnce(ObjectId) -> Action, change: impl FnOnce(&mut primitive::Barrier)) {
        self.monitor.change(|state, queue| {
            let object = self.object(state);
            change(&mut state.body);
            tell_did(action(object), Outcome::Woke(state.inside.as_slice().into()));
            state.let_go(queue);
        });
    }

    /// Its number on the tape. Asked before the state changes: the first time it is declared as it is.
    fn object(&self, state: &State) -> ObjectId {
        let (parties, broken) = (state.body.parties, state.body.is_broken());
        probe::with(|recorder| self.tag.of(recorder, || ObjectState::Barrier { parties, broken })).unwrap_or(UNTOLD)
    }
}

impl State {
    const fn new(parties: u32, action: bool) -> State {
        State { body: primitive::Barrier::new(parties, action), inside: Vec::new() }
    }

    /// The calling thread had arrived and leaves.
    fn leave(&mut self) {
        self.body.leave();
        if let Some(me) = probe::with(|recorder| recorder.thread()) {
            self.inside.retain(|thread| *thread != me);
        }
    }

    /// Wakes everybody who need not wait any more.
    fn let_go(&self, queue: &mut Queue) {
        if self.body.look() != Departure::Stays {
            queue.take(INSIDE, usize::MAX).wake();
        }
        if self.body.is_open() {
            queue.take(OUTSIDE, usize::MAX).wake();
        }
    }
}

const fn wait_action(object: ObjectId, patience: Patience) -> Action {
    Action::BarrierWait { object, timeout: patience.timeout() }
}
