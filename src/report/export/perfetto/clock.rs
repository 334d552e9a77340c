//! Events to moments on the time axis.

use crate::event::Event;
use crate::ids::Step;

/// A moment in nanoseconds, a multiple of [`GRAIN`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct At(pub(super) u64);

/// Moments are told in eighths of a microsecond: see the module above.
const GRAIN: u64 = 125;
/// How long a step of the simulator is drawn.
const STEP: u64 = 1_000_000;

/// From when to when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) from: At,
    pub(super) to: At,
}

impl Span {
    /// The moment in the middle.
    pub(super) const fn middle(self) -> At {
        At(grained(self.from.0 + (self.to.0 - self.from.0) / 2))
    }

    /// The last moment that is inside.
    pub(super) fn last(self) -> At {
        At(self.to.0.saturating_sub(GRAIN)).max(self.from)
    }
}

const fn grained(nanos: u64) -> u64 {
    nanos - nanos % GRAIN
}

/// The axis of a run.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clock {
    live: bool,
    /// No moment is before this one.
    now: At,
}

impl Clock {
    pub(super) const fn new(live: bool) -> Clock {
        Clock { live, now: At(0) }
    }

    pub(super) const fn is_live(self) -> bool {
        self.live
    }

    /// When a step of the simulator begins.
    pub(super) fn beginning(step: Step) -> At {
        At(u64::from(step.0) * STEP)
    }

    /// When what the event says begins to hold. To be asked in the order of the tape.
    pub(super) fn moment(&mut self, event: &Event) -> At {
        let at = if self.live { At(grained(event.at.0)) } else { At((u64::from(event.step.0) + 1) * STEP) };
        self.now = self.now.max(at);
        self.now
    }

    /// When the operation with this number, of so many, of a step of the simulator is performed.
    pub(super) fn part(step: Step, number: usize, of: usize) -> Span {
        let begin = Clock::beginning(step).0;
        let at = |number: usize| At(begin + grained(STEP * number as u64 / of.max(1) as u64));
        Span { from: at(number), to: at(number + 1) }
    }

    /// When the picture ends. What lasts until then is drawn a little longer than the run, so that it can be seen.
    pub(super) fn end(self) -> At {
        At(grained(self.now.0 + self.now.0 / 20) + if self.live { GRAIN } else { STEP })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_operations_of_a_step_fill_it() {
        let parts: Vec<_> = (0..3).map(|number| Clock::part(Step(2), number, 3)).collect();
        assert_eq!(parts[0].from, Clock::beginning(Step(2)));
        assert_eq!(parts[2].to, Clock::beginning(Step(3)));
        assert!(parts.windows(2).all(|pair| pair[0].to == pair[1].from));
        assert!(parts.iter().all(|part| part.from.0 % GRAIN == 0 && part.from <= part.middle()));
        assert!(parts.iter().all(|part| part.middle().0 % GRAIN == 0 && part.middle() < part.to));
    }

    #[test]
    fn every_moment_survives_as_a_binary_fraction() {
        for nanos in [0, 125, 1_000_125, 123_456_789_000, 9_007_199_254_740_875] {
            let nanos = grained(nanos);
            #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            let read = (nanos as f64 / 1000.0 * 1000.0) as u64;
            assert_eq!(read, nanos);
        }
    }
}
