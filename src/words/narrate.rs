//! The narration: what the last step did, and why it matters.
//!
//! It is put together from these parts, in this order, each there only when it has something to say, and of as many
//! sentences as that takes:
//!
//! 1. what was done, and what it meant ("A takes fork[0]. A has waited 2 s for that."); of a step with many operations
//!    the first few, and how many more there were;
//! 2. a circle that it closed ("Deadlock: A waits for B, B for A."), or else, unless somebody can never go on, what it changed
//!    for others ("B was waiting for it and can take it now.");
//! 3. what became of the thread itself ("Next A wants fork[1], but B has held it since line 11: A is blocked.");
//! 4. which threads were over as soon as they were started;
//! 5. what other real threads have come to meanwhile;
//! 6. whom nobody can wake any more, as that follows from all before;
//! 7. how the run ended.
//!
//! Most steps come to one to four short sentences.

use super::state::owner;
use super::{Arg, Words};
use crate::detect::{Finding, FindingKind, Want};
use crate::event::{Action, End, Event, EventKind, ObjectKind, ObjectState, Outcome, ThreadState};
use crate::ids::{Nanos, ObjectId, Step, ThreadId};
use crate::model::{Model, ObjectView, ThreadView};

/// One step: its events, the pictures before and after it, and what it proved.
#[derive(Clone, Copy, Debug)]
pub struct Scene<'a> {
    pub events: &'a [Event],
    pub before: &'a Model,
    pub after: &'a Model,
    /// The findings of this step.
    pub findings: &'a [Finding],
    pub threads: Threads,
}

/// What kind of threads made a step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Threads {
    /// Those of the simulator: only whoever makes the step, and those it lets go on or holds up, do anything in it.
    #[default]
    Simulated,
    /// Those of the operating system: it lasts until the next operation of anybody, and what others have come to meanwhile belongs to
    /// it as well. Waits have taken real time.
    Real,
}

/// A wait of real threads that was shorter than this is not worth a word.
const NOTICED: Nanos = Nanos(1_000_000);

/// More operations than this in one step (a coarse atomicity) are counted instead of told.
const TOLD_MAX: usize = 3;

/// The contents of a container are told up to this many characters.
const CONTENTS_MAX: usize = 30;

impl Words {
    /// What the step did and why it matters: short sentences, mostly one to four, in one line.
    #[must_use]
    pub fn narrate(&self, scene: &Scene<'_>) -> String {
        self.sentences(&self.told(scene))
    }

    /// The sentences of the narration, one by one. They are the same ones in every language.
    #[must_use]
    pub fn told(&self, scene: &Scene<'_>) -> Vec<String> {
        self.headed(scene).0
    }

    /// The same, and the place of the one that matters most: who will never go on, else how the run ended, else what was
    /// done.
    #[must_use]
    pub fn headed(&self, scene: &Scene<'_>) -> (Vec<String>, usize) {
        let telling = Narration { words: self, scene: *scene, said: Vec::new() };
        telling.tell()
    }

    /// The step as a line of its own for screen readers and pipes: its number, its line, the narration.
    #[must_use]
    pub fn plain(&self, scene: &Scene<'_>) -> String {
        let text = self.narrate(scene);
        let line = scene.events.iter().find(|event| matches!(event.kind, EventKind::Did { .. })).map_or(0, |e| e.line);
        let step = scene.events.first().map_or(0, |event| event.step.0);
        match (step, line) {
            (0, _) => self.with("plain-start", &[("text", text.into())]),
            (_, 0) => self.with("plain-step", &[("n", step.to_string().into()), ("text", text.into())]),
            _ => self.with(
                "plain-line",
                &[("n", step.to_string().into()), ("line", line.to_string().into()), ("text", text.into())],
            ),
        }
    }
}

/// A narration in the making.
pub(super) struct Narration<'a> {
    pub(super) words: &'a Words,
    pub(super) scene: Scene<'a>,
    said: Vec<String>,
}

