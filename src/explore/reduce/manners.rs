//! Which manners of touching one thing commute, as sets of manners in the bits of a byte.

use crate::kernel::sim::Manner;

/// A set of manners.
pub(super) type Manners = u8;

pub(super) const READ: Manners = of(Manner::Read);
#[cfg(test)]
pub(super) const WRITE: Manners = of(Manner::Write);
pub(super) const ACQUIRE: Manners = of(Manner::Acquire);
pub(super) const RELEASE: Manners = of(Manner::Release);
pub(super) const TAKE: Manners = of(Manner::Take);
pub(super) const GIVE: Manners = of(Manner::Give);
pub(super) const PUT: Manners = of(Manner::Put);
pub(super) const START: Manners = of(Manner::Start);

/// One manner.
pub(super) const fn of(manner: Manner) -> Manners {
    1 << manner as u8
}

/// The manners that do not commute with one of these, of steps that are both possible.
///
/// Reading commutes with reading. Giving places to a semaphore commutes with giving and with taking: a sum is a sum, and
/// whoever can take now can take after it was given. Putting at one end of a queue commutes with taking at the other
/// when both are possible: there was something to take, and there was room.
pub(super) const fn conflict(manners: Manners) -> Manners {
    let mut table = [!0; 8];
    table[Manner::Read as usize] = !READ;
    table[Manner::Take as usize] = !(GIVE | PUT);
    table[Manner::Give as usize] = !(GIVE | TAKE);
    table[Manner::Put as usize] = !TAKE;
    union(manners, table)
}

/// The manners that may make a step possible which waits for this.
///
/// Whoever waits for a lock is not helped when it is taken, nor is one who waits for a place or an item when those are
/// taken, nor one who waits for room when there is put more.
pub(super) const fn enables(manners: Manners) -> Manners {
    let mut table = [!0; 8];
    table[Manner::Read as usize] = !READ;
    table[Manner::Acquire as usize] = !(READ | ACQUIRE);
    table[Manner::Take as usize] = !(READ | TAKE);
    table[Manner::Put as usize] = !(READ | PUT);
    union(manners, table)
}

/// What a table says of any of these manners.
const fn union(manners: Manners, table: [Manners; 8]) -> Manners {
    let mut all = 0;
    let mut number = 0;
    while number < table.len() {
        if manners & 1 << number != 0 {
            all |= table[number];
        }
        number += 1;
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conflicts_are_mutual() {
        for a in 0..8 {
            for b in 0..8 {
                let conflict = |a: u8, b: u8| conflict(1 << a) & 1 << b != 0;
                assert_eq!(conflict(a, b), conflict(b, a), "{a} {b}");
            }
        }
    }

    #[test]
    fn what_helps_is_a_conflict_between_steps_that_are_possible_or_gives_what_is_waited_for() {
        assert_eq!(enables(TAKE) & GIVE, GIVE);
        assert_eq!(enables(PUT) & TAKE, TAKE);
        assert_eq!(enables(ACQUIRE) & (RELEASE | WRITE), RELEASE | WRITE);
        assert_eq!(conflict(READ | WRITE), !0);
        assert_eq!(conflict(ACQUIRE) & START, START);
    }
}
