//! Lock order: locks that are taken in one order here and in another order there. Nobody hangs in this run; in another
//! one the threads may wait for each other.
//!
//! The lock graph has an edge from each lock that a thread holds to the one that it takes then, and a circle in it is a
//! deadlock that could be: K. Havelund, "Using Runtime Analysis to Guide Model Checking of Java Programs" (SPIN 2000).
//! As in S. Bensalem and K. Havelund, "Dynamic Deadlock Analysis of Multi-threaded Programs" (Haifa Verification
//! Conference 2005), three kinds of circles are none: those of one thread alone, those whose edges were made while the
//! same further lock was held (a *gate*: only one thread at a time gets that far; a semaphore is a gate, too, for circles of
//! more threads than it has places), and those whose edges cannot be made
//! at the same time because of starts and joins (`Lives`). Who only tries to take a lock, or gives up after some time,
//! makes no edge: it cannot hang there.
//!
//! A fourth kind is left out, too: a lock that was taken under another one, and kept when that was given back, makes no
//! edge back to it. So do the first of several readers for all of them: who may take the inner lock is decided under the
//! outer one, and whoever finds it taken does not want it.

use super::lives::Lives;
use super::{Deed, Detector, Facts, Finding, FindingKind, Holding};
use crate::event::{Action, Effect, Event, EventKind, ObjectKind};
use crate::ids::{ObjectId, Seq, ThreadId};
use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;
use std::sync::Arc;

/// The longest circle that is looked for.
const LONGEST: usize = 6;

/// Of what a thread holds, so many locks are looked at, those it took first.
const HELD_MAX: usize = 16;

/// So many pairs of locks are remembered; ordinary programs have a few dozen.
const PAIRS_MAX: usize = 4096;

/// Of each pair, so many different ways to take it: threads, parts of their lives, gates.
const WAYS_MAX: usize = 8;

/// So many edges are looked at for circles in a run. Each pair is looked at when it is new only, so this is reached by
/// those only who take everything in every order.
const LOOKS_MAX: u64 = 1 << 22;

/// So many circles, each at other lines, are told.
const FOUND_MAX: usize = 64;

/// See the module.
#[derive(Clone, Debug, Default)]
pub(super) struct LockOrders {
    /// Shared by the copies of a detector until something new comes, which is seldom.
    graph: Arc<Graph>,
    lives: Lives,
    /// The semaphores of which each thread has a place.
    places: Vec<SmallVec<[ObjectId; 2]>>,
    /// For each lock of a thread that was taken while it held others: the event, and the others.
    under: FxHashMap<(ThreadId, ObjectId), Under>,
    looks: u64,
    /// The lines of circles that were told, sorted.
    told: FxHashSet<Vec<(u32, u32)>>,
}

/// When a lock was taken, and what was held then.
type Under = (Seq, SmallVec<[ObjectId; 4]>);

#[derive(Clone, Debug, Default)]
struct Graph {
    /// How the second lock of a pair was taken while the first was held.
    ways: FxHashMap<(ObjectId, ObjectId), SmallVec<[Way; 1]>>,
    /// The second locks of all pairs with this first.
    inner: FxHashMap<ObjectId, Vec<ObjectId>>,
}

/// An edge: `thread` took a lock while it held another.
#[derive(Clone, Debug)]
struct Way {
    segment: u32,
    outer: Deed,
    inner: Deed,
    /// All that it held: locks and places of semaphores, and how many can hold each.
    held: Arc<[(ObjectId, u32)]>,
}

impl Detector for LockOrders {
    fn fold(&mut self, event: &Event, facts: &Facts, found: &mut Vec<Finding>) {
        let EventKind::Did { action, outcome } = &event.kind else { return };
        self.lives.fold(event, facts.threads().len());
        let effect = Effect::of(action, outcome);
        let (Effect::Takes(object) | Effect::Resumes(object)) = effect else {
            if let Effect::Gives(object, _) = effect {
                self.leave(event.thread, object);
            }
            return;
        };
        if is_semaphore(object, facts) {
            return self.enter(event.thread, object, facts);
        }
        let Some(holds) = facts.thread(event.thread).map(|thread| &thread.holds[..]) else { return };
        if holds.len() < 2 || !waits_for_ever(action) {
            return;
        }
        // A lock that the thread had already does not come last, or not for the first time.
        let lock = facts.lock_of(object);
        let Some((last, outer)) = holds.split_last().filter(|(last, _)| last.lock == lock && last.seq == event.seq)
        else {
            return;
        };
        let outer = &outer[..outer.len().min(HELD_MAX)];
        if counts(last.lock, facts) {
            self.note(event, last.lock, outer);
            self.nest(event, last.lock, outer, facts, found);
        }
    }
}

