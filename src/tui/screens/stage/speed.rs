//! How fast a run plays: steps in the simulator, operations of real threads.

use std::time::Duration;

/// Steps per second; the last one is as fast as it goes.
const STEPS: [u32; 11] = [1, 2, 4, 8, 16, 32, 64, 256, 1024, 4096, u32::MAX];

/// One of a few speeds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Speed(usize);

impl Default for Speed {
    fn default() -> Speed {
        Speed(2)
    }
}

impl Speed {
    #[must_use]
    pub fn faster(self) -> Speed {
        Speed((self.0 + 1).min(STEPS.len() - 1))
    }

    #[must_use]
    pub fn slower(self) -> Speed {
        Speed(self.0.saturating_sub(1))
    }

    /// Steps per second; `None` is as fast as it goes.
    #[must_use]
    pub fn per_second(self) -> Option<f64> {
        STEPS.get(self.0).copied().filter(|steps| *steps != u32::MAX).map(f64::from)
    }

    /// As it stands in the top line: `4/s`, `max`.
    #[must_use]
    pub fn shown(self) -> String {
        self.per_second().map_or_else(|| "max".to_owned(), |steps| format!("{steps}/s"))
    }
}

/// The usual paces, from slow to fast; with the last one an operation takes no longer than it takes.
const PACES: [Duration; 9] = [
    Duration::from_secs(2),
    Duration::from_secs(1),
    Duration::from_millis(500),
    Duration::from_millis(200),
    Duration::from_millis(100),
    Duration::from_millis(50),
    Duration::from_millis(20),
    Duration::from_millis(5),
    Duration::ZERO,
];

/// At a pace of fewer milliseconds a sentence about each operation cannot be read.
const READABLE: Duration = Duration::from_millis(100);

/// How long every operation of a real thread takes at least.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace(Duration);

impl Default for Pace {
    fn default() -> Pace {
        Pace(Duration::from_millis(500))
    }
}

impl Pace {
    #[must_use]
    pub const fn new(length: Duration) -> Pace {
        Pace(length)
    }

    /// The next shorter one of the usual paces.
    #[must_use]
    pub fn faster(self) -> Pace {
        Pace(PACES.into_iter().find(|pace| *pace < self.0).unwrap_or(self.0))
    }

    /// The next longer one.
    #[must_use]
    pub fn slower(self) -> Pace {
        Pace(PACES.into_iter().rev().find(|pace| *pace > self.0).unwrap_or(self.0))
    }

    #[must_use]
    pub const fn length(self) -> Duration {
        self.0
    }

    /// True when there is time to read what each operation did.
    #[must_use]
    pub fn is_readable(self) -> bool {
        self.length() >= READABLE
    }

    /// Operations per second of one thread; `None` is as fast as it goes.
    #[must_use]
    pub fn per_second(self) -> Option<f64> {
        let length = self.length();
        (!length.is_zero()).then(|| 1.0 / length.as_secs_f64())
    }
}

/// Turns passing time into steps that are due. What is left over of a step is kept for the next time.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::tui) struct Metronome {
    debt: f64,
}

impl Metronome {
    /// How many steps are due after `seconds` more.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "not negative, and float casts saturate"
    )]
    pub(in crate::tui) fn due(&mut self, seconds: f64, per_second: f64) -> u64 {
        self.debt += seconds * per_second;
        let whole = self.debt.floor();
        self.debt -= whole;
        whole as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_part_of_a_step_is_lost() {
        let mut metronome = Metronome::default();
        let due: u64 = (0..100).map(|_| metronome.due(0.033, 4.0)).sum();
        assert_eq!(due, 13);
    }

    #[test]
    fn speeds_end_at_both_ends() {
        let mut speed = Speed::default();
        for _ in 0..20 {
            speed = speed.faster();
        }
        assert_eq!((speed.per_second(), speed.shown().as_str()), (None, "max"));
        for _ in 0..20 {
            speed = speed.slower();
        }
        assert_eq!(speed.shown(), "1/s");
    }

    #[test]
    fn paces_go_down_to_none() {
        let mut pace = Pace::new(Duration::from_millis(300));
        assert_eq!(pace.faster().length(), Duration::from_millis(200));
        assert_eq!(pace.slower().length(), Duration::from_millis(500));
        assert_eq!(pace.faster().per_second(), Some(5.0));
        for _ in 0..20 {
            pace = pace.faster();
        }
        assert_eq!((pace.length(), pace.per_second(), pace.is_readable()), (Duration::ZERO, None, false));
        for _ in 0..20 {
            pace = pace.slower();
        }
        assert_eq!(pace.length(), PACES[0]);
        let minute = Pace::new(Duration::from_mins(1));
        assert_eq!((minute.slower(), minute.faster()), (minute, pace));
        assert!(pace.is_readable() && Pace::default().is_readable());
    }
}
