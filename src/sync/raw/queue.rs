//! `queue.Queue` and its relatives: the numbers of [`primitive::Queue`], with or without the items.
//!
//! The live kernel has the items elsewhere, where they may be touched only under its own lock; it moves them when the
//! operation has succeeded, still under that lock ([`Idle`]).
//!
//! Whoever changes the numbers wakes one thread for each item or place that there is more. If that one comes too late,
//! the item was taken by somebody else, and nobody is owed anything.

use super::{Failure, UNTOLD, tell_did, tell_query, tell_state, truth};
use crate::event::{Action, EventKind, ObjectKind, ObjectState, Outcome, Text, ThreadState};
use crate::ids::ObjectId;
use crate::primitive::{self, Fault};
use crate::sync::monitor::{self, GaveUp, Idle, Monitor, Patience};
use crate::sync::probe;
use crate::sync::tag::Tag;
use std::collections::VecDeque;
use std::panic::Location;
use std::sync::Arc;

/// A queue with these items.
#[derive(Debug)]
pub(crate) struct Queue<I = ()> {
    tag: Tag,
    monitor: Monitor<State<I>>,
}

#[derive(Debug)]
pub(crate) struct State<I> {
    numbers: primitive::Queue,
    items: I,
}

/// What a queue holds.
pub(crate) trait Items {
    /// Each as it is shown, in the order in which they will come out.
    fn texts(&self) -> VecDeque<Text>;
    /// Takes them all out.
    fn take(&mut self) -> Self;
}

/// The items are somewhere else.
impl Items for () {
    fn texts(&self) -> VecDeque<Text> {
        VecDeque::new()
    }

    fn take(&mut self) {}
}

const GET: u8 = 0;
const PUT: u8 = 1;
const JOIN: u8 = 2;

impl Queue {
    /// A queue that was declared as this object, whose items are somewhere else. `maxsize` 0 is unbounded.
    pub(crate) const fn declared(id: ObjectId, maxsize: u32) -> Queue {
        let state = State { numbers: primitive::Queue::new(maxsize), items: () };
        Queue { tag: Tag::given(id), monitor: Monitor::new(state) }
    }

    /// Counts an item in; `item` is how it is shown.
    pub(crate) fn put(
        &self,
        item: &dyn Fn() -> Text,
        patience: Patience,
        idle: &mut dyn FnMut(Idle),
    ) -> Result<(), Failure> {
        self.put_with(item, |()| {}, patience, idle)
    }

    /// Counts an item out; `first` is how the next one is shown.
    pub(crate) fn get(
        &self,
        first: &dyn Fn() -> Text,
        patience: Patience,
        idle: &mut dyn FnMut(Idle),
    ) -> Result<(), Failure> {
        self.get_with(|()| ((), first()), patience, idle)
    }
}

impl<I> Queue<I> {
    /// A queue of this kind that declares itself, with room for any number of items.
    pub(crate) const fn new(kind: ObjectKind, items: I, born: &'static Location<'static>) -> Queue<I> {
        let state = State { numbers: primitive::Queue::new(0), items };
        Queue { tag: Tag::new(kind, born), monitor: Monitor::new(state) }
    }

    /// Gives it room for so many items, before it is used.
    pub(crate) fn set_capacity(&mut self, items: u32) {
        self.monitor.change(|state, _| state.numbers.capacity = Some(items));
    }

    pub(crate) const fn tag(&self) -> &Tag {
        &self.tag
    }
}

impl<I: Items> Queue<I> {
    /// Puts something in with `push`, when there is room; `item` is how it is shown.
    pub(crate) fn put_with(
        &self,
        item: &dyn Fn() -> Text,
        push: impl FnOnce(&mut I),
        patience: Patience,
        idle: &mut dyn FnMut(Idle),
    ) -> Result<(), Failure> {
        let action = |object| {
            // Nobody is told: nothing need be rendered.
            let item = if probe::is_recorded() { item() } else { Text::Int(0) };
            Action::Put { object, item, blocking: patience.blocking(), timeout: patience.timeout() }
        };
        let mut push = Some(push);
        let attempt = |state: &mut State<I>, queue: &mut monitor::Queue| {
            let object = self.object(state);
            let result = state.numbers.put();
            match result {
                Err(Fault::QueueFull) => return None,
                Err(fault) => tell_did(action(object), fault.raised()),
                Ok(()) => {
                    if let Some(push) = push.take() {
                        push(&mut state.items);
                    }
                    tell_did(action(object), Outcome::Done);
                    queue.take(GET, 1).wake();
                }
            }
            Some(result)
        };
        self.operate(PUT, patience, attempt, action, Fault::QueueFull, idle)
    }

    /// Takes something out with `pop`, when there is something; it says how that is shown.
    pub(crate) fn get_with<R>(
        &self,
        pop: impl FnOnce(&mut I) -> (R, Text),
        patience: Patience,
        idle: &mut dyn FnMut(Idle),
    ) -> Result<R, Failure> {
        let action = |object| Action::Get { object, blocking: patience.blocking(), timeout: patience.timeout() };
        let mut pop = Some(pop);
        let attempt = |state: &mut State<I>, queue: &mut monitor::Queue| {
            let object = self.object(state);
            match state.numbers.get() {
                Err(Fault::QueueEmpty) => None,
                Err(fault) => {
                    tell_did(action(object), fault.raised());
                    Some(Err(fault))
                }
                Ok(()) => {
                    let (item, text) = pop.take()?(&mut state.items);
                    tell_did(action(object), Outcome::Value(text));
                    queue.take(PUT, 1).wake();
                    Some(Ok(item))
                }
            }
        };
        self.operate(GET, patience, attempt, action, Fault::QueueEmpty, idle)
    }

