//! The books of the world, and whom it tells what it writes into them.

use super::table::Table;
use super::task::Task;
use super::world::World;
use crate::event::{EventKind, ObjectInfo, Sink, ThreadInfo};
use crate::ids::{ObjectId, ThreadId};
use crate::kernel::declare::Books;
use crate::kernel::render::Renderer;
use crate::vm::{PrimitiveSpec, Vm};
use std::sync::Arc;

/// A world and its listener.
pub(super) struct Telling<'a, S> {
    pub(super) world: &'a mut World,
    pub(super) sink: &'a mut S,
}

impl<S: Sink> Books for Telling<'_, S> {
    type Locks = Table;

    fn vm(&mut self) -> &mut Vm {
        &mut self.world.vm
    }

    fn renderer(&self) -> Renderer<'_, Table> {
        self.world.renderer()
    }

    fn add_thread(&mut self, thread: ThreadId, info: ThreadInfo) {
        debug_assert_eq!(thread.index(), self.world.system.tasks.len());
        self.world.system.tasks.push(Task::new(info.name, info.daemon, info.parent));
    }

    fn thread_info(&self, thread: ThreadId) -> ThreadInfo {
        let task = &self.world.system.tasks[thread.index()];
        ThreadInfo { name: Arc::clone(&task.name), daemon: task.daemon, parent: task.parent }
    }

    fn set_daemon(&mut self, thread: ThreadId, daemon: bool) -> bool {
        self.world.system.set_daemon(thread, daemon)
    }

    fn rename(&mut self, thread: ThreadId, name: &Arc<str>) {
        if let Some(task) = self.world.system.tasks.get_mut(thread.index()) {
            task.name = Arc::clone(name);
        }
    }

    fn add_primitive(&mut self, id: ObjectId, spec: PrimitiveSpec, line: u32) -> ObjectInfo {
        self.world.system.table.add(id, spec, line)
    }

    fn name_primitive(&mut self, id: ObjectId, name: &Arc<str>) {
        if let Some(entry) = self.world.system.table.get_mut(id) {
            entry.name = Arc::clone(name);
        }
    }

    fn tell(&mut self, thread: ThreadId, kind: impl FnOnce(&Self) -> EventKind) {
        let line = if S::ENABLED { self.world.vm.line(&self.world.program, thread) } else { 0 };
        self.tell_at(thread, line, kind);
    }

    fn tell_at(&mut self, thread: ThreadId, line: u32, kind: impl FnOnce(&Self) -> EventKind) {
        let kind = S::ENABLED.then(|| kind(self));
        self.world.push(self.sink, thread, line, kind);
    }
}
