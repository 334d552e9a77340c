//! Programs run through the simulator, and what the detectors say of them.

use lockstep::event::{Event, Sink};
use lockstep::kernel::Options;
use lockstep::kernel::sim::{Drive, World, drive};
use lockstep::lang::{Parameters, Program, compile};
use lockstep::report::Witness;
use lockstep::sched::{Fifo, Replay, Scheduler, SchedulerKind, build};
use lockstep::source::Source;
use lockstep::words::{Lang, Words};
use std::sync::Arc;

pub(crate) fn program(text: &str) -> Arc<Program> {
    let compiled = compile(&Arc::new(Source::new("test.py", text)), &Parameters::default());
    compiled.program.unwrap_or_else(|| panic!("{:#?}", compiled.diagnostics))
}

/// What was found along this schedule; afterwards each thread runs as long as it can.
pub(crate) fn along(text: &str, schedule: &str) -> Found {
    let mut replay = Replay::new(&schedule.parse().unwrap(), Box::new(Fifo::new()));
    run(&program(text), &mut replay, 1)
}

/// What was found when the random scheduler picked.
pub(crate) fn with_seed(text: &str, seed: u64) -> Found {
    seeded(&program(text), seed)
}

pub(crate) fn seeded(program: &Arc<Program>, seed: u64) -> Found {
    run(program, build(SchedulerKind::Random, seed).as_mut(), seed)
}

fn run(program: &Arc<Program>, scheduler: &mut dyn Scheduler, seed: u64) -> Found {
    let mut found = Found::default();
    let options = Options { seed, ..Options::default() };
    let mut world = World::new(Arc::clone(program), options, &mut found);
    let how = Drive { max_steps: Some(20_000), ..Drive::default() };
    drive(&mut world, scheduler, how, &mut found).unwrap();
    found
}

/// The tape of a run, and what was found on it.
#[derive(Default)]
pub(crate) struct Found {
    pub(crate) witness: Witness,
    pub(crate) events: Vec<Event>,
}

impl Sink for Found {
    const ENABLED: bool = true;

    fn emit(&mut self, event: Event) {
        self.events.push(event.clone());
        self.witness.emit(event);
    }
}

impl Found {
    /// The sentences of these kinds, in order; of all when none is given.
    pub(crate) fn said(&self, kinds: &[&str]) -> Vec<String> {
        self.said_in(Lang::En, kinds)
    }

    pub(crate) fn said_in(&self, lang: Lang, kinds: &[&str]) -> Vec<String> {
        let words = Words::new(lang);
        let wanted =
            self.witness.findings.iter().filter(|found| kinds.is_empty() || kinds.contains(&found.kind.name()));
        wanted.map(|finding| words.finding(finding, &self.witness.model)).collect()
    }
}