    /// Waits until the attempt succeeds or fails for good; `unserved` is what is wrong if it must not wait.
    fn operate<R>(
        &self,
        lane: u8,
        patience: Patience,
        attempt: impl FnMut(&mut State<I>, &mut monitor::Queue) -> Option<Result<R, Fault>>,
        action: impl Fn(ObjectId) -> Action,
        unserved: Fault,
        idle: &mut dyn FnMut(Idle),
    ) -> Result<R, Failure> {
        let mut announces = self.tag.announces();
        let result = self.monitor.wait(
            lane,
            patience,
            attempt,
            |state| {
                let object = self.object(state);
                tell_waiting(object, &mut announces, || action(object));
            },
            |state, why| match why {
                GaveUp::Refused => tell_did(action(self.object(state)), unserved.raised()),
                GaveUp::TimedOut => tell_did(action(self.object(state)), Outcome::TimedOut),
                GaveUp::Stopped => {}
            },
            idle,
        );
        match result {
            Ok(result) => Ok(result?),
            Err(GaveUp::Refused) => Err(unserved.into()),
            Err(why) => Err(why.into()),
        }
    }

    /// Declares one of its items done.
    pub(crate) fn task_done(&self) -> Result<(), Fault> {
        self.monitor.change(|state, queue| {
            let object = self.object(state);
            let result = state.numbers.task_done();
            tell_did(Action::TaskDone { object }, result.map_or_else(Fault::raised, |()| Outcome::Done));
            state.wake_joiners(queue);
            result
        })
    }

    /// Waits until every item was declared done.
    pub(crate) fn join(&self, idle: &mut dyn FnMut(Idle)) -> Result<(), GaveUp> {
        let mut announces = self.tag.announces();
        self.monitor.wait(
            JOIN,
            Patience::Forever,
            |state, _| {
                let object = self.object(state);
                (state.numbers.unfinished == 0).then(|| tell_did(Action::QueueJoin { object }, Outcome::Done))
            },
            |state| {
                let object = self.object(state);
                tell_waiting(object, &mut announces, || Action::QueueJoin { object });
            },
            |_, _| {},
            idle,
        )
    }

    /// Closes it: nothing goes in any more. What is there comes out, or (`immediate`) comes back here, to be dropped
    /// when nothing is locked.
    pub(crate) fn shut_down(&self, immediate: bool) -> Option<I> {
        self.monitor.change(|state, queue| {
            let object = self.object(state);
            state.numbers.shut_down(immediate);
            let dropped = immediate.then(|| state.items.take());
            tell_did(Action::Shutdown { object, immediate }, Outcome::Done);
            queue.take(GET, usize::MAX).wake();
            queue.take(PUT, usize::MAX).wake();
            state.wake_joiners(queue);
            dropped
        })
    }

    // ---- questions ----

    pub(crate) fn len(&self) -> u32 {
        self.ask("qsize()", |numbers| (numbers.items, i64::from(numbers.items).into()))
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.ask("empty()", |numbers| (numbers.items == 0, truth(numbers.items == 0)))
    }

    pub(crate) fn is_full(&self) -> bool {
        self.ask("full()", |numbers| (numbers.is_full(), truth(numbers.is_full())))
    }

    /// How many items were put and not declared done.
    pub(crate) fn unfinished(&self) -> u32 {
        self.ask("unfinished_tasks", |numbers| (numbers.unfinished, i64::from(numbers.unfinished).into()))
    }

    fn ask<R>(&self, question: &str, answer: impl FnOnce(&primitive::Queue) -> (R, Text)) -> R {
        self.monitor.change(|state, _| {
            let (answer, text) = answer(&state.numbers);
            tell_query(self.object(state), question, || text);
            answer
        })
    }

    /// Its number on the tape. Asked before the state changes: the first time it is declared as it is.
    fn object(&self, state: &State<I>) -> ObjectId {
        let Some(known) = probe::with(|recorder| self.tag.known_to(recorder)) else { return UNTOLD };
        known.unwrap_or_else(|| {
            // Rendered before the recorder is touched: what the items' `Debug` does may be recorded itself.
            let shown = state.shown();
            probe::with(|recorder| self.tag.of(recorder, || shown)).unwrap_or(UNTOLD)
        })
    }
}

impl<I: Items> State<I> {
    fn shown(&self) -> ObjectState {
        ObjectState::Queue {
            items: Arc::new(self.items.texts()),
            capacity: self.numbers.capacity,
            unfinished: self.numbers.unfinished,
            closed: self.numbers.closed,
        }
    }

    fn wake_joiners(&self, queue: &mut monitor::Queue) {
        if self.numbers.unfinished == 0 {
            queue.take(JOIN, usize::MAX).wake();
        }
    }
}

fn tell_waiting(object: ObjectId, announces: &mut bool, action: impl FnOnce() -> Action) {
    if std::mem::take(announces) {
        probe::tell(|_| EventKind::Pending(action()));
    }
    tell_state(ThreadState::Waiting { on: object });
}
