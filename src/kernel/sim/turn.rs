//! One step: a thread performs its pending operation, runs on to its next one, and everybody looks around.
//!
//! ```text
//! apply ─ operate ─ run ─┬─ the machine stops before an operation ─ arrive ─┬─ close ─ Idle
//!           ▲            │                                                  │
//!           └────────────┼── the dial says the step goes on ────────────────┘
//!                        ├─ fuel used up ─ Busy ─ resume ─ run …
//!                        └─ input wanted ─ AwaitingInput ─ give_input ─ run …
//! ```

use super::misfit::Misfit;
use super::task::Stage;
use super::tell::did;
use super::world::{Phase, Status, World};
use crate::event::{Alternative, Choice, Decision, End, EventKind, Limit, Sink, ThreadState};
use crate::ids::{Nanos, ThreadId};
use crate::kernel::Atomicity;
use crate::kernel::deed::{Came, Deed};
use crate::kernel::render::changes;
use crate::primitive::Fault;
use crate::vm::{Advance, Draw, Op, Position, Reply, Value};
use std::sync::Arc;

/// Instructions that run before whoever drives the world may look around.
const FUEL: u64 = 2_000_000;

/// A step in the making.
#[derive(Clone, Debug)]
pub(super) struct Turn {
    /// Who makes the step.
    thread: ThreadId,
    /// Whose instructions are running: the thread itself, or the one it started.
    running: ThreadId,
    /// A thread it started, which runs to its first operation within the same step.
    fresh: Option<ThreadId>,
    /// The one that did.
    started: Option<ThreadId>,
    /// Where the thread stood before the first operation of the step.
    from: Position,
    /// Instructions since the last operation.
    spent: u64,
}

/// What an operation led to.
enum Then {
    /// The machine ran on.
    Ran(Advance),
    /// The operation goes on in a later step.
    Parked,
    /// A line of input is needed first.
    Asks,
}

impl Turn {
    fn new(thread: ThreadId, from: Position) -> Turn {
        Turn { thread, running: thread, fresh: None, started: None, from, spent: 0 }
    }

    /// When the step stands still because a line of input is needed.
    pub(super) fn awaits_input(&self, world: &World) -> Option<Status> {
        let task = world.system.task(self.thread)?;
        match (&task.op, task.stage) {
            (Some(Op::Input { prompt }), Stage::Asked) => {
                Some(Status::AwaitingInput { thread: self.thread, prompt: Arc::clone(prompt) })
            }
            _ => None,
        }
    }
}

impl World {
    /// Step 0: the main thread runs to its first visible operation.
    pub(super) fn begin<S: Sink>(&mut self, sink: &mut S) {
        let advance = self.vm.advance(&self.program, ThreadId::MAIN, FUEL);
        self.run(Turn::new(ThreadId::MAIN, Position::default()), Then::Ran(advance), sink);
    }

    /// Makes one step. When it does not fit nothing has happened.
    pub fn apply<S: Sink>(&mut self, choice: Choice, sink: &mut S) -> Result<(), Misfit> {
        self.fits(choice)?;
        self.system.clock.tick();
        self.system.jump_to_deadline(choice);
        self.make(choice, sink);
        Ok(())
    }

    /// Makes one step of a run that was recorded elsewhere, at the moment at which it happened there: the clock shows
    /// `at` while the operation is performed, so that the program reads the time it read then. (It never shows less than
    /// at an earlier step.)
    ///
    /// Nothing but the clock is different. Threads whose time is over meanwhile find that out after the step, as ever;
    /// if what they want has come by then, they take it.
    pub fn apply_at<S: Sink>(&mut self, choice: Choice, at: Nanos, sink: &mut S) -> Result<(), Misfit> {
        self.fits(choice)?;
        self.system.clock.step_at(at);
        self.make(choice, sink);
        Ok(())
    }

    /// Makes a step that fits; the clock has moved on.
    fn make<S: Sink>(&mut self, choice: Choice, sink: &mut S) {
        if S::ENABLED {
            sink.decided(&Decision::Choice(choice));
        }
        let thread = choice.thread;
        self.switches += u32::from(self.last.is_some_and(|last| last != thread));
        self.last = Some(thread);
        self.step.0 = self.step.0.saturating_add(1);
        let from = match self.options().atomicity {
            Atomicity::Op => Position::default(),
            Atomicity::Line | Atomicity::Gil => self.vm.position(&self.program, thread),
        };
        let mut turn = Turn::new(thread, from);
        let then = self.operate(&mut turn, choice.alternative, sink);
        self.run(turn, then, sink);
    }

    /// Goes on with a step that ran out of fuel.
    pub fn resume<S: Sink>(&mut self, sink: &mut S) {
        if self.status() != Status::Busy {
            return;
        }
        if let Phase::Turn(turn) = std::mem::replace(&mut self.phase, Phase::Idle) {
            let advance = self.vm.advance(&self.program, turn.running, FUEL);
            self.run(turn, Then::Ran(advance), sink);
        }
    }

