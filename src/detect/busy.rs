//! Busy waiting: a thread asks the same again and again, gets the same answer, and does nothing else.
//!
//! Questions are reads, calls that change nothing, `is_set()`, `empty()`, `is_alive()`, and attempts that do not wait:
//! `acquire(False)`, `get_nowait()`. Sleeping, looking at the clock, drawing a random number, and taking and giving back
//! the lock under which the question is asked, do not count as doing something. Everything else does: what follows is a
//! new round. (Waiting with a time-out is waiting; and who gives another lock back and takes it again before the next
//! attempt steps aside, as it should.)
//!
//! Private work is invisible to others, and to us: a loop that adds up a variable a thousand times looks like one that
//! waits for it to change. So when the question is only a read, two things must be seen: that the answer was the same
//! [`SAME`] times, and that the loop was left when the answer had changed. [`MANY`] times the same are enough by
//! themselves.

use super::hands::Hands;
use super::{Deed, Facts, Finding, FindingKind};
use crate::event::{Access, Action, Event, EventKind, ObjectKind, Outcome, Text};
use crate::ids::{Nanos, ObjectId, ThreadId};
use rustc_hash::FxHashSet;
use smallvec::SmallVec;

/// So many times in a row the same answer to the same question: asked once, and again three times for nothing.
const SAME: u32 = 4;

/// So many times in a row are busy waiting whatever comes of it.
const MANY: u32 = 1000;

/// A loop that asks more than so many questions is doing something.
const QUESTIONS_MAX: usize = 4;

/// So many loops, each on another line, are told.
const FOUND_MAX: usize = 64;

/// See the module.
#[derive(Clone, Debug, Default)]
pub(super) struct BusyWaits {
    rounds: Vec<Round>,
    told: FxHashSet<u32>,
}

/// What a thread has asked since it did something last.
#[derive(Clone, Debug, Default)]
struct Round {
    asked: SmallVec<[Asked; 1]>,
    /// The answer to this one has changed; if the thread does not go on asking, it had waited for that.
    changed: Option<usize>,
}

/// A question that was asked, and the last answer.
#[derive(Clone, Debug)]
struct Asked {
    question: Question,
    answer: Option<Text>,
    times: u32,
    first: Deed,
    last: Deed,
}

#[derive(Clone, Debug, PartialEq)]
struct Question {
    line: u32,
    about: About,
    /// The attribute or element, or the words of the question.
    key: Option<Text>,
    /// What is asked is a plain read, which may serve another purpose.
    read: bool,
    attempt: bool,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum About {
    Object(ObjectId),
    Thread(ThreadId),
}

/// What an operation means for a round.
enum Meaning {
    /// Nothing.
    Pause,
    /// A question and its answer; `does` when a good answer is a deed at the same time.
    Asks {
        question: Question,
        answer: Option<Text>,
        does: bool,
    },
    /// The lock was taken under which something may be asked.
    Enters,
    Does,
}

impl BusyWaits {
    /// Takes the next event; `facts` and `hands` contain it.
    pub(super) fn fold(&mut self, event: &Event, facts: &Facts, hands: &Hands, found: &mut Vec<Finding>) {
        match &event.kind {
            EventKind::Did { action, outcome } => {
                if self.rounds.len() <= event.thread.index() {
                    self.rounds.resize(facts.threads().len(), Round::default());
                }
                if event.thread.index() < self.rounds.len() {
                    self.did(event, meaning(event, action, outcome, facts), facts, hands, found);
                }
            }
            EventKind::State(state) if state.is_over() => self.does(event, facts, hands, found),
            EventKind::Ended(_) => {
                for place in 0..self.rounds.len() {
                    let asks = |asked: &Asked| !asked.question.read && asked.times >= SAME;
                    if let Some(asked) = self.rounds[place].asked.iter().find(|asked| asks(asked)).cloned() {
                        self.tell(event, &asked, facts, hands, found);
                    }
                }
            }
            _ => {}
        }
    }

