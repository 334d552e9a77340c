//! Inconsistent guard: a location is accessed with a lock by several threads, and then somebody comes without it.
//!
//! Which lock guards what is not written anywhere in a program; it is in what the program does, and that is the idea of
//! Eraser (S. Savage et al., TOCS 15(4), 1997, section 2): the locks that are held at every access guard the location, and
//! when none is left nothing does. Eraser's set only shrinks and blames the access at which it gets empty. Here the locks
//! that at least two threads held, one of them to store something, are taken at their word, and the access that holds
//! none of them is named, with one that does.
//!
//! ```text
//! A                     B
//! with lock: n += 1
//!                       with lock: n += 1       lock guards n
//! n = 0                                         A came without it
//! ```
//!
//! The two accesses must be able to meet, and one of them must be a store. Two ways to know. Either nothing orders them
//! ([`order`](super::order)): what is done before the first thread starts and after the last one is joined is ordered.
//! Or the only order there is comes from the thread's own use of the lock just before: the thread has released the lock
//! and learnt nothing from anybody since. Then only luck has kept them apart, as long as the other thread is not over.
//! (Order through other locks is none of our business: the writers of a readers-writers lock are kept away from readers
//! who do not hold it by the one reader who does.)
//!
//! The elements of a container, and the calls on it, are one location. A line is reported once for each object.

use super::memory::{Cell, Touch, Visit};
use super::{Facts, Finding, FindingKind, Holding};
use crate::event::Access;
use crate::ids::{ObjectId, ThreadId};
use rustc_hash::FxHashSet;
use smallvec::SmallVec;

/// So many are reported in a run.
const FOUND_MAX: usize = 100;

/// Who holds more locks than these is not looked at.
const HELD_MAX: usize = 8;

/// So many locks are remembered for a location, so many threads that held one, and so many accesses without.
const LOCKS_MAX: usize = 4;
const USERS_MAX: usize = 8;
const BARE_MAX: usize = 4;

/// See the module.
#[derive(Clone, Debug, Default)]
pub(super) struct Guards {
    /// The object, and the line on which it was accessed without its lock.
    told: FxHashSet<(ObjectId, u32)>,
}

/// What is known of the guard of a location.
#[derive(Clone, Debug, Default)]
pub(super) struct Guard {
    locks: SmallVec<[Kept; 1]>,
    /// Accesses with none of the locks that guard it, as far as was known then.
    bare: SmallVec<[(Touch, Access); 2]>,
}

/// A lock that was held at accesses.
#[derive(Clone, Debug)]
struct Kept {
    lock: ObjectId,
    /// Somebody stored something while holding it.
    stored: bool,
    users: SmallVec<[User; 2]>,
}

/// A thread that held the lock at accesses.
#[derive(Clone, Copy, Debug)]
struct User {
    last: Touch,
    /// Its last store.
    stored: Option<Touch>,
    /// What it had learnt from others by then.
    lessons: u32,
}

impl Kept {
    fn guards(&self) -> bool {
        self.stored && self.users.len() > 1
    }

    fn user(&self, thread: ThreadId) -> Option<&User> {
        self.users.iter().find(|user| user.last.thread == thread)
    }
}

impl Guards {
    /// Looks at an access and notes it.
    pub(super) fn look(&mut self, visit: &Visit<'_>, cell: &mut Cell, found: &mut Vec<Finding>) {
        let held = held(visit.facts, visit.touch.thread);
        if self.told.len() >= FOUND_MAX || held.len() > HELD_MAX {
            return;
        }
        let guard = &mut **cell.guard.get_or_insert_default();
        let mut locks = held.iter().map(|holding| holding.lock).filter(|lock| !visit.facts.is_gil(*lock)).peekable();
        let keeps = |kept: &Kept| kept.guards() && held.iter().any(|holding| holding.lock == kept.lock);
        if locks.peek().is_none() || guard.locks.iter().any(Kept::guards) && !guard.locks.iter().any(keeps) {
            self.comes_without(visit, guard, found);
        }
        for lock in locks {
            if let Some(kept) = guard.kept(lock) {
                kept.note(visit);
            }
        }
        if !held.is_empty() {
            self.comes_with(visit, guard, found);
        }
    }