/// A thread that cannot take the lock now waits as long as it takes.
const fn waits_for_ever(action: &Action) -> bool {
    match action {
        Action::Acquire { blocking, timeout, .. } => *blocking && timeout.is_none(),
        Action::Reacquire { .. } => true,
        _ => false,
    }
}

/// Read-write locks are left out: whether somebody reads or writes cannot be told, and readers do not exclude each other.
fn counts(lock: ObjectId, facts: &Facts) -> bool {
    facts.object(lock).is_some_and(|lock| matches!(lock.kind, ObjectKind::Lock | ObjectKind::RLock) && !lock.gil)
}

fn is_semaphore(object: ObjectId, facts: &Facts) -> bool {
    facts
        .object(object)
        .is_some_and(|object| matches!(object.kind, ObjectKind::Semaphore | ObjectKind::BoundedSemaphore))
}

impl LockOrders {
    /// The thread took a place of a semaphore.
    fn enter(&mut self, thread: ThreadId, semaphore: ObjectId, facts: &Facts) {
        if self.places.len() <= thread.index() && thread.index() < facts.threads().len() {
            self.places.resize(facts.threads().len(), SmallVec::new());
        }
        if let Some(places) = self.places.get_mut(thread.index()).filter(|places| places.len() < HELD_MAX) {
            places.push(semaphore);
        }
    }

    /// The thread gave something back: a place, if it had one.
    fn leave(&mut self, thread: ThreadId, semaphore: ObjectId) {
        let Some(places) = self.places.get_mut(thread.index()) else { return };
        if let Some(place) = places.iter().position(|place| *place == semaphore) {
            places.remove(place);
        }
    }

    /// Keeps what the thread held when it took the lock.
    fn note(&mut self, event: &Event, lock: ObjectId, outer: &[Holding]) {
        let key = (event.thread, lock);
        if self.under.len() < PAIRS_MAX || self.under.contains_key(&key) {
            let (seq, held) = self.under.entry(key).or_default();
            *seq = event.seq;
            held.clear();
            held.extend(outer.iter().map(|holding| holding.lock));
        }
    }

    /// True when the thread took what it holds while it had the lock.
    fn is_taken_under(&self, thread: ThreadId, holding: &Holding, lock: ObjectId) -> bool {
        let under = self.under.get(&(thread, holding.lock));
        under.is_some_and(|(seq, held)| *seq == holding.seq && held.contains(&lock))
    }

    /// The thread took the lock while it held these.
    fn nest(&mut self, event: &Event, lock: ObjectId, outer: &[Holding], facts: &Facts, found: &mut Vec<Finding>) {
        let segment = self.lives.segment(event.thread);
        let places = self.places.get(event.thread.index()).cloned().unwrap_or_default();
        // The lock of the interpreter is no gate: whoever waits for another lock gives it back.
        let locks = outer.iter().map(|holding| holding.lock).filter(|lock| !facts.is_gil(*lock));
        let held: SmallVec<[ObjectId; HELD_MAX]> = locks.chain(places).collect();
        let mut kept: Option<Arc<[(ObjectId, u32)]>> = None;
        for holding in outer.iter().filter(|holding| counts(holding.lock, facts)) {
            if self.is_taken_under(event.thread, holding, lock) {
                continue;
            }
            if self.graph.knows((holding.lock, lock), event.thread, segment, &held) {
                continue;
            }
            let places = |lock: &ObjectId| (*lock, facts.object(*lock).map_or(1, |lock| lock.places));
            let held = kept.get_or_insert_with(|| held.iter().map(places).collect());
            let outer = Deed { seq: holding.seq, step: holding.step, thread: event.thread, line: holding.line };
            let way = Way { segment, outer, inner: Deed::of(event), held: Arc::clone(held) };
            Arc::make_mut(&mut self.graph).add((holding.lock, lock), way.clone());
            self.look((holding.lock, lock), &way, event, found);
        }
    }

