//! Lost wake-up: somebody was told before it listened, and nobody tells it again.
//!
//! A condition remembers nothing: a notification that finds nobody waiting is gone. That is as it should be when whoever
//! waits later has looked at the data in between, and decided to wait because of what it saw. It is a lost wake-up when
//! the thread has not: it looked before the notification, or not at all. An event remembers only until it is cleared: who
//! comes after that, and has not seen it set, has missed it.
//!
//! Many such threads are woken by somebody else later. The proof is complete when the run has ended because nobody can go
//! on, and the thread still waits.

use super::hands::Hands;
use super::{Deed, Facts, Finding, FindingKind, Want};
use crate::event::{Action, End, Event, EventKind, Outcome};
use crate::ids::{ObjectId, Seq, ThreadId};
use rustc_hash::{FxHashMap, FxHashSet};

/// Of so many conditions and events the last signal is remembered, and so many times that a thread saw one.
const SIGNALS_MAX: usize = 1 << 12;

/// So many lost wake-ups, each at another place, are told.
const FOUND_MAX: usize = 64;

/// See the module.
#[derive(Clone, Debug, Default)]
pub(super) struct LostWakeups {
    /// The last notifications of each condition that woke nobody, by two different threads.
    unheard: FxHashMap<ObjectId, (Deed, Option<Deed>)>,
    /// When each event was set last, and cleared again since.
    pulses: FxHashMap<ObjectId, (Deed, Option<Deed>)>,
    /// When a thread saw an event set.
    seen: FxHashMap<(ThreadId, ObjectId), Seq>,
    /// When each thread last looked at something that others change.
    looked: Vec<Option<Seq>>,
    /// Threads that wait for what may have been told already.
    waits: FxHashMap<ThreadId, Missed>,
}

/// A wait that began too late.
#[derive(Clone, Copy, Debug)]
struct Missed {
    object: ObjectId,
    signal: Deed,
    cleared: Option<Deed>,
    wait: Deed,
}

impl LostWakeups {
    /// Takes the next event; `facts` and `hands` contain it.
    pub(super) fn fold(&mut self, event: &Event, facts: &Facts, hands: &Hands, found: &mut Vec<Finding>) {
        match &event.kind {
            EventKind::Did { action, outcome } => {
                if !self.waits.is_empty() {
                    self.waits.remove(&event.thread);
                }
                self.did(event, (action, outcome), facts, hands);
            }
            EventKind::Ended(End::Deadlock) => self.ended(event, facts, found),
            _ => {}
        }
    }

    fn did(&mut self, event: &Event, (action, outcome): (&Action, &Outcome), facts: &Facts, hands: &Hands) {
        match *action {
            Action::Read { object, .. }
            | Action::Write { object, .. }
            | Action::Delete { object, .. }
            | Action::Call { object, .. }
                if hands.other(object, event.thread).is_some() =>
            {
                self.look(event, facts);
            }
            Action::Get { .. } | Action::Put { .. } | Action::IsAlive { .. } | Action::CountThreads => {
                self.look(event, facts);
            }
            Action::Query { object, .. } => match self.pulses.get(&object) {
                // Whether an event is set now says nothing of whether it was.
                Some((_, None)) => self.see(event, object),
                Some(_) => {}
                None => self.look(event, facts),
            },
            Action::Notify { object, .. } if woke_nobody(outcome) => self.notify(event, object),
            Action::Wait { object, timeout: None } if *outcome == Outcome::Enqueued => self.wait(event, object),
            Action::EventSet { object } if self.pulses.len() < SIGNALS_MAX || self.pulses.contains_key(&object) => {
                self.pulses.insert(object, (Deed::of(event), None));
            }
            Action::EventClear { object } => {
                if let Some((_, cleared)) = self.pulses.get_mut(&object) {
                    *cleared = cleared.or(Some(Deed::of(event)));
                }
            }
            Action::EventWait { object, timeout } => match outcome {
                Outcome::Done | Outcome::Value(_) => self.see(event, object),
                Outcome::Enqueued if timeout.is_none() => self.wait_for_event(event, object),
                _ => {}
            },
            _ => {}
        }
    }

    fn look(&mut self, event: &Event, facts: &Facts) {
        if self.looked.len() <= event.thread.index() {
            self.looked.resize(facts.threads().len(), None);
        }
        if let Some(looked) = self.looked.get_mut(event.thread.index()) {
            *looked = Some(event.seq);
        }
    }