    /// The thread holds none of the locks that guard the location.
    fn comes_without(&mut self, visit: &Visit<'_>, guard: &mut Guard, found: &mut Vec<Finding>) {
        for kept in guard.locks.iter().filter(|kept| kept.guards()) {
            if let Some(other) = kept.users.iter().find_map(|user| meets(visit, kept, user)) {
                self.report(visit, (&visit.touch, visit.access), (&other, kept.lock), found);
                return;
            }
        }
        let touch = visit.touch;
        let is_same = |(other, _): &&mut (Touch, Access)| (other.thread, other.line) == (touch.thread, touch.line);
        match guard.bare.iter_mut().find(is_same) {
            Some(bare) if bare.1 == Access::Read || visit.access == Access::Write => *bare = (touch, visit.access),
            Some(_) => {}
            None => {
                if guard.bare.len() == BARE_MAX {
                    guard.bare.remove(0);
                }
                guard.bare.push((touch, visit.access));
            }
        }
    }

    /// The thread holds a lock that guards the location: perhaps others came without it before.
    fn comes_with(&mut self, visit: &Visit<'_>, guard: &mut Guard, found: &mut Vec<Finding>) {
        let held = held(visit.facts, visit.touch.thread);
        let keeps = |kept: &&Kept| kept.guards() && held.iter().any(|holding| holding.lock == kept.lock);
        let Some(kept) = guard.locks.iter().find(keeps) else { return };
        let conflicts = |(bare, access): &(Touch, Access)| {
            bare.thread != visit.touch.thread
                && (*access == Access::Write || visit.access == Access::Write)
                && visit.is_unordered(bare)
        };
        let lock = kept.lock;
        let broken: SmallVec<[(Touch, Access); 2]> = guard.bare.iter().copied().filter(conflicts).collect();
        guard.bare.retain(|bare| !conflicts(bare));
        for (bare, access) in &broken {
            self.report(visit, (bare, *access), (&visit.touch, lock), found);
        }
    }

    fn report(
        &mut self,
        visit: &Visit<'_>,
        (bare, access): (&Touch, Access),
        (kept, lock): (&Touch, ObjectId),
        found: &mut Vec<Finding>,
    ) {
        if self.told.len() >= FOUND_MAX || !self.told.insert((visit.object, bare.line)) {
            return;
        }
        let mut proof = vec![bare.deed(), kept.deed()];
        proof.sort_by_key(|deed| deed.seq);
        found.push(Finding {
            kind: FindingKind::InconsistentGuard { key: visit.key.cloned(), access },
            threads: vec![bare.thread, kept.thread],
            objects: vec![visit.object, lock],
            lines: vec![bare.line, kept.line],
            seq: visit.event.seq,
            step: visit.event.step,
            evidence: Vec::new(),
            proof,
        });
    }
}

/// The access of that thread, made with the lock, which could have come at the moment of this one.
fn meets(visit: &Visit<'_>, kept: &Kept, user: &User) -> Option<Touch> {
    let other = if visit.access == Access::Write { Some(user.last) } else { user.stored }?;
    if other.thread == visit.touch.thread {
        return None;
    }
    let by_luck = || {
        let own = kept.user(visit.touch.thread);
        let is_fresh = own.is_some_and(|own| own.lessons == visit.order.lessons(visit.touch.thread));
        is_fresh && visit.facts.thread(other.thread).is_some_and(|thread| thread.state.is_alive())
    };
    (visit.is_unordered(&other) || by_luck()).then_some(other)
}

fn held(facts: &Facts, thread: ThreadId) -> &[Holding] {
    facts.thread(thread).map_or(&[][..], |thread| &thread.holds)
}

impl Guard {
    /// The entry of this lock, if there is room for one.
    fn kept(&mut self, lock: ObjectId) -> Option<&mut Kept> {
        let place = match self.locks.iter().position(|kept| kept.lock == lock) {
            Some(place) => place,
            None if self.locks.len() < LOCKS_MAX => {
                self.locks.push(Kept { lock, stored: false, users: SmallVec::new() });
                self.locks.len() - 1
            }
            None => return None,
        };
        self.locks.get_mut(place)
    }
}

