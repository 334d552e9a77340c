//! Runs to be exported.

use lockstep::event::{Choice, Decision, Event, Schedule, Sink};
use lockstep::kernel::Options;
use lockstep::kernel::sim::{Drive, World, drive};
use lockstep::lang::{self, Parameters};
use lockstep::model::Recording;
use lockstep::scenario::{Catalogue, Target};
use lockstep::sched::{self, Replay, SchedulerKind};
use lockstep::source::Source;
use lockstep::trace::Header;
use std::sync::Arc;

/// Keeps what a recording is made of.
#[derive(Default)]
pub(crate) struct Tape {
    pub(crate) events: Vec<Event>,
    pub(crate) choices: Vec<Choice>,
}

impl Sink for Tape {
    const ENABLED: bool = true;

    fn emit(&mut self, event: Event) {
        self.events.push(event);
    }

    fn decided(&mut self, decision: &Decision) {
        if let Decision::Choice(choice) = decision {
            self.choices.push(*choice);
        }
    }
}

/// A run of a scenario's variant in the simulator.
pub(crate) fn scenario(target: &str, seed: u64) -> Recording {
    let target = Target::resolve(target, &Catalogue::embedded()).unwrap();
    simulated(&target.name(), &target.source(), seed, None)
}

/// The same, by a schedule.
pub(crate) fn scheduled(target: &str, schedule: &str) -> Recording {
    let target = Target::resolve(target, &Catalogue::embedded()).unwrap();
    simulated(&target.name(), &target.source(), 1, Some(&schedule.parse().unwrap()))
}

/// A run of this program in the simulator.
pub(crate) fn program(text: &str, seed: u64) -> Recording {
    simulated("program.py", &Source::new("program.py", text), seed, None)
}

fn simulated(target: &str, source: &Source, seed: u64, schedule: Option<&Schedule>) -> Recording {
    let source = Arc::new(Source::new(Arc::clone(&source.name), Arc::clone(&source.text)));
    let program = lang::compile(&source, &Parameters::default()).program.unwrap();
    let options = Options { seed, ..Options::default() };
    let mut tape = Tape::default();
    let mut world = World::new(program, options.clone(), &mut tape);
    let mut scheduler = sched::build(SchedulerKind::Random, seed);
    if let Some(schedule) = schedule {
        scheduler = Box::new(Replay::new(schedule, scheduler));
    }
    let how = Drive { max_steps: Some(200_000), ..Drive::default() };
    drive(&mut world, scheduler.as_mut(), how, &mut tape).unwrap();
    let header = Header {
        target: target.into(),
        source_name: Arc::clone(&source.name),
        source: Arc::clone(&source.text),
        seed,
        schedule: schedule.cloned(),
        options,
        ..Header::default()
    };
    Recording::of(header, &tape.events, &tape.choices)
}
