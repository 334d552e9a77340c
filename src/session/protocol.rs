//! What is said between a session and whoever watches it.

use super::Tape;
use crate::detect::Marks;
use crate::event::{Candidate, Choice, End, Event, Schedule};
use crate::ids::{ObjectId, Step, ThreadId};
use crate::kernel::Options;
use crate::kernel::live::LiveOptions;
use crate::lang::Program;
use crate::said::Said;
use crate::sched::SchedulerKind;
use crate::source::Source;
use crate::trace::{Header, Language, Problem};
use std::sync::Arc;
use std::time::Duration;

/// Everything that determines a run, apart from what people decide while it goes on.
#[derive(Clone, Debug)]
pub struct Start {
    pub program: Arc<Program>,
    /// The rules of the world. Their seed is overruled by `seed`.
    pub options: Options,
    pub scheduler: SchedulerKind,
    /// Seeds the scheduler and the world.
    pub seed: u64,
    /// The first choices, before the scheduler is asked.
    pub schedule: Option<Schedule>,
    /// Lines that answer the first calls of `input()`; afterwards a person is asked.
    pub inputs: Vec<Arc<str>>,
    /// The run is not continued beyond this many steps.
    pub max_steps: u32,
    /// Real threads, and how; without it the simulator.
    pub live: Option<LiveOptions>,
    /// The run was made before, and is on this tape.
    pub tape: Option<Tape>,
}

/// What a session is told.
///
/// In the simulator: a control that comes while steps are being made ends that first; only
/// [`Control::Breakpoints`], [`Control::Scheduler`] and [`Control::Pace`] take effect in passing.
///
/// `from` is the position on the tape the person looks at. Positions before the end of the tape are the watcher's own
/// business (see `model::History`): the recorded steps are not made again and a run is continued at its end, unless
/// [`Control::Choose`] says that another choice is wanted there.
///
/// Real threads are not chosen, and go on from where they are: `from` means nothing to them. [`Control::Run`] with
/// [`u32::MAX`] and [`Control::Until`] open the gate that each of their operations passes; [`Control::Run`] with a smaller
/// count lets so many pass; [`Control::Stop`] closes it. Nothing but these ends what is being done.
///
/// A recorded run ([`Start::tape`]) is told as far as it goes, whatever is said meanwhile. [`Control::Run`], [`Control::Until`]
/// and [`Control::Choose`] ask for more than is on the tape: then a simulated run is made again up to there, and goes on.
#[derive(Clone, Debug)]
pub enum Control {
    /// Get to `count` steps after `from`, the scheduler choosing.
    Run { from: Step, count: u32 },
    /// Make this step at `from`. A choice other than the recorded one cuts the tape off there: time forks.
    Choose { from: Step, choice: Choice },
    /// Run until something happens.
    Until { from: Step, stop: Stop },
    /// The line that was asked for; `None` is the end of the input.
    Input { line: Option<Arc<str>> },
    /// Begin anew: same or other seed, options, program.
    Restart(Box<Start>),
    /// Let another scheduler choose from now on.
    Scheduler { kind: SchedulerKind, seed: u64 },
    /// Every run stops at these.
    Breakpoints(Vec<Breakpoint>),
    /// Every operation takes at least this long from now on. (The simulator has no clock: it is asked for fewer steps.)
    Pace(Duration),
    /// Make no more steps.
    Stop,
    /// End the session.
    Quit,
}

/// How far [`Control::Until`] goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// Until this thread stands on another line, or is over. It is preferred to others as long as it can run.
    Line(ThreadId),
    /// Until a step with one of these marks.
    Interest(Marks),
    /// Until the end.
    End,
}

/// Where a run stops by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Breakpoint {
    /// A thread has come to this line and is about to perform a visible operation there.
    Line(u32),
    /// An operation on this object was performed.
    Object(ObjectId),
    /// A detector found something.
    Finding,
}