impl Kept {
    fn note(&mut self, visit: &Visit<'_>) {
        let (last, is_store) = (visit.touch, visit.access == Access::Write);
        let lessons = visit.order.lessons(last.thread);
        self.stored |= is_store;
        let stored = is_store.then_some(last);
        if let Some(user) = self.users.iter_mut().find(|user| user.last.thread == last.thread) {
            *user = User { last, stored: stored.or(user.stored), lessons };
            return;
        }
        if self.users.len() == USERS_MAX {
            self.users.remove(0);
        }
        self.users.push(User { last, stored, lessons });
    }
}

#[cfg(test)]
mod tests {
    use super::super::tape::{LOCK_A, LOCK_B, Tape, VARIABLE};
    use super::super::{Finding, FindingKind};
    use crate::event::{Access, ThreadState};
    use crate::ids::{ObjectId, ThreadId};

    const A: ThreadId = ThreadId(1);
    const B: ThreadId = ThreadId(2);
    const C: ThreadId = ThreadId(3);

    fn broken(tape: &Tape) -> Vec<Finding> {
        let mut found = tape.findings();
        found.retain(|finding| matches!(finding.kind, FindingKind::InconsistentGuard { .. }));
        found
    }

    fn keeps(tape: &mut Tape, thread: ThreadId, lock: ObjectId, line: u32) {
        tape.acquires(thread, lock, line);
        tape.stores(thread, i64::from(line), line);
        tape.releases(thread, lock, line, &[]);
    }

    /// A and B, which live, store with the lock.
    fn guarded() -> Tape {
        let mut tape = Tape::with_threads(3);
        for thread in [ThreadId::MAIN, A, B, C] {
            tape.state(thread, ThreadState::Ready, 0);
        }
        keeps(&mut tape, A, LOCK_A, 5);
        keeps(&mut tape, B, LOCK_A, 6);
        tape
    }

    #[test]
    fn who_comes_without_the_lock_is_named_with_one_who_holds_it() {
        let mut tape = guarded();
        tape.stores(C, 0, 9);
        let found = broken(&tape);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].kind, FindingKind::InconsistentGuard { key: None, access: Access::Write });
        assert_eq!((&found[0].threads[..], &found[0].lines[..]), (&[C, A][..], &[9, 5][..]));
        assert_eq!((&found[0].objects[..], found[0].seq), (&[VARIABLE, LOCK_A][..], tape.last_seq()));
        tape.stores(C, 0, 9);
        assert_eq!(broken(&tape).len(), 1, "once for a line");
    }

    #[test]
    fn who_came_first_is_named_as_soon_as_the_guard_is_known() {
        let mut tape = Tape::with_threads(3);
        tape.reads(C, 0, 9);
        keeps(&mut tape, A, LOCK_A, 5);
        assert!(broken(&tape).is_empty(), "one thread makes no guard");
        keeps(&mut tape, B, LOCK_A, 6);
        let found = broken(&tape);
        assert_eq!((&found[0].threads[..], &found[0].lines[..]), (&[C, B][..], &[9, 6][..]));
        assert_eq!(found[0].proof.iter().map(|deed| deed.line).collect::<Vec<_>>(), [9, 6]);
    }

    #[test]
    fn another_lock_is_not_the_one() {
        let mut tape = guarded();
        keeps(&mut tape, C, LOCK_B, 9);
        assert_eq!(broken(&tape).len(), 1);
        let mut same = guarded();
        keeps(&mut same, C, LOCK_A, 9);
        assert!(broken(&same).is_empty());
    }

    #[test]
    fn only_luck_kept_them_apart_while_the_other_lives() {
        let mut tape = guarded();
        tape.reads(B, 6, 7);
        assert_eq!(broken(&tape).len(), 1);
        let mut over = guarded();
        over.state(A, ThreadState::Finished, 0);
        over.reads(B, 6, 7);
        assert!(broken(&over).is_empty());
        // It has learnt from somebody since: that may be what keeps them apart.
        let mut told = guarded();
        told.acquires(B, LOCK_B, 7);
        told.releases(B, LOCK_B, 7, &[]);
        told.reads(B, 6, 8);
        assert!(broken(&told).is_empty());
    }
}