    /// Looks for circles through this new edge, the shortest first.
    fn look(&mut self, (outer, inner): (ObjectId, ObjectId), way: &Way, event: &Event, found: &mut Vec<Finding>) {
        for length in 2..=LONGEST {
            if self.told.len() >= FOUND_MAX {
                return;
            }
            let graph = Arc::clone(&self.graph);
            let mut walk =
                Walk { graph: &graph, lives: &self.lives, told: &self.told, goal: outer, looks: &mut self.looks };
            let mut circle = vec![(outer, way.clone())];
            if walk.go(inner, length, &mut circle) {
                self.told.insert(lines_of(&circle));
                found.push(finding(circle, event));
                return;
            }
        }
    }

    /// About how many bytes a copy takes.
    pub(super) fn weight(&self) -> usize {
        self.graph.ways.len() * (size_of::<Way>() + 64) + 64 * (self.told.len() + self.under.len())
    }
}

impl Graph {
    /// True when an edge like this one is there already: nothing new can come of it.
    fn knows(&self, pair: (ObjectId, ObjectId), thread: ThreadId, segment: u32, held: &[ObjectId]) -> bool {
        let Some(ways) = self.ways.get(&pair) else { return self.ways.len() >= PAIRS_MAX };
        let weaker = |way: &Way| {
            let within = way.held.iter().all(|(lock, _)| held.contains(lock));
            way.inner.thread == thread && way.segment == segment && within
        };
        ways.len() >= WAYS_MAX || ways.iter().any(weaker)
    }

    fn add(&mut self, pair: (ObjectId, ObjectId), way: Way) {
        let ways = self.ways.entry(pair).or_default();
        if ways.is_empty() {
            self.inner.entry(pair.0).or_default().push(pair.1);
        }
        ways.push(way);
    }
}

/// A search for a way back to where a circle began.
struct Walk<'a> {
    graph: &'a Graph,
    lives: &'a Lives,
    told: &'a FxHashSet<Vec<(u32, u32)>>,
    goal: ObjectId,
    looks: &'a mut u64,
}

impl Walk<'_> {
    /// Adds edges from `lock` until the circle has this length and is closed; or none at all.
    fn go(&mut self, lock: ObjectId, length: usize, circle: &mut Vec<(ObjectId, Way)>) -> bool {
        let last = circle.len() + 1 == length;
        let graph = self.graph;
        let goal = [self.goal];
        let next: &[ObjectId] = if last { &goal } else { graph.inner.get(&lock).map_or(&[], Vec::as_slice) };
        for inner in next {
            if !last && (*inner == self.goal || circle.iter().any(|(outer, _)| outer == inner)) {
                continue;
            }
            for way in graph.ways.get(&(lock, *inner)).into_iter().flatten() {
                *self.looks += 1;
                if *self.looks > LOOKS_MAX {
                    return false;
                }
                if !self.fits(way, circle) {
                    continue;
                }
                circle.push((lock, way.clone()));
                if if last { !self.told.contains(&lines_of(circle)) } else { self.go(*inner, length, circle) } {
                    return true;
                }
                circle.pop();
            }
        }
        false
    }

    /// True when this edge and those of the circle can be made at the same time.
    fn fits(&self, way: &Way, circle: &[(ObjectId, Way)]) -> bool {
        let meets = |(_, other): &(ObjectId, Way)| {
            way.inner.thread != other.inner.thread && !self.lives.ordered(&way.inner, &other.inner)
        };
        let room = |lock: &(ObjectId, u32)| {
            let inside = circle.iter().filter(|(_, other)| other.held.contains(lock)).count();
            u32::try_from(inside).is_ok_and(|inside| inside < lock.1)
        };
        circle.iter().all(meets) && way.held.iter().all(room)
    }
}

/// Where the locks of a circle are taken, in no order.
fn lines_of(circle: &[(ObjectId, Way)]) -> Vec<(u32, u32)> {
    let mut lines: Vec<_> = circle.iter().map(|(_, way)| (way.outer.line, way.inner.line)).collect();
    lines.sort_unstable();
    lines
}

