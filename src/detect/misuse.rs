//! Misuse: a primitive or a thread that is not used as it is meant to be.
//!
//! Most of it raises an exception, and is found even when the program catches it. Some of it goes unnoticed: a plain lock
//! can be released by a thread that does not hold it. That is no mistake by itself (two threads can hand a lock to each
//! other as a signal); it is one when the thread that held it releases it later, too, or when the one that releases it
//! had tried to take it and failed. A lock that a thread still holds when it ends is told of when the run ends: until
//! then somebody could release it. (If somebody waits for it, that one is stuck, and this is told instead.)

use super::{Deed, Facts, Finding, FindingKind, Misuse, Want};
use crate::event::{Action, Event, EventKind, ObjectKind, Outcome, ThreadState};
use crate::ids::{ObjectId, ThreadId};
use rustc_hash::{FxHashMap, FxHashSet};

/// So many misuses, each at another line, are told.
const FOUND_MAX: usize = 256;

/// So many locks that were released by others than their holders are remembered.
const STOLEN_MAX: usize = 1024;

/// See the module.
#[derive(Clone, Debug, Default)]
pub(super) struct Misuses {
    /// Locks that were released by another thread than the one that held them, which may still believe that it does.
    stolen: FxHashMap<ObjectId, Theft>,
    /// For each thread that could not have a lock at last: the lock.
    failed: FxHashMap<ThreadId, ObjectId>,
    told: FxHashSet<(Misuse, u32)>,
}

/// A lock was released by another thread than the one that held it.
#[derive(Clone, Copy, Debug)]
struct Theft {
    release: Deed,
    robbed: ThreadId,
    /// It was told of already.
    told: bool,
}

impl Misuses {
    /// Takes the next event. Unlike other detectors it wants the facts of the moment before: what matters is who held a
    /// lock when it was released.
    pub(super) fn fold(&mut self, event: &Event, before: &Facts, found: &mut Vec<Finding>) {
        match &event.kind {
            EventKind::Did { action, outcome } => self.did(event, (action, outcome), before, found),
            EventKind::Ended(_) => self.ended(event, before, found),
            _ => {}
        }
    }

    fn did(&mut self, event: &Event, (action, outcome): (&Action, &Outcome), before: &Facts, found: &mut Vec<Finding>) {
        let raised = matches!(outcome, Outcome::Raised(_));
        match *action {
            Action::Acquire { object, .. } => self.acquire(event, before.lock_of(object), outcome, before),
            Action::Release { object, .. } => self.release(event, before.lock_of(object), raised, before, found),
            Action::Wait { object, .. } if raised || waits_with_anothers(event, object, outcome, before) => {
                self.push(Misuse::WaitWithoutLock, event, vec![object], &[], found);
            }
            Action::Notify { object, .. } if raised => {
                self.push(Misuse::NotifyWithoutLock, event, vec![object], &[], found);
            }
            Action::TaskDone { object } if raised => {
                self.push(Misuse::TaskDoneTooOften, event, vec![object], &[], found);
            }
            Action::Start { thread }
                if raised && state(thread, before).is_some_and(|state| state != ThreadState::New) =>
            {
                self.push(Misuse::StartTwice, event, Vec::new(), &standing(thread, before), found);
            }
            Action::Join { thread, .. } if raised && thread == event.thread => {
                self.push(Misuse::JoinSelf, event, Vec::new(), &[], found);
            }
            Action::Join { thread, .. } if raised && state(thread, before) == Some(ThreadState::New) => {
                self.push(Misuse::JoinBeforeStart, event, Vec::new(), &standing(thread, before), found);
            }
            _ => {}
        }
    }

    fn acquire(&mut self, event: &Event, lock: ObjectId, outcome: &Outcome, before: &Facts) {
        match outcome {
            Outcome::Refused | Outcome::TimedOut if is(lock, ObjectKind::Lock, before) => {
                self.failed.insert(event.thread, lock);
            }
            Outcome::Refused | Outcome::TimedOut | Outcome::Raised(_) => {}
            _ => {
                if self.failed.get(&event.thread) == Some(&lock) {
                    self.failed.remove(&event.thread);
                }
                if self.stolen.get(&lock).is_some_and(|theft| theft.robbed == event.thread) {
                    self.stolen.remove(&lock);
                }
            }
        }
    }

