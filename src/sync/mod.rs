//! Instrumented primitives for real threads: each operation is an event.

mod barrier;
mod collector;
mod condvar;
mod event;
mod fall;
mod gate;
mod leave;
pub(crate) mod monitor;
mod mutex;
pub(crate) mod probe;
mod queue;
pub(crate) mod raw;
mod record;
mod reentrant_mutex;
mod rwlock;
mod scope;
mod semaphore;
mod shared;
mod shown;
mod story;
mod stream;
mod tag;
mod take;
mod thread;
mod times;

pub use barrier::{Barrier, BarrierError};
pub use collector::Collector;
pub use condvar::Condvar;
pub use event::Event;
pub use gate::Gate;
pub use mutex::{Mutex, MutexGuard};
pub use probe::{Attached, Probe, Stopped};
pub use queue::{DoneTooOften, GetError, PutError, Queue};
pub use record::{Place, Record};
pub use reentrant_mutex::{ReentrantMutex, ReentrantMutexGuard};
pub use rwlock::{RwLock, RwLockReadGuard, RwLockWriteGuard};
pub use scope::{Scope, ScopedJoinHandle, scope};
pub use semaphore::{Permit, ReleasedTooOften, Semaphore};
pub use shared::Shared;
pub use thread::{Builder, JoinHandle, spawn};
pub use times::{Span, Times};

#[cfg(test)]
mod tests;
