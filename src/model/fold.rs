//! The fold: what each event changes in the picture.
//!
//! It is total. An event that mentions what was never declared, or that says what cannot be, changes nothing or as much
//! of the picture as makes sense; it never panics, and a number far out of range never fills memory.

use super::guard::refine;
use super::history::written;
use super::memory::Remembered;
use super::object::field_name;
use super::visits;
use super::{Field, Model, ObjectView, ThreadView, flow, queue};
use crate::event::{Access, Action, Effect, Event, EventKind, ObjectKind, ObjectState, Outcome, Text, ThreadState};
use crate::ids::{ObjectId, ThreadId};
use smallvec::SmallVec;
use std::sync::Arc;

/// A declaration with a number further ahead than this belongs to a broken tape and is passed over.
const GAP_MAX: usize = 4096;

/// A thread that holds more than this (a semaphore that is taken again and again, and that others give back) is not said to
/// hold the rest of it.
const HOLDS_MAX: usize = 1000;

/// Whoever wants to know when a lock or a place of a semaphore changes hands.
pub(super) trait Watch {
    fn took(&mut self, thread: ThreadId, object: ObjectId);
    fn gave(&mut self, thread: ThreadId, object: ObjectId);
}

impl Watch for () {
    fn took(&mut self, _: ThreadId, _: ObjectId) {}
    fn gave(&mut self, _: ThreadId, _: ObjectId) {}
}

impl Model {
    /// Takes the next event into the picture.
    pub fn apply(&mut self, event: &Event) {
        self.apply_watched(event, &mut ());
    }

    pub(super) fn apply_watched(&mut self, event: &Event, watch: &mut impl Watch) {
        self.now = event.at;
        self.step = self.step.max(event.step);
        self.output_bytes += written(&event.kind).map_or(0, |text| text.len() as u64);
        match &event.kind {
            EventKind::Thread(info) => {
                if let Some(thread) = self.declare_thread(event.thread) {
                    thread.declare(info);
                }
            }
            EventKind::Object(info) => self.declare_object(ObjectView::new(info), watch),
            EventKind::Named { object, name } => {
                if let Some(object) = self.object_mut(*object) {
                    object.name = Arc::clone(name);
                }
            }
            EventKind::Renamed { name } => {
                if let Some(thread) = self.thread_mut(event.thread) {
                    thread.name = Arc::clone(name);
                }
            }
            EventKind::Did { action, outcome } => self.did(event, action, outcome, watch),
            EventKind::Value { object, value } => self.set_value(*object, Some(value.clone())),
            EventKind::Pending(action) => self.pending(event, action),
            EventKind::State(state) => self.state(event, *state, watch),
            EventKind::Traceback(text) => self.traceback(event.thread, text),
            EventKind::Ended(end) => self.ended = Some(end.clone()),
        }
        if let Some(thread) = self.thread_mut(event.thread)
            && event.line != 0
        {
            thread.line = event.line;
        }
    }

    fn declare_thread(&mut self, id: ThreadId) -> Option<&mut ThreadView> {
        if id.index() > self.threads.len() + GAP_MAX {
            return None;
        }
        while self.threads.len() <= id.index() {
            let next = ThreadId(u32::try_from(self.threads.len()).ok()?);
            self.threads.push(ThreadView::unknown(next));
        }
        self.threads.get_mut(id.index())
    }

    /// The object exists; who holds it already is known of real locks that were used before anybody looked.
    fn declare_object(&mut self, view: ObjectView, watch: &mut impl Watch) {
        let (id, owner) = (view.id, view.owner());
        let index = id.index();
        if index > self.objects.len() + GAP_MAX {
            return;
        }
        if self.objects.len() <= index {
            self.objects.resize_with(index + 1, || None);
        }
        self.objects[index] = Some(view);
        self.declare_fields(id);
        if let Some(owner) = owner
            && let Some(thread) = self.thread_mut(owner)
            && thread.holds.len() < HOLDS_MAX
            && thread.holds.iter().all(|(held, _)| *held != id)
        {
            thread.holds.push((id, 0));
            watch.took(owner, id);
        }
    }

