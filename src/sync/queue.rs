//! A queue between threads.

use super::leave::{enter, leave};
use super::monitor::{GaveUp, Patience};
use super::probe;
use super::raw::{self, Failure};
use super::shown::shown;
use crate::event::{ObjectKind, Text};
use crate::primitive::Fault;
use std::cmp::Ordering;
use std::collections::{BinaryHeap, VecDeque};
use std::fmt::Debug;
use std::panic::Location;
use std::sync::Arc;
use std::time::Duration;

/// A queue between threads: whoever puts into a full one waits for room, whoever gets from an empty one waits for an item.
///
/// ```
/// use lockstep::sync::{GetError, Queue};
/// use std::thread;
///
/// let orders = Queue::fifo().at_most(2).named("orders");
/// thread::scope(|scope| {
///     scope.spawn(|| {
///         for number in 0..5 {
///             orders.put(number).expect("nobody closes it before");
///         }
///         orders.shut_down();
///     });
///     let mut done = Vec::new();
///     while let Ok(number) = orders.get() {
///         done.push(number);
///     }
///     assert_eq!(done, [0, 1, 2, 3, 4]);
///     assert_eq!(orders.try_get(), Err(GetError::ShutDown));
/// });
/// ```
///
/// For a recorded thread items are shown as their `Debug` shows them, some of that while nobody else can use the queue: that
/// should not wait for anything.
///
/// It can count what is done: whoever got an item calls [`Queue::task_done`] for it, and [`Queue::join`] waits until that
/// was done for all.
#[derive(Debug)]
pub struct Queue<T> {
    raw: raw::Queue<Items<T>>,
}

/// Why an item could not be put. The item comes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PutError<T> {
    #[error("the queue is full")]
    Full(T),
    /// There was no room in time.
    #[error("the queue was full for too long")]
    TimedOut(T),
    #[error("the queue was shut down")]
    ShutDown(T),
}

/// Why there is no item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GetError {
    #[error("the queue is empty")]
    Empty,
    /// No item came in time.
    #[error("the queue was empty for too long")]
    TimedOut,
    /// It is empty and will stay so.
    #[error("the queue was shut down")]
    ShutDown,
}

/// [`Queue::task_done`] was called more often than items were put.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("more items were declared done than were put")]
pub struct DoneTooOften;

impl<T> Queue<T> {
    /// A queue from which comes first what was put first.
    #[must_use]
    #[track_caller]
    pub const fn fifo() -> Queue<T> {
        Queue { raw: raw::Queue::new(ObjectKind::Queue, Items::Fifo(VecDeque::new()), Location::caller()) }
    }

    /// A queue from which comes first what was put last.
    #[must_use]
    #[track_caller]
    pub const fn lifo() -> Queue<T> {
        Queue { raw: raw::Queue::new(ObjectKind::LifoQueue, Items::Lifo(Vec::new()), Location::caller()) }
    }

    /// A queue from which comes first what is smallest; of equal items, what was put first.
    ///
    /// ```
    /// use lockstep::sync::Queue;
    ///
    /// let queue = Queue::priority();
    /// for number in [3, 1, 2] {
    ///     queue.put(number)?;
    /// }
    /// assert_eq!((queue.get(), queue.get(), queue.get()), (Ok(1), Ok(2), Ok(3)));
    /// # Ok::<(), lockstep::sync::PutError<i32>>(())
    /// ```
    #[must_use]
    #[track_caller]
    pub fn priority() -> Queue<T>
    where
        T: Ord,
    {
        let items = Items::Priority { heap: BinaryHeap::new(), order: T::cmp, put: 0 };
        Queue { raw: raw::Queue::new(ObjectKind::PriorityQueue, items, Location::caller()) }
    }

    /// Gives it room for so many items (at least one). Without this there is room for any number.
    #[must_use]
    pub fn at_most(mut self, items: u32) -> Queue<T> {
        self.raw.set_capacity(items.max(1));
        self
    }

    /// Gives it a name to be shown by.
    #[must_use]
    pub fn named(self, name: impl Into<Arc<str>>) -> Queue<T> {
        self.raw.tag().name(name);
        self
    }
}

impl<T: Debug> Queue<T> {
    /// Puts an item in; waits for room.
    #[track_caller]
    pub fn put(&self, item: T) -> Result<(), PutError<T>> {
        self.put_with(item, Patience::Forever, Location::caller())
    }

    /// Puts an item in, if there is room.
    #[track_caller]
    pub fn try_put(&self, item: T) -> Result<(), PutError<T>> {
        self.put_with(item, Patience::Now, Location::caller())
    }

    /// Puts an item in; waits for room at most so long.
    #[track_caller]
    pub fn put_timeout(&self, item: T, at_most: Duration) -> Result<(), PutError<T>> {
        self.put_with(item, Patience::lasting(at_most), Location::caller())
    }

    /// Takes an item out; waits for one.
    #[track_caller]
    pub fn get(&self) -> Result<T, GetError> {
        self.get_with(Patience::Forever, Location::caller())
    }

    /// Takes an item out, if there is one.
    #[track_caller]
    pub fn try_get(&self) -> Result<T, GetError> {
        self.get_with(Patience::Now, Location::caller())
    }

    /// Takes an item out; waits for one at most so long.
    #[track_caller]
    pub fn get_timeout(&self, at_most: Duration) -> Result<T, GetError> {
        self.get_with(Patience::lasting(at_most), Location::caller())
    }

    /// Declares an item done that was taken out.
    #[track_caller]
    pub fn task_done(&self) -> Result<(), DoneTooOften> {
        enter(Location::caller());
        self.raw.task_done().map_err(|_| DoneTooOften)
    }

