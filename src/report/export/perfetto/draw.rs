//! The fold over the events.

use super::clock::{At, Clock, Span};
use super::drawing::{Cause, Count, Drawing, Place, Shade, Slice, Track};
use super::holders::Holders;
use super::threads::{Lanes, Moment, look};
use crate::event::{Action, Effect, Event, EventKind, ObjectKind, ObjectState, Outcome, ThreadState};
use crate::ids::{ObjectId, Step, ThreadId};
use crate::model::{Model, ObjectView, Recording};
use crate::words::Words;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeSet;

/// Everything there is to draw of a run.
pub(super) fn draw(recording: &Recording, words: &Words) -> Drawing {
    let history = &recording.history;
    let mut pen = Pen::new(recording, words);
    let mut events = Vec::new();
    for step in (0..=history.last_step().0).map(Step) {
        events.clear();
        events.extend(history.events_of(step));
        pen.step(&events);
    }
    pen.finish()
}

/// What was done to an object that may let somebody go on.
#[derive(Clone, Copy, Debug)]
struct Deed {
    thread: ThreadId,
    object: ObjectId,
    place: Place,
}

struct Pen<'a> {
    words: &'a Words,
    /// The picture at the end of the run lends its names: at first things have none.
    names: &'a Model,
    clock: Clock,
    model: Model,
    lanes: Lanes,
    holders: Holders,
    drawing: Drawing,
    /// Who made the last step of the simulator.
    actor: Option<ThreadId>,
    /// Since when each thread has stood before its next operation.
    stands: FxHashMap<ThreadId, At>,
    /// The last operation of each thread.
    last: FxHashMap<ThreadId, Place>,
    /// The last operation of the step that may wake somebody up.
    deed: Option<Deed>,
    /// The threads that end in the step.
    ending: FxHashSet<ThreadId>,
    /// What lets these threads go on, until it shows.
    woken: FxHashMap<ThreadId, (Cause, Place)>,
    /// Who gave the lock back last.
    given: FxHashMap<ObjectId, Deed>,
    /// The semaphore on which a thread was blocked since its last operation.
    blocked: FxHashMap<ThreadId, ObjectId>,
    counted: FxHashMap<ObjectId, i64>,
}