    /// What its attributes held when it was declared.
    fn declare_fields(&mut self, id: ObjectId) {
        let Some(object) = self.objects.get_mut(id.index()).and_then(Option::as_mut) else { return };
        let ObjectState::Fields(values) = &object.state else { return };
        for (key, value) in Arc::clone(values).iter() {
            if let Some(field) = object.field(key, &mut self.fields) {
                field.value = Some(value.clone());
            }
        }
    }

    fn pending(&mut self, event: &Event, action: &Action) {
        let Some(thread) = self.thread_mut(event.thread) else { return };
        thread.pending = Some(action.clone());
        // Who waits already tells how the wait goes on, and keeps its place.
        if waits_on(thread.state).is_none() {
            thread.since = event.step;
            thread.held_up = None;
        }
    }

    // ---- states and waiters ----

    fn state(&mut self, event: &Event, state: ThreadState, watch: &mut impl Watch) {
        let for_gil = waits_on(state).is_some_and(|on| self.is_gil(on));
        let Some(thread) = self.thread_mut(event.thread) else { return };
        let (alive, before) = (thread.is_alive(), thread.state);
        thread.state = state;
        if state.is_held_up() && !for_gil {
            thread.held_up.get_or_insert(event.at);
        }
        if state.is_over() {
            thread.pending = None;
            thread.memory.end();
        }
        match (alive, thread.is_alive()) {
            (false, true) => self.alive = self.alive.saturating_add(1),
            (true, false) => self.alive = self.alive.saturating_sub(1),
            _ => {}
        }
        if state.is_over() {
            self.let_go(event.thread, watch);
        }
        if waits_on(before) != waits_on(state) {
            self.leave(event.thread, waits_on(before));
            self.enqueue(event.thread, waits_on(state));
        }
    }

    fn leave(&mut self, thread: ThreadId, object: Option<ObjectId>) {
        let Some(id) = object else { return };
        let place = self.place_among_waiters(thread, id);
        let Some(object) = self.object_mut(id) else { return };
        if object.waiters.get(place) == Some(&thread) {
            object.waiters.remove(place);
        } else {
            object.waiters.retain(|waiter| *waiter != thread);
        }
    }

    fn enqueue(&mut self, thread: ThreadId, object: Option<ObjectId>) {
        let Some(id) = object else { return };
        let place = self.place_among_waiters(thread, id);
        if let Some(object) = self.object_mut(id) {
            object.waiters.insert(place, thread);
        }
    }

    /// The waiters stand in the order in which they began to wait for what they want; those who began at the same moment,
    /// as happens in the simulator, in the order in which they came to want it. A thread that was woken and found the lock
    /// taken again keeps its place that way.
    fn place_among_waiters(&self, thread: ThreadId, object: ObjectId) -> usize {
        let key = |thread: ThreadId| (self.thread(thread).map(|view| (view.held_up, view.since)), thread);
        let mine = key(thread);
        self.object(object).map_or(0, |object| object.waiters.partition_point(|waiter| key(*waiter) < mine))
    }

    fn traceback(&mut self, thread: ThreadId, text: &str) {
        if let Some(thread) = self.thread_mut(thread) {
            thread.exception = text.trim_end().lines().last().map(Into::into);
        }
    }

    // ---- operations ----

