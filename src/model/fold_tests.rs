use super::Model;
use crate::event::{
    Access, Action, Event, EventKind, ObjectInfo, ObjectKind, ObjectState, Outcome, Text, ThreadInfo, ThreadState,
};
use crate::ids::{Nanos, ObjectId, Seq, Step, ThreadId};
use std::sync::Arc;

const M: ThreadId = ThreadId::MAIN;
const A: ThreadId = ThreadId(1);
const B: ThreadId = ThreadId(2);

/// A model that is told what happens, one method for each kind of event.
struct Told {
    model: Model,
    step: u32,
}

impl Told {
    /// Three threads that run.
    fn new() -> Told {
        let mut told = Told { model: Model::default(), step: 0 };
        for id in [M, A, B] {
            let info = ThreadInfo { name: id.letter().into(), daemon: false, parent: None };
            told.tell(id, EventKind::Thread(Arc::new(info)));
            told.tell(id, EventKind::State(ThreadState::Ready));
        }
        told
    }

    fn with(mut self, id: u32, kind: ObjectKind, state: ObjectState) -> Told {
        let info = ObjectInfo { id: ObjectId(id), kind, name: format!("thing{id}").into(), line: 1, state };
        self.tell(M, EventKind::Object(Arc::new(info)));
        self
    }

    fn tell(&mut self, thread: ThreadId, kind: EventKind) {
        let (seq, step, at) = (Seq(0), Step(self.step), Nanos(0));
        self.model.apply(&Event { seq, step, at, thread, line: 10 + thread.0, kind });
    }

    fn did(&mut self, thread: ThreadId, action: Action, outcome: Outcome) {
        self.step += 1;
        self.tell(thread, EventKind::Did { action, outcome });
    }

    fn acquires(&mut self, thread: ThreadId, id: u32) {
        self.did(thread, Action::Acquire { object: ObjectId(id), blocking: true, timeout: None }, Outcome::Done);
    }

    fn releases(&mut self, thread: ThreadId, id: u32) {
        self.did(thread, Action::Release { object: ObjectId(id), count: 1 }, Outcome::Done);
    }

    fn writes(&mut self, thread: ThreadId, id: u32, key: Option<&str>, value: i64) {
        let key = key.map(Text::from);
        self.did(thread, Action::Write { object: ObjectId(id), key, value: Text::Int(value) }, Outcome::Done);
    }

    fn state(&self, id: u32) -> &ObjectState {
        &self.model.object(ObjectId(id)).unwrap().state
    }

    fn holds(&self, thread: ThreadId) -> Vec<u32> {
        self.model.thread(thread).unwrap().holds.iter().map(|(id, _)| id.0).collect()
    }

    fn guard(&self, id: u32) -> Option<Vec<u32>> {
        let guard = self.model.object(ObjectId(id)).unwrap().guarded_by.clone();
        guard.map(|locks| locks.into_iter().map(|lock| lock.0).collect())
    }
}

fn lock() -> ObjectState {
    ObjectState::Lock { owner: None, depth: 0 }
}

fn variable() -> ObjectState {
    ObjectState::Data(None)
}

#[test]
fn a_wait_gives_a_reentrant_lock_back_and_takes_it_as_often() {
    let condition = ObjectState::Condition { lock: ObjectId(0) };
    let mut told = Told::new().with(0, ObjectKind::RLock, lock()).with(1, ObjectKind::Condition, condition);
    told.acquires(A, 1);
    told.acquires(A, 0);
    assert_eq!(told.state(0), &ObjectState::Lock { owner: Some(A), depth: 2 });
    assert_eq!(told.model.thread(A).unwrap().holds, [(ObjectId(0), 11)]);
    told.did(A, Action::Wait { object: ObjectId(1), timeout: None }, Outcome::Enqueued);
    told.tell(A, EventKind::State(ThreadState::Waiting { on: ObjectId(1) }));
    assert_eq!((told.state(0), told.holds(A)), (&lock(), vec![]));
    assert_eq!(told.model.object(ObjectId(1)).unwrap().waiters, [A]);
    told.tell(A, EventKind::State(ThreadState::Ready));
    assert!(told.model.object(ObjectId(1)).unwrap().waiters.is_empty());
    told.did(A, Action::Reacquire { object: ObjectId(1) }, Outcome::Done);
    assert_eq!(told.state(0), &ObjectState::Lock { owner: Some(A), depth: 2 });
    told.releases(A, 0);
    told.releases(A, 0);
    assert_eq!((told.state(0), told.holds(A)), (&lock(), vec![]));
}

#[test]
fn a_lock_released_by_another_thread_is_no_longer_held() {
    let mut told = Told::new().with(0, ObjectKind::Lock, lock());
    told.acquires(A, 0);
    told.releases(B, 0);
    assert_eq!((told.state(0), told.holds(A), told.holds(B)), (&lock(), vec![], vec![]));
}

