//! What there is to be drawn.

use super::Span;
use crate::event::{ObjectKind, ObjectState, ThreadState};
use crate::ids::{ObjectId, ThreadId};
use crate::model::{Model, ObjectView, ThreadView};
use crate::scenario::{Picture, fits};
use crate::source::Source;
use crate::tui::glyph::Glyphs;
use crate::tui::text;
use crate::tui::theme::{Slot, Theme};
use crate::words::Words;
use ratatui::style::{Modifier, Style};

/// The program at one moment, with who plays which role in its picture, and what to say and draw it with.
pub(in crate::tui) struct Scene<'a> {
    pub(in crate::tui) model: &'a Model,
    pub(in crate::tui) picture: &'a Picture,
    pub(in crate::tui) source: &'a Source,
    pub(in crate::tui) words: &'a Words,
    pub(in crate::tui) theme: &'a Theme,
    pub(in crate::tui) glyphs: &'static Glyphs,
}

/// No more names that are not there are told.
const ABSENT_MAX: usize = 20;

impl<'a> Scene<'a> {
    // ---- roles ----

    /// The objects that play this role: those whose names fit the patterns of the picture, pattern by pattern, each in
    /// order of creation; none when the role is not named.
    pub(in crate::tui) fn objects(&self, role: &str) -> Vec<ObjectId> {
        self.named_objects(role).unwrap_or_default()
    }

    /// The same, and those that `usual` picks when the role is not named.
    pub(in crate::tui) fn objects_or(&self, role: &str, usual: impl Fn(&ObjectView) -> bool) -> Vec<ObjectId> {
        let picked = || self.model.objects().filter(|object| !object.is_gil() && usual(object)).map(|object| object.id);
        self.named_objects(role).unwrap_or_else(|| picked().collect())
    }

    fn named_objects(&self, role: &str) -> Option<Vec<ObjectId>> {
        let patterns = self.picture.role(role)?;
        let mut found = Vec::new();
        for pattern in patterns {
            let fitting = self.model.objects().filter(|object| fits(pattern, &object.name)).map(|object| object.id);
            let new: Vec<_> = fitting.filter(|id| !found.contains(id)).collect();
            found.extend(new);
        }
        Some(found)
    }

