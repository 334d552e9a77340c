//! How time goes: the program's seconds against real ones.

use crate::ids::Nanos;
use crate::sync::monitor;
use crate::vm::Patience;
use std::time::{Duration, Instant};

/// What the program takes for a second lasts `1 / speed` seconds.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tempo {
    speed: f64,
}

impl Tempo {
    /// A speed that is not positive and finite is 1.
    pub(super) fn new(speed: f64) -> Tempo {
        Tempo { speed: if speed.is_finite() && speed > 0.0 { speed } else { 1.0 } }
    }

    /// What the program's clock shows after this much real time.
    pub(super) fn shown(self, real: Nanos) -> Nanos {
        if self.is_real() { real } else { scaled(real, self.speed) }
    }

    /// How long a length of the program's time really lasts.
    fn real(self, length: Nanos) -> Duration {
        let real = if self.is_real() { length } else { scaled(length, 1.0 / self.speed) };
        Duration::from_nanos(real.0)
    }

    /// When a length of the program's time that begins now is over; `None`: never, as far as anybody can tell.
    pub(super) fn end_of(self, length: Nanos) -> Option<Instant> {
        Instant::now().checked_add(self.real(length))
    }

    /// How long an operation may wait.
    pub(super) fn patience(self, patience: Patience) -> monitor::Patience {
        match patience {
            Patience::None => monitor::Patience::Now,
            Patience::Forever => monitor::Patience::Forever,
            Patience::For(told) => monitor::Patience::For { length: self.real(told), told },
        }
    }

    fn is_real(self) -> bool {
        (self.speed - 1.0).abs() < f64::EPSILON
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "float casts saturate")]
#[expect(
    clippy::cast_precision_loss,
    reason = "a run is far shorter than 2^53 ns, and a longer sleep than that is never over"
)]
fn scaled(length: Nanos, factor: f64) -> Nanos {
    Nanos((length.0 as f64 * factor) as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twice_the_speed_is_half_the_time() {
        let tempo = Tempo::new(2.0);
        assert_eq!(tempo.shown(Nanos(1_000)), Nanos(2_000));
        let left = tempo.end_of(Nanos(20_000_000_000)).map(|end| end.duration_since(Instant::now()));
        assert!(left.is_some_and(|left| left <= Duration::from_secs(10) && left > Duration::from_secs(5)));
        assert_eq!(Tempo::new(0.0).shown(Nanos(5)), Nanos(5));
        assert_eq!(Tempo::new(f64::NAN).shown(Nanos(5)), Nanos(5));
    }

    #[test]
    fn whoever_has_no_time_or_all_of_it_needs_no_clock() {
        assert_eq!(Tempo::new(1.0).patience(Patience::Forever), monitor::Patience::Forever);
        assert_eq!(Tempo::new(1.0).patience(Patience::None), monitor::Patience::Now);
    }
}