    fn see(&mut self, event: &Event, object: ObjectId) {
        let key = (event.thread, object);
        if self.seen.len() < SIGNALS_MAX || self.seen.contains_key(&key) {
            self.seen.insert(key, event.seq);
        }
    }

    fn notify(&mut self, event: &Event, condition: ObjectId) {
        let deed = Deed::of(event);
        if let Some((last, other)) = self.unheard.get_mut(&condition) {
            if last.thread != deed.thread {
                *other = Some(*last);
            }
            *last = deed;
        } else if self.unheard.len() < SIGNALS_MAX {
            self.unheard.insert(condition, (deed, None));
        }
    }

    /// The thread begins to wait for a notification: the last one by another thread may have been meant for it.
    fn wait(&mut self, event: &Event, object: ObjectId) {
        let Some((last, other)) = self.unheard.get(&object) else { return };
        let signal = if last.thread == event.thread { *other } else { Some(*last) };
        if let Some(signal) = signal.filter(|signal| !self.has_looked_since(event.thread, signal.seq)) {
            self.miss(event, object, signal, None);
        }
    }

    fn wait_for_event(&mut self, event: &Event, object: ObjectId) {
        let Some((set, Some(cleared))) = self.pulses.get(&object).copied() else { return };
        let seen = self.seen.get(&(event.thread, object)).is_some_and(|seen| *seen > set.seq);
        if set.thread != event.thread && !seen && !self.has_looked_since(event.thread, set.seq) {
            self.miss(event, object, set, Some(cleared));
        }
    }

    fn has_looked_since(&self, thread: ThreadId, then: Seq) -> bool {
        self.looked.get(thread.index()).copied().flatten().is_some_and(|looked| looked > then)
    }

    fn miss(&mut self, event: &Event, object: ObjectId, signal: Deed, cleared: Option<Deed>) {
        self.waits.insert(event.thread, Missed { object, signal, cleared, wait: Deed::of(event) });
    }

    /// Whoever still waits waits for ever.
    fn ended(&mut self, event: &Event, facts: &Facts, found: &mut Vec<Finding>) {
        let mut missed: Vec<Missed> = self.waits.drain().map(|(_, missed)| missed).collect();
        missed.sort_unstable_by_key(|missed| missed.wait.thread);
        let mut told = FxHashSet::default();
        for missed in missed {
            let waits =
                facts.waits_for(missed.wait.thread).is_some_and(|(wants, _)| wants == Want::Object(missed.object));
            if !waits || told.len() >= FOUND_MAX || !told.insert((missed.signal.line, missed.wait.line)) {
                continue;
            }
            let kind = FindingKind::LostWakeup { cleared: missed.cleared.map(|cleared| cleared.line) };
            let mut finding = Finding::of_deeds(kind, event, vec![missed.object], vec![missed.signal, missed.wait]);
            finding.proof = [Some(missed.signal), missed.cleared, Some(missed.wait)].into_iter().flatten().collect();
            found.push(finding);
        }
    }

    /// About how many bytes a copy takes.
    pub(super) fn weight(&self) -> usize {
        64 * (self.unheard.len() + self.pulses.len() + self.waits.len()) + 16 * self.seen.len() + 8 * self.looked.len()
    }
}

