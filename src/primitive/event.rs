//! `threading.Event`: a flag that threads wait for.
//!
//! `wait` on a set flag is one step. On a clear flag it is two: the thread joins the queue, and after `set` it returns.
//! `set` releases everybody who is in the queue at that moment *for good*: whoever was released returns true even
//! when the flag is cleared before it gets to run. Whoever comes after the `clear` waits for the next `set`.
//!
//! | flag | A | B | the light |
//! |---|---|---|---|
//! | clear | `wait`: joins the queue | | |
//! | set | (released) | | `set` |
//! | clear | | | `clear` |
//! | clear | returns true | `wait`: joins the queue | |

use crate::ids::ThreadId;

/// An event and its queue.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Event {
    pub(crate) set: bool,
    /// Who joined the queue and was not released yet, the longest waiter first.
    pub(crate) queue: Vec<ThreadId>,
}

impl Event {
    /// Sets the flag; the threads that it releases, the longest waiter first.
    pub(crate) fn set(&mut self) -> Vec<ThreadId> {
        self.set = true;
        std::mem::take(&mut self.queue)
    }

    pub(crate) fn clear(&mut self) {
        self.set = false;
    }

    pub(crate) fn enqueue(&mut self, thread: ThreadId) {
        self.queue.push(thread);
    }

    /// Takes out a waiter whose time is over.
    pub(crate) fn leave(&mut self, thread: ThreadId) {
        self.queue.retain(|waiter| *waiter != thread);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn set_releases_who_is_there() {
        let mut event = Event::default();
        event.enqueue(ThreadId(2));
        event.enqueue(ThreadId(1));
        event.enqueue(ThreadId(3));
        event.leave(ThreadId(1));
        assert_eq!(event.set(), [ThreadId(2), ThreadId(3)]);
        assert!(event.set);
        event.clear();
        event.enqueue(ThreadId(4));
        assert!(!event.set);
        assert_eq!(event.set(), [ThreadId(4)]);
        assert_eq!(event.set(), []);
    }
}