impl<'a> Pen<'a> {
    fn new(recording: &'a Recording, words: &'a Words) -> Pen<'a> {
        Pen {
            words,
            names: recording.history.head(),
            clock: Clock::new(recording.header.is_live()),
            model: Model::default(),
            lanes: Lanes::default(),
            holders: Holders::default(),
            drawing: Drawing::default(),
            actor: None,
            stands: FxHashMap::default(),
            last: FxHashMap::default(),
            deed: None,
            ending: FxHashSet::default(),
            woken: FxHashMap::default(),
            given: FxHashMap::default(),
            blocked: FxHashMap::default(),
            counted: FxHashMap::default(),
        }
    }

    fn step(&mut self, events: &[Event]) {
        let deeds = events.iter().filter(|event| matches!(event.kind, EventKind::Did { .. })).count();
        let mut done = 0;
        self.deed = None;
        let ends = |event: &&Event| matches!(event.kind, EventKind::State(state) if state.is_over());
        self.ending = events.iter().filter(ends).map(|event| event.thread).collect();
        if !self.clock.is_live() {
            self.begin(events);
        }
        for event in events {
            let before = self.model.thread(event.thread).map_or(ThreadState::New, |thread| thread.state);
            let moment = self.clock.moment(event);
            let left = self.left(event);
            self.model.apply(event);
            if self.model.thread(event.thread).is_none() {
                // Only a broken tape tells of a thread that it never declared.
                continue;
            }
            let moment = Moment { thread: event.thread, at: moment, step: event.step, line: event.line };
            match &event.kind {
                EventKind::Did { action, outcome } => {
                    let span = self.span(event, action, moment.at, done, deeds);
                    self.did(moment, span, action, outcome);
                    done += 1;
                }
                EventKind::State(state) => {
                    self.state(moment, before, *state);
                    for object in left {
                        self.share(object, Span { from: moment.at, to: moment.at }, moment);
                    }
                }
                EventKind::Pending(_) => drop(self.stands.insert(event.thread, moment.at)),
                EventKind::Object(info) => self.declared(info.id, moment),
                _ => {}
            }
        }
    }

    /// What a thread that is over may have no longer.
    fn left(&self, event: &Event) -> BTreeSet<ObjectId> {
        let is_over = matches!(event.kind, EventKind::State(state) if state.is_over());
        let thread = self.model.thread(event.thread).filter(|_| is_over);
        let held = thread.into_iter().flat_map(|thread| &thread.holds).map(|(object, _)| *object);
        held.filter(|object| self.model.object(*object).is_some_and(|view| !is_exclusive(view))).collect()
    }

    /// Whoever makes a step of the simulator runs, and whoever made the last one does no more.
    fn begin(&mut self, events: &[Event]) {
        let Some(first) = events.first() else { return };
        let actor = events.iter().find(|event| matches!(event.kind, EventKind::Did { .. })).map(|event| event.thread);
        let actor = actor.or((first.step == Step(0)).then_some(ThreadId::MAIN));
        let declares = |thread: ThreadId| {
            let declares = |event: &Event| event.thread == thread && matches!(event.kind, EventKind::Thread(_));
            self.model.thread(thread).is_some() || events.iter().any(declares)
        };
        let actor = actor.filter(|actor| declares(*actor));
        let at = Clock::beginning(first.step);
        if let Some(last) = self.actor.filter(|last| Some(*last) != actor) {
            self.rest(last, at, first.step);
        }
        if let Some(actor) = actor {
            let name = self.drawing.name(&self.words.t("track-running"));
            let line = self.model.thread(actor).map_or(0, |thread| thread.line);
            let moment = Moment { thread: actor, at, step: first.step, line };
            self.lanes.change(moment, Some((Shade::Running, name)), &mut self.drawing);
        }
        self.actor = actor;
    }

    /// The thread does not run any more; its state says what it does instead.
    fn rest(&mut self, thread: ThreadId, at: At, step: Step) {
        let (state, line) = self.model.thread(thread).map_or((ThreadState::New, 0), |view| (view.state, view.line));
        self.look_like(Moment { thread, at, step, line }, state);
    }

    /// From when to when the operation is drawn.
    fn span(&mut self, event: &Event, action: &Action, at: At, number: usize, of: usize) -> Span {
        if !self.clock.is_live() {
            return Clock::part(event.step, number, of);
        }
        if self.is_gil(action.object()) {
            return Span { from: at, to: at };
        }
        let begun = self.stands.remove(&event.thread).unwrap_or(at);
        self.lanes.clipped(event.thread, begun, at)
    }

    // ---- operations ----

    fn did(&mut self, moment: Moment, span: Span, action: &Action, outcome: &Outcome) {
        let Moment { thread, step, line, .. } = moment;
        // An operation of a real thread may begin long before it takes effect.
        let at = if self.clock.is_live() { span.last() } else { span.middle() };
        let place = Place { track: Track::Thread(thread), at };
        if !self.is_gil(action.object()) {
            self.operation(moment, span, action, outcome);
            self.last.insert(thread, place);
        }
        if let Some((cause, from)) = self.woken.remove(&thread) {
            self.drawing.arrow(cause, from, place);
        }
        // What is held is drawn from the moment at which it was really taken.
        let held = if self.clock.is_live() { Span { from: span.to, to: span.to } } else { span };
        let moment = Moment { thread, at: held.to, step, line };
        self.effect(moment, held, place, Effect::of(action, outcome));
        if let Some(object) = action.object() {
            self.deed = may_wake(action, outcome).then_some(Deed { thread, object, place });
            self.event_set(object, moment, held);
            self.count(object, held.to);
        }
        if let Outcome::Woke(woken) = outcome {
            self.woken.extend(woken.iter().map(|thread| (*thread, (Cause::WakeUp, place))));
        }
        if let (Action::Start { thread: started }, false) = (action, matches!(outcome, Outcome::Raised(_))) {
            self.woken.insert(*started, (Cause::Start, place));
        }
        self.blocked.remove(&thread);
    }

    fn operation(&mut self, moment: Moment, span: Span, action: &Action, outcome: &Outcome) {
        let words = self.words;
        let what = words.action(action, self.names);
        let (shade, name) = match outcome {
            Outcome::Refused => (Shade::Failure, words.with("track-refused", &[("action", what.into())])),
            Outcome::TimedOut => (Shade::Failure, words.with("track-timed-out", &[("action", what.into())])),
            Outcome::Raised(_) => (Shade::Failure, words.with("track-raised", &[("action", what.into())])),
            Outcome::Done | Outcome::Value(_) | Outcome::Enqueued | Outcome::Woke(_) => (Shade::Operation, what),
        };
        let about = words.did(moment.thread, action, outcome, self.names);
        let slice = Slice {
            track: Track::Thread(moment.thread),
            span,
            depth: self.lanes.depth(moment.thread),
            shade,
            name: self.drawing.name(&name),
            step: moment.step,
            line: moment.line,
            about: Some(self.drawing.name(&about)),
            unfinished: false,
        };
        self.drawing.slices.push(slice);
    }

    // ---- what is held ----

    fn effect(&mut self, moment: Moment, span: Span, place: Place, effect: Effect) {
        let (object, gives) = match effect {
            Effect::Takes(object) | Effect::Resumes(object) => (object, false),
            Effect::Gives(object, _) | Effect::Parks(object) => (object, true),
            Effect::Nothing => return,
        };
        let id = self.model.lock_of(object);
        let Some(view) = self.model.object(id) else { return };
        if is_exclusive(view) {
            let name = self.drawing.name(&self.words.thread(view.owner().unwrap_or(moment.thread), self.names));
            self.holders.lock(view, span, moment, name, &mut self.drawing);
        } else {
            self.share(id, span, moment);
        }
        self.hand_over(Deed { thread: moment.thread, object: id, place }, gives);
        self.count(id, span.to);
    }

    /// What several may hold is held by those of whom the model says so now.
    fn share(&mut self, object: ObjectId, span: Span, moment: Moment) {
        let model = &self.model;
        let certain = |thread| {
            let holds = model.thread(thread).map_or(&[][..], |view| &view.holds);
            holds.iter().filter(|(held, _)| *held == object).count()
        };
        let name = self.drawing.name(&self.words.thread(moment.thread, self.names));
        self.holders.share(object, certain, span, (moment, name), &mut self.drawing);
    }

    /// Whoever takes what another gave back was let go on by that: always with a lock, with a semaphore when it had to
    /// wait for a place.
    fn hand_over(&mut self, deed: Deed, gives: bool) {
        if self.is_gil(Some(deed.object)) {
            return;
        }
        if gives {
            self.given.insert(deed.object, deed);
            return;
        }
        let is_lock = self.model.object(deed.object).is_some_and(|view| view.kind.is_lock());
        let waited = self.blocked.get(&deed.thread) == Some(&deed.object);
        if let Some(given) = self.given.get(&deed.object)
            && given.thread != deed.thread
            && (is_lock || waited)
        {
            self.drawing.arrow(Cause::Handover, given.place, deed.place);
        }
    }

    fn event_set(&mut self, object: ObjectId, moment: Moment, span: Span) {
        let Some(ObjectState::Event { set }) = self.model.object(object).map(|view| &view.state) else { return };
        let name = self.drawing.name(&self.words.t("object-set"));
        self.holders.set(object, *set, span, moment, name, &mut self.drawing);
    }

    /// An object may be held already when it is declared.
    fn declared(&mut self, object: ObjectId, moment: Moment) {
        let span = Span { from: moment.at, to: moment.at };
        if let Some(view) = self.model.object(object)
            && let Some(owner) = view.owner()
        {
            if is_exclusive(view) {
                let name = self.drawing.name(&self.words.thread(owner, self.names));
                self.holders.lock(view, span, moment, name, &mut self.drawing);
            } else {
                self.share(object, span, Moment { thread: owner, ..moment });
            }
        }
        self.event_set(object, moment, span);
        self.count(object, moment.at);
    }

    /// Draws the number that is of interest about the object, when it has changed.
    fn count(&mut self, object: ObjectId, at: At) {
        let Some(number) = self.model.object(object).and_then(number) else { return };
        if self.counted.insert(object, number) != Some(number) {
            self.drawing.counts.push(Count { object, at, number });
        }
    }

    // ---- states ----

    fn state(&mut self, moment: Moment, before: ThreadState, state: ThreadState) {
        let Moment { thread, at, .. } = moment;
        let on = |state| match state {
            ThreadState::Blocked { on } | ThreadState::Waiting { on } => Some(on),
            _ => None,
        };
        for object in [on(before), on(state)].into_iter().flatten() {
            self.count(object, at);
        }
        if let ThreadState::Blocked { on } = state {
            self.blocked.insert(thread, on);
        }
        // The simulator's actor still runs, until somebody else does.
        if state != ThreadState::Ready || self.actor != Some(thread) {
            self.look_like(moment, state);
        }
        if let Some((cause, from)) = self.cause(thread, before) {
            let to = Place { track: Track::Thread(thread), at };
            self.drawing.arrow(cause, from, to);
        }
    }

    fn look_like(&mut self, moment: Moment, state: ThreadState) {
        let look = look(state, self.clock.is_live(), self.names, self.words);
        let look = look.map(|(shade, name)| (shade, self.drawing.name(&name)));
        self.lanes.change(moment, look, &mut self.drawing);
    }

    /// What ended the state in which the thread was, if somebody did.
    fn cause(&mut self, thread: ThreadId, before: ThreadState) -> Option<(Cause, Place)> {
        if let Some(woken) = self.woken.remove(&thread) {
            return Some(woken);
        }
        match before {
            ThreadState::Waiting { on } => {
                let deed = self.deed.filter(|deed| deed.thread != thread && deed.object == on)?;
                Some((Cause::WakeUp, deed.place))
            }
            ThreadState::Joining { thread: other } => {
                let is_over = self.model.thread(other).is_some_and(|other| other.state.is_over());
                let is_over = is_over || self.ending.contains(&other);
                self.last.get(&other).filter(|_| is_over).map(|place| (Cause::End, *place))
            }
            _ => None,
        }
    }

    // ---- the rest ----

    fn is_gil(&self, object: Option<ObjectId>) -> bool {
        object.and_then(|id| self.model.object(id)).is_some_and(ObjectView::is_gil)
    }

    fn finish(mut self) -> Drawing {
        let end = self.clock.end();
        if let Some(last) = self.actor {
            self.rest(last, Clock::beginning(Step(self.model.step.0 + 1)), self.model.step);
        }
        self.lanes.finish(end, &mut self.drawing);
        let model = &self.model;
        let is_lock = |id| model.object(id).is_some_and(is_exclusive);
        self.holders.finish(end, is_lock, &mut self.drawing);
        self.drawing.settle();
        self.drawing
    }
}

