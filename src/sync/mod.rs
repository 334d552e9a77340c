//! Instrumented primitives for real threads: each operation is an event.

mod collector;
mod gate;
mod leave;
pub(crate) mod monitor;
pub(crate) mod probe;
pub(crate) mod raw;
mod record;
mod tag;

pub use collector::Collector;
pub use gate::Gate;
pub use probe::{Attached, Probe, Stopped};
pub use record::{Place, Record};
