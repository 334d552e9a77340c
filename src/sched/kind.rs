//! The schedulers by name, as the command line and the interface call them.

use super::{Fifo, Pct, Random, RoundRobin, Scheduler};
use crate::said::Said;
use std::fmt;
use std::num::NonZeroU32;
use std::str::FromStr;

/// Which scheduler, with its parameters. As text: `manual`, `random`, `rr` or `rr:QUANTUM`, `fifo`, `pct` or
/// `pct:DEPTH` or `pct:DEPTH:LENGTH`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum SchedulerKind {
    /// A person chooses every step.
    Manual,
    #[default]
    Random,
    /// `quantum` steps each.
    RoundRobin {
        quantum: NonZeroU32,
    },
    Fifo,
    /// `length` is the expected number of steps of a run.
    Pct {
        depth: NonZeroU32,
        length: NonZeroU32,
    },
}

/// The length of a run that `pct` expects when nobody says otherwise.
const PCT_LENGTH: NonZeroU32 = positive(1000);

impl SchedulerKind {
    /// Round robin as `rr` means it.
    pub const ROUND_ROBIN: SchedulerKind = SchedulerKind::RoundRobin { quantum: positive(1) };
    /// PCT as `pct` means it.
    pub const PCT: SchedulerKind = SchedulerKind::Pct { depth: positive(3), length: PCT_LENGTH };
    /// Every kind once, with its usual parameters, in the order in which they are offered.
    pub const ALL: [SchedulerKind; 5] = [
        SchedulerKind::Manual,
        SchedulerKind::Random,
        SchedulerKind::ROUND_ROBIN,
        SchedulerKind::Fifo,
        SchedulerKind::PCT,
    ];

    /// The name without the parameters.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            SchedulerKind::Manual => "manual",
            SchedulerKind::Random => "random",
            SchedulerKind::RoundRobin { .. } => "rr",
            SchedulerKind::Fifo => "fifo",
            SchedulerKind::Pct { .. } => "pct",
        }
    }
}

const fn positive(number: u32) -> NonZeroU32 {
    match NonZeroU32::new(number) {
        Some(number) => number,
        None => NonZeroU32::MIN,
    }
}

/// The scheduler of this kind with this seed. `manual` has no scheduler of its own: asked to choose all the same (for
/// a run without a person), it goes on with the thread that ran last, like `fifo`.
#[must_use]
pub fn build(kind: SchedulerKind, seed: u64) -> Box<dyn Scheduler> {
    match kind {
        SchedulerKind::Random => Box::new(Random::new(seed)),
        SchedulerKind::RoundRobin { quantum } => Box::new(RoundRobin::new(quantum)),
        SchedulerKind::Manual | SchedulerKind::Fifo => Box::new(Fifo::new()),
        SchedulerKind::Pct { depth, length } => Box::new(Pct::new(seed, depth.get(), length.get())),
    }
}

impl fmt::Display for SchedulerKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            kind if SchedulerKind::ALL.contains(&kind) => f.pad(kind.name()),
            SchedulerKind::RoundRobin { quantum } => write!(f, "rr:{quantum}"),
            SchedulerKind::Pct { depth, length } if length == PCT_LENGTH => write!(f, "pct:{depth}"),
            SchedulerKind::Pct { depth, length } => write!(f, "pct:{depth}:{length}"),
            kind => f.pad(kind.name()),
        }
    }
}

impl FromStr for SchedulerKind {
    type Err = Said;

    fn from_str(text: &str) -> Result<SchedulerKind, Said> {
        let unknown = || Said::new("option-scheduler").with("name", text);
        let mut parts = text.split(':');
        let name = parts.next().unwrap_or_default();
        let numbers = parts.map(str::parse).collect::<Result<Vec<NonZeroU32>, _>>().map_err(|_| unknown())?;
        match (name, numbers.as_slice()) {
            ("manual", []) => Ok(SchedulerKind::Manual),
            ("random", []) => Ok(SchedulerKind::Random),
            ("fifo", []) => Ok(SchedulerKind::Fifo),
            ("rr", []) => Ok(SchedulerKind::ROUND_ROBIN),
            ("rr", [quantum]) => Ok(SchedulerKind::RoundRobin { quantum: *quantum }),
            ("pct", []) => Ok(SchedulerKind::PCT),
            ("pct", [depth]) => Ok(SchedulerKind::Pct { depth: *depth, length: PCT_LENGTH }),
            ("pct", [depth, length]) => Ok(SchedulerKind::Pct { depth: *depth, length: *length }),
            _ => Err(unknown()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_read_and_print() {
        for text in ["manual", "random", "rr", "rr:7", "fifo", "pct", "pct:5", "pct:3:200", "pct:5:200"] {
            assert_eq!(text.parse::<SchedulerKind>().unwrap().to_string(), text);
        }
        for text in ["", "Random", "rr:0", "rr:x", "rr:1:2", "fifo:1", "pct:1:2:3", "lottery"] {
            assert_eq!(text.parse::<SchedulerKind>(), Err(Said::new("option-scheduler").with("name", text)));
        }
    }
}
