//! One run being watched: controls in, updates out.
//!
//! The session owns the world and makes steps; whoever watches owns the tape and the position on it. They talk over two
//! channels and share nothing.

mod protocol;

pub use crate::kernel::{Atomicity, Notify, Options};
pub use protocol::{Batch, Breakpoint, Control, Pause, Start, Stop, Update};
