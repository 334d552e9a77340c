//! The tape: every event of a run, packed.
//!
//! Of an event, five things are recorded. The position is the index. Step and time change rarely from one event to the
//! next, so they are kept as rows that say from which event on they hold. What remains, thread, line and kind, is a
//! *fact*; facts repeat (`A` blocks on `lock` in line 7, again and again), and an event is the number of its fact.
//!
//! ```text
//! events   4 bytes per event     number of the fact
//! facts   64 bytes per fact      thread, line, kind
//! steps   16 bytes per step      first event, facts known before it, time of the first event
//! moments 16 bytes per change    first event, time: changes within a step, which are rare
//! ```
//!
//! Whether a fact is known already is asked of a small table that remembers recent ones by hash; a forgotten one is
//! recorded again, which costs its 64 bytes and nothing else.

use crate::event::{Event, EventKind};
use crate::ids::{Nanos, Seq, Step, ThreadId};
use rustc_hash::FxBuildHasher;
use std::borrow::Cow;
use std::hash::BuildHasher;
use std::ops::Range;

/// Places in the table of recent facts; a power of two.
const RECENT: usize = 1 << 15;

/// How far back the announcement of an operation is looked for.
const NEARBY: usize = 64;

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Fact {
    thread: ThreadId,
    line: u32,
    kind: EventKind,
}

#[derive(Clone, Copy, Debug)]
struct StepRow {
    /// The first event of the step.
    first: u32,
    /// How many facts were known before it.
    facts: u32,
    /// The time of its first event.
    at: Nanos,
}

#[derive(Clone, Copy, Debug)]
struct Moment {
    /// The first event at this time, which is not the first of its step.
    first: u32,
    at: Nanos,
}

/// Packed events, in order. Steps begin at 0 and have no gaps: an event whose step is out of order is counted to the
/// step before it, or begins the next one.
#[derive(Clone, Debug, Default)]
pub(super) struct Tape {
    events: Vec<u32>,
    facts: Vec<Fact>,
    /// For each hash, a fact with that hash: its number, or anything at all.
    recent: Vec<u32>,
    /// Index: number of the step.
    steps: Vec<StepRow>,
    moments: Vec<Moment>,
}

impl Tape {
    pub(super) fn len(&self) -> usize {
        self.events.len()
    }

    /// The last step; 0 also when there is nothing.
    pub(super) fn last_step(&self) -> Step {
        Step(to_u32(self.steps.len().saturating_sub(1)))
    }

    /// The events of these steps and all before them end here.
    pub(super) fn end_of(&self, step: Step) -> usize {
        self.steps.get(step.0 as usize + 1).map_or(self.events.len(), |row| row.first as usize)
    }

    /// The first event of this step.
    pub(super) fn start_of(&self, step: Step) -> usize {
        self.steps.get(step.0 as usize).map_or(self.events.len(), |row| row.first as usize)
    }

    /// The step of the event at this index.
    pub(super) fn step_of(&self, index: usize) -> Step {
        Step(to_u32(self.steps.partition_point(|row| row.first as usize <= index).saturating_sub(1)))
    }