    fn did(&mut self, event: &Event, meaning: Meaning, facts: &Facts, hands: &Hands, found: &mut Vec<Finding>) {
        match meaning {
            Meaning::Pause => {}
            Meaning::Enters => {
                let asked = &self.rounds[event.thread.index()].asked;
                if asked.iter().any(|asked| asked.question.attempt) {
                    self.does(event, facts, hands, found);
                }
            }
            Meaning::Does => self.does(event, facts, hands, found),
            Meaning::Asks { question, answer, does } => {
                self.asks(event, question, answer, facts, hands, found);
                if does {
                    self.does(event, facts, hands, found);
                }
            }
        }
    }

    /// The thread does something else, or nothing any more: it has left the loop.
    fn does(&mut self, event: &Event, facts: &Facts, hands: &Hands, found: &mut Vec<Finding>) {
        let Some(round) = self.rounds.get_mut(event.thread.index()) else { return };
        let left = round.changed.take().and_then(|place| round.asked.get(place).cloned());
        round.asked.clear();
        if let Some(asked) = left {
            self.tell(event, &asked, facts, hands, found);
        }
    }

    fn asks(
        &mut self,
        event: &Event,
        question: Question,
        answer: Option<Text>,
        facts: &Facts,
        hands: &Hands,
        found: &mut Vec<Finding>,
    ) {
        let round = &mut self.rounds[event.thread.index()];
        let place = round.asked.iter().position(|asked| asked.question == question);
        match place {
            Some(place) if round.changed.is_none() && round.asked[place].answer == answer => {
                let asked = &mut round.asked[place];
                asked.times = asked.times.saturating_add(1);
                asked.last = Deed::of(event);
                if asked.times == MANY {
                    let asked = asked.clone();
                    self.tell(event, &asked, facts, hands, found);
                }
            }
            Some(place) if round.changed.is_none() && round.asked[place].times >= SAME => {
                if question.read {
                    round.changed = Some(place);
                } else {
                    let asked = round.asked[place].clone();
                    round.asked.clear();
                    self.tell(event, &asked, facts, hands, found);
                }
            }
            None if round.changed.is_none() && round.asked.len() < QUESTIONS_MAX => round.ask(event, question, answer),
            place => {
                // Another question after the answer had changed: the loop was left.
                if place.is_none() {
                    self.does(event, facts, hands, found);
                }
                let round = &mut self.rounds[event.thread.index()];
                round.changed = None;
                round.asked.clear();
                round.ask(event, question, answer);
            }
        }
    }

    fn tell(&mut self, event: &Event, asked: &Asked, facts: &Facts, hands: &Hands, found: &mut Vec<Finding>) {
        let Asked { question, first, last, .. } = asked;
        if self.told.len() >= FOUND_MAX || !self.told.insert(question.line) {
            return;
        }
        let mut proof = vec![*first, *last];
        let (objects, other) = match question.about {
            About::Object(object) => {
                let owner = facts.object(facts.lock_of(object)).and_then(|lock| lock.owner);
                let holder = owner.filter(|owner| *owner != first.thread).and_then(|owner| facts.thread(owner));
                let hand = hands.other(object, first.thread);
                proof.extend(hand.filter(|hand| hand.seq > first.seq));
                let hand = hand.map(|hand| (hand.thread, hand.line));
                (vec![object], hand.or(holder.map(|holder| (holder.id, holder.line))))
            }
            About::Thread(other) => (Vec::new(), facts.thread(other).map(|facts| (other, facts.line))),
        };
        proof.sort_unstable_by_key(|deed| deed.seq);
        let key = question.key.clone().filter(|_| question.read);
        found.push(Finding {
            kind: FindingKind::BusyWaiting { key, times: asked.times },
            threads: [first.thread].into_iter().chain(other.map(|(thread, _)| thread)).collect(),
            objects,
            lines: [question.line].into_iter().chain(other.map(|(_, line)| line)).collect(),
            seq: event.seq,
            step: event.step,
            evidence: Vec::new(),
            proof,
        });
    }

