//! New things as events: what the machine noted down while it ran.

use super::render::{Locks, Renderer, VALUE_CHARS};
use crate::event::{EventKind, ObjectInfo, ObjectKind, ObjectState, Text, ThreadInfo};
use crate::ids::{ObjectId, ThreadId};
use crate::lang::{Program, Sym};
use crate::vm::object::{Attrs, Obj};
use crate::vm::{Note, PrimitiveSpec, Ref, Value, Vm};
use std::ops::Range;
use std::sync::Arc;

/// What every world writes down of the things that exist, and whom it tells.
pub(crate) trait Books: Sized {
    type Locks: Locks;

    fn vm(&mut self) -> &mut Vm;
    fn renderer(&self) -> Renderer<'_, Self::Locks>;

    /// The machine made a thread. Its number is the next one.
    fn add_thread(&mut self, thread: ThreadId, info: ThreadInfo);
    fn thread_info(&self, thread: ThreadId) -> ThreadInfo;
    /// Says whether a thread that has not been started is a daemon; true when that is new.
    fn set_daemon(&mut self, thread: ThreadId, daemon: bool) -> bool;
    fn rename(&mut self, thread: ThreadId, name: &Arc<str>);
    /// Makes a primitive; its description for the event.
    fn add_primitive(&mut self, id: ObjectId, spec: PrimitiveSpec, line: u32) -> ObjectInfo;
    fn name_primitive(&mut self, id: ObjectId, name: &Arc<str>);

    /// Tells a fact about a thread that stands on its current line; it is built only if somebody listens.
    fn tell(&mut self, thread: ThreadId, kind: impl FnOnce(&Self) -> EventKind);
    /// The same of a thread that need not stand on a line.
    fn tell_at(&mut self, thread: ThreadId, line: u32, kind: impl FnOnce(&Self) -> EventKind);
}

/// The main thread and the shared variables of the user's module: they exist from the start.
pub(crate) fn declare_main(books: &mut impl Books, program: &Program) {
    declare_thread(books, ThreadId::MAIN);
    let variables: Vec<_> = books.vm().shared_globals().collect();
    for (slot, id) in variables {
        books.tell_at(ThreadId::MAIN, 0, |_| {
            let global = &program.globals[slot.index()];
            EventKind::Object(Arc::new(ObjectInfo {
                id,
                kind: ObjectKind::Variable,
                name: program.symbols.shared(global.name),
                line: global.line,
                state: ObjectState::Data(None),
            }))
        });
    }
}

/// What the thread created or named on its way.
pub(crate) fn declare(books: &mut impl Books, thread: ThreadId) {
    if books.vm().notes().is_empty() {
        return;
    }
    let notes = std::mem::take(books.vm().notes());
    declare_notes(books, thread, &notes, 0..notes.len());
}

/// How many characters of a name are told: every sentence about a thread has it.
const NAME_CHARS: usize = 200;

/// Those at these places of what the thread noted down on its way.
pub(crate) fn declare_notes(books: &mut impl Books, thread: ThreadId, notes: &[Note], places: Range<usize>) {
    for place in places {
        declare_note(books, thread, &notes[place], &notes[place + 1..]);
    }
}

/// A name at a length that somebody would read. (The program itself has the whole one.)
fn readable(name: &Arc<str>) -> Arc<str> {
    match name.char_indices().nth(NAME_CHARS) {
        Some((end, _)) => format!("{}…", &name[..end]).into(),
        None => Arc::clone(name),
    }
}