#[test]
fn places_of_a_semaphore_are_counted_and_given_back_by_anybody() {
    let mut told = Told::new().with(0, ObjectKind::Semaphore, ObjectState::Semaphore { value: 2, bound: None });
    told.acquires(A, 0);
    told.acquires(A, 0);
    assert_eq!((told.state(0), told.holds(A)), (&ObjectState::Semaphore { value: 0, bound: None }, vec![0, 0]));
    told.releases(A, 0);
    assert_eq!(told.holds(A), [0]);
    // There are as many as at first: nobody has one, whoever gave it back.
    told.releases(B, 0);
    told.releases(B, 0);
    assert_eq!((told.state(0), told.holds(A)), (&ObjectState::Semaphore { value: 3, bound: None }, vec![]));
}

#[test]
fn a_thread_that_is_over_has_no_place_of_a_semaphore_but_still_its_lock() {
    let semaphore = ObjectState::Semaphore { value: 2, bound: None };
    let mut told = Told::new().with(0, ObjectKind::Semaphore, semaphore).with(1, ObjectKind::Lock, lock());
    told.acquires(A, 0);
    told.acquires(A, 1);
    told.acquires(B, 0);
    told.tell(A, EventKind::State(ThreadState::Failed));
    assert_eq!((told.holds(A), told.holds(B)), (vec![1], vec![0]));
    assert_eq!(told.state(0), &ObjectState::Semaphore { value: 0, bound: None });
}

#[test]
fn waiters_keep_their_place_when_somebody_was_quicker() {
    let mut told = Told::new().with(0, ObjectKind::Lock, lock());
    for (thread, step) in [(B, 1), (A, 2)] {
        told.step = step;
        told.tell(thread, EventKind::Pending(Action::Acquire { object: ObjectId(0), blocking: true, timeout: None }));
        told.tell(thread, EventKind::State(ThreadState::Blocked { on: ObjectId(0) }));
    }
    assert_eq!(told.model.object(ObjectId(0)).unwrap().waiters, [B, A]);
    told.step = 3;
    for state in [ThreadState::Ready, ThreadState::Blocked { on: ObjectId(0) }] {
        told.tell(A, EventKind::State(state));
        told.tell(B, EventKind::State(state));
    }
    assert_eq!(told.model.object(ObjectId(0)).unwrap().waiters, [B, A]);
}

#[test]
fn a_variable_is_guarded_by_what_was_held_at_every_access() {
    let mut told = Told::new().with(0, ObjectKind::Lock, lock()).with(1, ObjectKind::Lock, lock()).with(
        2,
        ObjectKind::Variable,
        variable(),
    );
    assert_eq!(told.guard(2), None);
    told.acquires(A, 0);
    told.acquires(A, 1);
    told.writes(A, 2, None, 1);
    assert_eq!(told.guard(2), Some(vec![0, 1]));
    told.releases(A, 0);
    told.releases(A, 1);
    told.acquires(B, 1);
    told.did(B, Action::Read { object: ObjectId(2), key: None }, Outcome::Value(Text::Int(1)));
    assert_eq!(told.guard(2), Some(vec![1]));
    told.tell(A, EventKind::State(ThreadState::Finished));
    told.tell(B, EventKind::State(ThreadState::Finished));
    told.writes(M, 2, None, 5);
    assert_eq!(told.guard(2), Some(vec![1]), "nobody else is alive");
    told.tell(A, EventKind::State(ThreadState::Ready));
    told.writes(M, 2, None, 6);
    assert_eq!(told.guard(2), Some(vec![]));
}

#[test]
fn attributes_are_rows_of_their_own_and_elements_are_not() {
    let mut told = Told::new().with(0, ObjectKind::Instance, ObjectState::Fields(Arc::default())).with(
        1,
        ObjectKind::List,
        ObjectState::Data(Some("[1, 2]".into())),
    );
    told.writes(A, 0, Some(".balance"), 7);
    told.writes(A, 1, Some("[0]"), 9);
    told.tell(A, EventKind::Value { object: ObjectId(1), value: "[9, 2]".into() });
    let rows: Vec<(String, Option<String>)> =
        told.model.variables().map(|row| (row.name.to_string(), row.value.map(|value| value.to_string()))).collect();
    let row = |name: &str, value: &str| (name.to_owned(), Some(value.to_owned()));
    assert_eq!(rows, [row("thing0.balance", "7"), row("thing1", "[9, 2]")]);
    assert_eq!(told.model.object(ObjectId(1)).unwrap().fields.len(), 1);
    let call = Action::Call { object: ObjectId(1), access: Access::Write, call: "pop()".into() };
    told.did(B, call, Outcome::Done);
    assert!(told.model.object(ObjectId(1)).unwrap().fields.is_empty());
}