    /// About how many bytes a copy takes.
    pub(super) fn weight(&self) -> usize {
        self.rounds.len() * size_of::<Round>()
    }
}

impl Round {
    fn ask(&mut self, event: &Event, question: Question, answer: Option<Text>) {
        let deed = Deed::of(event);
        self.asked.push(Asked { question, answer, times: 1, first: deed, last: deed });
    }
}

fn meaning(event: &Event, action: &Action, outcome: &Outcome, facts: &Facts) -> Meaning {
    let at_once = action.timeout() == Some(Nanos(0));
    let said = match outcome {
        Outcome::Value(value) => Some(value.clone()),
        _ => None,
    };
    let asks = |about, key: Option<Text>, answer| Meaning::Asks {
        question: Question { line: event.line, about, key, read: false, attempt: false },
        answer,
        does: false,
    };
    // Something that either succeeds at once or fails: the good answer is another one.
    let attempt = |object| {
        let failed = matches!(outcome, Outcome::Refused | Outcome::TimedOut | Outcome::Raised(_));
        let answer = (!failed).then_some(Text::Int(1));
        let question =
            Question { line: event.line, about: About::Object(object), key: None, read: false, attempt: true };
        Meaning::Asks { question, answer, does: !failed }
    };
    let read = |object, key: Option<Text>| Meaning::Asks {
        question: Question { line: event.line, about: About::Object(object), key, read: true, attempt: false },
        answer: said.clone(),
        does: false,
    };
    match action {
        Action::Read { object, key } => read(*object, key.clone()),
        Action::Call { object, access: Access::Read, .. } => read(*object, None),
        Action::Query { object, question } => asks(About::Object(*object), Some(question.clone()), said),
        Action::IsAlive { thread } => asks(About::Thread(*thread), None, said),
        Action::Acquire { object, blocking, .. } if !blocking || at_once => attempt(*object),
        Action::Get { object, blocking: false, .. } | Action::Put { object, blocking: false, .. } => attempt(*object),
        Action::EventWait { .. } if at_once && *outcome == Outcome::Enqueued => Meaning::Pause,
        Action::EventWait { object, .. } if at_once => attempt(*object),
        Action::Acquire { object, .. } if *outcome == Outcome::Done && is_lock(*object, facts) => Meaning::Enters,
        Action::Release { object, .. } if *outcome == Outcome::Done && is_lock(*object, facts) => Meaning::Pause,
        Action::Sleep { .. } | Action::Now | Action::Random { .. } | Action::CountThreads => Meaning::Pause,
        _ => Meaning::Does,
    }
}

fn is_lock(object: ObjectId, facts: &Facts) -> bool {
    let kind = facts.object(facts.lock_of(object)).map(|object| object.kind);
    matches!(kind, Some(ObjectKind::Lock | ObjectKind::RLock))
}

#[cfg(test)]
mod tests {
    use super::super::tape::{EVENT, LOCK_A, LOCK_B, Tape, VARIABLE};
    use super::super::{Finding, FindingKind};
    use super::MANY;
    use crate::event::{Action, Outcome, ThreadState};
    use crate::ids::{Nanos, ThreadId};

    const A: ThreadId = ThreadId(1);
    const B: ThreadId = ThreadId(2);

    fn busy(tape: &Tape) -> Vec<Finding> {
        tape.findings().into_iter().filter(|found| matches!(found.kind, FindingKind::BusyWaiting { .. })).collect()
    }

    fn reads(tape: &mut Tape, thread: ThreadId, line: u32, value: &str) {
        tape.did(thread, line, Action::Read { object: VARIABLE, key: None }, Outcome::Value(value.into()));
    }

    fn writes(tape: &mut Tape, thread: ThreadId, line: u32) {
        let action = Action::Write { object: VARIABLE, key: None, value: "True".into() };
        tape.did(thread, line, action, Outcome::Done);
    }

    fn asks(tape: &mut Tape, line: u32, answer: &str) {
        let action = Action::Query { object: EVENT, question: "is_set()".into() };
        tape.did(A, line, action, Outcome::Value(answer.into()));
    }

