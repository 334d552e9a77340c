//! The fold over the events, which makes the lines of the diagram.

use super::label::label;
use super::text::{broken, escaped, short};
use crate::detect::Finding;
use crate::event::{Action, End, Event, EventKind, ObjectKind, ObjectState, Outcome, ThreadState};
use crate::ids::{ObjectId, ThreadId};
use crate::model::Model;
use crate::words::Words;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// Who takes part: a line from top to bottom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Party {
    Thread(ThreadId),
    Object(ObjectId),
}

/// A diagram in the making.
pub(super) struct Script<'a> {
    /// The picture at the end of the run lends its names: at first things have none.
    names: &'a Model,
    words: &'a Words,
    model: Model,
    /// The lock that a condition made for itself is drawn as the condition.
    conditions: BTreeMap<ObjectId, ObjectId>,
    threads: BTreeSet<ThreadId>,
    /// In the order in which they were touched first.
    objects: Vec<ObjectId>,
    body: String,
    /// How many bars are open on the line of each object.
    bars: BTreeMap<ObjectId, u32>,
    /// Threads of which it was told that they are held up.
    told: BTreeSet<ThreadId>,
    /// Threads that have begun to wait, and for what: the end of the wait is not a second arrow.
    begun: BTreeSet<(ThreadId, ObjectId)>,
    drawing: bool,
}

