//! What the GIL guards: the machine, the tables of threads and objects, the output, the generator.

use super::objects::Objects;
use crate::event::{Action, EventKind, ObjectInfo, Outcome, ThreadInfo, ThreadState};
use crate::ids::{Nanos, ObjectId, ThreadId};
use crate::kernel::body::describe;
use crate::kernel::declare::{self, Books};
use crate::kernel::deed::{Came, Deed};
use crate::kernel::render::Renderer;
use crate::kernel::{Options, Output};
use crate::lang::Program;
use crate::sync::Place;
use crate::sync::monitor::Monitor;
use crate::sync::probe;
use crate::vm::lib::mt::Generator;
use crate::vm::{Advance, Draw, Op, PrimitiveSpec, Ref, Reply, Vm, VmLimits};
use std::sync::Arc;

/// Instructions that a thread executes before it looks whether somebody else wants to: well below a millisecond.
const SLICE: u64 = 20_000;

/// See the module.
#[derive(Debug)]
pub(super) struct Inside {
    pub(super) program: Arc<Program>,
    pub(super) options: Arc<Options>,
    pub(super) vm: Vm,
    pub(super) tasks: Vec<Task>,
    pub(super) objects: Objects,
    pub(super) output: Output,
    pub(super) random: Generator,
    /// How many operations were performed: no more than there are steps on the tape.
    pub(super) performed: u64,
    /// What the program's clock showed at last.
    pub(super) read: Nanos,
    /// Threads started and not over; how many of them are not daemons.
    alive: u32,
    essential: u32,
    /// Threads started so far.
    started: u32,
}

/// A thread of the program.
#[derive(Debug)]
pub(super) struct Task {
    info: ThreadInfo,
    pub(super) life: Life,
    /// Its OS thread has had the GIL.
    begun: bool,
    /// Who joins it waits here.
    pub(super) over: Arc<Monitor<bool>>,
    /// The line on which it was started.
    start_line: u32,
}

/// How far a thread has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Life {
    New,
    Alive,
    Over,
}

impl Task {
    fn new(info: ThreadInfo) -> Task {
        Task { info, life: Life::New, begun: false, over: Arc::new(Monitor::new(false)), start_line: 0 }
    }
}

impl Inside {
    pub(super) fn new(program: Arc<Program>, options: Arc<Options>) -> Inside {
        let limits = VmLimits { memory_bytes: options.memory_limit, ..VmLimits::default() };
        let main = Task::new(ThreadInfo { name: "MainThread".into(), daemon: false, parent: None });
        Inside {
            vm: Vm::new(&program, limits),
            random: Generator::seeded(options.seed.cast_signed()),
            tasks: vec![Task { life: Life::Alive, ..main }],
            objects: Objects::default(),
            performed: 0,
            read: Nanos(0),
            output: Output::default(),
            alive: 1,
            essential: 1,
            started: 1,
            program,
            options,
        }
    }

