//! The threads of the machine and the `Thread` objects that stand for them.

use crate::ids::{ObjectId, ThreadId};
use crate::lang::Program;
use crate::vm::Vm;
use crate::vm::frame::Then;
use crate::vm::machine::Machine;
use crate::vm::object::Obj;
use crate::vm::op::Advance;
use crate::vm::thread::{Pending, Thread};
use crate::vm::value::{Ref, Value};
use std::sync::Arc;

impl Vm {
    /// The kernel performed `Start`: the thread may run. [`Vm::advance`] comes next.
    pub fn begin(&mut self, thread: ThreadId) {
        self.share_globals();
        let Some(state) = self.threads.get_mut(thread.index()).and_then(Option::as_mut) else { return };
        let state = Arc::make_mut(state);
        state.pending = Pending::Begin;
        let object = state.object;
        self.share(object);
    }

    /// The `Thread` object of a thread.
    pub(in crate::vm) fn thread_object(&self, thread: ThreadId) -> Value {
        match self.thread(thread) {
            Some(thread) => thread.object,
            // The thread that runs is taken out.
            None => self.running_object,
        }
    }

    /// A thread's name: its object's, and `MainThread` for the main thread without one.
    #[must_use]
    pub fn thread_name(&self, program: &Program, thread: ThreadId) -> Arc<str> {
        let _ = program;
        let name = match self.thread_object(thread) {
            Value::Ref(at) => match self.heap.get(at) {
                Obj::Instance(instance) => instance.attrs.get(self.tables.names.thread_name),
                _ => None,
            },
            _ => None,
        };
        name.and_then(|name| self.heap.str(name).cloned()).unwrap_or_else(|| "MainThread".into())
    }

    /// A new thread with this object.
    pub(in crate::vm) fn add_thread(&mut self, object: Value) -> ThreadId {
        let id = ThreadId(u32::try_from(self.threads.len()).unwrap_or(u32::MAX));
        self.keep(crate::vm::THREAD_BYTES);
        self.threads.push(Some(Arc::new(Thread { object, ..Thread::default() })));
        id
    }

    pub(in crate::vm) fn set_thread_object(&mut self, thread: ThreadId, object: Value) {
        match self.threads.get_mut(thread.index()) {
            Some(Some(state)) => Arc::make_mut(state).object = object,
            // The thread that runs is taken out.
            _ => self.running_object = object,
        }
    }

    /// The heap object of a primitive.
    pub(in crate::vm) fn primitive(&self, id: ObjectId) -> Option<Ref> {
        let place = self.primitives.binary_search_by_key(&id, |(id, _)| *id).ok()?;
        Some(self.primitives[place].1)
    }

    /// Forgets the primitives that are about to be freed.
    pub(in crate::vm) fn forget_primitives(&mut self, marks: &[u64]) {
        let marked = |at: Ref| marks[at.0 as usize / 64] & (1 << (at.0 % 64)) != 0;
        if self.primitives.iter().any(|(_, at)| !marked(*at)) {
            Arc::make_mut(&mut self.primitives).retain(|(_, at)| marked(*at));
        }
    }
}

impl Machine<'_> {
    /// Pushes the first frame of a thread: its `run`.
    pub(in crate::vm) fn begin(&mut self) -> Advance {
        self.t.pending = Pending::Nothing;
        let (object, run) = (self.t.object, self.vm.tables.names.run);
        if let Some(function) = self.vm.special(object, run) {
            self.push(object);
            if let Err(raise) = self.call(function, 0, 0, None, Then::End)
                && let Err(advance) = self.unwind(raise)
            {
                return *advance;
            }
        }
        self.run()
    }
}