#[test]
fn a_queue_is_known_item_by_item() {
    let queue = ObjectState::Queue { items: Arc::default(), capacity: Some(2), unfinished: 0, closed: false };
    let mut told = Told::new().with(0, ObjectKind::Queue, queue);
    let object = ObjectId(0);
    let state = |items: &[i64], unfinished, closed| ObjectState::Queue {
        items: Arc::new(items.iter().map(|item| Text::Int(*item)).collect()),
        capacity: Some(2),
        unfinished,
        closed,
    };
    for item in [1, 2] {
        told.did(A, Action::Put { object, item: Text::Int(item), blocking: true, timeout: None }, Outcome::Done);
    }
    told.did(
        A,
        Action::Put { object, item: Text::Int(3), blocking: false, timeout: None },
        Outcome::Raised("Full".into()),
    );
    assert_eq!(told.state(0), &state(&[1, 2], 2, false));
    told.did(B, Action::Get { object, blocking: true, timeout: None }, Outcome::Value(Text::Int(1)));
    told.did(B, Action::TaskDone { object }, Outcome::Done);
    assert_eq!(told.state(0), &state(&[2], 1, false));
    told.did(B, Action::Shutdown { object, immediate: true }, Outcome::Done);
    assert_eq!(told.state(0), &state(&[], 0, true));
}

#[test]
fn a_barrier_breaks_when_a_wait_runs_out_of_time() {
    let barrier = |broken| ObjectState::Barrier { parties: 2, broken };
    let mut told = Told::new().with(0, ObjectKind::Barrier, barrier(false));
    let wait = Action::BarrierWait { object: ObjectId(0), timeout: Some(Nanos::SECOND) };
    told.did(A, wait.clone(), Outcome::Enqueued);
    told.did(A, wait, Outcome::TimedOut);
    assert_eq!(told.state(0), &barrier(true));
    told.did(B, Action::BarrierReset { object: ObjectId(0) }, Outcome::Done);
    assert_eq!(told.state(0), &barrier(false));
}

#[test]
fn steps_and_switches_are_counted_once_for_each_step() {
    let mut told = Told::new();
    for thread in [M, M, A, A, M] {
        told.did(thread, Action::Now, Outcome::Done);
        told.tell(thread, EventKind::Did { action: Action::Now, outcome: Outcome::Done });
    }
    assert_eq!((told.model.step, told.model.switches, told.model.last), (Step(5), 2, Some(M)));
    assert_eq!(told.model.thread(M).unwrap().steps, 3);
    assert_eq!(told.model.thread(A).unwrap().last_step, Step(4));
}

/// A takes one away from 3 as `n = n - 1` does, and so does B, one after the other or in between each other.
#[test]
fn a_lost_update_is_seen_before_while_and_after_it_happens() {
    let mut told = Told::new().with(0, ObjectKind::Variable, ObjectState::Data(Some(Text::Int(3))));
    let reads = |told: &mut Told, thread: ThreadId, value: i64| {
        told.did(thread, Action::Read { object: ObjectId(0), key: None }, Outcome::Value(Text::Int(value)));
    };
    let copy = |told: &Told, thread: ThreadId| {
        told.model.thread(thread).unwrap().memory.of(ObjectId(0), None).and_then(|place| place.copy.clone())
    };
    reads(&mut told, A, 3);
    reads(&mut told, B, 3);
    assert_eq!((copy(&told, A), copy(&told, B)), (Some(Text::Int(3)), Some(Text::Int(3))));
    told.writes(B, 0, None, 2);
    let sight = |told: &Told| told.model.object(ObjectId(0)).unwrap().sight.clone();
    assert_eq!((copy(&told, B), sight(&told).unseen_by(A)), (None, Some((B, Step(3)))));
    assert_eq!(sight(&told).lost(), None);
    told.writes(A, 0, None, 2);
    let sight = sight(&told);
    let loss = sight.lost().unwrap();
    assert_eq!((loss.by, loss.of, loss.step, &loss.value), (A, B, Step(4), &Text::Int(2)));
    let added = |thread| told.model.thread(thread).unwrap().memory.of(ObjectId(0), None).unwrap().added;
    assert_eq!((added(B), added(A)), (-1, 0));
}

#[test]
fn who_has_read_the_new_value_loses_nothing_and_the_dead_have_no_copies() {
    let mut told = Told::new().with(0, ObjectKind::List, variable());
    let key = || Some(Text::from("[1]"));
    let reads = |told: &mut Told, thread: ThreadId, value: i64| {
        let read = Action::Read { object: ObjectId(0), key: key() };
        told.did(thread, read, Outcome::Value(Text::Int(value)));
    };
    reads(&mut told, A, 1);
    told.writes(B, 0, Some("[1]"), 5);
    reads(&mut told, A, 5);
    told.writes(A, 0, Some("[1]"), 6);
    let field = told.model.object(ObjectId(0)).unwrap().field_of(&key().unwrap()).unwrap().clone();
    assert_eq!((field.sight.losses(), field.value), (0, Some(Text::Int(6))));
    reads(&mut told, B, 6);
    told.tell(B, EventKind::State(ThreadState::Finished));
    assert_eq!(told.model.thread(B).unwrap().memory.of(ObjectId(0), key().as_ref()).unwrap().copy, None);
}

#[test]
fn attributes_are_known_from_the_declaration_on() {
    let values = Arc::from([(Text::from(".balance"), Text::Int(100))]);
    let told = Told::new().with(0, ObjectKind::Instance, ObjectState::Fields(values));
    let rows: Vec<_> = told.model.variables().map(|row| format!("{}={:?}", row.name, row.value)).collect();
    assert_eq!(rows, ["thing0.balance=Some(Int(100))"]);
}
