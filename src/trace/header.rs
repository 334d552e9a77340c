//! How a run was started: the first line of a trace.

use crate::event::Schedule;
use crate::kernel::Options;
use crate::kernel::live::LiveOptions;
use crate::sched::SchedulerKind;
use std::sync::Arc;

/// The version of the format that is written. Every version up to it can be read.
pub const VERSION: u32 = 1;

/// What the program is written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// A program of ours, which can be run again.
    #[default]
    Python,
    /// A program over the primitives of [`sync`](crate::sync), which can only be looked at.
    Rust,
}

/// Everything that determines a run, apart from what was decided while it went on.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Header {
    pub language: Language,
    /// What was to be run, as on the command line: `counter/race`, `mine.py`.
    pub target: Arc<str>,
    /// The program's name and text. Lines of events are lines of this text.
    pub source_name: Arc<str>,
    pub source: Arc<str>,
    /// Module-level constants with other values than the text gives them.
    pub parameters: Vec<(String, String)>,
    pub seed: u64,
    pub scheduler: SchedulerKind,
    /// The choices that were given before the scheduler was asked.
    pub schedule: Option<Schedule>,
    /// Lines that answered the first calls of `input()`.
    pub inputs: Vec<Arc<str>>,
    /// The rules of the world. Their seed is `seed`.
    pub options: Options,
    /// Real threads, and how; without it the simulator.
    pub live: Option<LiveOptions>,
}

impl Header {
    /// True when the threads were those of the operating system.
    #[must_use]
    pub fn is_live(&self) -> bool {
        self.live.is_some()
    }
}
