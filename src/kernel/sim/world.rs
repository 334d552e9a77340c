//! The world, and what can be asked of it.

use super::misfit::{Misfit, Reason};
use super::system::System;
use super::table::Table;
use super::task::Task;
use super::turn::Turn;
use crate::event::{Candidate, Choice, End, Event, EventKind, Limit, Sink, ThreadState};
use crate::ids::{Nanos, Seq, Step, ThreadId};
use crate::kernel::render::Renderer;
use crate::kernel::{Options, Output, ThreadFacts};
use crate::lang::Program;
use crate::vm::lib::mt::Generator;
use crate::vm::{Vm, VmLimits};
use std::collections::VecDeque;
use std::sync::Arc;

/// The whole world of one run. Nothing outside of it remembers anything.
#[derive(Clone, Debug)]
pub struct World {
    pub(super) program: Arc<Program>,
    pub(super) vm: Vm,
    pub(super) system: System,
    pub(super) output: Output,
    pub(super) random: Arc<Generator>,
    /// The generator when [`World::rebase`] was called.
    pub(super) random_base: Arc<Generator>,
    /// Lines of input that were given and not read yet; `None` is the end of the input and stays.
    pub(super) inputs: VecDeque<Option<Arc<str>>>,
    /// The step made last, and by whom.
    pub(super) step: Step,
    pub(super) last: Option<ThreadId>,
    pub(super) switches: u32,
    /// Of the next event. It counts the events of a run even when nobody listens.
    pub(super) seq: Seq,
    pub(super) phase: Phase,
}

/// Where the world stands between two calls.
#[derive(Clone, Debug)]
pub(super) enum Phase {
    /// Between two steps.
    Idle,
    /// In the middle of a step.
    Turn(Turn),
    Ended(End),
}

/// What a world wants next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// A choice: [`World::apply`].
    Running,
    /// A line of input for this thread: [`World::give_input`].
    AwaitingInput { thread: ThreadId, prompt: Arc<str> },
    /// The step is long and not finished: [`World::resume`]. Whoever drives the world gets a chance to look around.
    Busy,
    /// Nothing: it is over.
    Ended(End),
}

impl World {
    /// The world of a program at step 0: the main thread stands before its first visible operation. (When that takes
    /// long, the status is [`Status::Busy`].)
    #[must_use]
    pub fn new<S: Sink>(program: Arc<Program>, options: Options, sink: &mut S) -> World {
        let limits = VmLimits { memory_bytes: options.memory_limit, ..VmLimits::default() };
        let random = Arc::new(Generator::seeded(options.seed.cast_signed()));
        let mut world = World {
            vm: Vm::new(&program, limits),
            random_base: Arc::clone(&random),
            random,
            system: System::new(Arc::new(options)),
            program,
            output: Output::default(),
            inputs: VecDeque::new(),
            step: Step(0),
            last: None,
            switches: 0,
            seq: Seq(0),
            phase: Phase::Idle,
        };
        world.declare_main(sink);
        world.begin(sink);
        world
    }

    /// Every step that is possible now, sorted by thread, then by alternative. Empty unless the status is
    /// [`Status::Running`].
    pub fn candidates(&self, out: &mut Vec<Candidate>) {
        match self.phase {
            Phase::Idle => self.system.candidates(out),
            Phase::Turn(_) | Phase::Ended(_) => out.clear(),
        }
    }

    /// Whether this choice can be made now. Some can that are not offered: a time-out, or the end of a sleep, before its
    /// virtual time (the clock jumps there), one value of a random draw, a waiter to wake.
    pub fn fits(&self, choice: Choice) -> Result<(), Misfit> {
        let reason = match &self.phase {
            Phase::Idle => match self.system.fit(choice) {
                Ok(()) => return Ok(()),
                Err(reason) => reason,
            },
            Phase::Turn(_) => Reason::Unfinished,
            Phase::Ended(_) => Reason::Ended,
        };
        Err(Misfit { choice, reason })
    }

    /// What the world wants next.
    #[must_use]
    pub fn status(&self) -> Status {
        match &self.phase {
            Phase::Idle => Status::Running,
            Phase::Ended(end) => Status::Ended(end.clone()),
            Phase::Turn(turn) => turn.awaits_input(self).unwrap_or(Status::Busy),
        }
    }