    /// The event as it will stand on the tape: with the next position, and a step without gaps.
    pub(super) fn fitted<'a>(&self, event: &'a Event) -> Cow<'a, Event> {
        let seq = Seq(to_u32(self.events.len()));
        let last = self.last_step();
        let step = if self.steps.is_empty() { Step(0) } else { event.step.clamp(last, Step(last.0 + 1)) };
        if event.seq == seq && event.step == step {
            return Cow::Borrowed(event);
        }
        Cow::Owned(Event { seq, step, ..event.clone() })
    }

    /// Adds a [fitted](Tape::fitted) event at the end.
    pub(super) fn push(&mut self, event: &Event) {
        let first = to_u32(self.events.len());
        if event.step.0 as usize >= self.steps.len() {
            self.steps.push(StepRow { first, facts: to_u32(self.facts.len()), at: event.at });
        } else if self.last_time() != Some(event.at) {
            self.moments.push(Moment { first, at: event.at });
        }
        let fact = self.fact(event);
        self.events.push(fact);
    }

    /// The time of the last event.
    fn last_time(&self) -> Option<Nanos> {
        let row = self.steps.last()?;
        let moment = self.moments.last().filter(|moment| moment.first > row.first);
        Some(moment.map_or(row.at, |moment| moment.at))
    }

    fn fact(&mut self, event: &Event) -> u32 {
        if self.recent.is_empty() {
            self.recent = vec![u32::MAX; RECENT];
        }
        let hash = FxBuildHasher.hash_one((event.thread, event.line, &event.kind));
        let place = usize::try_from(hash % RECENT as u64).unwrap_or(0);
        let known = self.recent[place];
        if let Some(fact) = self.facts.get(known as usize)
            && (fact.thread, fact.line, &fact.kind) == (event.thread, event.line, &event.kind)
        {
            return known;
        }
        let number = to_u32(self.facts.len());
        let kind = self.sharing(event);
        self.facts.push(Fact { thread: event.thread, line: event.line, kind });
        self.recent[place] = number;
        number
    }

    /// The kind of the event, sharing its texts with the fact that announced it: what a thread did is what it stood
    /// before, rendered a second time.
    fn sharing(&self, event: &Event) -> EventKind {
        let EventKind::Did { action, outcome } = &event.kind else { return event.kind.clone() };
        let announced = self.facts.iter().rev().take(NEARBY).find_map(|fact| match &fact.kind {
            EventKind::Pending(pending) if fact.thread == event.thread => Some(pending),
            _ => None,
        });
        let action = announced.filter(|announced| *announced == action).unwrap_or(action);
        EventKind::Did { action: action.clone(), outcome: outcome.clone() }
    }

    /// The kind of the event at this index.
    pub(super) fn kind(&self, index: usize) -> Option<&EventKind> {
        Some(&self.facts.get(*self.events.get(index)? as usize)?.kind)
    }

    /// The number of the fact of the event at this index: events with the same number differ in nothing but position,
    /// step and time.
    pub(super) fn fact_number(&self, index: usize) -> Option<u32> {
        self.events.get(index).copied()
    }

    pub(super) fn get(&self, index: usize) -> Option<Event> {
        self.iter(index..index + 1).next()
    }

    /// The events with these indices, as far as there are any.
    pub(super) fn iter(&self, range: Range<usize>) -> Events<'_> {
        let end = range.end.min(self.events.len());
        let next = range.start.min(end);
        let moment = self.moments.partition_point(|moment| moment.first as usize <= next);
        Events { tape: self, next, end, step: self.step_of(next).0 as usize, moment }
    }

    /// Forgets everything after this step.
    pub(super) fn truncate(&mut self, step: Step) {
        let Some(row) = self.steps.get(step.0 as usize + 1).copied() else { return };
        self.events.truncate(row.first as usize);
        self.facts.truncate(row.facts as usize);
        self.steps.truncate(step.0 as usize + 1);
        let moments = self.moments.partition_point(|moment| moment.first < row.first);
        self.moments.truncate(moments);
    }
}

/// See `Tape::iter`.
#[derive(Clone, Debug)]
pub struct Events<'a> {
    tape: &'a Tape,
    next: usize,
    end: usize,
    /// The row that holds at `next`, or the one before it.
    step: usize,
    /// The first row after `next`, or the one before that.
    moment: usize,
}

impl Iterator for Events<'_> {
    type Item = Event;

    fn next(&mut self) -> Option<Event> {
        if self.next >= self.end {
            return None;
        }
        let index = self.next;
        self.next += 1;
        while self.tape.steps.get(self.step + 1).is_some_and(|row| row.first as usize <= index) {
            self.step += 1;
        }
        while self.tape.moments.get(self.moment).is_some_and(|moment| moment.first as usize <= index) {
            self.moment += 1;
        }
        let row = self.tape.steps.get(self.step)?;
        let moment = self.moment.checked_sub(1).map(|last| self.tape.moments[last]);
        let at = moment.filter(|moment| moment.first > row.first).map_or(row.at, |moment| moment.at);
        let fact = self.tape.facts.get(self.tape.events[index] as usize)?;
        Some(Event {
            seq: Seq(to_u32(index)),
            step: Step(to_u32(self.step)),
            at,
            thread: fact.thread,
            line: fact.line,
            kind: fact.kind.clone(),
        })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.end - self.next, Some(self.end - self.next))
    }
}

impl ExactSizeIterator for Events<'_> {}

/// Positions and steps are 32 bits wide; a tape does not get there.
pub(super) fn to_u32(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
