//! Identifiers and quantities, and the words used everywhere.
//!
//! # Terminology
//!
//! | word | meaning |
//! |---|---|
//! | thread | a thread of the *program under study*; it exists in the virtual machine |
//! | OS thread | a thread of this process; only `kernel::live` and the interface have them |
//! | operation | what a thread does to something another thread can see (*visible*), or cannot (*invisible*) |
//! | pending operation | the visible operation a thread will perform when it runs next |
//! | step | one scheduling decision: a thread performs its pending operation and the invisible ones after it |
//! | candidate | a step that is possible now |
//! | choice | the candidate that was picked |
//! | schedule | a sequence of choices; it reproduces a run |
//! | context switch | a step by another thread than the step before |
//! | event | one fact about a run; all a pane, a detector or a file ever sees |
//! | tape | the events of a run, in order |

use std::fmt;

/// A thread of the program under study, numbered in order of creation. The main thread is 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct ThreadId(pub u32);

impl ThreadId {
    /// The main thread.
    pub const MAIN: ThreadId = ThreadId(0);

    /// The index of this thread in a dense table.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }

    /// The thread called `letter` in a schedule; the inverse of [`ThreadId::letter`].
    #[must_use]
    pub fn from_letter(letter: &str) -> Option<ThreadId> {
        if letter == "M" {
            return Some(ThreadId::MAIN);
        }
        let mut number: u32 = 0;
        for byte in letter.bytes() {
            if !byte.is_ascii_uppercase() {
                return None;
            }
            number = number.checked_mul(26)?.checked_add(u32::from(byte - b'A') + 1)?;
        }
        match number {
            0 => None,
            1..=12 => Some(ThreadId(number)),
            // 13 would be `M` itself, which the main thread has taken.
            _ => Some(ThreadId(number - 1)),
        }
    }

    /// How the thread is called in a schedule and on the screen: `M` for the main thread, then `A` to `Z` without
    /// `M`, then `AA`, `AB`, …
    #[must_use]
    pub fn letter(self) -> String {
        if self == ThreadId::MAIN {
            return "M".to_owned();
        }
        let mut number = if self.0 <= 12 { self.0 } else { self.0 + 1 };
        let mut letters = Vec::new();
        while number > 0 {
            number -= 1;
            letters.push(b'A' + u8::try_from(number % 26).unwrap_or(0));
            number /= 26;
        }
        letters.reverse();
        letters.into_iter().map(char::from).collect()
    }
}

impl fmt::Display for ThreadId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.letter())
    }
}

/// Something threads share: a variable, a container, an instance, or a primitive such as a lock. Numbered in order of
/// declaration; every one is declared by an event before another event mentions it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ObjectId(pub u32);

impl ObjectId {
    /// The index of this object in a dense table.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// A process of the program under study. There is one so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct ProcessId(pub u32);

/// The position of an event on its tape, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Seq(pub u32);

/// The number of a step. Step 0 is what happens before the first choice: the main thread running up to its first
/// visible operation. The first choice makes step 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Step(pub u32);

/// A moment, or a length of time, in nanoseconds since the start of the run (virtual in the simulator).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Nanos(pub u64);

impl Nanos {
    /// One second.
    pub const SECOND: Nanos = Nanos(1_000_000_000);

    /// A length given in seconds, as Python gives them. Negative and NaN lengths are 0; too long ones are cut off at
    /// the largest representable length.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "float casts saturate")]
    pub fn from_secs_f64(secs: f64) -> Nanos {
        Nanos((secs * 1e9).round() as u64)
    }

    /// This length in seconds.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "clock readings stay far below 2^53 ns")]
    pub fn as_secs_f64(self) -> f64 {
        self.0 as f64 / 1e9
    }

    /// The moment `length` later; the last representable moment if there is none.
    #[must_use]
    pub const fn after(self, length: Nanos) -> Nanos {
        Nanos(self.0.saturating_add(length.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_unique_and_parse_back() {
        let mut seen = std::collections::HashSet::new();
        for n in 0..2000 {
            let letter = ThreadId(n).letter();
            assert_eq!(ThreadId::from_letter(&letter), Some(ThreadId(n)), "{letter}");
            assert!(seen.insert(letter));
        }
        let letters: Vec<String> = [0, 1, 12, 13, 25, 26, 27].iter().map(|n| ThreadId(*n).letter()).collect();
        assert_eq!(letters, ["M", "A", "L", "N", "Z", "AA", "AB"]);
        assert_eq!(ThreadId::from_letter("a"), None);
        assert_eq!(ThreadId::from_letter(""), None);
    }

    #[test]
    fn odd_lengths_of_time_are_clamped() {
        assert_eq!(Nanos::from_secs_f64(0.5), Nanos(500_000_000));
        assert_eq!(Nanos::from_secs_f64(-1.0), Nanos(0));
        assert_eq!(Nanos::from_secs_f64(f64::NAN), Nanos(0));
        assert_eq!(Nanos::from_secs_f64(f64::INFINITY), Nanos(u64::MAX));
    }
}