    /// True when the next call is [`World::apply`].
    #[must_use]
    pub const fn is_running(&self) -> bool {
        matches!(self.phase, Phase::Idle)
    }

    /// Ends the run because a limit outside the world was reached.
    pub fn cut_off<S: Sink>(&mut self, limit: Limit, sink: &mut S) {
        if !matches!(self.phase, Phase::Ended(_)) {
            self.end(End::Limit(limit), sink);
        }
    }

    // ---- questions ----

    #[must_use]
    pub fn program(&self) -> &Arc<Program> {
        &self.program
    }

    #[must_use]
    pub fn options(&self) -> &Options {
        &self.system.options
    }

    /// What the program has written so far.
    #[must_use]
    pub fn output(&self) -> &Output {
        &self.output
    }

    /// About how many bytes the program's data takes: what a clone may come to cost once both have changed everything.
    #[must_use]
    pub fn memory_bytes(&self) -> u64 {
        self.vm.heap.bytes()
    }

    /// About how many bytes a clone takes that has made a step since; the rest is shared.
    #[must_use]
    pub fn clone_bytes(&self) -> u64 {
        let tasks = self.system.tasks.len() * (size_of::<Task>() + 64);
        (size_of::<World>() + tasks) as u64 + self.vm.heap.clone_bytes() + 2048
    }

    /// The virtual clock.
    #[must_use]
    pub fn now(&self) -> Nanos {
        self.system.clock.now()
    }

    /// How many steps were made.
    #[must_use]
    pub fn steps(&self) -> u64 {
        u64::from(self.step.0)
    }

    /// The step made last.
    #[must_use]
    pub fn step(&self) -> Step {
        self.step
    }

    /// Who made it.
    #[must_use]
    pub fn last(&self) -> Option<ThreadId> {
        self.last
    }

    /// How many steps were made by another thread than the step before.
    #[must_use]
    pub fn switches(&self) -> u32 {
        self.switches
    }

    /// The number of the next event.
    #[must_use]
    pub fn seq(&self) -> Seq {
        self.seq
    }

    /// All threads in order.
    pub fn threads(&self) -> impl Iterator<Item = ThreadFacts> {
        self.system.tasks.iter().zip(0u32..).map(|(task, number)| ThreadFacts {
            id: ThreadId(number),
            name: Arc::clone(&task.name),
            daemon: task.daemon,
            state: task.state,
            line: self.vm.line(&self.program, ThreadId(number)),
        })
    }

    /// The module's variables that are data, each as its `repr`.
    #[must_use]
    pub fn globals(&self) -> Vec<(Arc<str>, String)> {
        self.vm.globals(&self.program)
    }

    /// The state of a thread; `None` when there is no such thread yet.
    #[must_use]
    pub fn thread_state(&self, thread: ThreadId) -> Option<ThreadState> {
        self.system.task(thread).map(|task| task.state)
    }

    // ---- for the other files ----

    pub(super) fn renderer(&self) -> Renderer<'_, Table> {
        Renderer { program: &self.program, vm: &self.vm, locks: &self.system.table, output: &self.output }
    }

    /// Tells the sink a fact about a thread that stands on its current line.
    pub(super) fn emit<S: Sink>(&mut self, sink: &mut S, thread: ThreadId, kind: impl FnOnce(&World) -> EventKind) {
        let line = if S::ENABLED { self.vm.line(&self.program, thread) } else { 0 };
        self.emit_at(sink, thread, line, kind);
    }

    /// Tells the sink a fact; it is built only if somebody listens.
    pub(super) fn emit_at<S: Sink>(
        &mut self,
        sink: &mut S,
        thread: ThreadId,
        line: u32,
        kind: impl FnOnce(&World) -> EventKind,
    ) {
        let kind = S::ENABLED.then(|| kind(self));
        self.push(sink, thread, line, kind);
    }

    /// The next event. It counts even when nobody listens and it was not built.
    pub(super) fn push<S: Sink>(&mut self, sink: &mut S, thread: ThreadId, line: u32, kind: Option<EventKind>) {
        if let Some(kind) = kind {
            sink.emit(Event { seq: self.seq, step: self.step, at: self.now(), thread, line, kind });
        }
        self.seq.0 = self.seq.0.wrapping_add(1);
    }
}