    fn release(&mut self, event: &Event, lock: ObjectId, raised: bool, before: &Facts, found: &mut Vec<Finding>) {
        if before.is_gil(lock) {
            return;
        }
        let Some(facts) = before.object(lock) else { return };
        let owner = facts.owner;
        // Whoever believed that it still held the lock does not after this.
        if let Some(theft) = self.stolen.get(&lock).copied().filter(|theft| theft.robbed == event.thread)
            && owner != Some(event.thread)
        {
            self.stolen.remove(&lock);
            if !theft.told {
                let proof = vec![theft.release, Deed::of(event)];
                self.deeds(Misuse::ForeignRelease, event, lock, proof, found);
            }
            return;
        }
        if raised {
            let misuse = match facts.kind {
                ObjectKind::Semaphore | ObjectKind::BoundedSemaphore => Misuse::OverRelease,
                ObjectKind::RLock => Misuse::ReleaseNotOwned,
                _ => Misuse::ReleaseUnlocked,
            };
            return self.push(misuse, event, vec![lock], &holder(lock, event.thread, before), found);
        }
        let Some(robbed) = owner.filter(|owner| facts.kind == ObjectKind::Lock && *owner != event.thread) else {
            return;
        };
        let told = self.failed.get(&event.thread) == Some(&lock);
        if told {
            self.push(Misuse::ReleaseAfterFailure, event, vec![lock], &holder(lock, event.thread, before), found);
        }
        if self.stolen.len() < STOLEN_MAX || self.stolen.contains_key(&lock) {
            self.stolen.insert(lock, Theft { release: Deed::of(event), robbed, told });
        }
    }

    /// Threads that came to an end with locks for which nobody waits.
    fn ended(&mut self, event: &Event, before: &Facts, found: &mut Vec<Finding>) {
        let waits = before.threads().iter().filter_map(|thread| before.waits_for(thread.id));
        let wanted: FxHashSet<ObjectId> = waits
            .filter_map(|(wants, _)| match wants {
                Want::Object(object) => Some(before.lock_of(object)),
                Want::End(_) => None,
            })
            .collect();
        let over = |state| matches!(state, ThreadState::Finished | ThreadState::Failed);
        for thread in before.threads().iter().filter(|thread| over(thread.state)) {
            for holding in thread.holds.iter().filter(|holding| !wanted.contains(&holding.lock)) {
                if is(holding.lock, ObjectKind::RwLock, before) || before.is_gil(holding.lock) {
                    continue;
                }
                let taken = Deed { seq: holding.seq, step: holding.step, thread: thread.id, line: holding.line };
                self.deeds(Misuse::HeldAtEnd, event, holding.lock, vec![taken], found);
            }
        }
    }

    /// What the event does is wrong; others are concerned.
    fn push(
        &mut self,
        misuse: Misuse,
        event: &Event,
        objects: Vec<ObjectId>,
        others: &[(ThreadId, u32)],
        found: &mut Vec<Finding>,
    ) {
        if self.is_new(misuse, event.line) {
            let mut finding = Finding::of_deeds(FindingKind::Misuse(misuse), event, objects, vec![Deed::of(event)]);
            finding.threads.extend(others.iter().map(|(thread, _)| *thread));
            finding.lines.extend(others.iter().map(|(_, line)| *line));
            found.push(finding);
        }
    }

    /// These together are wrong.
    fn deeds(&mut self, misuse: Misuse, event: &Event, lock: ObjectId, proof: Vec<Deed>, found: &mut Vec<Finding>) {
        if self.is_new(misuse, proof.first().map_or(0, |deed| deed.line)) {
            found.push(Finding::of_deeds(FindingKind::Misuse(misuse), event, vec![lock], proof));
        }
    }

