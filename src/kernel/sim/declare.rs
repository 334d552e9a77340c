//! New things as events: what the machine noted down while it ran.

use super::render::VALUE_CHARS;
use super::task::Task;
use super::world::World;
use crate::event::{EventKind, ObjectInfo, ObjectKind, ObjectState, Sink, ThreadInfo};
use crate::ids::{ObjectId, ThreadId};
use crate::vm::object::Obj;
use crate::vm::{Note, Ref, Value};
use std::sync::Arc;

impl World {
    /// The main thread and the shared variables of the user's module: they exist from the start.
    pub(super) fn declare_main<S: Sink>(&mut self, sink: &mut S) {
        self.declare_thread(ThreadId::MAIN, sink);
        let variables: Vec<_> = self.vm.shared_globals().collect();
        for (slot, id) in variables {
            self.emit_at(sink, ThreadId::MAIN, 0, |world| {
                let global = &world.program.globals[slot.index()];
                EventKind::Object(Arc::new(ObjectInfo {
                    id,
                    kind: ObjectKind::Variable,
                    name: world.program.symbols.shared(global.name),
                    line: global.line,
                    state: ObjectState::Data(None),
                }))
            });
        }
    }

    /// What the thread created or named on its way.
    pub(super) fn declare<S: Sink>(&mut self, thread: ThreadId, sink: &mut S) {
        if self.vm.notes().is_empty() {
            return;
        }
        let notes = std::mem::take(self.vm.notes());
        for (place, note) in notes.iter().enumerate() {
            self.declare_note(thread, note, &notes[place + 1..], sink);
        }
    }

    /// One of them; `later` are those after it.
    fn declare_note<S: Sink>(&mut self, thread: ThreadId, note: &Note, later: &[Note], sink: &mut S) {
        match note {
            Note::Thread { thread: new, name, daemon } => {
                debug_assert_eq!(new.index(), self.system.tasks.len());
                // `t = Thread(…)` and `t.daemon = True` belong together.
                let daemon = later.iter().fold(*daemon, |daemon, note| match note {
                    Note::Daemon { thread, daemon } if thread == new => *daemon,
                    _ => daemon,
                });
                self.system.tasks.push(Task::new(Arc::clone(name), daemon, Some(thread)));
                self.declare_thread(*new, sink);
            }
            Note::Daemon { thread: changed, daemon } => {
                if self.system.set_daemon(*changed, *daemon) {
                    self.declare_thread(*changed, sink);
                }
            }
            Note::Renamed { thread: renamed, name } => {
                if let Some(task) = self.system.tasks.get_mut(renamed.index()) {
                    task.name = Arc::clone(name);
                }
                self.emit(sink, *renamed, |_| EventKind::Renamed { name: Arc::clone(name) });
            }
            Note::Primitive { id, spec, line } => {
                let info = self.system.table.add(*id, *spec, *line);
                self.emit(sink, thread, |_| EventKind::Object(Arc::new(info)));
            }
            Note::Shared { id, target, line } => self.declare_shared(thread, *id, *target, *line, sink),
            Note::Named { id, name } => {
                if let Some(entry) = self.system.table.get_mut(*id) {
                    entry.name = Arc::clone(name);
                }
                self.emit(sink, thread, |_| EventKind::Named { object: *id, name: Arc::clone(name) });
            }
        }
    }

    /// A thread as it is now; again when it became a daemon before it was started.
    fn declare_thread<S: Sink>(&mut self, thread: ThreadId, sink: &mut S) {
        self.emit_at(sink, thread, 0, |world| {
            let task = &world.system.tasks[thread.index()];
            let info = ThreadInfo { name: Arc::clone(&task.name), daemon: task.daemon, parent: task.parent };
            EventKind::Thread(Arc::new(info))
        });
    }

    fn declare_shared<S: Sink>(&mut self, thread: ThreadId, id: ObjectId, target: Ref, line: u32, sink: &mut S) {
        self.emit(sink, thread, |world| {
            let (kind, state) = world.shared_state(target);
            let name = format!("{} at line {line}", kind_name(kind)).into();
            EventKind::Object(Arc::new(ObjectInfo { id, kind, name, line, state }))
        });
    }

    /// What a heap object is when it becomes visible to a second thread.
    fn shared_state(&self, target: Ref) -> (ObjectKind, ObjectState) {
        let value = || ObjectState::Data(Some(self.vm.repr(&self.program, Value::Ref(target), VALUE_CHARS).into()));
        match self.vm.heap.get(target) {
            Obj::List(_) => (ObjectKind::List, value()),
            Obj::Dict(_) => (ObjectKind::Dict, value()),
            Obj::Set(_) => (ObjectKind::Set, value()),
            Obj::Deque(_) => (ObjectKind::Deque, value()),
            Obj::Class(_) => (ObjectKind::Class, ObjectState::Fields),
            Obj::Cell(value) => {
                let value = (*value != Value::Null).then(|| self.renderer().value(*value));
                (ObjectKind::Variable, ObjectState::Data(value))
            }
            _ => (ObjectKind::Instance, ObjectState::Fields),
        }
    }
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