    fn did(&mut self, event: &Event, action: &Action, outcome: &Outcome, watch: &mut impl Watch) {
        self.count_step(event);
        if *outcome != Outcome::Enqueued && !action.object().is_some_and(|object| self.is_gil(object)) {
            // What it does next it says itself, on a tape of real threads perhaps only when others are further.
            if let Some(thread) = self.thread_mut(event.thread) {
                thread.pending = None;
            }
        }
        match Effect::of(action, outcome) {
            Effect::Takes(object) => self.take(event, object, watch),
            Effect::Gives(object, count) => self.give(event, object, count, watch),
            Effect::Parks(object) => self.park(event, object, watch),
            Effect::Resumes(object) => self.resume(event, object, watch),
            Effect::Nothing => {}
        }
        if let Outcome::Raised(_) | Outcome::Refused | Outcome::TimedOut = outcome {
            return self.failed(event, action, outcome);
        }
        self.remember(event, action, outcome);
        match action {
            Action::Read { object, key } => self.read(event, *object, key.as_ref(), outcome),
            Action::Write { object, key, value } => self.write(event, *object, key.as_ref(), Some(value)),
            Action::Delete { object, key } => self.write(event, *object, key.as_ref(), None),
            Action::Call { object, access, call } => self.call(event, *object, *access, call),
            Action::EventWait { object, .. } if *outcome == Outcome::Done => self.pass(event.thread, *object),
            Action::Query { object, .. } => self.ask_event(event.thread, *object, outcome),
            Action::EventSet { object } => self.set_event(*object, true),
            Action::EventClear { object } => self.set_event(*object, false),
            Action::BarrierAbort { object } => self.set_broken(*object, true),
            Action::BarrierReset { object } => self.set_broken(*object, false),
            Action::Put { object, item, .. } if *outcome != Outcome::Enqueued => self.put(*object, item),
            Action::Get { object, .. } if *outcome != Outcome::Enqueued => self.get(*object, outcome),
            Action::TaskDone { object } => self.task_done(*object),
            Action::Shutdown { object, immediate } => self.shut_down(*object, *immediate),
            _ => {}
        }
    }

    /// The first operation of a step says who makes it.
    fn count_step(&mut self, event: &Event) {
        if event.step <= self.acted {
            return;
        }
        self.acted = event.step;
        if self.last.is_some_and(|last| last != event.thread) {
            self.switches = self.switches.saturating_add(1);
        }
        self.last = Some(event.thread);
        if let Some(thread) = self.thread_mut(event.thread) {
            thread.steps = thread.steps.saturating_add(1);
            thread.last_step = event.step;
        }
    }

    /// What an operation changed although it did not succeed: a wait at a barrier whose time runs out breaks it, and who
    /// was turned away has been there.
    fn failed(&mut self, event: &Event, action: &Action, outcome: &Outcome) {
        if let (Action::BarrierWait { object, .. }, Outcome::TimedOut) = (action, outcome) {
            self.set_broken(*object, true);
        }
        if let Some(object) = action.object()
            && matches!(outcome, Outcome::Refused | Outcome::TimedOut)
            && self.object(object).is_some_and(|object| object.kind.is_primitive() && !object.is_gil())
        {
            self.place_of(event, object, None);
        }
    }

    // ---- locks ----

    fn take(&mut self, event: &Event, object: ObjectId, watch: &mut impl Watch) {
        let id = self.lock_of(object);
        if self.is_semaphore(id) {
            return self.take_permit(event, id, watch);
        }
        let shared = self.is_shared(id);
        let first = match self.object_mut(id).map(|object| &mut object.state) {
            Some(ObjectState::Lock { owner, depth }) => {
                let first = shared || *owner != Some(event.thread) || *depth == 0;
                *depth = if first && !shared { 1 } else { depth.saturating_add(1) };
                *owner = Some(event.thread);
                first
            }
            _ => return,
        };
        self.touch(event, id);
        if first {
            self.hold(event, id, watch);
        }
    }

    /// The thread holds it once more, if that can be told.
    pub(super) fn hold(&mut self, event: &Event, id: ObjectId, watch: &mut impl Watch) -> bool {
        let Some(thread) = self.thread_mut(event.thread).filter(|thread| thread.holds.len() < HOLDS_MAX) else {
            return false;
        };
        thread.holds.push((id, event.line));
        watch.took(event.thread, id);
        true
    }