    fn is_new(&mut self, misuse: Misuse, line: u32) -> bool {
        self.told.len() < FOUND_MAX && self.told.insert((misuse, line))
    }

    /// About how many bytes a copy takes.
    pub(super) fn weight(&self) -> usize {
        64 * self.stolen.len() + 24 * self.failed.len() + 24 * self.told.len()
    }
}

fn is(object: ObjectId, kind: ObjectKind, facts: &Facts) -> bool {
    facts.object(object).is_some_and(|object| object.kind == kind)
}

fn state(thread: ThreadId, facts: &Facts) -> Option<ThreadState> {
    facts.thread(thread).map(|thread| thread.state)
}

/// A thread and the line on which it stands.
fn standing(thread: ThreadId, facts: &Facts) -> Vec<(ThreadId, u32)> {
    facts.thread(thread).map(|facts| (thread, facts.line)).into_iter().collect()
}

/// Who else holds the lock, and the line on which it was taken.
fn holder(lock: ObjectId, me: ThreadId, facts: &Facts) -> Vec<(ThreadId, u32)> {
    let owner = facts.object(lock).and_then(|lock| lock.owner).filter(|owner| *owner != me);
    let owner = owner.and_then(|owner| facts.thread(owner));
    let since = |owner: &super::ThreadFacts| {
        owner.holds.iter().find(|holding| holding.lock == lock).map_or(0, |holding| holding.line)
    };
    owner.map(|owner| (owner.id, since(owner))).into_iter().collect()
}

/// Somebody else holds the plain lock of the condition, which is all that Python looks at.
fn waits_with_anothers(event: &Event, condition: ObjectId, outcome: &Outcome, before: &Facts) -> bool {
    let owner = || before.object(before.lock_of(condition)).and_then(|lock| lock.owner);
    *outcome == Outcome::Enqueued && owner().is_some_and(|owner| owner != event.thread)
}

#[cfg(test)]
mod tests {
    use super::super::tape::{COND, LOCK_A, LOCK_B, RLOCK, SEMAPHORE, Tape};
    use super::super::{Finding, FindingKind, Misuse};
    use crate::event::{Action, End, Outcome, ThreadState};
    use crate::ids::{ObjectId, ThreadId};

    const A: ThreadId = ThreadId(1);
    const B: ThreadId = ThreadId(2);

    fn raises(tape: &mut Tape, thread: ThreadId, line: u32, action: Action) {
        tape.did(thread, line, action, Outcome::Raised("RuntimeError: no".into()));
    }

    fn release(object: ObjectId) -> Action {
        Action::Release { object, count: 1 }
    }

    fn misuses(tape: &Tape) -> Vec<(Misuse, Finding)> {
        let misuse = |finding: Finding| match finding.kind {
            FindingKind::Misuse(misuse) => Some((misuse, finding)),
            _ => None,
        };
        tape.findings().into_iter().filter_map(misuse).collect()
    }

    #[test]
    fn what_raises_is_found_once_for_each_line() {
        let wrong = [
            (Misuse::ReleaseUnlocked, release(LOCK_A)),
            (Misuse::ReleaseNotOwned, release(RLOCK)),
            (Misuse::OverRelease, release(SEMAPHORE)),
            (Misuse::WaitWithoutLock, Action::Wait { object: COND, timeout: None }),
            (Misuse::NotifyWithoutLock, Action::Notify { object: COND, count: Some(1) }),
            (Misuse::TaskDoneTooOften, Action::TaskDone { object: SEMAPHORE }),
            (Misuse::StartTwice, Action::Start { thread: B }),
            (Misuse::JoinSelf, Action::Join { thread: A, timeout: None }),
        ];
        for (misuse, action) in wrong {
            let mut tape = Tape::with_threads(2);
            tape.state(B, ThreadState::Ready, 0);
            raises(&mut tape, A, 7, action.clone());
            raises(&mut tape, A, 7, action);
            let found = misuses(&tape);
            assert_eq!(found.iter().map(|(misuse, _)| *misuse).collect::<Vec<_>>(), [misuse]);
            assert_eq!((found[0].1.threads[0], found[0].1.lines[0]), (A, 7));
        }
    }

