//! What is left of a run.

use crate::program::Case;
use lockstep::event::{End, Event, EventKind};
use lockstep::ids::ThreadId;
use lockstep::kernel::sim::{Drive, World, drive};
use lockstep::kernel::{Options, ThreadFacts};
use lockstep::report::without_addresses;
use lockstep::sched::Scheduler;
use std::sync::Arc;

/// A run was cut off after this many steps.
pub(crate) const MAX_STEPS: u64 = 3000;

/// The tape of a run and what it came to.
pub(crate) struct Recording {
    pub(crate) tape: Vec<Event>,
    pub(crate) came: Came,
}

/// What a run came to.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Came {
    pub(crate) end: End,
    pub(crate) output: String,
    pub(crate) globals: Vec<(Arc<str>, String)>,
    pub(crate) threads: Vec<ThreadFacts>,
}

impl Came {
    /// What may be compared between runs: where objects lie does not matter.
    pub(crate) fn new(
        end: End,
        output: &str,
        globals: Vec<(Arc<str>, String)>,
        threads: impl Iterator<Item = ThreadFacts>,
    ) -> Came {
        let globals = globals.into_iter().map(|(name, value)| (name, without_addresses(&value))).collect();
        Came { end, output: without_addresses(output), globals, threads: threads.collect() }
    }

    /// What a simulated world has come to.
    pub(crate) fn of(world: &World, end: End) -> Came {
        Came::new(end, &world.output().to_string(), world.globals(), world.threads())
    }

    /// The run was not over by itself.
    pub(crate) fn is_cut_off(&self) -> bool {
        matches!(self.end, End::Limit(_))
    }
}

/// A run in the simulator.
pub(crate) fn simulated(case: &Case, scheduler: &mut dyn Scheduler, options: Options) -> Recording {
    let mut tape = Vec::new();
    let mut world = World::new(Arc::clone(&case.program), options, &mut tape);
    let mut asked = 0;
    let mut input = |_: &World| {
        asked += 1;
        case.line(asked - 1)
    };
    let how = Drive { max_steps: Some(MAX_STEPS), input: Some(&mut input), ..Drive::default() };
    let end = drive(&mut world, scheduler, how, &mut tape).unwrap();
    Recording { tape, came: Came::of(&world, end) }
}

/// An event on a line, for people.
pub(crate) fn shown(event: &Event) -> String {
    let what = match &event.kind {
        EventKind::Did { action, outcome } => format!("did {action:?} -> {outcome:?}"),
        kind => format!("    {kind:?}"),
    };
    let thread = if event.thread == ThreadId::MAIN { "M".to_owned() } else { event.thread.letter() };
    format!(
        "{:>5} step {:<4} {:>10} ns {thread:<2} line {:<3} {what}",
        event.seq.0, event.step.0, event.at.0, event.line
    )
}