    /// The thread holds it once less.
    pub(super) fn unhold(&mut self, holder: ThreadId, id: ObjectId, watch: &mut impl Watch) {
        let Some(thread) = self.thread_mut(holder) else { return };
        let Some(place) = thread.holds.iter().rposition(|(held, _)| *held == id) else { return };
        thread.holds.remove(place);
        watch.gave(holder, id);
    }

    fn give(&mut self, event: &Event, object: ObjectId, count: u32, watch: &mut impl Watch) {
        let id = self.lock_of(object);
        if self.is_shared(id) {
            return self.give_shared(event, id, watch);
        }
        if self.is_semaphore(id) {
            return self.give_permits(event, id, count, watch);
        }
        let holder = match self.object_mut(id).map(|object| &mut object.state) {
            Some(ObjectState::Lock { owner, depth }) => {
                *depth = depth.saturating_sub(count);
                if *depth > 0 {
                    return self.touch(event, id);
                }
                owner.take().unwrap_or(event.thread)
            }
            _ => return,
        };
        self.touch(event, id);
        self.unhold(holder, id, watch);
    }

    /// Of those who hold a read-write lock one stands for all.
    fn give_shared(&mut self, event: &Event, id: ObjectId, watch: &mut impl Watch) {
        self.touch(event, id);
        self.unhold(event.thread, id, watch);
        let holds = |thread: &&ThreadView| thread.holds.iter().any(|(held, _)| *held == id);
        let holder = self.threads.iter().find(holds).map(|thread| thread.id);
        if let Some(ObjectState::Lock { owner, depth }) = self.object_mut(id).map(|object| &mut object.state) {
            *depth = depth.saturating_sub(1);
            *owner = holder;
        }
    }

    fn is_shared(&self, id: ObjectId) -> bool {
        self.object(id).is_some_and(|object| object.kind == ObjectKind::RwLock)
    }

    fn park(&mut self, event: &Event, object: ObjectId, watch: &mut impl Watch) {
        let id = self.lock_of(object);
        let Some(ObjectState::Lock { depth, .. }) = self.object(id).map(|object| &object.state) else { return };
        let depth = *depth;
        if let Some(thread) = self.thread_mut(event.thread) {
            thread.parked = Some((id, depth));
        }
        self.give(event, id, u32::MAX, watch);
        self.touch(event, object);
    }

    fn resume(&mut self, event: &Event, object: ObjectId, watch: &mut impl Watch) {
        let id = self.lock_of(object);
        self.take(event, id, watch);
        let Some((parked, before)) = self.thread_mut(event.thread).and_then(|thread| thread.parked.take()) else {
            return;
        };
        if let Some(ObjectState::Lock { depth, .. }) = self.object_mut(id).map(|object| &mut object.state)
            && parked == id
        {
            *depth = before.max(1);
        }
    }

    /// True for the lock of the interpreter itself: its operations are none of the program's.
    fn is_gil(&self, object: ObjectId) -> bool {
        self.object(object).is_some_and(ObjectView::is_gil)
    }

    pub(super) fn touch(&mut self, event: &Event, object: ObjectId) {
        if let Some(object) = self.object_mut(object) {
            object.last = Some((event.thread, event.step));
        }
    }

    // ---- memory ----

    fn read(&mut self, event: &Event, object: ObjectId, key: Option<&Text>, outcome: &Outcome) {
        let (whole, field) = self.access(event, object, key);
        let Outcome::Value(value) = outcome else { return };
        if let Some(field) = field {
            field.value = Some(value.clone());
            field.sight.read(event.thread);
        } else if let (Some(whole), None) = (whole, key) {
            *whole = Some(value.clone());
            if let Some(object) = self.object_mut(object) {
                object.sight.read(event.thread);
            }
        }
        if let Some(place) = self.place_of(event, object, key) {
            place.read(value, event.line);
        }
    }