fn finding(mut circle: Vec<(ObjectId, Way)>, event: &Event) -> Finding {
    let smallest = circle.iter().enumerate().min_by_key(|(_, (_, way))| way.inner.thread).map_or(0, |(place, _)| place);
    circle.rotate_left(smallest);
    let mut proof: Vec<Deed> = circle.iter().flat_map(|(_, way)| [way.outer, way.inner]).collect();
    proof.sort_unstable_by_key(|deed| deed.seq);
    Finding {
        kind: FindingKind::LockOrder,
        threads: circle.iter().map(|(_, way)| way.inner.thread).collect(),
        objects: circle.iter().map(|(outer, _)| *outer).collect(),
        lines: circle.iter().map(|(_, way)| way.inner.line).collect(),
        seq: event.seq,
        step: event.step,
        evidence: Vec::new(),
        proof,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tape::{COND, LOCK_A, LOCK_B, RLOCK, SEMAPHORE, Tape};
    use super::super::{Finding, FindingKind};
    use crate::ids::{ObjectId, ThreadId};

    const A: ThreadId = ThreadId(1);
    const B: ThreadId = ThreadId(2);
    const C: ThreadId = ThreadId(3);

    fn nest(tape: &mut Tape, thread: ThreadId, (outer, inner): (ObjectId, ObjectId), line: u32) {
        tape.acquires(thread, outer, line);
        tape.acquires(thread, inner, line + 1);
        tape.releases(thread, inner, line + 2, &[]);
        tape.releases(thread, outer, line + 3, &[]);
    }

    fn orders(tape: &Tape) -> Vec<Finding> {
        tape.findings().into_iter().filter(|finding| finding.kind == FindingKind::LockOrder).collect()
    }

    #[test]
    fn the_other_way_round_is_found_at_the_second_lock() {
        let mut tape = Tape::with_threads(2);
        nest(&mut tape, A, (LOCK_A, LOCK_B), 6);
        tape.acquires(B, LOCK_B, 14);
        assert!(orders(&tape).is_empty());
        tape.acquires(B, LOCK_A, 15);
        let found = orders(&tape);
        assert_eq!(found.len(), 1);
        assert_eq!((&found[0].threads[..], &found[0].objects[..]), (&[A, B][..], &[LOCK_A, LOCK_B][..]));
        assert_eq!((&found[0].lines[..], found[0].seq), (&[7, 15][..], tape.last_seq()));
        assert_eq!(found[0].proof.iter().map(|deed| deed.line).collect::<Vec<_>>(), [6, 7, 14, 15]);
    }

    #[test]
    fn the_same_lines_are_told_once() {
        let mut tape = Tape::with_threads(3);
        for _ in 0..3 {
            nest(&mut tape, A, (LOCK_A, LOCK_B), 6);
            nest(&mut tape, B, (LOCK_B, LOCK_A), 14);
            nest(&mut tape, C, (LOCK_B, LOCK_A), 14);
        }
        assert_eq!(orders(&tape).len(), 1);
    }

    #[test]
    fn one_thread_alone_never_waits_for_itself() {
        let mut tape = Tape::with_threads(2);
        nest(&mut tape, A, (LOCK_A, LOCK_B), 6);
        nest(&mut tape, A, (LOCK_B, LOCK_A), 14);
        assert!(orders(&tape).is_empty());
    }

    #[test]
    fn a_gate_lets_one_thread_in_at_a_time() {
        let mut tape = Tape::with_threads(2);
        for (thread, pair, line) in [(A, (LOCK_A, LOCK_B), 6), (B, (LOCK_B, LOCK_A), 14)] {
            tape.acquires(thread, RLOCK, 3);
            nest(&mut tape, thread, pair, line);
            tape.releases(thread, RLOCK, 4, &[]);
        }
        assert!(orders(&tape).is_empty());
        // Whoever comes past the gate makes it worthless.
        nest(&mut tape, B, (LOCK_B, LOCK_A), 24);
        assert_eq!(orders(&tape).len(), 1);
    }

    #[test]
    fn the_lock_of_the_interpreter_is_no_gate() {
        let mut tape = Tape::with_threads(2);
        let gil = tape.gil();
        for (thread, pair, line) in [(A, (LOCK_A, LOCK_B), 6), (B, (LOCK_B, LOCK_A), 14)] {
            tape.acquires(thread, gil, 0);
            nest(&mut tape, thread, pair, line);
            tape.releases(thread, gil, 0, &[]);
        }
        assert_eq!(orders(&tape).len(), 1);
    }

    #[test]
    fn a_semaphore_is_a_gate_for_more_than_it_has_places() {
        for (threads, count) in [(2, 1), (1, 0)] {
            let mut tape = Tape::with_threads(2);
            for (thread, pair, line) in [(A, (LOCK_A, LOCK_B), 6), (B, (LOCK_B, LOCK_A), 14)] {
                if thread.0 <= threads {
                    tape.acquires(thread, SEMAPHORE, 3);
                }
                nest(&mut tape, thread, pair, line);
                tape.releases(thread, SEMAPHORE, 4, &[]);
            }
            assert_eq!(orders(&tape).is_empty(), count == 1, "{threads} came through the gate");
        }
    }

    #[test]
    fn who_gives_up_does_not_hang() {
        let mut tape = Tape::with_threads(2);
        nest(&mut tape, A, (LOCK_A, LOCK_B), 6);
        tape.acquires(B, LOCK_B, 14);
        tape.tries(B, LOCK_A, 15, true);
        assert!(orders(&tape).is_empty());
    }

    #[test]
    fn who_runs_after_the_other_does_not_meet_it() {
        let mut tape = Tape::with_threads(2);
        tape.starts(ThreadId::MAIN, A, 30);
        nest(&mut tape, A, (LOCK_A, LOCK_B), 6);
        tape.joined(ThreadId::MAIN, A, 31);
        tape.starts(ThreadId::MAIN, B, 32);
        nest(&mut tape, B, (LOCK_B, LOCK_A), 14);
        assert!(orders(&tape).is_empty());
    }

    #[test]
    fn what_is_taken_under_a_lock_and_kept_makes_no_edge_back() {
        let mut tape = Tape::with_threads(2);
        for thread in [A, B] {
            // The first reader takes the room for all.
            tape.acquires(thread, LOCK_A, 3);
            tape.acquires(thread, LOCK_B, 4);
            tape.releases(thread, LOCK_A, 5, &[]);
            nest(&mut tape, thread, (LOCK_A, RLOCK), 8);
            tape.releases(thread, LOCK_B, 12, &[]);
        }
        assert!(orders(&tape).is_empty());
        nest(&mut tape, A, (LOCK_B, LOCK_A), 20);
        assert_eq!(orders(&tape).len(), 1);
    }

    #[test]
    fn a_circle_of_three_is_found() {
        let mut tape = Tape::with_threads(3);
        nest(&mut tape, A, (LOCK_A, LOCK_B), 6);
        nest(&mut tape, B, (LOCK_B, RLOCK), 6);
        assert!(orders(&tape).is_empty());
        nest(&mut tape, C, (RLOCK, LOCK_A), 6);
        let found = orders(&tape);
        assert_eq!((&found[0].threads[..], &found[0].objects[..]), (&[A, B, C][..], &[LOCK_A, LOCK_B, RLOCK][..]));
    }

    #[test]
    fn a_lock_taken_again_is_no_edge() {
        let mut tape = Tape::with_threads(2);
        tape.acquires(A, RLOCK, 3);
        nest(&mut tape, A, (LOCK_A, RLOCK), 4);
        nest(&mut tape, B, (RLOCK, LOCK_A), 14);
        assert!(orders(&tape).is_empty());
    }

    #[test]
    fn who_waits_with_another_lock_takes_its_own_again_inside() {
        let mut tape = Tape::with_threads(2);
        tape.acquires(A, LOCK_A, 3);
        tape.acquires(A, COND, 4);
        tape.parks(A, COND, 5);
        nest(&mut tape, B, (COND, LOCK_B), 14);
        tape.resumes(A, COND, 5);
        tape.acquires(B, COND, 20);
        tape.acquires(B, LOCK_A, 21);
        assert_eq!(orders(&tape).len(), 1);
    }

    #[test]
    fn everything_in_every_order_takes_bounded_time_and_memory() {
        let mut tape = Tape::with_threads(40);
        let locks: Vec<ObjectId> = (0..200).map(|_| tape.lock()).collect();
        for thread in 1..=40 {
            for (place, outer) in locks.iter().enumerate() {
                tape.acquires(ThreadId(thread), *outer, 3);
                for inner in &locks[place / 2..][..60] {
                    if inner != outer {
                        tape.acquires(ThreadId(thread), *inner, 4);
                        tape.releases(ThreadId(thread), *inner, 5, &[]);
                    }
                }
                tape.releases(ThreadId(thread), *outer, 6, &[]);
            }
        }
        assert_eq!(orders(&tape).len(), 1);
    }
}