    pub(super) fn renderer(&self) -> Renderer<'_, Objects> {
        Renderer { program: &self.program, vm: &self.vm, locks: &self.objects, output: &self.output }
    }

    // ---- the machine ----

    pub(super) fn advance(&mut self, thread: ThreadId) -> Advance {
        self.vm.advance(&self.program, thread, SLICE)
    }

    /// The operation that the thread stands before was performed, with this answer.
    pub(super) fn commit(&mut self, thread: ThreadId, reply: Reply) -> Advance {
        self.performed += 1;
        self.vm.commit(&self.program, thread, reply, SLICE)
    }

    pub(super) fn write(&mut self, text: &str) {
        self.output.push(text, self.options.output_limit);
    }

    // ---- what is told ----

    /// From now on the calling thread tells what it does from where it stands.
    pub(super) fn stand(&self, thread: ThreadId) {
        probe::stand(Place::Line(self.vm.line(&self.program, thread)));
    }

    /// The main thread, the shared variables, and the GIL, if it is to be seen.
    pub(super) fn declare_main(&mut self) {
        let program = Arc::clone(&self.program);
        declare::declare_main(self, &program);
        probe::tell(|_| EventKind::State(ThreadState::Ready));
    }

    pub(super) fn tell_pending(&self, op: &Op) {
        probe::tell(|_| EventKind::Pending(self.renderer().pending(op, false)));
    }

    /// What a container holds after it was changed.
    pub(super) fn tell_contents(&self, target: Ref) {
        probe::tell(|_| self.renderer().contents(target));
    }

    // ---- the life of threads ----

    /// Whether there is room for one more thread.
    pub(super) fn may_start(&self, alive_max: u32) -> bool {
        self.alive < self.options.max_threads.min(alive_max) && self.started < self.options.max_started
    }

    /// The thread runs from now on; this one has started it.
    pub(super) fn start(&mut self, thread: ThreadId, by: ThreadId) {
        let line = self.vm.line(&self.program, by);
        let Some(task) = self.tasks.get_mut(thread.index()) else { return };
        task.life = Life::Alive;
        task.start_line = line;
        self.alive += 1;
        self.started += 1;
        self.essential += u32::from(!task.info.daemon);
        self.vm.begin(thread);
        probe::with(|recorder| recorder.tell_of(thread, EventKind::State(ThreadState::Ready)));
    }

    /// It has the GIL for the first time.
    pub(super) fn begin(&mut self, thread: ThreadId) {
        if let Some(task) = self.tasks.get_mut(thread.index()) {
            task.begun = true;
        }
    }

    pub(super) fn has_begun(&self, thread: ThreadId) -> bool {
        self.tasks.get(thread.index()).is_some_and(|task| task.begun)
    }

    /// Only daemons are left.
    pub(super) fn is_done(&self) -> bool {
        self.essential == 0
    }

    /// The calling thread is over; whoever joins it goes on.
    pub(super) fn finish(&mut self, thread: ThreadId, state: ThreadState) {
        let Some(task) = self.tasks.get_mut(thread.index()) else { return };
        task.life = Life::Over;
        self.alive -= 1;
        self.essential -= u32::from(!task.info.daemon);
        task.over.change(|over, queue| {
            *over = true;
            // First they, then this: at no moment does nobody seem able to go on.
            queue.take(0, usize::MAX).wake();
            probe::tell(|_| EventKind::State(state));
        });
    }

    pub(super) fn life(&self, thread: ThreadId) -> Option<Life> {
        self.tasks.get(thread.index()).map(|task| task.life)
    }

    /// Where it was started, for a thread that dies before its first line.
    pub(super) fn start_line(&self, thread: ThreadId) -> u32 {
        self.tasks.get(thread.index()).map_or(0, |task| task.start_line)
    }

    /// The threads that are alive, in order.
    pub(super) fn living(&self) -> Vec<ThreadId> {
        let numbered = self.tasks.iter().zip(0u32..);
        numbered.filter(|(task, _)| task.life == Life::Alive).map(|(_, number)| ThreadId(number)).collect()
    }

    pub(super) fn alive(&self) -> u32 {
        self.alive
    }

    // ---- chance ----

    pub(super) fn draw(&mut self, draw: &Draw) -> Deed {
        let reply = self.random.draw(draw, self.options.seed.cast_signed());
        Deed { reply: Some(reply), came: Came::Reply }
    }
}

/// The calling thread has done this.
pub(super) fn tell_did(action: Action, outcome: Outcome) {
    probe::tell(|_| EventKind::Did { action, outcome });
}

impl Books for Inside {
    type Locks = Objects;

    fn vm(&mut self) -> &mut Vm {
        &mut self.vm
    }

    fn renderer(&self) -> Renderer<'_, Objects> {
        Inside::renderer(self)
    }

    fn add_thread(&mut self, thread: ThreadId, info: ThreadInfo) {
        debug_assert_eq!(thread.index(), self.tasks.len());
        self.tasks.push(Task::new(info));
    }

    fn thread_info(&self, thread: ThreadId) -> ThreadInfo {
        self.tasks[thread.index()].info.clone()
    }

    fn set_daemon(&mut self, thread: ThreadId, daemon: bool) -> bool {
        let task = self.tasks.get_mut(thread.index()).filter(|task| task.life == Life::New);
        task.is_some_and(|task| std::mem::replace(&mut task.info.daemon, daemon) != daemon)
    }

    fn rename(&mut self, thread: ThreadId, name: &Arc<str>) {
        if let Some(task) = self.tasks.get_mut(thread.index()) {
            task.info.name = Arc::clone(name);
        }
    }

    fn add_primitive(&mut self, id: ObjectId, spec: PrimitiveSpec, line: u32) -> ObjectInfo {
        let (info, _) = describe(id, spec, line);
        self.objects.add(id, spec);
        info
    }

    fn name_primitive(&mut self, _: ObjectId, _: &Arc<str>) {
        // Names are for those who read the events.
    }

    fn tell(&mut self, thread: ThreadId, kind: impl FnOnce(&Self) -> EventKind) {
        let line = self.vm.line(&self.program, thread);
        self.tell_at(thread, line, kind);
    }

    fn tell_at(&mut self, thread: ThreadId, line: u32, kind: impl FnOnce(&Self) -> EventKind) {
        let kind = kind(self);
        probe::with(|recorder| recorder.tell_at(thread, Place::Line(line), kind));
    }
}