/// True for what only one thread can hold.
fn is_exclusive(view: &ObjectView) -> bool {
    matches!(view.kind, ObjectKind::Lock | ObjectKind::RLock)
}

/// The number that is of interest: free places, items, threads that wait to be notified.
fn number(view: &ObjectView) -> Option<i64> {
    let length = |length: usize| i64::try_from(length).unwrap_or(i64::MAX);
    match &view.state {
        ObjectState::Semaphore { value, .. } => Some(*value),
        ObjectState::Queue { items, .. } => Some(length(items.len())),
        ObjectState::Condition { .. } | ObjectState::Barrier { .. } => Some(length(view.waiters.len())),
        ObjectState::Data(_) | ObjectState::Fields(_) | ObjectState::Lock { .. } | ObjectState::Event { .. } => None,
    }
}

/// True for operations that let others go on who wait for the object.
const fn may_wake(action: &Action, outcome: &Outcome) -> bool {
    let wakes = matches!(
        action,
        Action::Notify { .. }
            | Action::EventSet { .. }
            | Action::BarrierWait { .. }
            | Action::BarrierAbort { .. }
            | Action::BarrierReset { .. }
            | Action::Put { .. }
            | Action::Get { .. }
            | Action::TaskDone { .. }
            | Action::Shutdown { .. }
    );
    wakes && !matches!(outcome, Outcome::Raised(_) | Outcome::Refused)
}