    /// Gives the program a line of input, without its end; `None` is the end of the input. A step that waits for it
    /// goes on; otherwise the line is kept until somebody reads it.
    pub fn give_input<S: Sink>(&mut self, line: Option<Arc<str>>, sink: &mut S) {
        if S::ENABLED {
            sink.decided(&Decision::Input(line.clone()));
        }
        self.inputs.push_back(line);
        if !matches!(self.status(), Status::AwaitingInput { .. }) {
            return;
        }
        if let Phase::Turn(mut turn) = std::mem::replace(&mut self.phase, Phase::Idle) {
            let then = self.operate(&mut turn, Alternative::Go, sink);
            self.run(turn, then, sink);
        }
    }

    // ---- the loop ----

    fn run<S: Sink>(&mut self, mut turn: Turn, mut then: Then, sink: &mut S) {
        loop {
            match then {
                Then::Asks => {
                    self.tell_states(sink);
                    self.phase = Phase::Turn(turn);
                    return;
                }
                Then::Parked => return self.close(&turn, sink),
                Then::Ran(Advance::OutOfFuel) => {
                    self.declare(turn.running, sink);
                    turn.spent += self.vm.spent();
                    if turn.spent >= self.options().spin_limit {
                        let limit = Limit::Spin(self.options().spin_limit);
                        return self.end_of(turn.running, End::Limit(limit), sink);
                    }
                    self.phase = Phase::Turn(turn);
                    return;
                }
                Then::Ran(advance) => {
                    turn.spent = 0;
                    self.declare(turn.running, sink);
                    if let Some(end) = self.arrive(turn.running, advance, sink) {
                        return self.end_of(turn.running, end, sink);
                    }
                }
            }
            if let Some(fresh) = turn.fresh.take() {
                turn.running = fresh;
                turn.started = Some(fresh);
                then = Then::Ran(self.vm.advance(&self.program, fresh, FUEL));
                continue;
            }
            turn.running = turn.thread;
            if !self.belongs(&turn) {
                return self.close(&turn, sink);
            }
            then = self.operate(&mut turn, Alternative::Go, sink);
        }
    }

    /// The machine came back: the thread is before its next operation, or over. Some of its ends are everybody's.
    fn arrive<S: Sink>(&mut self, thread: ThreadId, advance: Advance, sink: &mut S) -> Option<End> {
        match advance {
            Advance::Op(op) => self.system.prepare(thread, op),
            Advance::Finished => self.system.finish(thread, ThreadState::Finished),
            Advance::Failed { traceback, line, .. } => {
                self.write(&traceback);
                // Nothing of the user's has run when a thread dies of being called wrongly: its start is to blame.
                let started = self.system.task(thread).map_or(0, |task| task.start_line);
                let line = if line == 0 { started } else { line };
                self.emit_at(sink, thread, line, |world| world.renderer().traceback(&traceback));
                self.system.finish(thread, ThreadState::Failed);
            }
            Advance::Unmodelled { what, line } => return Some(End::Unmodelled { what, line }),
            Advance::OutOfMemory { limit } => return Some(End::Limit(Limit::Memory(limit))),
            Advance::OutOfFuel => {}
        }
        None
    }

    /// Whether the thread's next operation belongs to the same step, as the atomicity dial has it.
    fn belongs(&self, turn: &Turn) -> bool {
        let atomicity = self.options().atomicity;
        if atomicity == Atomicity::Op || !self.system.goes_on(turn.thread) {
            return false;
        }
        let (from, here) = (turn.from, self.vm.position(&self.program, turn.thread));
        match atomicity {
            Atomicity::Op => false,
            Atomicity::Line => {
                let same_frame = here.frame == from.frame && here.back_edges == from.back_edges;
                here.line == from.line && (same_frame || here.hidden || from.hidden)
            }
            Atomicity::Gil => here.back_edges == from.back_edges && here.calls == from.calls,
        }
    }

    // ---- operations ----

    fn operate<S: Sink>(&mut self, turn: &mut Turn, alternative: Alternative, sink: &mut S) -> Then {
        let thread = turn.thread;
        match self.system.task(thread).and_then(|task| task.op.as_ref()) {
            Some(Op::Load(_) | Op::Store(..) | Op::Delete(_) | Op::Method { .. }) => self.touch(thread, sink),
            Some(Op::Random(draw)) => {
                let draw = draw.clone();
                let deed = self.draw(&draw, alternative);
                self.answer(thread, alternative, deed, sink)
            }
            Some(Op::Print { text, .. }) => {
                let text = Arc::clone(text);
                self.write(&text);
                self.answer(thread, alternative, Deed::done(), sink)
            }
            Some(Op::Input { prompt }) => {
                let prompt = Arc::clone(prompt);
                self.input(thread, &prompt, sink)
            }
            Some(Op::Start(target)) => {
                let target = *target;
                let line = self.vm.line(&self.program, thread);
                self.perform(thread, alternative, sink, |world, deed| {
                    if deed.reply == Some(Reply::Value(Value::None)) {
                        world.vm.begin(target);
                        world.system.started_on(target, line);
                        turn.fresh = Some(target);
                    }
                })
            }
            _ => self.perform(thread, alternative, sink, |_, _| {}),
        }
    }