/// One of them; `later` are those after it.
fn declare_note(books: &mut impl Books, thread: ThreadId, note: &Note, later: &[Note]) {
    match note {
        Note::Thread { thread: new, name, daemon } => {
            // `t = Thread(…)` and `t.daemon = True` belong together.
            let daemon = later.iter().fold(*daemon, |daemon, note| match note {
                Note::Daemon { thread, daemon } if thread == new => *daemon,
                _ => daemon,
            });
            books.add_thread(*new, ThreadInfo { name: readable(name), daemon, parent: Some(thread) });
            declare_thread(books, *new);
        }
        Note::Daemon { thread: changed, daemon } => {
            if books.set_daemon(*changed, *daemon) {
                declare_thread(books, *changed);
            }
        }
        Note::Renamed { thread: renamed, name } => {
            let name = readable(name);
            books.rename(*renamed, &name);
            books.tell(*renamed, |_| EventKind::Renamed { name });
        }
        Note::Primitive { id, spec, line } => {
            let info = books.add_primitive(*id, *spec, *line);
            books.tell(thread, |_| EventKind::Object(Arc::new(info)));
        }
        Note::Shared { id, target, line } => books.tell(thread, |books| {
            let (kind, state) = shared_state(&books.renderer(), *target);
            let name = format!("{} at line {line}", kind_name(kind)).into();
            EventKind::Object(Arc::new(ObjectInfo { id: *id, kind, name, line: *line, state }))
        }),
        Note::Named { id, name } => {
            let name = readable(name);
            books.name_primitive(*id, &name);
            books.tell(thread, |_| EventKind::Named { object: *id, name });
        }
    }
}

/// A thread as it is now; again when it became a daemon before it was started.
fn declare_thread(books: &mut impl Books, thread: ThreadId) {
    books.tell_at(thread, 0, |books| EventKind::Thread(Arc::new(books.thread_info(thread))));
}

/// What a heap object is when it becomes visible to a second thread.
fn shared_state<L: Locks>(renderer: &Renderer<'_, L>, target: Ref) -> (ObjectKind, ObjectState) {
    let vm = renderer.vm;
    let value = || ObjectState::Data(Some(vm.repr(renderer.program, Value::Ref(target), VALUE_CHARS).into()));
    match vm.heap.get(target) {
        Obj::List(_) => (ObjectKind::List, value()),
        Obj::Dict(_) => (ObjectKind::Dict, value()),
        Obj::Set(_) => (ObjectKind::Set, value()),
        Obj::Deque(_) => (ObjectKind::Deque, value()),
        Obj::Class(_) => (ObjectKind::Class, ObjectState::Fields(Arc::default())),
        Obj::Instance(instance) => {
            (ObjectKind::Instance, ObjectState::Fields(plain_attributes(renderer, &instance.attrs)))
        }
        Obj::Cell(value) => {
            let value = (*value != Value::Null).then(|| renderer.value(*value));
            (ObjectKind::Variable, ObjectState::Data(value))
        }
        _ => (ObjectKind::Instance, ObjectState::Fields(Arc::default())),
    }
}

/// Of no instance are more attributes told when it is declared.
const ATTRIBUTES_MAX: usize = 8;

/// The attributes that hold plain values: what else there is, locks and lists for example, are objects of their own.
fn plain_attributes<L: Locks>(renderer: &Renderer<'_, L>, attrs: &Attrs) -> Arc<[(Text, Text)]> {
    let vm = renderer.vm;
    let is_plain = |value: Value| match value {
        Value::None | Value::Bool(_) | Value::Int(_) | Value::Float(_) => true,
        Value::Ref(at) => matches!(vm.heap.get(at), Obj::Str(_)),
        _ => false,
    };
    let plain = attrs.entries().iter().filter(|(_, value)| is_plain(*value)).take(ATTRIBUTES_MAX);
    let told = |(name, value): &(Sym, Value)| {
        (Text::new(format!(".{}", vm.name(renderer.program, *name))), renderer.value(*value))
    };
    plain.map(told).collect()
}

const fn kind_name(kind: ObjectKind) -> &'static str {
    match kind {
        ObjectKind::Variable => "variable",
        ObjectKind::Class => "class",
        ObjectKind::List => "list",
        ObjectKind::Dict => "dict",
        ObjectKind::Set => "set",
        ObjectKind::Deque => "deque",
        _ => "object",
    }
}
