//! How fast a run plays.

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
    pub fn per_second(self) -> Option<u32> {
        STEPS.get(self.0).copied().filter(|steps| *steps != u32::MAX)
    }

    /// As it stands in the top line: `4/s`, `max`.
    #[must_use]
    pub fn shown(self) -> String {
        self.per_second().map_or_else(|| "max".to_owned(), |steps| format!("{steps}/s"))
    }
}

/// Turns passing time into steps that are due. What is left over of a step is kept for the next time.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Metronome {
    debt: f64,
}

impl Metronome {
    /// How many steps are due after `seconds` more.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "not negative, and float casts saturate"
    )]
    pub(super) fn due(&mut self, seconds: f64, per_second: u32) -> u64 {
        self.debt += seconds * f64::from(per_second);
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
        let due: u64 = (0..100).map(|_| metronome.due(0.033, 4)).sum();
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
}