    #[test]
    fn an_event_that_is_asked_again_and_again_is_polled() {
        let mut tape = Tape::with_threads(2);
        for _ in 0..4 {
            asks(&mut tape, 7, "False");
            tape.did(A, 8, Action::Sleep { length: Nanos::SECOND }, Outcome::Done);
        }
        tape.did(B, 20, Action::EventSet { object: EVENT }, Outcome::Done);
        assert!(busy(&tape).is_empty());
        asks(&mut tape, 7, "True");
        let found = busy(&tape);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].kind, FindingKind::BusyWaiting { key: None, times: 4 });
        assert_eq!((&found[0].threads[..], &found[0].lines[..]), (&[A, B][..], &[7, 20][..]));
        assert_eq!(found[0].proof.len(), 3);
    }

    #[test]
    fn who_does_something_in_between_does_not_only_wait() {
        let mut tape = Tape::with_threads(2);
        for _ in 0..10 {
            asks(&mut tape, 7, "False");
            tape.did(A, 8, Action::Print { text: "tick".into() }, Outcome::Done);
        }
        asks(&mut tape, 7, "True");
        assert!(busy(&tape).is_empty());
    }

    #[test]
    fn a_variable_is_polled_when_its_change_ends_the_loop() {
        let mut tape = Tape::with_threads(2);
        (0..4).for_each(|_| reads(&mut tape, A, 7, "False"));
        writes(&mut tape, B, 20);
        reads(&mut tape, A, 7, "True");
        assert!(busy(&tape).is_empty());
        tape.state(A, ThreadState::Finished, 0);
        assert_eq!(busy(&tape).len(), 1);
    }

    #[test]
    fn a_variable_that_is_only_added_up_is_not_polled() {
        let mut tape = Tape::with_threads(2);
        (0..4).for_each(|_| reads(&mut tape, A, 7, "0"));
        writes(&mut tape, B, 20);
        (0..4).for_each(|_| reads(&mut tape, A, 7, "1"));
        tape.state(A, ThreadState::Finished, 0);
        assert!(busy(&tape).is_empty());
    }

    #[test]
    fn a_loop_that_goes_on_for_very_long_is_busy_whatever_it_waits_for() {
        let mut tape = Tape::with_threads(2);
        (1..MANY).for_each(|_| reads(&mut tape, A, 7, "False"));
        assert!(busy(&tape).is_empty());
        reads(&mut tape, A, 7, "False");
        assert_eq!(busy(&tape)[0].kind, FindingKind::BusyWaiting { key: None, times: MANY });
    }

    #[test]
    fn two_questions_in_turn_are_one_loop() {
        let mut tape = Tape::with_threads(2);
        for _ in 0..5 {
            reads(&mut tape, A, 7, "True");
            reads(&mut tape, A, 8, "1");
        }
        writes(&mut tape, B, 20);
        reads(&mut tape, A, 7, "True");
        reads(&mut tape, A, 8, "0");
        tape.did(A, 9, Action::Print { text: "in".into() }, Outcome::Done);
        assert_eq!(busy(&tape)[0].lines, [8, 20]);
    }

    #[test]
    fn a_variable_may_be_polled_under_a_lock() {
        let mut tape = Tape::with_threads(2);
        for value in ["0", "0", "0", "0", "1"] {
            tape.acquires(A, LOCK_A, 6);
            reads(&mut tape, A, 7, value);
            tape.releases(A, LOCK_A, 6, &[]);
        }
        tape.state(A, ThreadState::Finished, 0);
        assert_eq!(busy(&tape).len(), 1);
    }

    #[test]
    fn attempts_are_polling_unless_the_thread_steps_aside() {
        for aside in [false, true] {
            let mut tape = Tape::with_threads(2);
            for taken in [false, false, false, false, false, true] {
                if aside {
                    tape.acquires(A, LOCK_B, 6);
                }
                tape.tries(A, LOCK_A, 7, taken);
                if aside {
                    tape.releases(A, LOCK_B, 8, &[]);
                }
            }
            assert_eq!(busy(&tape).is_empty(), aside);
        }
    }

    #[test]
    fn waiting_with_a_time_out_is_waiting() {
        let mut tape = Tape::with_threads(2);
        let wait = Action::EventWait { object: EVENT, timeout: Some(Nanos::SECOND) };
        for outcome in [Outcome::TimedOut, Outcome::TimedOut, Outcome::TimedOut, Outcome::TimedOut, Outcome::Done] {
            asks(&mut tape, 6, "False");
            tape.did(A, 7, wait.clone(), Outcome::Enqueued);
            tape.did(A, 7, wait.clone(), outcome);
        }
        assert!(busy(&tape).is_empty());
    }
}
