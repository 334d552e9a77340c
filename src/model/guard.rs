//! Which locks guard a location: the candidate set of Eraser (Savage et al., 1997, section 2.2).
//!
//! At every access the set is cut down to the locks that the accessing thread holds. What remains guards the location;
//! when nothing remains, nothing does. Eraser waits for a second thread before it begins; here accesses simply do not
//! count while no other thread is alive, which also forgives what the main thread does after the last join.

use crate::ids::ObjectId;
use rustc_hash::FxHashSet;

/// The locks held at every access that counted; `None` before the first one.
pub type Guard = Option<Vec<ObjectId>>;

/// Takes one more access, made while `held` were held.
pub(super) fn refine(guard: &mut Guard, held: &[ObjectId]) {
    match guard {
        None => *guard = Some(held.to_vec()),
        Some(locks) if locks.len().min(held.len()) < 16 => locks.retain(|lock| held.contains(lock)),
        Some(locks) => {
            let held: FxHashSet<ObjectId> = held.iter().copied().collect();
            locks.retain(|lock| held.contains(lock));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_guard_is_what_was_held_every_time() {
        let (a, b) = (ObjectId(1), ObjectId(2));
        let mut guard = None;
        refine(&mut guard, &[a, b]);
        assert_eq!(guard, Some(vec![a, b]));
        refine(&mut guard, &[b]);
        assert_eq!(guard, Some(vec![b]));
        refine(&mut guard, &[a]);
        assert_eq!(guard, Some(vec![]));
    }
}
