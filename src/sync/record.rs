//! One recorded fact, on its way from the thread it happened to, to whoever reads.

use crate::event::EventKind;
use crate::ids::{Nanos, ThreadId};
use std::panic::Location;

/// One fact about a run of real threads.
#[derive(Clone, Debug)]
pub struct Record {
    /// The place of the fact in the order of all facts of its probe: 0, 1, 2, … without gaps. It is drawn at the moment
    /// at which the operation takes effect, while nobody else can use the primitive.
    pub ticket: u64,
    /// Since the probe was made.
    pub at: Nanos,
    /// The thread it happened to.
    pub thread: ThreadId,
    /// Where in the program that thread stood.
    pub place: Place,
    /// An acquire of a read-write lock, or the wait for one, to read only.
    pub shared: bool,
    pub kind: EventKind,
}

/// Where in a program something happened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Place {
    #[default]
    Unknown,
    /// A line, from 1, of the one file that is shown.
    Line(u32),
    /// A call in a Rust program.
    Call(&'static Location<'static>),
}

impl Place {
    /// The line, from 1; 0 when it is not known.
    #[must_use]
    pub fn line(self) -> u32 {
        match self {
            Place::Unknown => 0,
            Place::Line(line) => line,
            Place::Call(location) => location.line(),
        }
    }
}