    fn write(&mut self, event: &Event, object: ObjectId, key: Option<&Text>, value: Option<&Text>) {
        let (whole, field) = self.access(event, object, key);
        let old = match (field, whole, key) {
            (Some(field), _, _) => std::mem::replace(&mut field.value, value.cloned()),
            (None, Some(whole), None) => std::mem::replace(whole, value.cloned()),
            _ => return,
        };
        let copy = self.place_of(event, object, key).and_then(|place| place.stored(old.as_ref(), value));
        let lost = old.filter(|old| value.is_some_and(|new| is_lost(copy.as_ref(), old, new, event.line)));
        let Some(object) = self.object_mut(object) else { return };
        let field = key.and_then(|key| object.fields.get_mut(&*field_name(key)));
        let sight = field.map_or(&mut object.sight, |field| &mut field.sight);
        sight.wrote(event.thread, event.step, lost);
    }

    fn call(&mut self, event: &Event, object: ObjectId, access: Access, call: &Text) {
        self.access(event, object, None);
        if access == Access::Write
            && let Some(view) = self.object_mut(object)
        {
            // The call may have moved every element: what was seen of them before is no longer true.
            let forgotten = std::mem::take(&mut view.fields);
            view.sight.wrote(event.thread, event.step, None);
            flow::turn(&mut view.takes_last, call);
            self.fields -= forgotten.len();
        }
    }

    /// What the thread remembers of a place that it touches now.
    fn place_of(&mut self, event: &Event, object: ObjectId, key: Option<&Text>) -> Option<&mut Remembered> {
        self.thread_mut(event.thread)?.memory.touch(object, key, event.step)
    }

    /// The operation counts for the place where it succeeded.
    fn remember(&mut self, event: &Event, action: &Action, outcome: &Outcome) {
        let Some(object) = action.object() else { return };
        let gives = matches!(Effect::of(action, outcome), Effect::Gives(..) | Effect::Parks(_));
        if *outcome == Outcome::Enqueued
            || gives
            || flow::is_word(action, outcome)
            || self.object(object).is_none_or(ObjectView::is_gil)
        {
            return;
        }
        let key = match action {
            Action::Read { key, .. } | Action::Write { key, .. } | Action::Delete { key, .. } => key.as_ref(),
            _ => None,
        };
        if let Some(place) = self.place_of(event, object, key) {
            place.times = place.times.saturating_add(1);
            match flow::of(action) {
                Some(flow::Flow::In) => place.puts = place.puts.saturating_add(1),
                Some(flow::Flow::Out) => place.gets = place.gets.saturating_add(1),
                None => {}
            }
        }
    }

    /// Notes an access with the locks held at it; gives the value of the object as a whole, when it has one, and the
    /// field with the key, when there is one.
    fn access(
        &mut self,
        event: &Event,
        object: ObjectId,
        key: Option<&Text>,
    ) -> (Option<&mut Option<Text>>, Option<&mut Field>) {
        let counts = self.alive > 1;
        let held = if counts { self.locks_held(event.thread) } else { SmallVec::new() };
        let Some(object) = self.objects.get_mut(object.index()).and_then(Option::as_mut) else { return (None, None) };
        object.last = Some((event.thread, event.step));
        if counts {
            refine(&mut object.guarded_by, &held);
        }
        if let Some(key) = key {
            let field = object.field(key, &mut self.fields);
            return (None, field.map(|field| counted(field, counts, &held)));
        }
        match &mut object.state {
            ObjectState::Data(value) => (Some(value), None),
            _ => (None, None),
        }
    }

    fn locks_held(&self, thread: ThreadId) -> SmallVec<[ObjectId; 4]> {
        let holds = self.thread(thread).map_or(&[][..], |thread| &thread.holds);
        // Everybody holds the GIL at every access: it guards nothing that the program means.
        let is_lock = |id: &ObjectId| self.object(*id).is_some_and(|object| object.kind.is_lock() && !object.is_gil());
        holds.iter().map(|(id, _)| *id).filter(is_lock).collect()
    }

    fn set_value(&mut self, object: ObjectId, new: Option<Text>) {
        if let Some(ObjectState::Data(value)) = self.object_mut(object).map(|object| &mut object.state) {
            *value = new;
        }
    }