    /// The names in this role that no object has yet. A pattern is no name.
    pub(in crate::tui) fn missing(&self, role: &str) -> impl Iterator<Item = &'a str> {
        let patterns = self.picture.role(role).unwrap_or_default();
        let model = self.model;
        let names = patterns.iter().map(|name| &**name).filter(|name| !name.contains('*'));
        names.filter(move |name| model.objects().all(|object| *object.name != **name))
    }

    /// The names in all roles that nothing has, once the program has made what it makes: the main thread is over, or the
    /// run is.
    pub(in crate::tui) fn absent(&self) -> Vec<&'a str> {
        let over = self.model.threads.first().is_some_and(|main| main.state.is_over());
        if !over && self.model.ended.is_none() {
            return Vec::new();
        }
        let (picture, model) = (self.picture, self.model);
        let is_of_threads = |name: &str| picture.widget.roles().iter().any(|role| role.threads && role.name == name);
        let is_there = |role: &str, pattern: &str| {
            if is_of_threads(role) {
                model.threads.iter().any(|thread| fits(pattern, &thread.name))
            } else {
                model.objects().any(|object| fits(pattern, &object.name))
            }
        };
        let named = picture.roles().flat_map(|(role, names)| names.iter().map(move |name| (role, &**name)));
        named.filter(|(role, name)| !is_there(role, name)).map(|(_, name)| name).take(ABSENT_MAX).collect()
    }

    /// The place among the names of this role: of the object, or of the name while there is no object.
    pub(in crate::tui) fn rank(&self, role: &str, object: Option<ObjectId>, name: &str) -> usize {
        let name = object.and_then(|object| self.model.object(object)).map_or(name, |object| &object.name);
        let patterns = self.picture.role(role).unwrap_or_default();
        patterns.iter().position(|pattern| fits(pattern, name)).unwrap_or(patterns.len())
    }

    /// The threads that play this role; all but the main thread when the role is not named (the main thread alone
    /// while there is no other).
    pub(in crate::tui) fn threads(&self, role: &str) -> Vec<ThreadId> {
        let Some(patterns) = self.picture.role(role) else {
            let others: Vec<_> = self.model.threads.iter().skip(1).map(|thread| thread.id).collect();
            return if others.is_empty() {
                self.model.threads.iter().map(|thread| thread.id).collect()
            } else {
                others
            };
        };
        let mut found = Vec::new();
        let mut taken = vec![false; self.model.threads.len()];
        for pattern in patterns {
            for (thread, taken) in self.model.threads.iter().zip(&mut taken) {
                if !*taken && fits(pattern, &thread.name) {
                    *taken = true;
                    found.push(thread.id);
                }
            }
        }
        found
    }

    /// True when the picture names this role.
    pub(in crate::tui) fn is_named(&self, role: &str) -> bool {
        self.picture.role(role).is_some()
    }

    /// The first object that plays this role, or else the first of this kind.
    pub(in crate::tui) fn object_or(&self, role: &str, kinds: &[ObjectKind]) -> Option<&'a ObjectView> {
        let id = self.objects_or(role, |object| kinds.contains(&object.kind)).first().copied()?;
        self.model.object(id)
    }

    // ---- what to say ----

    /// The text with this key.
    pub(in crate::tui) fn t(&self, key: &str) -> String {
        self.words.t(key)
    }

    /// What the object is called, in the language of the interface.
    pub(in crate::tui) fn name(&self, object: ObjectId) -> String {
        self.words.object_name(object, self.model)
    }

    /// The thread's letter, and its name when both fit into this many cells.
    pub(in crate::tui) fn tag(&self, thread: ThreadId, cells: usize) -> String {
        let letter = thread.letter();
        let Some(view) = self.model.thread(thread) else { return letter };
        let name = text::safe(&view.name);
        let room = cells.saturating_sub(letter.len() + 1);
        // Two cells of a name and a mark say nothing.
        if name.is_empty() || *name == *letter || room < 3.min(text::width(&name)) {
            return letter;
        }
        format!("{letter} {}", text::fit(short_name(&name, room), room, self.glyphs.cut))
    }

    /// How many cells the letter and the whole name take.
    pub(in crate::tui) fn tag_width(&self, thread: ThreadId) -> usize {
        text::width(&self.tag(thread, usize::MAX))
    }

    /// The letter and perhaps the name, in the thread's colour; the thread of the last step has a mark before it.
    pub(in crate::tui) fn tag_span(&self, thread: ThreadId, cells: usize) -> Span {
        Span::new(self.tag(thread, cells), self.thread_style(thread))
    }

    /// A thread's state: its sign and its word.
    pub(in crate::tui) fn state_span(&self, state: ThreadState) -> Span {
        let text = format!("{} {}", self.glyphs.state(state), self.words.state(state));
        Span::new(text, self.theme.state(state))
    }

    // ---- what moved ----

    /// True for the thread that made the last step.
    pub(in crate::tui) fn is_last(&self, thread: ThreadId) -> bool {
        self.model.step.0 > 0 && self.model.last == Some(thread)
    }

    /// True for an object that the last step touched.
    pub(in crate::tui) fn is_touched(&self, object: ObjectId) -> bool {
        let last = self.model.object(object).and_then(|object| object.last);
        last.is_some_and(|(_, step)| step == self.model.step && step.0 > 0)
    }

    /// Stands before the thread of the last step; a space before others.
    pub(in crate::tui) fn mark(&self, thread: ThreadId) -> &'static str {
        if self.is_last(thread) { self.glyphs.cursor } else { " " }
    }

    /// Stands before an object that the last step touched; a space before others.
    pub(in crate::tui) fn object_mark(&self, object: ObjectId) -> &'static str {
        if self.is_touched(object) { self.glyphs.cursor } else { " " }
    }

    /// The colour of a thread; that of the last step is emphasised.
    pub(in crate::tui) fn thread_style(&self, thread: ThreadId) -> Style {
        let style = self.theme.thread(thread);
        if self.is_last(thread) { style.add_modifier(Modifier::BOLD) } else { style }
    }

    /// How an object is written; what the last step touched is emphasised.
    pub(in crate::tui) fn object_style(&self, object: ObjectId) -> Style {
        self.theme.style(if self.is_touched(object) { Slot::Changed } else { Slot::Text })
    }

    pub(in crate::tui) fn style(&self, slot: Slot) -> Style {
        self.theme.style(slot)
    }

    // ---- who holds, who waits ----

    /// How many times its owner has taken a lock, when that is more than once: `x2`.
    pub(in crate::tui) fn times(&self, object: ObjectId) -> Option<String> {
        let view = self.model.object(object).filter(|view| view.kind != ObjectKind::RwLock)?;
        match view.state {
            ObjectState::Lock { owner: Some(_), depth } if depth > 1 => Some(format!("x{depth}")),
            _ => None,
        }
    }

    /// The same behind the owner's letter or name.
    pub(in crate::tui) fn times_span(&self, object: ObjectId) -> Option<Span> {
        self.times(object).map(|times| Span::new(format!(" {times}"), self.style(Slot::Warning)))
    }

    /// What keeps the thread from going on: the lock itself when it waits for that of a condition.
    pub(in crate::tui) fn waits_for(&self, thread: &ThreadView) -> Option<ObjectId> {
        let on = match thread.state {
            ThreadState::Blocked { on } => self.model.lock_of(on),
            ThreadState::Waiting { on } => on,
            _ => return None,
        };
        self.model.object(on).filter(|object| !object.is_gil()).map(|object| object.id)
    }
}

/// Of a name that Python made up, `Thread-1 (work)`, the function says more than the number, which the letter tells.
fn short_name(name: &str, room: usize) -> &str {
    let made_up = || name.strip_prefix("Thread-")?.strip_suffix(')')?.split_once(" (");
    match made_up() {
        Some((number, function)) if text::width(name) > room && number.bytes().all(|b| b.is_ascii_digit()) => function,
        _ => name,
    }
}
