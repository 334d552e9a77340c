//! New things as events: what the machine noted down while it ran.

use super::render::VALUE_CHARS;
use super::task::Task;
use super::world::World;
use crate::event::{EventKind, ObjectInfo, ObjectKind, ObjectState, Sink, ThreadInfo};
use crate::ids::{ObjectId, ThreadId};
use crate::vm::object::Obj;
use crate::vm::{Note, PrimitiveSpec, Ref, Value};
use std::sync::Arc;

impl World {
    /// The main thread and the shared variables of the user's module: they exist from the start.
    pub(super) fn declare_main<S: Sink>(&mut self, sink: &mut S) {
        self.emit_at(sink, ThreadId::MAIN, 0, |_| {
            EventKind::Thread(Arc::new(ThreadInfo { name: "MainThread".into(), daemon: false, parent: None }))
        });
        let variables = Arc::clone(&self.variables);
        for (slot, id) in variables.iter() {
            self.emit_at(sink, ThreadId::MAIN, 0, |world| {
                let global = &world.program.globals[slot];
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
        for note in std::mem::take(self.vm.notes()) {
            match note {
                Note::Thread { thread: new, name, daemon } => self.declare_thread(thread, new, name, daemon, sink),
                Note::Renamed { thread: renamed, name } => {
                    if let Some(task) = self.system.tasks.get_mut(renamed.index()) {
                        task.name = Arc::clone(&name);
                    }
                    self.emit(sink, renamed, |_| EventKind::Renamed { name });
                }
                Note::Daemon { thread, daemon } => self.system.set_daemon(thread, daemon),
                Note::Primitive { id, spec, line } => self.declare_primitive(thread, id, spec, line, sink),
                Note::Shared { id, target, line } => self.declare_shared(thread, id, target, line, sink),
                Note::Named { id, name } => {
                    if let Some(entry) = self.system.table.get_mut(id) {
                        entry.name = Arc::clone(&name);
                    }
                    self.emit(sink, thread, |_| EventKind::Named { object: id, name });
                }
            }
        }
    }

    fn declare_thread<S: Sink>(
        &mut self,
        parent: ThreadId,
        thread: ThreadId,
        name: Arc<str>,
        daemon: bool,
        sink: &mut S,
    ) {
        debug_assert_eq!(thread.index(), self.system.tasks.len());
        self.system.tasks.push(Task::new(Arc::clone(&name), daemon));
        self.emit_at(sink, thread, 0, |_| {
            EventKind::Thread(Arc::new(ThreadInfo { name, daemon, parent: Some(parent) }))
        });
    }

    fn declare_primitive<S: Sink>(
        &mut self,
        thread: ThreadId,
        id: ObjectId,
        spec: PrimitiveSpec,
        line: u32,
        sink: &mut S,
    ) {
        let info = self.system.table.add(id, spec, line);
        self.emit(sink, thread, |_| EventKind::Object(Arc::new(info)));
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
            Obj::Cell(_) => (ObjectKind::Variable, ObjectState::Data(None)),
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
