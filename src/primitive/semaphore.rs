//! `threading.Semaphore` and `BoundedSemaphore`: a number of places.

use super::Fault;

/// A semaphore. Nobody owns a place: a thread may release what it never acquired, and the bounded kind notices only
/// when there are more places than at the beginning.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Semaphore {
    /// The places that are free.
    pub(crate) value: i64,
    /// The places there were at the beginning, when that is a bound.
    pub(crate) bound: Option<i64>,
}

impl Semaphore {
    pub(crate) const fn new(value: i64, bounded: bool) -> Semaphore {
        Semaphore { value, bound: if bounded { Some(value) } else { None } }
    }

    /// Takes a place when one is free.
    pub(crate) fn acquire(&mut self) -> bool {
        let free = self.value > 0;
        if free {
            self.value -= 1;
        }
        free
    }

    /// Gives `count` places back.
    pub(crate) fn release(&mut self, count: u32) -> Result<(), Fault> {
        let value = self.value.saturating_add(i64::from(count));
        if self.bound.is_some_and(|bound| value > bound) {
            return Err(Fault::SemaphoreReleasedTooOften);
        }
        self.value = value;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_taken_and_given_back() {
        let mut semaphore = Semaphore::new(2, false);
        assert!(semaphore.acquire() && semaphore.acquire());
        assert!(!semaphore.acquire());
        assert_eq!(semaphore.release(3), Ok(()));
        assert_eq!(semaphore.value, 3, "one more than there were: nobody notices");
    }

    #[test]
    fn the_bounded_one_notices() {
        let mut semaphore = Semaphore::new(1, true);
        assert_eq!(semaphore.release(1), Err(Fault::SemaphoreReleasedTooOften));
        assert!(semaphore.acquire());
        assert_eq!(semaphore.release(2), Err(Fault::SemaphoreReleasedTooOften));
        assert_eq!(semaphore.release(1), Ok(()));
        assert_eq!(semaphore.value, 1);
    }
}
