//! Whatever either world does comes out of the file as it went in.

use crate::common::Tape;
use lockstep::event::{Choice, Decision, Event, EventKind, Sink};
use lockstep::ids::Step;
use lockstep::kernel::live::{Live, LiveOptions, LiveStatus};
use lockstep::kernel::sim::{Drive, World, drive};
use lockstep::lang::{self, Parameters, Program};
use lockstep::model::Recording;
use lockstep::scenario::{Catalogue, Target};
use lockstep::sched::{self, Fifo, Replay};
use lockstep::session::Start;
use lockstep::source::Source;
use lockstep::trace::{Header, Reader, Record, Writer};
use std::io::Cursor;
use std::sync::Arc;
use std::time::Duration;

/// A run, as it was told and as it was written.
pub(crate) struct Run {
    pub(crate) header: Header,
    pub(crate) tape: Tape,
    /// The lines of input.
    pub(crate) inputs: Vec<Option<Arc<str>>>,
    pub(crate) bytes: Vec<u8>,
}

/// Every variant of every scenario.
pub(crate) fn targets() -> Vec<String> {
    let catalogue = Catalogue::embedded();
    let variants = catalogue.scenarios().iter().flat_map(|scenario| {
        scenario.variants.iter().map(|variant| format!("{}/{}", scenario.id, variant.id)).collect::<Vec<_>>()
    });
    variants.collect()
}

/// Keeps everything, and writes it.
struct Both {
    tape: Tape,
    inputs: Vec<Option<Arc<str>>>,
    writer: Writer<Vec<u8>>,
}

impl Both {
    fn new(header: &Header) -> Both {
        Both { tape: Tape::default(), inputs: Vec::new(), writer: Writer::new(Vec::new(), header) }
    }

    fn run(self, header: Header) -> Run {
        let bytes = self.writer.finish().unwrap();
        Run { header, tape: self.tape, inputs: self.inputs, bytes }
    }
}

impl Sink for Both {
    const ENABLED: bool = true;

    fn emit(&mut self, event: Event) {
        self.tape.emit(event.clone());
        self.writer.emit(event);
    }

    fn decided(&mut self, decision: &Decision) {
        if let Decision::Input(line) = decision {
            self.inputs.push(line.clone());
        }
        self.tape.decided(decision);
        self.writer.decided(decision);
    }
}

fn compiled(source: &Arc<Source>) -> Arc<Program> {
    lang::compile(source, &Parameters::default()).program.unwrap()
}

fn start(target: &str, live: Option<LiveOptions>) -> (Header, Arc<Program>) {
    let target = Target::resolve(target, &Catalogue::embedded()).unwrap();
    let source = target.source();
    let program = compiled(&source);
    let start = Start { seed: 3, live, ..Start::new(Arc::clone(&program)) };
    (start.header(&target.name(), &source, &[]), program)
}

pub(crate) fn simulated(target: &str) -> Run {
    let (header, program) = start(target, None);
    let mut both = Both::new(&header);
    let mut world = World::new(program, header.options.clone(), &mut both);
    let mut scheduler = sched::build(header.scheduler, header.seed);
    let mut line = |_: &World| Some("7".into());
    let how = Drive { max_steps: Some(20_000), input: Some(&mut line), ..Drive::default() };
    drive(&mut world, scheduler.as_mut(), how, &mut both).unwrap();
    both.run(header)
}

pub(crate) fn live(target: &str) -> Run {
    let options = LiveOptions { speed: 1000.0, ..LiveOptions::default() };
    let (header, program) = start(target, Some(options.clone()));
    let mut both = Both::new(&header);
    let mut live = Live::start(program, header.options.clone(), &options).unwrap();
    live.limit_steps(20_000);
    while !matches!(live.status(), LiveStatus::Ended(_)) {
        if let LiveStatus::AwaitingInput { .. } = live.status() {
            both.decided(&Decision::Input(Some("7".into())));
            live.give_input(Some("7".into()));
        }
        if !live.drain(&mut both) {
            live.wait(Duration::from_millis(5));
        }
    }
    live.stop();
    while live.drain(&mut both) {}
    // Real threads are not told what to do; the choices are what they did.
    both.tape.choices = live.schedule().iter().collect();
    both.run(header)
}

pub(crate) fn read(bytes: &[u8]) -> Recording {
    let (recording, problems) = Recording::read(Reader::new(Cursor::new(bytes.to_vec())).unwrap());
    assert_eq!(problems, []);
    recording
}

fn events(recording: &Recording) -> Vec<Event> {
    recording.history.events(0..recording.history.event_count()).collect()
}

fn assert_same(read: &Recording, run: &Run, target: &str) {
    assert!(read.complete);
    assert_eq!(read.header, run.header);
    assert_eq!(read.inputs, run.inputs);
    assert_eq!(events(read), run.tape.events, "{target}");
    let choices: Vec<Choice> = read.history.schedule(read.history.last_step()).iter().collect();
    assert_eq!(choices, run.tape.choices, "{target}");
}

#[test]
fn every_scenario_survives_its_file_in_both_worlds() {
    for target in targets() {
        for run in [simulated(&target), live(&target)] {
            let read = read(&run.bytes);
            assert_same(&read, &run, &target);
            let mut writer = Writer::new(Vec::new(), &read.header);
            let mut reader = Reader::new(Cursor::new(run.bytes.clone())).unwrap();
            while let Some(record) = reader.next_record() {
                if !matches!(record, Record::End { .. }) {
                    writer.record(&record);
                }
            }
            let again = writer.finish().unwrap();
            assert_eq!(String::from_utf8(again).unwrap(), String::from_utf8(run.bytes).unwrap());
        }
    }
}

/// A simulated run goes on from any step of its file as if it had never been elsewhere.
#[test]
fn what_is_made_again_from_a_file_is_the_same() {
    for target in targets() {
        let run = simulated(&target);
        let read = read(&run.bytes);
        let last = read.history.last_step().0;
        for step in [0, 1, last / 3, last] {
            let program = compiled(&read.source);
            let mut tape = Tape::default();
            let mut world = World::new(program, read.header.options.clone(), &mut tape);
            let schedule = read.history.schedule(Step(step));
            let mut inputs = read.inputs.clone().into_iter();
            let mut line = |_: &World| inputs.next().flatten();
            let how = Drive { max_steps: Some(step.into()), input: Some(&mut line), ..Drive::default() };
            drive(&mut world, &mut Replay::new(&schedule, Box::new(Fifo::new())), how, &mut tape).unwrap();
            let until = |events: &[Event]| {
                let ended = |event: &&Event| matches!(event.kind, EventKind::Ended(_));
                events.iter().filter(|event| event.step <= Step(step) && !ended(event)).cloned().collect::<Vec<_>>()
            };
            assert_eq!(until(&tape.events), until(&run.tape.events), "{target} up to step {step}");
        }
    }
}