impl Narration<'_> {
    fn tell(mut self) -> (Vec<String>, usize) {
        let dids = dids(self.scene.events);
        for (thread, action, outcome) in dids.iter().copied().take(TOLD_MAX) {
            let sentence = self.words.did(thread, action, outcome, self.scene.after);
            self.said.push(sentence);
            self.waited(thread, action, outcome);
            self.consequence(thread, action, outcome);
        }
        if dids.len() > TOLD_MAX {
            self.say("why-more", &[("n", (dids.len() - TOLD_MAX).into())]);
        }
        let hangs = self.scene.findings.iter().any(|finding| hangs(&finding.kind));
        // What is never to be undone is said before what merely follows: there may be little room.
        let mut head = self.said.len();
        self.circles();
        if !hangs {
            self.others(&dids);
        }
        if let Some(actor) = self.actor() {
            if self.has_come_to_something(actor) && !self.is_told_of(actor) {
                self.next(actor, &dids);
            }
            self.short_lives(actor);
            self.meanwhile(actor, &dids);
        }
        if hangs && self.scene.findings.iter().all(|finding| finding.kind != FindingKind::Deadlock) {
            head = self.said.len();
        }
        self.stuck();
        let last = self.said.len();
        self.ending(hangs);
        if !hangs {
            head = if self.said.len() > last { last } else { 0 };
        }
        if self.said.is_empty() {
            let key = if self.scene.after.step == Step(0) { "why-nothing-yet" } else { "why-nothing" };
            self.say(key, &[]);
        }
        (self.said, head)
    }

    pub(super) fn say(&mut self, key: &str, args: &[(&str, Arg<'_>)]) {
        self.said.push(self.words.with(key, args));
    }

    /// Whose step it was.
    pub(super) fn actor(&self) -> Option<ThreadId> {
        let did = dids(self.scene.events).first().map(|(thread, ..)| *thread);
        did.or_else(|| self.scene.events.last().map(|_| self.scene.after.last.unwrap_or(ThreadId::MAIN)))
    }

    /// True when the thread has come to its next operation in this step. A real thread may not have come that far; what
    /// is known of it then is from before and has been told.
    fn has_come_to_something(&self, thread: ThreadId) -> bool {
        let tells = |event: &Event| event.thread == thread && matches!(event.kind, EventKind::State(_));
        self.scene.threads == Threads::Simulated || self.scene.events.iter().any(tells)
    }

    /// True where all real threads hang and it has been said for whom, or what, this one waits.
    pub(super) fn is_told_of(&self, thread: ThreadId) -> bool {
        let names = |finding: &Finding| match finding.kind {
            FindingKind::Deadlock => finding.evidence.len() > 1 && finding.threads.contains(&thread),
            FindingKind::Stuck => finding.threads.contains(&thread),
            _ => false,
        };
        let over = self.scene.threads == Threads::Real && self.scene.after.ended.is_some();
        over && self.scene.findings.iter().any(names)
    }

    /// How long a real thread was held up before it got what it wanted.
    fn waited(&mut self, thread: ThreadId, action: &Action, outcome: &Outcome) {
        let since = self.scene.before.thread(thread).and_then(|view| view.held_up);
        let (Threads::Real, Some(since)) = (self.scene.threads, since) else { return };
        // The step may last longer than the operation.
        let got = |event: &&Event| event.thread == thread && matches!(event.kind, EventKind::Did { .. });
        let got = self.scene.events.iter().find(got).map_or(self.scene.after.now, |event| event.at);
        let time = Nanos(got.0.saturating_sub(since.0));
        // How long it slept is said anyway, and how long a person took is not worth a word.
        let told = matches!(action, Action::Sleep { .. } | Action::Input { .. }) || *outcome == Outcome::Enqueued;
        if time >= NOTICED && !told {
            self.say("why-waited", &[("thread", thread.letter().into()), ("time", self.words.duration(time).into())]);
        }
    }

    /// What the operation meant, as far as the pictures show it.
    fn consequence(&mut self, thread: ThreadId, action: &Action, outcome: &Outcome) {
        if matches!(outcome, Outcome::Raised(_)) {
            return;
        }
        match action {
            Action::Write { object, key, .. } => self.lost_update(thread, *object, key.as_ref()),
            Action::Acquire { object, .. } => self.acquired(thread, *object, outcome),
            Action::Release { object, .. } => self.released(thread, *object),
            Action::BarrierWait { object, .. } if *outcome == Outcome::Enqueued => self.level(*object),
            Action::Put { object, .. } | Action::Get { object, .. } => self.level(*object),
            Action::TaskDone { object } => self.unfinished(*object),
            Action::Call { object, .. } => self.contents(*object),
            Action::EventWait { object, .. } if *outcome != Outcome::Enqueued => self.cleared(*object, outcome),
            _ => {}
        }
    }

    /// The store overwrote a value that its thread has never seen.
    fn lost_update(&mut self, thread: ThreadId, object: ObjectId, key: Option<&crate::event::Text>) {
        let Some(view) = self.scene.before.object(object) else { return };
        let sight = match key {
            None => Some(&view.sight),
            Some(key) => view.fields.get(key.to_string().as_str()).map(|field| &field.sight),
        };
        let Some((other, _)) = sight.and_then(|sight| sight.unseen_by(thread)) else { return };
        let place = self.words.place(object, key, self.scene.after);
        self.say(
            "why-lost",
            &[("thread", thread.letter().into()), ("other", other.letter().into()), ("place", place.into())],
        );
    }

    fn acquired(&mut self, thread: ThreadId, object: ObjectId, outcome: &Outcome) {
        if matches!(outcome, Outcome::Refused | Outcome::TimedOut) {
            if let Some(owner) = owner(self.scene.after, object).filter(|owner| *owner != thread) {
                self.say("why-owner", &[("owner", owner.letter().into())]);
            }
            return;
        }
        match self.scene.after.object(object).map(|view| &view.state) {
            Some(ObjectState::Lock { depth, .. }) if *depth > 1 => {
                self.say("why-deeper", &[("thread", thread.letter().into()), ("n", (*depth).into())]);
            }
            _ => self.level(object),
        }
    }

    fn released(&mut self, thread: ThreadId, object: ObjectId) {
        if let Some(owner) = owner(self.scene.before, object).filter(|owner| *owner != thread) {
            self.say("why-not-owner", &[("owner", owner.letter().into())]);
        }
        if let Some(ObjectState::Lock { owner: Some(owner), depth }) = self.scene.after.object(object).map(|o| &o.state)
            && *owner == thread
        {
            self.say("why-still-held", &[("thread", thread.letter().into()), ("n", (*depth).into())]);
        }
        self.level(object);
    }

    /// How full a semaphore, a barrier or a queue is now.
    fn level(&mut self, object: ObjectId) {
        let Some(view) = self.scene.after.object(object) else { return };
        match &view.state {
            ObjectState::Semaphore { value, .. } => self.say("why-places", &[("n", Arg::from(*value))]),
            ObjectState::Barrier { parties, .. } => {
                let n = view.waiters.len();
                self.say("why-parties", &[("n", n.into()), ("parties", (*parties).into())]);
            }
            ObjectState::Queue { items, capacity: Some(capacity), .. } => {
                self.say("why-items-of", &[("n", items.len().into()), ("capacity", (*capacity).into())]);
            }
            ObjectState::Queue { items, .. } => self.say("why-items", &[("n", items.len().into())]),
            _ => {}
        }
    }

    /// The event for which the thread was woken is not set any more.
    fn cleared(&mut self, object: ObjectId, outcome: &Outcome) {
        let state = self.scene.after.object(object).map(|view| &view.state);
        if *outcome != Outcome::TimedOut && state == Some(&ObjectState::Event { set: false }) {
            let name = self.words.object_name(object, self.scene.after);
            self.say("why-cleared", &[("object", name.into())]);
        }
    }

    /// What is in the container that was looked at or changed, when that is short.
    fn contents(&mut self, object: ObjectId) {
        let Some(view) = self.scene.after.object(object) else { return };
        let ObjectState::Data(Some(value)) = &view.state else { return };
        let value = value.to_string();
        if value.chars().count() <= CONTENTS_MAX {
            let name = self.words.object_name(object, self.scene.after);
            self.say("why-contents", &[("object", name.into()), ("value", value.into())]);
        }
    }

    fn unfinished(&mut self, object: ObjectId) {
        if let Some(ObjectState::Queue { unfinished, .. }) = self.scene.after.object(object).map(|view| &view.state) {
            self.say("why-unfinished", &[("n", (*unfinished).into())]);
        }
    }

    /// What became of the thread that made the step.
    pub(super) fn next(&mut self, actor: ThreadId, dids: &[Did<'_>]) {
        let Some(view) = self.scene.after.thread(actor) else { return };
        let letter = actor.letter();
        match view.state {
            ThreadState::Finished => self.say("why-finished", &[("thread", letter.into())]),
            ThreadState::Failed => self.failed(view),
            ThreadState::Blocked { on } => self.blocked(view, on),
            ThreadState::Waiting { on } if !began_to_wait(dids) => self.waiting(view, on),
            ThreadState::Joining { thread } => {
                self.say("why-joining", &[("thread", letter.into()), ("other", thread.letter().into())]);
            }
            ThreadState::Sleeping { .. } if !began_to_wait(dids) => {
                if let Some(Action::Sleep { length }) = view.pending {
                    let time = self.words.duration(length);
                    self.say("why-sleeping", &[("thread", letter.into()), ("time", time.into())]);
                }
            }
            ThreadState::Reading if !began_to_wait(dids) => self.say("why-reading", &[("thread", letter.into())]),
            ThreadState::Ready if dids.is_empty() => {
                if let Some(action) = &view.pending {
                    let action = self.words.action(action, self.scene.after);
                    self.say("why-about-to", &[("thread", letter.into()), ("action", action.into())]);
                }
            }
            _ => {}
        }
    }

    /// A thread that the actor has started may be over before it comes to its first operation.
    fn short_lives(&mut self, actor: ThreadId) {
        for event in self.scene.events.iter().filter(|event| event.thread != actor) {
            match (&event.kind, self.scene.after.thread(event.thread)) {
                (EventKind::State(ThreadState::Failed), Some(view)) => self.failed(view),
                (EventKind::State(ThreadState::Finished), Some(_)) => {
                    self.say("why-finished", &[("thread", event.thread.letter().into())]);
                }
                _ => {}
            }
        }
    }

    fn failed(&mut self, view: &ThreadView) {
        let letter = view.id.letter();
        let exception = view.exception.as_deref().unwrap_or("?").to_owned();
        self.say("why-failed", &[("thread", letter.clone().into()), ("exception", exception.into())]);
        // Places of a semaphore are anybody's to give back; a lock is lost.
        let model = self.scene.after;
        let is_place = |object: ObjectId| {
            model
                .object(object)
                .is_some_and(|view| matches!(view.kind, ObjectKind::Semaphore | ObjectKind::BoundedSemaphore))
        };
        let held = view.holds.iter().filter(|(object, _)| !is_place(*object));
        let held: Vec<String> = held.map(|(object, _)| self.words.object_name(*object, model)).collect();
        if !held.is_empty() {
            self.say("why-failed-holding", &[("thread", letter.into()), ("objects", self.words.list(&held).into())]);
        }
    }

    pub(super) fn blocked(&mut self, view: &ThreadView, on: ObjectId) {
        let model = self.scene.after;
        let thread = ("thread", Arg::from(view.id.letter()));
        let object = ("object", Arg::from(self.words.object_name(on, model)));
        let Some(owner) = owner(model, on) else {
            return self.say("why-blocked-nobody", &[thread, object]);
        };
        if model.object(on).is_some_and(ObjectView::is_gil) {
            return self.say("why-blocked-gil", &[thread, ("owner", owner.letter().into())]);
        }
        let line = self.held_since(owner, on);
        if owner == view.id {
            return self.say("why-blocked-self", &[thread, object, ("line", line.into())]);
        }
        self.say("why-blocked", &[thread, object, ("owner", owner.letter().into()), ("line", line.into())]);
    }

    /// The line on which the owner acquired the lock (of the condition).
    pub(super) fn held_since(&self, owner: ThreadId, object: ObjectId) -> u32 {
        let model = self.scene.after;
        let lock = match model.object(object).map(|view| &view.state) {
            Some(ObjectState::Condition { lock }) => *lock,
            _ => object,
        };
        let holds = model.thread(owner).map_or(&[][..], |thread| &thread.holds);
        holds.iter().find(|(held, _)| *held == lock || *held == object).map_or(0, |(_, line)| *line)
    }

    fn waiting(&mut self, view: &ThreadView, on: ObjectId) {
        let key = match &view.pending {
            Some(Action::Get { .. }) => "why-waiting-get",
            Some(Action::Put { .. }) => "why-waiting-put",
            Some(Action::EventWait { .. }) => "why-waiting-event",
            Some(Action::QueueJoin { .. }) => "why-waiting-done",
            _ => "why-waiting",
        };
        let object = self.words.object_name(on, self.scene.after);
        self.say(key, &[("thread", view.id.letter().into()), ("object", object.into())]);
    }

    /// Says who will never go on, as they wait for each other.
    fn circles(&mut self) {
        for finding in self.scene.findings {
            match finding.kind {
                FindingKind::Deadlock if finding.evidence.len() > 1 => {
                    let cycle = self.cycle(finding);
                    self.say("why-deadlock", &[("cycle", cycle.into())]);
                }
                FindingKind::Deadlock => {
                    self.say("why-deadlock-self", &[("thread", self.words.letters(&finding.threads).into())]);
                }
                // The thread's end and the run's end say that somebody died or was cut off; with warnings all go on.
                _ => {}
            }
        }
    }

    /// Says who waits for what nobody will do. Mostly the thread of this step has died, or waits now, and has been told of.
    fn stuck(&mut self) {
        for finding in self.scene.findings.iter().filter(|finding| finding.kind == FindingKind::Stuck) {
            let threads = self.words.letters(&finding.threads);
            self.say("why-stuck", &[("threads", threads.into()), ("n", finding.threads.len().into())]);
        }
    }

    /// "A waits for B, B for C, C for A".
    fn cycle(&self, finding: &Finding) -> String {
        let links = finding.evidence.iter().enumerate().filter_map(|(place, link)| {
            let other = match link.wants {
                Want::End(thread) => Some(thread),
                Want::Object(_) => link.held_by,
            }?;
            let key = if place == 0 { "why-cycle-first" } else { "why-cycle-next" };
            Some(self.words.with(key, &[("thread", link.thread.letter().into()), ("other", other.letter().into())]))
        });
        links.collect::<Vec<_>>().join(&self.words.t("list-clause"))
    }

    fn ending(&mut self, hangs: bool) {
        let ended = self.scene.events.iter().find_map(|event| match &event.kind {
            EventKind::Ended(end) => Some(end),
            _ => None,
        });
        if let Some(end) = ended.filter(|end| !(hangs && **end == End::Deadlock)) {
            self.said.push(self.words.end(end));
        }
        if (self.scene.threads, ended) == (Threads::Real, Some(&End::Deadlock)) {
            self.say("end-hangs", &[]);
        }
    }
}

/// True of what says that threads will never go on.
const fn hangs(kind: &FindingKind) -> bool {
    matches!(kind, FindingKind::Deadlock | FindingKind::Stuck)
}

/// A thread's operation and what came of it.
pub(super) type Did<'a> = (ThreadId, &'a Action, &'a Outcome);

/// The operations of a step.
fn dids(events: &[Event]) -> Vec<Did<'_>> {
    let mut found = Vec::new();
    for event in events {
        if let EventKind::Did { action, outcome } = &event.kind {
            found.push((event.thread, action, outcome));
        }
    }
    found
}

/// True when the step itself was the beginning of the wait, and has been told so.
fn began_to_wait(dids: &[Did<'_>]) -> bool {
    dids.last().is_some_and(|(_, _, outcome)| **outcome == Outcome::Enqueued)
}
