//! `queue.Queue` and its relatives, without the items: they are values and stay in the VM, in the order their kind
//! wants. Here they are counted.
//!
//! `put` waits for room, `get` for an item, `join` for `unfinished` to be 0. All three are plain conditions on the
//! numbers: whoever may go on when it gets to run, goes on, and if somebody was quicker, waits again.
//!
//! | | items | unfinished | a getter that waits |
//! |---|---|---|---|
//! | `put(x)` | +1 | +1 | may go |
//! | `get()` | -1 | | |
//! | `task_done()` | | -1, below 0: `ValueError` | |
//! | `shutdown()` | | | raises `ShutDown` once there are no items |
//! | `shutdown(immediate=True)` | 0 | less what was dropped | raises `ShutDown` |

use super::Fault;

/// The numbers of a queue.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Queue {
    /// `maxsize`; `None` is unbounded.
    pub(crate) capacity: Option<u32>,
    pub(crate) items: u32,
    /// Items put and not declared done.
    pub(crate) unfinished: u32,
    pub(crate) closed: bool,
}

impl Queue {
    pub(crate) const fn new(maxsize: u32) -> Queue {
        Queue { capacity: if maxsize > 0 { Some(maxsize) } else { None }, items: 0, unfinished: 0, closed: false }
    }

    /// How many puts could succeed now one after the other (or fail at once).
    pub(crate) fn room(&self) -> u32 {
        match self.capacity {
            Some(capacity) if !self.closed => capacity.saturating_sub(self.items),
            _ => u32::MAX,
        }
    }

    /// How many gets could succeed now one after the other (or fail at once).
    pub(crate) const fn supply(&self) -> u32 {
        if self.closed { u32::MAX } else { self.items }
    }

    /// Counts an item in.
    pub(crate) fn put(&mut self) -> Result<(), Fault> {
        if self.closed {
            return Err(Fault::QueueShutDown);
        }
        if self.room() == 0 {
            return Err(Fault::QueueFull);
        }
        self.items += 1;
        self.unfinished += 1;
        Ok(())
    }

    /// Counts an item out.
    pub(crate) fn get(&mut self) -> Result<(), Fault> {
        if self.items == 0 {
            return Err(if self.closed { Fault::QueueShutDown } else { Fault::QueueEmpty });
        }
        self.items -= 1;
        Ok(())
    }

    pub(crate) fn task_done(&mut self) -> Result<(), Fault> {
        self.unfinished = self.unfinished.checked_sub(1).ok_or(Fault::TaskDoneTooOften)?;
        Ok(())
    }

    pub(crate) fn shut_down(&mut self, immediate: bool) {
        self.closed = true;
        if immediate {
            self.unfinished = self.unfinished.saturating_sub(self.items);
            self.items = 0;
        }
    }

    pub(crate) fn is_full(&self) -> bool {
        self.capacity.is_some_and(|capacity| self.items >= capacity)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_come_and_go() {
        let mut queue = Queue::new(2);
        assert_eq!((queue.room(), queue.supply()), (2, 0));
        assert_eq!(queue.get(), Err(Fault::QueueEmpty));
        assert_eq!((queue.put(), queue.put(), queue.put()), (Ok(()), Ok(()), Err(Fault::QueueFull)));
        assert!(queue.is_full());
        assert_eq!(queue.get(), Ok(()));
        assert_eq!((queue.room(), queue.supply(), queue.unfinished), (1, 1, 2));
    }

    #[test]
    fn everything_must_be_declared_done_and_nothing_twice() {
        let mut queue = Queue::new(0);
        assert_eq!((queue.put(), queue.get()), (Ok(()), Ok(())));
        assert_eq!(queue.unfinished, 1);
        assert_eq!(queue.task_done(), Ok(()));
        assert_eq!(queue.task_done(), Err(Fault::TaskDoneTooOften));
    }

    #[test]
    fn after_a_shutdown_nothing_goes_in_and_the_rest_comes_out() {
        let mut queue = Queue::new(2);
        assert_eq!((queue.put(), queue.put()), (Ok(()), Ok(())));
        queue.shut_down(false);
        assert_eq!(queue.put(), Err(Fault::QueueShutDown));
        assert_eq!((queue.get(), queue.get(), queue.get()), (Ok(()), Ok(()), Err(Fault::QueueShutDown)));
        assert_eq!(queue.unfinished, 2);
    }

    #[test]
    fn an_immediate_shutdown_drops_what_is_there() {
        let mut queue = Queue::new(0);
        assert_eq!((queue.put(), queue.put(), queue.get()), (Ok(()), Ok(()), Ok(())));
        queue.shut_down(true);
        assert_eq!((queue.items, queue.unfinished), (0, 1));
        assert_eq!(queue.get(), Err(Fault::QueueShutDown));
    }
}