impl<'a> Script<'a> {
    pub(super) fn new(names: &'a Model, words: &'a Words) -> Script<'a> {
        Script {
            names,
            words,
            model: Model::default(),
            conditions: own_locks(names),
            threads: BTreeSet::new(),
            objects: Vec::new(),
            body: String::new(),
            bars: BTreeMap::new(),
            told: BTreeSet::new(),
            begun: BTreeSet::new(),
            drawing: false,
        }
    }

    /// How long the text is so far.
    pub(super) fn length(&self) -> usize {
        self.body.len()
    }

    /// A step that is not drawn.
    pub(super) fn skip(&mut self, events: &[Event]) {
        for event in events {
            self.model.apply(event);
        }
    }

    pub(super) fn step(&mut self, events: &[Event], found: &[Finding]) {
        self.begin();
        let mut over = None;
        for event in events {
            self.model.apply(event);
            match &event.kind {
                EventKind::Did { action, outcome } => self.did(event, action, outcome),
                EventKind::State(state) => self.state(event.thread, *state),
                EventKind::Ended(end) => over = Some(end),
                _ => {}
            }
        }
        for finding in found {
            for thread in &finding.threads {
                self.threads.insert(*thread);
            }
            self.body.push_str("  rect rgb(255, 224, 224)\n");
            let text = self.words.finding(finding, self.names);
            self.note_to_all(&text);
            self.body.push_str("  end\n");
        }
        // A finding says more of an end that is not a good one.
        if let Some(end) = over.filter(|end| found.is_empty() || **end == End::Finished) {
            self.note_to_all(&self.words.end(end));
        }
    }

    /// Before the first step that is drawn: what is held already has its bar.
    fn begin(&mut self) {
        if std::mem::replace(&mut self.drawing, true) {
            return;
        }
        let held: Vec<(ObjectId, ThreadId)> = self
            .model
            .threads
            .iter()
            .flat_map(|thread| thread.holds.iter().map(|(object, _)| (*object, thread.id)))
            .collect();
        for (object, thread) in held {
            let party = self.object(object);
            let holds = self.words.with("object-held", &[("thread", self.words.thread(thread, self.names).into())]);
            let _ = writeln!(self.body, "  Note over {}: {}", name(party), broken(&holds));
            self.bar(object);
        }
    }

    // ---- operations ----

    fn did(&mut self, event: &Event, action: &Action, outcome: &Outcome) {
        self.told.remove(&event.thread);
        let again = action.object().is_some_and(|object| self.begun.remove(&(event.thread, object)));
        if let (Some(object), Outcome::Enqueued) = (action.object(), outcome) {
            self.begun.insert((event.thread, object));
        }
        let from = self.thread(event.thread);
        let Some(label) = label(self.words, action, outcome) else {
            return self.aside(event.thread, action, outcome);
        };
        let succeeded = !matches!(outcome, Outcome::Refused | Outcome::TimedOut | Outcome::Raised(_));
        let (to, back) = match action {
            Action::Start { thread } => (self.thread(*thread), false),
            Action::Join { thread, .. } => (self.thread(*thread), succeeded),
            Action::Read { object, .. } | Action::Get { object, .. } => (self.object(*object), succeeded),
            _ => match action.object() {
                Some(object) => (self.object(object), false),
                None => return,
            },
        };
        // The end of a wait that was drawn is told by the wake-up; one that failed is not.
        let is_rest = again && succeeded && !matches!(action, Action::Reacquire { .. });
        if !is_rest {
            self.arrow(from, to, back, succeeded, &self.at(&label, event.line));
        }
        if let Some(object) = action.object() {
            self.bars(object);
        }
        if let (Outcome::Woke(woken), Some(_)) = (outcome, action.object()) {
            for thread in woken {
                let woken = self.thread(*thread);
                let wakes = self.words.t("seq-wakes");
                self.arrow(to, woken, false, true, &wakes);
            }
        }
    }

    fn at(&self, label: &str, line: u32) -> String {
        match line {
            0 => label.to_owned(),
            _ => self.words.with("seq-line", &[("what", label.into()), ("line", line.into())]),
        }
    }

    fn arrow(&mut self, from: Party, to: Party, back: bool, succeeded: bool, label: &str) {
        let is_thing = matches!(from, Party::Object(_));
        let (from, to) = if back { (to, from) } else { (from, to) };
        let sign = match (succeeded, back || is_thing) {
            (false, _) => "-x",
            (true, true) => "-->>",
            (true, false) => "->>",
        };
        let _ = writeln!(self.body, "  {}{sign}{}: {}", name(from), name(to), short(label));
    }

    /// What is done to nobody stands in a note, when it is done (and not again when it is over).
    fn aside(&mut self, thread: ThreadId, action: &Action, outcome: &Outcome) {
        let text = match (action, outcome) {
            (Action::Print { .. }, _) => self.words.action(action, self.names),
            // That it sleeps was said when it began to.
            (Action::Sleep { .. }, _) | (Action::Input { .. }, Outcome::Enqueued) => return,
            _ => self.words.did(thread, action, outcome, self.names),
        };
        self.note(thread, &text);
    }

    // ---- notes ----

    fn note(&mut self, thread: ThreadId, text: &str) {
        let party = self.thread(thread);
        let _ = writeln!(self.body, "  Note over {}: {}", name(party), broken(text));
    }

    /// A note over everybody. (Who they are is known at the end.)
    pub(super) fn note_to_all(&mut self, text: &str) {
        let _ = writeln!(self.body, "  Note over {EVERYBODY}: {}", broken(text));
    }

    /// Says once that a thread is held up, after what it did last. (Who waits to be notified said so itself.)
    fn state(&mut self, thread: ThreadId, state: ThreadState) {
        let pending = self.model.thread(thread).and_then(|view| view.pending.as_ref());
        if let (ThreadState::Sleeping { .. }, Some(sleep @ Action::Sleep { .. })) = (state, pending) {
            let sleeps = self.words.action(sleep, self.names);
            return self.note(thread, &sleeps);
        }
        let waits = match state {
            ThreadState::Blocked { .. } => true,
            ThreadState::Waiting { on } => !self.begun.contains(&(thread, on)),
            _ => false,
        };
        if waits && self.told.insert(thread) {
            let clause = self.words.state_clause(state, &self.model);
            self.note(thread, &clause);
        }
    }

    // ---- bars ----

    /// Draws as many bars as the thing is held times.
    fn bars(&mut self, object: ObjectId) {
        let lock = self.model.lock_of(object);
        let party = self.party(lock);
        let held = self.held(lock);
        while self.bars.get(&party).copied().unwrap_or(0) < held {
            self.bar(lock);
        }
        while self.bars.get(&party).copied().unwrap_or(0) > held {
            self.unbar(party);
        }
    }

    fn held(&self, object: ObjectId) -> u32 {
        let places = |object: ObjectId| {
            let held = self.model.threads.iter().flat_map(|thread| &thread.holds).filter(|(held, _)| *held == object);
            u32::try_from(held.count()).unwrap_or(u32::MAX)
        };
        match self.model.object(object).map(|view| (view.kind, &view.state)) {
            Some((ObjectKind::Lock | ObjectKind::RLock, ObjectState::Lock { owner: Some(_), depth })) => {
                (*depth).clamp(1, BARS_MAX)
            }
            Some((ObjectKind::Lock | ObjectKind::RLock, _)) | None => 0,
            Some(_) => places(object).min(BARS_MAX),
        }
    }

    fn bar(&mut self, object: ObjectId) {
        let party = self.object(object);
        let _ = writeln!(self.body, "  activate {}", name(party));
        *self.bars.entry(self.party(object)).or_default() += 1;
    }

    fn unbar(&mut self, object: ObjectId) {
        if let Some(bars) = self.bars.get_mut(&object) {
            *bars -= 1;
            let _ = writeln!(self.body, "  deactivate {}", name(Party::Object(object)));
        }
    }

    // ---- parties ----

    fn thread(&mut self, thread: ThreadId) -> Party {
        self.threads.insert(thread);
        Party::Thread(thread)
    }

    fn object(&mut self, object: ObjectId) -> Party {
        let object = self.party(object);
        if !self.objects.contains(&object) {
            self.objects.push(object);
        }
        Party::Object(object)
    }

    /// The object on whose line this one is drawn.
    fn party(&self, object: ObjectId) -> ObjectId {
        self.conditions.get(&object).copied().unwrap_or(object)
    }

    /// The whole text.
    pub(super) fn finish(mut self, title: &str) -> String {
        // A bar that is not closed is not drawn.
        for (object, bars) in self.bars.clone() {
            for _ in 0..bars {
                self.unbar(object);
            }
        }
        if self.threads.is_empty() {
            self.threads.insert(ThreadId::MAIN);
        }
        let mut text = format!("sequenceDiagram\n  title {}\n", escaped(title));
        for thread in &self.threads {
            let called = self.words.thread(*thread, self.names);
            let _ = writeln!(text, "  participant t{} as {}", thread.0, short(&called));
        }
        for object in &self.objects {
            let called = self.words.object_name(*object, self.names);
            let kind = self.names.object(*object).map_or_else(String::new, |view| self.words.kind(view.kind));
            let _ = writeln!(text, "  participant o{} as {}<br/>{}", object.0, short(&called), escaped(&kind));
        }
        let first = self.threads.first().map(|thread| Party::Thread(*thread));
        let last = self.objects.last().map(|object| Party::Object(*object));
        let last = last.or(self.threads.last().map(|thread| Party::Thread(*thread)));
        let everybody = match (first, last) {
            (Some(first), Some(last)) if first != last => format!("{},{}", name(first), name(last)),
            (Some(party), _) | (None, Some(party)) => name(party),
            (None, None) => String::new(),
        };
        // Nothing that is escaped has this sign in it.
        text.push_str(&self.body.replace(EVERYBODY, &everybody));
        text
    }
}

/// Stands for all parties until they are known.
const EVERYBODY: &str = "%";
/// More bars are not drawn on one line.
const BARS_MAX: u32 = 20;

fn name(party: Party) -> String {
    match party {
        Party::Thread(thread) => format!("t{}", thread.0),
        Party::Object(object) => format!("o{}", object.0),
    }
}

/// The locks that conditions made for themselves, each with its condition.
fn own_locks(model: &Model) -> BTreeMap<ObjectId, ObjectId> {
    let own = |view: &crate::model::ObjectView| {
        let ObjectState::Condition { lock } = view.state else { return None };
        let name = model.object_name(lock);
        (name.strip_prefix("lock of ") == Some(&*view.name)).then_some((lock, view.id))
    };
    model.objects().filter_map(own).collect()
}
