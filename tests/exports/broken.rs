//! Tapes that make no sense. A trace may come from anywhere: whatever its events say, what is made of it is in order.

use super::{common, dot, mermaid, perfetto};
use lockstep::event::Event;
use lockstep::ids::{Seq, Step, ThreadId};
use lockstep::kernel::live::LiveOptions;
use lockstep::model::Recording;
use proptest::prelude::*;

/// What becomes of one event.
#[derive(Clone, Copy, Debug)]
enum Harm {
    Nothing,
    Gone,
    Twice,
    /// It happened to another thread.
    Elsewhere(u32),
    /// It says what another event says.
    Otherwise(usize),
    /// Its time is another.
    When(u64),
}

fn harm() -> impl Strategy<Value = Harm> {
    prop_oneof![
        12 => Just(Harm::Nothing),
        1 => Just(Harm::Gone),
        1 => Just(Harm::Twice),
        1 => (0..6u32).prop_map(Harm::Elsewhere),
        1 => (0..200usize).prop_map(Harm::Otherwise),
        1 => (0..3_000_000u64).prop_map(Harm::When),
    ]
}

/// The run with its events harmed, numbered as a reader would let them pass.
fn harmed(run: &Recording, harms: &[Harm], live: bool) -> Recording {
    let whole: Vec<Event> = run.history.events(0..run.history.event_count()).collect();
    let mut events: Vec<Event> = Vec::new();
    for (event, harm) in whole.iter().zip(harms.iter().cycle()) {
        let mut changed = event.clone();
        match *harm {
            Harm::Nothing => {}
            Harm::Gone => continue,
            Harm::Twice => events.push(event.clone()),
            Harm::Elsewhere(thread) => changed.thread = ThreadId(thread),
            Harm::Otherwise(other) => changed.kind = whole[other % whole.len()].kind.clone(),
            Harm::When(at) => changed.at.0 = at,
        }
        events.push(changed);
    }
    let mut step = Step(0);
    for (place, event) in (0..).zip(&mut events) {
        event.seq = Seq(place);
        step = Step(event.step.0.min(step.0 + 1));
        event.step = step;
    }
    let mut header = run.header.clone();
    header.live = live.then(LiveOptions::default);
    Recording::of(header, &events, &[])
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]

    #[test]
    fn what_is_made_of_a_broken_tape_is_in_order(
        harms in proptest::collection::vec(harm(), 1..300),
        target in prop::sample::select(vec![
            "deadlock/opposite", "condition/correct", "parking/semaphore", "deadlock/rlock", "counter/race", "parking/bounded",
        ]),
        live: bool,
    ) {
        let run = harmed(&common::scenario(target, 1), &harms, live);
        perfetto::check(&run);
        mermaid::diagram(&run);
        dot::graph(&run, run.history.last_step());
        super::csv::whole(&run);
    }
}
