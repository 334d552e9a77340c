//! The primitives, each a small state machine over thread numbers that knows nothing of schedulers, clocks or values.
//!
//! | file | who has to wait | subtle because |
//! |---|---|---|
//! | `lock`, `rlock` | an acquire, while somebody else holds it | |
//! | `condition` | a wait, until notified | a wait is two steps, and a notify is a pulse |
//! | `event` | a wait, until set | a set is a pulse too |
//! | `semaphore` | an acquire, while no place is free | |
//! | `barrier` | a wait, until all are there | breaking, resetting, draining |
//! | `queue` | put, get, join | |
//! | `fault` | | |

mod barrier;
mod condition;
mod event;
mod fault;
mod lock;
mod queue;
mod rlock;
mod semaphore;

pub(crate) use barrier::{Arrival, Barrier, Departure};
pub(crate) use condition::Condition;
pub(crate) use event::Event;
pub(crate) use fault::Fault;
pub(crate) use lock::Lock;
pub(crate) use queue::Queue;
pub(crate) use rlock::RLock;
pub(crate) use semaphore::Semaphore;
