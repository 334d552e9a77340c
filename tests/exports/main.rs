//! Runs as pictures, pages and tables.

// A test that cannot go on says so by panicking.
#![allow(clippy::unwrap_used)]
// Each kind of export needs some of the runs.
#![allow(dead_code)]

mod diff;
mod broken;
mod chromium;
mod cast;
mod common;
mod csv;
mod dot;
mod html;
mod html_page;
mod mermaid;
mod offstage;
mod perfetto;
mod svg;

#[test]
fn a_recording_knows_its_run() {
    let run = common::scenario("counter/race", 1);
    assert_eq!(&*run.header.target, "counter/race");
    assert!(run.history.model().ended.is_some());
    assert_eq!(run.history.schedule(run.history.last_step()).len(), u64::from(run.history.last_step().0));
    assert!(common::scheduled("deadlock/opposite", "v1/").history.last_step().0 > 0);
}