    /// A memory operation: the machine performs it.
    fn touch<S: Sink>(&mut self, thread: ThreadId, sink: &mut S) -> Then {
        let line = if S::ENABLED { self.vm.line(&self.program, thread) } else { 0 };
        let op = self.system.task(thread).and_then(|task| task.op.as_ref());
        let told = op.filter(|_| S::ENABLED).map(|op| self.renderer().foretell(op));
        let changed = op.and_then(changes);
        let advance = self.vm.commit(&self.program, thread, Reply::Perform, FUEL);
        self.emit_at(sink, thread, line, |_| did(told));
        if let Some(target) = changed {
            self.emit_at(sink, thread, line, |world| world.renderer().contents(target));
        }
        Then::Ran(advance)
    }

    /// Everything that the system performs; `before` is called before the machine runs on.
    fn perform<S: Sink>(
        &mut self,
        thread: ThreadId,
        alternative: Alternative,
        sink: &mut S,
        before: impl FnOnce(&mut World, &Deed),
    ) -> Then {
        let action = S::ENABLED.then(|| self.action(thread, alternative)).flatten();
        let deed = self.system.perform(thread, alternative);
        self.emit(sink, thread, |world| {
            did(action.map(|action| {
                let outcome = world.renderer().performed(&action, &deed);
                (action, outcome)
            }))
        });
        before(self, &deed);
        match deed.reply {
            Some(reply) => Then::Ran(self.vm.commit(&self.program, thread, reply, FUEL)),
            None => Then::Parked,
        }
    }

    /// An operation that the world itself performed.
    fn answer<S: Sink>(&mut self, thread: ThreadId, alternative: Alternative, deed: Deed, sink: &mut S) -> Then {
        let action = S::ENABLED.then(|| self.action(thread, alternative)).flatten();
        self.emit(sink, thread, |world| did(action.map(|action| (action, world.renderer().outcome(&deed)))));
        self.system.withdraw(thread);
        let reply = deed.reply.unwrap_or(Reply::Value(Value::None));
        Then::Ran(self.vm.commit(&self.program, thread, reply, FUEL))
    }

    fn draw(&mut self, draw: &Draw, alternative: Alternative) -> Deed {
        let reply = match alternative {
            Alternative::Draw(index) => Reply::Value(Value::Int(i64::from(index))),
            _ => Arc::make_mut(&mut self.random).draw(draw, self.system.options.seed.cast_signed()),
        };
        Deed { reply: Some(reply), came: Came::Reply }
    }

    fn input<S: Sink>(&mut self, thread: ThreadId, prompt: &Arc<str>, sink: &mut S) -> Then {
        let asked = self.system.task(thread).is_some_and(|task| task.stage == Stage::Asked);
        if !asked {
            self.write(prompt);
        }
        let deed = match self.inputs.front() {
            None => {
                self.system.park(thread, Op::Input { prompt: Arc::clone(prompt) }, Stage::Asked, true);
                return Then::Asks;
            }
            // The end of the input stays.
            Some(None) => Deed::fault(Fault::EndOfInput),
            Some(Some(line)) => {
                let line = Arc::clone(line);
                self.inputs.pop_front();
                Deed { reply: Some(Reply::Text(line)), came: Came::Reply }
            }
        };
        self.answer(thread, Alternative::Go, deed, sink)
    }

    pub(super) fn write(&mut self, text: &str) {
        let limit = self.system.options.output_limit;
        self.output.push(text, limit);
    }

    // ---- the end of a step ----

    fn close<S: Sink>(&mut self, turn: &Turn, sink: &mut S) {
        self.tell_pending(turn.thread, sink);
        if let Some(started) = turn.started {
            self.tell_pending(started, sink);
        }
        self.system.wake_expired();
        let end = self.system.look_around();
        self.phase = Phase::Idle;
        match end {
            Some(end) => self.end(end, sink),
            None => self.tell_states(sink),
        }
    }

    pub(super) fn end<S: Sink>(&mut self, end: End, sink: &mut S) {
        self.end_of(self.last.unwrap_or(ThreadId::MAIN), end, sink);
    }

    /// The run ends by something this thread did.
    fn end_of<S: Sink>(&mut self, thread: ThreadId, end: End, sink: &mut S) {
        self.tell_states(sink);
        self.emit(sink, thread, |_| EventKind::Ended(end.clone()));
        self.phase = Phase::Ended(end);
    }
}