fn woke_nobody(outcome: &Outcome) -> bool {
    match outcome {
        Outcome::Done => true,
        Outcome::Woke(threads) => threads.is_empty(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tape::{COND, EVENT, Tape, VARIABLE};
    use super::super::{Finding, FindingKind};
    use crate::event::{Action, End, Outcome};
    use crate::ids::ThreadId;

    const A: ThreadId = ThreadId(1);
    const B: ThreadId = ThreadId(2);

    fn reads(tape: &mut Tape, thread: ThreadId, line: u32) {
        tape.did(thread, line, Action::Read { object: VARIABLE, key: None }, Outcome::Value("False".into()));
    }

    /// It stores something and notifies, and nobody waits.
    fn tells(tape: &mut Tape, thread: ThreadId, line: u32) {
        let write = Action::Write { object: VARIABLE, key: None, value: "True".into() };
        tape.did(thread, line, write, Outcome::Done);
        tape.acquires(thread, COND, line + 1);
        tape.did(thread, line + 2, Action::Notify { object: COND, count: Some(1) }, Outcome::Woke(Box::default()));
        tape.releases(thread, COND, line + 3, &[]);
    }

    fn listens(tape: &mut Tape, thread: ThreadId, line: u32) {
        tape.acquires(thread, COND, line);
        tape.parks(thread, COND, line + 1);
    }

    fn lost(mut tape: Tape) -> Vec<Finding> {
        tape.ends(End::Deadlock);
        tape.findings().into_iter().filter(|found| matches!(found.kind, FindingKind::LostWakeup { .. })).collect()
    }

    #[test]
    fn who_was_told_between_looking_and_waiting_has_missed_it() {
        let mut tape = Tape::with_threads(2);
        reads(&mut tape, A, 3);
        tells(&mut tape, B, 20);
        listens(&mut tape, A, 4);
        assert!(tape.findings().iter().all(|found| found.kind.name() != "lost_wakeup"), "somebody may tell it again");
        let found = lost(tape);
        assert_eq!(found.len(), 1);
        assert_eq!((&found[0].threads[..], &found[0].lines[..]), (&[B, A][..], &[22, 5][..]));
        assert_eq!((&found[0].objects[..], found[0].proof.len()), (&[COND][..], 2));
    }

    #[test]
    fn who_never_looks_has_missed_it_too() {
        let mut tape = Tape::with_threads(2);
        tells(&mut tape, B, 20);
        listens(&mut tape, A, 4);
        assert_eq!(lost(tape).len(), 1);
    }

    #[test]
    fn who_looked_afterwards_waits_for_something_else() {
        let mut tape = Tape::with_threads(2);
        tells(&mut tape, B, 20);
        reads(&mut tape, A, 3);
        listens(&mut tape, A, 4);
        assert!(lost(tape).is_empty());
    }

    #[test]
    fn who_is_told_again_has_missed_nothing() {
        let mut tape = Tape::with_threads(2);
        tells(&mut tape, B, 20);
        listens(&mut tape, A, 4);
        tape.resumes(A, COND, 5);
        tape.waits(A, EVENT, 9);
        assert!(lost(tape).is_empty());
    }

    #[test]
    fn its_own_notification_is_meant_for_others() {
        let mut tape = Tape::with_threads(2);
        tells(&mut tape, A, 20);
        listens(&mut tape, A, 4);
        assert!(lost(tape).is_empty());
    }

    fn awaits(tape: &mut Tape, thread: ThreadId, line: u32, outcome: Outcome) {
        tape.did(thread, line, Action::EventWait { object: EVENT, timeout: None }, outcome);
    }

    #[test]
    fn an_event_that_was_cleared_again_is_missed() {
        let mut tape = Tape::with_threads(2);
        tape.did(B, 20, Action::EventSet { object: EVENT }, Outcome::Done);
        tape.did(B, 21, Action::EventClear { object: EVENT }, Outcome::Done);
        awaits(&mut tape, A, 4, Outcome::Enqueued);
        tape.waits(A, EVENT, 4);
        let found = lost(tape);
        assert_eq!(found[0].kind, FindingKind::LostWakeup { cleared: Some(21) });
        assert_eq!((&found[0].threads[..], &found[0].lines[..]), (&[B, A][..], &[20, 4][..]));
    }

    #[test]
    fn an_event_that_was_seen_is_not_missed() {
        let mut tape = Tape::with_threads(2);
        tape.did(B, 20, Action::EventSet { object: EVENT }, Outcome::Done);
        awaits(&mut tape, A, 4, Outcome::Done);
        tape.did(B, 21, Action::EventClear { object: EVENT }, Outcome::Done);
        awaits(&mut tape, A, 4, Outcome::Enqueued);
        tape.waits(A, EVENT, 4);
        assert!(lost(tape).is_empty());
    }

    #[test]
    fn who_puts_down_the_interpreters_lock_still_waits() {
        let mut tape = Tape::with_threads(2);
        let gil = tape.gil();
        tape.did(B, 20, Action::EventSet { object: EVENT }, Outcome::Done);
        tape.did(B, 21, Action::EventClear { object: EVENT }, Outcome::Done);
        tape.acquires(A, gil, 0);
        awaits(&mut tape, A, 4, Outcome::Enqueued);
        tape.waits(A, EVENT, 4);
        tape.releases(A, gil, 4, &[]);
        assert_eq!(lost(tape).len(), 1);
    }
}