    // ---- events, barriers, queues, output ----

    fn set_event(&mut self, object: ObjectId, now: bool) {
        if let Some(ObjectState::Event { set }) = self.object_mut(object).map(|object| &mut object.state) {
            *set = now;
        }
    }

    /// The thread has waited for the event until it was set; perhaps it is no more.
    fn pass(&mut self, thread: ThreadId, object: ObjectId) {
        let Some(object) = self.object_mut(object) else { return };
        if let ObjectState::Event { set } = object.state {
            visits::pass(&mut object.passed, thread, set);
        }
    }

    /// The thread has asked whether the event is set.
    fn ask_event(&mut self, thread: ThreadId, object: ObjectId, outcome: &Outcome) {
        let Some(object) = self.object_mut(object) else { return };
        let Outcome::Value(Text::Str(answer)) = outcome else { return };
        if !matches!(object.state, ObjectState::Event { .. }) {
            return;
        }
        match &***answer {
            "True" if object.passed.iter().all(|one| one.thread != thread) => {
                visits::pass(&mut object.passed, thread, true);
            }
            "False" => visits::hear_not(&mut object.passed, thread),
            _ => {}
        }
    }

    fn set_broken(&mut self, object: ObjectId, now: bool) {
        if let Some(ObjectState::Barrier { broken, .. }) = self.object_mut(object).map(|object| &mut object.state) {
            *broken = now;
        }
    }

    fn put(&mut self, object: ObjectId, item: &Text) {
        let Some(object) = self.object_mut(object) else { return };
        if let ObjectState::Queue { items, unfinished, .. } = &mut object.state {
            queue::put(object.kind, Arc::make_mut(items), item.clone());
            *unfinished = unfinished.saturating_add(1);
        }
    }

    fn get(&mut self, object: ObjectId, outcome: &Outcome) {
        let item = if let Outcome::Value(value) = outcome { Some(value) } else { None };
        if let Some(ObjectState::Queue { items, .. }) = self.object_mut(object).map(|object| &mut object.state) {
            queue::get(Arc::make_mut(items), item);
        }
    }

    fn task_done(&mut self, object: ObjectId) {
        if let Some(ObjectState::Queue { unfinished, .. }) = self.object_mut(object).map(|object| &mut object.state) {
            *unfinished = unfinished.saturating_sub(1);
        }
    }

    fn shut_down(&mut self, object: ObjectId, immediate: bool) {
        let Some(object) = self.object_mut(object) else { return };
        if let ObjectState::Queue { items, unfinished, closed, .. } = &mut object.state {
            *closed = true;
            if immediate {
                *unfinished = unfinished.saturating_sub(u32::try_from(items.len()).unwrap_or(u32::MAX));
                *items = Arc::default();
            }
        }
    }
}

/// True when a store of `new` over `old` loses it: the thread made the new value of an older one, its copy, which it had
/// read on this line or an earlier one. (`detect` finds lost updates by the same signs, and looks more closely.)
fn is_lost(copy: Option<&(Text, u32)>, old: &Text, new: &Text, line: u32) -> bool {
    let Some((copy, read)) = copy else { return false };
    let is_flag = |text: &Text| matches!(text, Text::Str(text) if matches!(&***text, "True" | "False" | "None"));
    copy != old && *read <= line && (copy != new || *read == line) && !(old == new && is_flag(old))
}

/// The field, with one more access taken into its guard.
fn counted<'a>(field: &'a mut Field, counts: bool, held: &[ObjectId]) -> &'a mut Field {
    if counts {
        refine(&mut field.guarded_by, held);
    }
    field
}

/// The object on whose list of waiters a thread in this state stands.
const fn waits_on(state: ThreadState) -> Option<ObjectId> {
    match state {
        ThreadState::Blocked { on } | ThreadState::Waiting { on } => Some(on),
        _ => None,
    }
}
