//! Where two runs part.

use crate::common::{by_schedule, program, scenario, scheduled};
use lockstep::event::{Action, Event, EventKind, Outcome};
use lockstep::ids::{Nanos, Step, ThreadId};
use lockstep::kernel::Options;
use lockstep::kernel::live::{Live, LiveOptions, LiveStatus};
use lockstep::lang::{self, Parameters};
use lockstep::model::Recording;
use lockstep::report::diff::{self, Diff, What};
use lockstep::scenario::{Catalogue, Target};
use lockstep::trace::Header;
use lockstep::words::{Lang, Words};
use proptest::prelude::*;
use std::sync::Arc;
use std::time::Duration;

fn compare(a: &Recording, b: &Recording) -> Diff {
    Diff::of(&mut a.clone(), &mut b.clone(), &Words::new(Lang::En))
}

/// What the command prints in each form.
fn told(a: &Recording, b: &Recording) -> String {
    let mut out = Vec::new();
    for lang in [Lang::En, Lang::Zh] {
        let words = Words::new(lang);
        let diff = Diff::of(&mut a.clone(), &mut b.clone(), &words);
        diff::text(&diff, [a, b], ["a.jsonl", "b.jsonl"], &words, &mut out).unwrap();
        out.push(b'\n');
    }
    diff::json(&compare(a, b), [a, b], ["a.jsonl", "b.jsonl"], &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// The run with these of its events only.
fn cut(run: &Recording, events: usize) -> Recording {
    let events: Vec<Event> = run.history.events(0..events).collect();
    let steps = events.last().map_or(Step(0), |event| event.step);
    let choices: Vec<_> = run.history.schedule(steps).iter().collect();
    let mut cut = Recording::of(run.header.clone(), &events, &choices);
    cut.complete = false;
    cut
}

#[test]
fn two_seeds_part_where_the_scheduler_chose_otherwise() {
    insta::assert_snapshot!("diff_seeds", told(&scenario("counter/race", 3), &scenario("counter/race", 4)));
}

#[test]
fn a_deadlock_and_a_run_that_ends_well() {
    let (stuck, well) = (scheduled("deadlock/opposite", "v1/M2.A1.B1"), scheduled("deadlock/opposite", "v1/M2.A3"));
    insta::assert_snapshot!("diff_deadlock", told(&stuck, &well));
    let diff = compare(&stuck, &well);
    assert_eq!(diff.until, [Step(3), Step(3)]);
    assert_eq!(diff.next.each_ref().map(|next| next.as_ref().unwrap().thread), [ThreadId(2), ThreadId(1)]);
}

#[test]
fn a_run_is_the_same_as_itself_and_as_one_that_was_started_otherwise() {
    for target in ["counter/race", "philosophers/naive", "condition/notify-one"] {
        let run = scenario(target, 5);
        let schedule = run.history.schedule(run.history.last_step()).to_string();
        let again = scheduled(target, &schedule);
        assert!(compare(&run, &run).is_same());
        let diff = compare(&run, &again);
        assert!(diff.is_same(), "{diff:?}");
        assert_eq!(diff.settings.iter().map(|setting| setting.what.clone()).collect::<Vec<_>>(), [What::Seed]);
    }
}

#[test]
fn another_program_is_told_by_its_first_line() {
    let one = program("x = 1\nprint(x)\nprint('a')\n", 1);
    let other = program("x = 1\nprint(x)\nprint('b')\nprint('\u{1b}[2J')\n", 1);
    insta::assert_snapshot!("diff_programs", told(&one, &other));
    let shorter = program("x = 1\nprint(x)\n", 1);
    let diff = compare(&one, &shorter);
    assert_eq!(diff.program.unwrap().texts, [Some("print('a')".to_owned()), None]);
    assert_eq!(diff.next[1], None);
    assert_eq!(diff.operations, 1);
}

#[test]
fn a_recording_that_breaks_off_is_the_same_that_far() {
    let run = scenario("counter/race", 3);
    let half = cut(&run, run.history.events(0..usize::MAX).len() / 2);
    insta::assert_snapshot!("diff_cut", told(&run, &half));
    assert!(!compare(&run, &half).is_same());
    assert!(compare(&half, &half).is_same());
    let nothing = cut(&run, 0);
    assert_eq!(compare(&run, &nothing).operations, 0);
    assert!(compare(&nothing, &nothing).is_same());
}

#[test]
fn what_was_started_otherwise_is_listed() {
    let run = scenario("counter/race", 3);
    let mut other = run.clone();
    other.header.parameters = vec![("N".to_owned(), "2".to_owned()), ("\u{1b}".to_owned(), "\u{202e}".to_owned())];
    other.header.options.fair = true;
    other.header.scheduler = "rr:3".parse().unwrap();
    other.header.target = "counter/\u{1b}[2Jrace".into();
    other.inputs = vec![Some("typed".into()), None];
    other.header.inputs = vec!["known".into()];
    insta::assert_snapshot!("diff_settings", told(&run, &other));
    assert!(compare(&run, &other).is_same());
}

/// The program on real threads.
fn live(target: &str, show_gil: bool) -> Recording {
    let target = Target::resolve(target, &Catalogue::embedded()).unwrap();
    let source = target.source();
    let program = lang::compile(&source, &Parameters::default()).program.unwrap();
    let options = LiveOptions { speed: 1000.0, show_gil, ..LiveOptions::default() };
    let mut live = Live::start(program, Options::default(), &options).unwrap();
    let mut events = Vec::new();
    loop {
        live.drain(&mut events);
        if let LiveStatus::Ended(_) = live.status() {
            break;
        }
        live.wait(Duration::from_millis(10));
    }
    live.stop();
    while live.drain(&mut events) {}
    let header = Header {
        target: target.name().into(),
        source_name: Arc::clone(&source.name),
        source: Arc::clone(&source.text),
        live: Some(options),
        ..Header::default()
    };
    Recording::of(header, &events, &[])
}

#[test]
fn real_threads_and_the_simulator_that_follows_them_do_the_same() {
    for target in ["counter/race", "counter/locked", "deadlock/opposite", "philosophers/naive", "condition/notify-one"]
    {
        for show_gil in [false, true] {
            let real = live(target, show_gil);
            let mut transcript = lockstep::kernel::live::Transcript::new();
            for event in real.history.events(0..usize::MAX) {
                transcript.take(&event);
            }
            let twin = scheduled(target, &transcript.schedule().to_string());
            let diff = compare(&real, &twin);
            assert!(diff.is_same(), "{}", told(&real, &twin));
            assert_eq!(diff.operations, transcript.schedule().len());
        }
    }
}

/// Two threads that each start one more.
const FAMILY: &str = "\
from threading import Thread
n = 0
def leaf():
    global n
    n += 1
def branch():
    global n
    n += 1
    Thread(target=leaf).start()
a = Thread(target=branch)
b = Thread(target=branch)
a.start()
b.start()
";

/// The tape as real threads may tell it: A, having done its operation, creates its thread only after B has created one,
/// so that the two have each other's numbers.
fn told_late(run: &Recording) -> Recording {
    let mut events: Vec<Event> = run.history.events(0..usize::MAX).collect();
    let born = |events: &[Event], number: u32| {
        let is_birth = |event: &Event| matches!(event.kind, EventKind::Thread(_)) && event.thread == ThreadId(number);
        events.iter().position(is_birth).unwrap()
    };
    let begin = born(&events, 3);
    let end = events.iter().position(|event| event.step > events[begin].step).unwrap();
    let late: Vec<Event> = events.drain(begin..end).collect();
    let then = events[born(&events, 4)].step;
    let place = events.iter().position(|event| event.step > then).unwrap();
    events.splice(place..place, late.into_iter().map(|event| Event { step: then, ..event }));
    let events: Vec<Event> = events.into_iter().map(swapped).collect();
    let header = Header { live: Some(LiveOptions::default()), ..run.header.clone() };
    Recording::of(header, &events, &[])
}

/// The event with thread 3 for 4, and 4 for 3.
fn swapped(event: Event) -> Event {
    let swap = |thread| match thread {
        ThreadId(3) => ThreadId(4),
        ThreadId(4) => ThreadId(3),
        other => other,
    };
    let start = |action: Action| match action {
        Action::Start { thread } => Action::Start { thread: swap(thread) },
        other => other,
    };
    let kind = match event.kind {
        EventKind::Did { action, outcome } => EventKind::Did { action: start(action), outcome },
        EventKind::Pending(action) => EventKind::Pending(start(action)),
        other => other,
    };
    Event { thread: swap(event.thread), kind, ..event }
}

#[test]
fn the_threads_of_a_live_tape_are_compared_by_their_numbers_in_the_simulator() {
    // A and B write n after each other before either starts its own thread.
    let run = by_schedule(FAMILY, "v1/M3.A2.B2.A1.C2.B1.D2");
    let late = told_late(&run);
    let diff = compare(&run, &late);
    let pair = |here, there| (ThreadId(here), ThreadId(there));
    assert_eq!(diff.renumbered, [vec![], vec![pair(3, 4), pair(4, 3)]]);
    assert!(diff.is_same(), "{}", told(&run, &late));
    assert!(told(&run, &late).contains("compared by the letters they have in the simulator: C as D and D as C."));
}

#[test]
fn neither_time_nor_addresses_count() {
    let text = "import time\nx = object()\nprint(x)\nt = time.time()\ntime.sleep(t - t + 1)\n";
    let run = program(text, 1);
    let mut addresses = 0;
    let events = run.history.events(0..usize::MAX).map(|event| {
        let kind = match event.kind {
            EventKind::Did { action: Action::Print { text }, outcome } => {
                let moved = text.to_string().replace("0x", "0xabc");
                addresses += usize::from(moved != text.to_string());
                EventKind::Did { action: Action::Print { text: moved.into() }, outcome }
            }
            EventKind::Did { action: Action::Sleep { .. }, outcome } => {
                EventKind::Did { action: Action::Sleep { length: Nanos(7) }, outcome }
            }
            EventKind::Did { action: Action::Now, .. } => {
                EventKind::Did { action: Action::Now, outcome: Outcome::Value("99.5".into()) }
            }
            other => other,
        };
        Event { at: Nanos(event.at.0 * 3 + 77), kind, ..event }
    });
    let events: Vec<Event> = events.collect();
    assert_eq!(addresses, 1);
    let choices: Vec<_> = run.history.schedule(run.history.last_step()).iter().collect();
    let later = Recording::of(run.header.clone(), &events, &choices);
    assert!(compare(&run, &later).is_same(), "{}", told(&run, &later));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// The first operation that is not the same is found wherever it is.
    #[test]
    fn one_operation_that_is_left_out_is_found(seed in 1..50_u64, place in 0..1000_usize) {
        let run = scenario("philosophers/naive", seed);
        let events: Vec<Event> = run.history.events(0..usize::MAX).collect();
        let deeds: Vec<usize> = (0..events.len())
            .filter(|index| matches!(events[*index].kind, EventKind::Did { .. }))
            .collect();
        let mut altered = events.clone();
        let place = place % deeds.len();
        altered[deeds[place]].line += 1;
        let choices: Vec<_> = run.history.schedule(run.history.last_step()).iter().collect();
        let altered = Recording::of(run.header.clone(), &altered, &choices);
        let diff = compare(&run, &altered);
        prop_assert_eq!(diff.operations, place as u64);
        let step = events[deeds[place]].step;
        prop_assert_eq!(diff.until, [Step(step.0 - 1), Step(step.0 - 1)]);
        prop_assert!(!diff.is_same());
    }
}
