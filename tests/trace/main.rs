//! Runs as files: what is written is read again.

// A test that cannot go on says so by panicking.
#![allow(clippy::unwrap_used)]
#![allow(dead_code)]

#[path = "../exports/common.rs"]
mod common;

use lockstep::event::{Decision, Event, Sink};
use lockstep::model::Recording;
use lockstep::scenario::Catalogue;
use lockstep::trace::{Reader, Writer};
use std::io::Cursor;

/// The trace of a run.
fn written(run: &Recording) -> Vec<u8> {
    let mut writer = Writer::new(Vec::new(), &run.header);
    let mut step = None;
    for event in run.history.events(0..run.history.event_count()) {
        if step.is_some_and(|step| event.step > step) {
            let choice = run.history.choice_after(step.unwrap()).unwrap();
            writer.decided(&Decision::Choice(choice));
        }
        step = Some(event.step);
        writer.emit(event);
    }
    writer.finish().unwrap()
}

#[test]
fn every_scenario_survives_its_file() {
    for scenario in Catalogue::embedded().scenarios() {
        for variant in &scenario.variants {
            let run = common::scenario(&format!("{}/{}", scenario.id, variant.id), 3);
            let (read, problems) = Recording::read(Reader::new(Cursor::new(written(&run))).unwrap());
            assert_eq!(problems, []);
            assert!(read.complete);
            assert_eq!(read.header, run.header);
            let events = |run: &Recording| run.history.events(0..run.history.event_count()).collect::<Vec<Event>>();
            assert_eq!(events(&read), events(&run));
            let last = run.history.last_step();
            assert_eq!(read.history.schedule(last), run.history.schedule(last));
        }
    }
}