    /// Waits until every item that was put was declared done.
    #[track_caller]
    pub fn join(&self) {
        enter(Location::caller());
        if self.raw.join(&mut |_| ()).is_err() {
            leave();
        }
    }

    /// Closes it: nothing can be put any more. What is there still comes out.
    #[track_caller]
    pub fn shut_down(&self) {
        enter(Location::caller());
        drop(self.raw.shut_down(false));
    }

    /// Closes it, drops what is there, and counts it as done.
    #[track_caller]
    pub fn shut_down_now(&self) {
        enter(Location::caller());
        drop(self.raw.shut_down(true));
    }

    /// How many items there are.
    #[must_use]
    #[track_caller]
    pub fn len(&self) -> u32 {
        enter(Location::caller());
        self.raw.len()
    }

    #[must_use]
    #[track_caller]
    pub fn is_empty(&self) -> bool {
        enter(Location::caller());
        self.raw.is_empty()
    }

    #[must_use]
    #[track_caller]
    pub fn is_full(&self) -> bool {
        enter(Location::caller());
        self.raw.is_full()
    }

    /// How many items were put and not declared done.
    #[must_use]
    #[track_caller]
    pub fn unfinished(&self) -> u32 {
        enter(Location::caller());
        self.raw.unfinished()
    }

    fn put_with(&self, item: T, patience: Patience, location: &'static Location<'static>) -> Result<(), PutError<T>> {
        enter(location);
        let text = if probe::is_recorded() { shown(&item) } else { Text::Int(0) };
        let mut item = Some(item);
        let push = |items: &mut Items<T>| {
            if let Some(item) = item.take() {
                items.push(item);
            }
        };
        let failure = self.raw.put_with(&|| text.clone(), push, patience, &mut |_| ()).err();
        // What was not put is still here.
        let (Some(failure), Some(item)) = (failure, item) else { return Ok(()) };
        Err(match failure {
            Failure::GaveUp(GaveUp::TimedOut) => PutError::TimedOut(item),
            Failure::Fault(Fault::QueueFull) => PutError::Full(item),
            Failure::GaveUp(GaveUp::Stopped) => {
                leave();
                PutError::ShutDown(item)
            }
            Failure::Fault(_) | Failure::GaveUp(GaveUp::Refused) => PutError::ShutDown(item),
        })
    }

    fn get_with(&self, patience: Patience, location: &'static Location<'static>) -> Result<T, GetError> {
        enter(location);
        let pop = |items: &mut Items<T>| {
            let item = items.pop();
            let text = item.as_ref().filter(|_| probe::is_recorded()).map_or(Text::Int(0), shown);
            (item, text)
        };
        match self.raw.get_with(pop, patience, &mut |_| ()) {
            Ok(item) => item.ok_or(GetError::Empty),
            Err(Failure::GaveUp(GaveUp::TimedOut)) => Err(GetError::TimedOut),
            Err(Failure::Fault(Fault::QueueEmpty)) => Err(GetError::Empty),
            Err(Failure::GaveUp(GaveUp::Stopped)) => {
                leave();
                Err(GetError::ShutDown)
            }
            Err(Failure::Fault(_) | Failure::GaveUp(GaveUp::Refused)) => Err(GetError::ShutDown),
        }
    }
}

/// The items of a queue.
#[derive(Debug)]
enum Items<T> {
    Fifo(VecDeque<T>),
    /// The next one is the last.
    Lifo(Vec<T>),
    Priority {
        heap: BinaryHeap<Ranked<T>>,
        order: fn(&T, &T) -> Ordering,
        /// How many items were ever put.
        put: u64,
    },
}

impl<T> Items<T> {
    fn push(&mut self, item: T) {
        match self {
            Items::Fifo(items) => items.push_back(item),
            Items::Lifo(items) => items.push(item),
            Items::Priority { heap, order, put } => {
                heap.push(Ranked { item, number: *put, order: *order });
                *put += 1;
            }
        }
    }

    fn pop(&mut self) -> Option<T> {
        match self {
            Items::Fifo(items) => items.pop_front(),
            Items::Lifo(items) => items.pop(),
            Items::Priority { heap, .. } => heap.pop().map(|ranked| ranked.item),
        }
    }
}

impl<T: Debug> raw::Items for Items<T> {
    fn texts(&self) -> VecDeque<Text> {
        match self {
            Items::Fifo(items) => items.iter().map(shown).collect(),
            Items::Lifo(items) => items.iter().rev().map(shown).collect(),
            Items::Priority { heap, .. } => {
                let mut items: Vec<_> = heap.iter().collect();
                items.sort_by(|a, b| b.cmp(a));
                items.into_iter().map(|ranked| shown(&ranked.item)).collect()
            }
        }
    }

    fn take(&mut self) -> Items<T> {
        match self {
            Items::Fifo(items) => Items::Fifo(std::mem::take(items)),
            Items::Lifo(items) => Items::Lifo(std::mem::take(items)),
            Items::Priority { heap, order, put } => {
                Items::Priority { heap: std::mem::take(heap), order: *order, put: *put }
            }
        }
    }
}

/// An item of a priority queue. The greatest of them comes out: that with the smallest item, put first.
#[derive(Debug)]
struct Ranked<T> {
    item: T,
    number: u64,
    order: fn(&T, &T) -> Ordering,
}

impl<T> Ord for Ranked<T> {
    fn cmp(&self, other: &Ranked<T>) -> Ordering {
        (self.order)(&other.item, &self.item).then(other.number.cmp(&self.number))
    }
}

impl<T> PartialOrd for Ranked<T> {
    fn partial_cmp(&self, other: &Ranked<T>) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<T> PartialEq for Ranked<T> {
    fn eq(&self, other: &Ranked<T>) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl<T> Eq for Ranked<T> {}
