//! Who has seen the current value of a place, and who only an older one.
//!
//! This is what makes a lost update visible while it happens: a thread that read `n`, and stores a result into `n`
//! after another thread has stored there, overwrites something it never saw.
//!
//! | step | seen | stale |
//! |---|---|---|
//! | A reads | A | |
//! | B reads | A B | |
//! | B stores | | A |
//! | A stores: B's value is lost unseen | | |

use crate::event::Text;
use crate::ids::{Step, ThreadId};

/// A value that was stored over by a thread that had read an older one and never saw this.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loss {
    /// Who stored over it, and in which step.
    pub by: ThreadId,
    pub step: Step,
    /// Whose store is lost, and what it was.
    pub of: ThreadId,
    pub value: Text,
}

/// The last store to a place, and who has looked at it before and after.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sight {
    /// Who stored last, and in which step.
    written: Option<(ThreadId, Step)>,
    /// Who has read the current value. Sorted.
    seen: Vec<ThreadId>,
    /// Who has read an earlier value, and neither read nor stored since. Sorted.
    stale: Vec<ThreadId>,
    /// The last store that was lost, and how many were.
    lost: Option<Box<Loss>>,
    losses: u32,
}

impl Sight {
    /// Notes that the thread read the place.
    pub fn read(&mut self, thread: ThreadId) {
        remove(&mut self.stale, thread);
        insert(&mut self.seen, thread);
    }

    /// Notes that the thread stored there (or deleted it). When it never saw what it stored over, `lost` is that value,
    /// if it matters.
    pub fn wrote(&mut self, thread: ThreadId, step: Step, lost: Option<Text>) {
        if let (Some((of, _)), Some(value)) = (self.unseen_by(thread), lost) {
            self.lost = Some(Box::new(Loss { by: thread, step, of, value }));
            self.losses = self.losses.saturating_add(1);
        }
        remove(&mut self.stale, thread);
        for reader in std::mem::take(&mut self.seen) {
            if reader != thread {
                insert(&mut self.stale, reader);
            }
        }
        self.written = Some((thread, step));
    }

    /// Who stored last, and in which step.
    #[must_use]
    pub const fn written(&self) -> Option<(ThreadId, Step)> {
        self.written
    }

    /// The last store that was lost.
    #[must_use]
    pub fn lost(&self) -> Option<&Loss> {
        self.lost.as_deref()
    }

    /// How many stores were lost so far.
    #[must_use]
    pub const fn losses(&self) -> u32 {
        self.losses
    }

    /// The threads whose copy of the value is out of date.
    #[must_use]
    pub fn stale(&self) -> &[ThreadId] {
        &self.stale
    }

    /// Whose store the thread would overwrite without having seen it, although it once read this place.
    #[must_use]
    pub fn unseen_by(&self, thread: ThreadId) -> Option<(ThreadId, Step)> {
        self.stale.binary_search(&thread).ok().and(self.written)
    }
}

fn insert(threads: &mut Vec<ThreadId>, thread: ThreadId) {
    if let Err(place) = threads.binary_search(&thread) {
        threads.insert(place, thread);
    }
}

fn remove(threads: &mut Vec<ThreadId>, thread: ThreadId) {
    if let Ok(place) = threads.binary_search(&thread) {
        threads.remove(place);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: ThreadId = ThreadId(1);
    const B: ThreadId = ThreadId(2);

    #[test]
    fn a_lost_update_is_seen_coming() {
        let mut sight = Sight::default();
        sight.read(A);
        sight.read(B);
        assert_eq!(sight.unseen_by(A), None);
        sight.wrote(B, Step(3), None);
        assert_eq!(sight.unseen_by(A), Some((B, Step(3))));
        assert_eq!(sight.unseen_by(B), None);
        sight.wrote(A, Step(4), Some(Text::Int(2)));
        assert_eq!(sight.stale(), []);
        let loss = sight.lost().unwrap();
        assert_eq!((loss.by, loss.of, loss.step, &loss.value), (A, B, Step(4), &Text::Int(2)));
        assert_eq!(sight.losses(), 1);
    }

    #[test]
    fn who_reads_again_is_up_to_date() {
        let mut sight = Sight::default();
        sight.read(A);
        sight.wrote(B, Step(1), Some(Text::Int(1)));
        sight.read(A);
        assert_eq!(sight.unseen_by(A), None);
    }

    #[test]
    fn a_store_without_a_read_loses_nothing() {
        let mut sight = Sight::default();
        sight.wrote(B, Step(1), Some(Text::Int(1)));
        assert_eq!(sight.unseen_by(A), None);
        assert_eq!(sight.written(), Some((B, Step(1))));
        sight.wrote(A, Step(2), Some(Text::Int(1)));
        assert_eq!(sight.losses(), 0);
    }
}