/// What a session says.
#[derive(Clone, Debug)]
pub enum Update {
    /// A run begins: forget the tape. Step 0 follows.
    Reset(Arc<Start>),
    /// The tape ends after this step from now on.
    Truncated { to: Step },
    /// The tape goes on.
    Steps(Arc<Batch>),
    /// What could be done at the end of the tape.
    Candidates { at: Step, list: Vec<Candidate> },
    /// The thread called `input()`; the run goes on when the line is there.
    AwaitingInput { at: Step, thread: ThreadId, prompt: Arc<str> },
    /// So many facts about a program that may not be held up were dropped until now, because it was too fast: the tape has
    /// gaps.
    Lost { count: u64 },
    /// On the tape these lines have answered `input()` so far, besides those the run was started with.
    Typed { lines: Vec<Option<Arc<str>>> },
    /// How far the file with the recorded run was read, whenever there is more to say about it than its steps.
    Read(Reading),
    /// The recorded run was made again up to this step, the end of the tape, and goes on from there.
    Resumed { at: Step },
    /// The recorded run cannot be gone on with from this step; nothing was changed.
    NotResumed { at: Step, why: Unresumable },
    /// The choice does not fit there; nothing was changed.
    Refused { at: Step, choice: Choice, reason: Said },
    /// Nothing is being done any more; the tape ends at `at`. (Of real threads those that slept or waited may still finish
    /// what they had begun, and the tape grows by that.)
    Idle { at: Step, pause: Pause },
    /// The session is broken and has ended: a mistake in this program, never in the one under study.
    Failed(String),
}

/// Steps: their events and the choices that made them (step 0 is made by no choice). The last one may be unfinished, when
/// it waits for input or takes long: its choice is here already, and the rest of its events comes with the next batch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Batch {
    pub events: Vec<Event>,
    pub choices: Vec<Choice>,
}

/// What is known of the file that a recorded run comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// Nothing more comes from it.
    pub over: bool,
    /// It says itself that it ends there: nothing was cut off.
    pub complete: bool,
    /// What is wrong with it.
    pub problems: Arc<[Problem]>,
}

/// Why a recorded run cannot be gone on with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unresumable {
    /// Its threads were real.
    Real,
    /// There is no program that could be run.
    NoProgram,
    /// At this step the program does something else than was recorded.
    Unlike(Step),
    /// The recorded choice cannot be made at this step.
    Misfit(Step, Said),
    /// There is nothing on the tape.
    Empty,
}

/// Why no more steps are being made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pause {
    /// What was asked for is done.
    Done,
    /// Somebody said stop.
    Stopped,
    /// A breakpoint.
    Hit(Breakpoint),
    /// A line of input is needed.
    Input,
    /// The run is over.
    Ended(End),
    /// [`Start::max_steps`] were made.
    MaxSteps,
    /// The schedule that was to be replayed does not fit at this step.
    Misfit(Said),
}

impl Start {
    /// A run of this program by the usual rules.
    #[must_use]
    pub fn new(program: Arc<Program>) -> Start {
        Start {
            program,
            options: Options::default(),
            scheduler: SchedulerKind::default(),
            seed: 0,
            schedule: None,
            inputs: Vec::new(),
            max_steps: 1_000_000,
            live: None,
            tape: None,
        }
    }

    /// The first line of a trace of this run: of what was to be run (as on the command line), from this text, with these
    /// constants set.
    #[must_use]
    pub fn header(&self, target: &str, source: &Source, parameters: &[(String, String)]) -> Header {
        Header {
            language: Language::Python,
            target: target.into(),
            source_name: Arc::clone(&source.name),
            source: Arc::clone(&source.text),
            parameters: parameters.to_vec(),
            seed: self.seed,
            scheduler: self.scheduler,
            schedule: self.schedule.clone(),
            inputs: self.inputs.clone(),
            options: Options { seed: self.seed, ..self.options.clone() },
            // Whether somebody held it up at first has nothing to do with what it was.
            live: self.live.clone().map(|live| LiveOptions { paused: false, ..live }),
            // A session knows nothing of pictures; whoever has one adds it.
            picture: None,
        }
    }
}