    #[test]
    fn a_join_is_wrong_only_before_the_start() {
        let mut tape = Tape::with_threads(2);
        raises(&mut tape, A, 7, Action::Join { thread: B, timeout: None });
        assert_eq!(misuses(&tape)[0].0, Misuse::JoinBeforeStart);
        let mut tape = Tape::with_threads(2);
        // No room for another thread: that is nobody's mistake.
        raises(&mut tape, A, 7, Action::Start { thread: B });
        assert!(misuses(&tape).is_empty());
    }

    #[test]
    fn a_lock_taken_away_is_found_when_its_holder_releases_it() {
        let mut tape = Tape::with_threads(2);
        tape.acquires(A, LOCK_A, 3);
        tape.releases(B, LOCK_A, 9, &[]);
        assert!(misuses(&tape).is_empty(), "it may be a signal");
        raises(&mut tape, A, 4, release(LOCK_A));
        let found = misuses(&tape);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].0, Misuse::ForeignRelease);
        assert_eq!((&found[0].1.threads[..], &found[0].1.lines[..]), (&[B, A][..], &[9, 4][..]));
    }

    #[test]
    fn a_lock_that_is_handed_over_is_no_misuse() {
        let mut tape = Tape::with_threads(2);
        tape.acquires(A, LOCK_A, 3);
        for _ in 0..3 {
            tape.releases(B, LOCK_A, 9, &[]);
            tape.acquires(A, LOCK_A, 4);
        }
        tape.releases(A, LOCK_A, 5, &[]);
        assert!(misuses(&tape).is_empty());
    }

    #[test]
    fn who_could_not_have_it_must_not_give_it_back() {
        let mut tape = Tape::with_threads(2);
        tape.acquires(A, LOCK_A, 3);
        tape.tries(B, LOCK_A, 8, false);
        tape.releases(B, LOCK_A, 9, &[]);
        let found = misuses(&tape);
        assert_eq!(found[0].0, Misuse::ReleaseAfterFailure);
        assert_eq!((&found[0].1.threads[..], &found[0].1.lines[..]), (&[B, A][..], &[9, 3][..]));
    }

    #[test]
    fn who_waits_with_the_lock_of_another_is_found_although_python_does_not_see_it() {
        let mut tape = Tape::with_threads(2);
        let lock = tape.lock();
        let condition = tape.condition(lock);
        tape.acquires(A, condition, 3);
        tape.parks(A, condition, 4);
        assert!(misuses(&tape).is_empty());
        tape.acquires(A, condition, 3);
        tape.parks(B, condition, 9);
        assert_eq!(misuses(&tape)[0].0, Misuse::WaitWithoutLock);
    }

    #[test]
    fn a_lock_that_is_never_given_back_is_found_at_the_end() {
        let mut tape = Tape::with_threads(2);
        tape.acquires(A, LOCK_A, 3);
        tape.acquires(B, LOCK_B, 8);
        tape.state(A, ThreadState::Finished, 0);
        tape.state(B, ThreadState::Killed, 0);
        assert!(misuses(&tape).is_empty());
        tape.ends(End::Finished);
        let found = misuses(&tape);
        assert_eq!(found.len(), 1, "a daemon that is killed is to blame for nothing");
        assert_eq!((found[0].0, found[0].1.lines[0]), (Misuse::HeldAtEnd, 3));
    }

    #[test]
    fn who_is_stuck_because_of_it_says_so_itself() {
        let mut tape = Tape::with_threads(2);
        tape.acquires(A, LOCK_A, 3);
        tape.blocks(B, LOCK_A, 3, false);
        tape.state(A, ThreadState::Finished, 0);
        tape.ends(End::Deadlock);
        assert!(misuses(&tape).is_empty());
    }
}
