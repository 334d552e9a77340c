//! Locks, conditions, queues and threads for real programs, whose every operation can be recorded.
//!
//! They do what those of [`std::sync`], [`std::thread`] and `parking_lot` do, and cost next to nothing more, until a thread
//! is *recorded*. Then each operation is an event, and the events of all threads together, in the order in which they
//! took effect, are a tape: the same vocabulary as for the simulated programs ([`crate::event`]), so everything that
//! reads tapes (pictures, findings, narration, the stage) reads these, too.
//!
//! # A program that is recorded
//!
//! ```
//! use lockstep::event::{Event, EventKind};
//! use lockstep::sync::{Condvar, Mutex, Probe, Stopped, scope};
//!
//! let (probe, mut collector) = Probe::new();
//! probe.run(|| {
//!     let basket = Mutex::new(Vec::new()).named("basket");
//!     let filled = Condvar::new().named("filled");
//!     scope(|scope| {
//!         scope.spawn_named("baker", || {
//!             basket.lock().push("bread");
//!             filled.notify_one();
//!         });
//!         let mut basket = filled.wait_while(basket.lock(), |basket| basket.is_empty());
//!         assert_eq!(basket.pop(), Some("bread"));
//!     });
//! })?;
//!
//! let mut tape: Vec<Event> = Vec::new();
//! collector.events(&mut tape);
//! let operations = tape.iter().filter(|event| matches!(event.kind, EventKind::Did { .. })).count();
//! assert!(operations >= 7);
//! # Ok::<_, Stopped>(())
//! ```
//!
//! [`lockstep::show`](crate::show()) does all this and opens the stage: see `examples/philosophers.rs`.
//!
//! # Who is recorded
//!
//! [`Probe::run`] or [`Probe::attach`] begins with one thread. Each thread that a recorded thread starts, with [`spawn`],
//! a [`Builder`] or in a [`scope`], is recorded by the same probe. A primitive belongs to no probe: it is declared on a
//! tape when a recorded thread first uses it, with the name it was given (`named`), or else after the line it was made on.
//!
//! # What is recorded
//!
//! | | records |
//! |---|---|
//! | [`Mutex`], [`ReentrantMutex`], [`RwLock`] | acquire, release; who has to wait says so before |
//! | [`Condvar`] | wait, what woke it, that it has the mutex again; notify, and whom it woke |
//! | [`Semaphore`], [`Event`](struct@Event), [`Barrier`], [`Queue`] | each operation, whom it woke, time-outs, refusals |
//! | [`Shared`] | each read and each write, with the value |
//! | threads | start, join, end; a panic with its message |
//!
//! Each record has the line of the call (`#[track_caller]`), the moment, and a *ticket* that puts it into the order of
//! all. How long a thread waited for a lock, and how long it had it, is computed where the records are read ([`Times`]).
//!
//! # What it costs
//!
//! An operation of a thread that is not recorded asks one thread-local flag. A recorded one reads the clock, draws a
//! ticket, and writes into a buffer of its own; nobody is woken. Whoever reads polls: [`Collector::drain`],
//! [`Collector::events`], [`Collector::stream`]. A probe never makes a thread wait: if nobody reads for too long, records
//! are dropped and counted ([`Collector::lost`]).
//!
//! # Holding up, and stopping
//!
//! Every operation passes the [`Gate`] of the probe, which can be closed, opened for a number of operations, or slowed
//! down for the eye. [`Probe::stop`] ends everything: each recorded thread is unwound from the operation it waits in, or
//! from its next one, quietly (no panic hook runs), and what it owns is dropped. A thread that never uses a primitive
//! cannot be stopped. While a thread is unwound already it is not unwound again; a primitive that is used in a destructor
//! then does its work without telling, and may have to wait for real.
//!
//! | file | |
//! |---|---|
//! | `probe`, `record`, `collector`, `gate`, `tag` | how facts are recorded, ordered, held up, and which object is which |
//! | `story`, `stream`, `times` | records as events, and what they leave unsaid |
//! | `monitor`, `raw` | primitives with an explicit queue, as the interpreter needs them |
//! | `take`, `mutex`, `reentrant_mutex`, `rwlock` | those over `parking_lot` |
//! | `leave`, `fall` | how a thread ends that was stopped, or panics |

mod barrier;
mod brief;
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
pub(crate) use fall::note_places;
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
