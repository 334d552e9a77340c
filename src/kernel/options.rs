//! What can be chosen about a world before it begins.

use crate::said::Said;
use std::fmt;
use std::str::FromStr;

/// The atomicity dial: how much one step does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Atomicity {
    /// One visible operation.
    #[default]
    Op,
    /// The visible operations of one source line, as long as none of them has to wait. People read programs like that.
    Line,
    /// Everything between two places where CPython 3.10 and later lets another thread run: the end of a loop's body, a
    /// call, an operation that waits.
    Gil,
}

/// Whom `notify` wakes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Notify {
    /// The longest waiter, as CPython does.
    #[default]
    First,
    /// Any waiter: every one of them is a candidate.
    Any,
}

/// The rules of a world. Together with the program and the decisions they determine every event.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Options {
    /// What `random` draws from, unless the program seeds it.
    pub seed: u64,
    pub atomicity: Atomicity,
    /// A released lock, semaphore place, queue place or item goes to whoever waited for it longest.
    pub fair: bool,
    /// `Condition.wait` may end although nobody notified.
    pub spurious: bool,
    pub notify: Notify,
    /// A sleeper may wake, and a time-out may fire, at any moment: these steps are offered as candidates before their
    /// virtual time.
    pub abstract_time: bool,
    /// After this many instructions without a visible operation a thread is taken to spin for ever.
    pub spin_limit: u64,
    /// How many bytes the program's data may take.
    pub memory_limit: u64,
    /// How many threads may be alive at once; one more is a `RuntimeError`, as when the system has no more.
    pub max_threads: u32,
    /// How many threads may be started in all; one more is a `RuntimeError`, too: what a finished thread leaves behind
    /// takes memory.
    pub max_started: u32,
    /// How many bytes of output are kept; what is printed beyond is only counted.
    pub output_limit: u64,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            seed: 0,
            atomicity: Atomicity::Op,
            fair: false,
            spurious: false,
            notify: Notify::First,
            abstract_time: false,
            spin_limit: 200_000_000,
            memory_limit: 128 * 1024 * 1024,
            max_threads: 10_000,
            max_started: 20_000,
            output_limit: 16 * 1024 * 1024,
        }
    }
}

impl fmt::Display for Atomicity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Atomicity::Op => "op",
            Atomicity::Line => "line",
            Atomicity::Gil => "gil",
        })
    }
}

impl FromStr for Atomicity {
    type Err = Said;

    fn from_str(text: &str) -> Result<Atomicity, Said> {
        match text {
            "op" => Ok(Atomicity::Op),
            "line" => Ok(Atomicity::Line),
            "gil" => Ok(Atomicity::Gil),
            _ => Err(Said::new("option-atomicity").with("name", text)),
        }
    }
}

impl fmt::Display for Notify {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Notify::First => "first",
            Notify::Any => "any",
        })
    }
}

impl FromStr for Notify {
    type Err = Said;

    fn from_str(text: &str) -> Result<Notify, Said> {
        match text {
            "first" => Ok(Notify::First),
            "any" => Ok(Notify::Any),
            _ => Err(Said::new("option-notify").with("name", text)),
        }
    }
}
