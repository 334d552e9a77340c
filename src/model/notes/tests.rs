use super::super::testing::{World, garbage};
use super::*;
use crate::detect::{Detectors, FindingKind};
use crate::event::{
    Access, Action, EventKind, ObjectInfo, ObjectKind, ObjectState, Outcome, Text, ThreadInfo, ThreadState,
};
use crate::ids::{Nanos, ObjectId, Seq, ThreadId};
use crate::model::History;
use crate::scenario::{Localized, NoteEvent, When};
use proptest::prelude::*;

const M: ThreadId = ThreadId::MAIN;
const A: ThreadId = ThreadId(1);
const B: ThreadId = ThreadId(2);
const FORK: ObjectId = ObjectId(0);
const CONDITION: ObjectId = ObjectId(1);
const N: ObjectId = ObjectId(2);

fn event(thread: ThreadId, line: u32, kind: EventKind) -> Event {
    Event { seq: Seq(0), step: Step(1), at: Nanos(0), thread, line, kind }
}

/// Plato and Kant with a fork, a condition over the fork's lock, and a variable.
fn picture() -> Model {
    let mut model = Model::default();
    for (thread, name) in [(M, "MainThread"), (A, "Plato"), (B, "Kant")] {
        let info = ThreadInfo { name: name.into(), daemon: false, parent: None };
        model.apply(&event(thread, 0, EventKind::Thread(Arc::new(info))));
    }
    for (id, kind, name, state) in [
        (FORK, ObjectKind::Lock, "fork[0]", ObjectState::Lock { owner: None, depth: 0 }),
        (CONDITION, ObjectKind::Condition, "cond", ObjectState::Condition { lock: FORK }),
        (N, ObjectKind::Variable, "n", ObjectState::Data(None)),
    ] {
        let info = ObjectInfo { id, kind, name: name.into(), line: 1, state };
        model.apply(&event(M, 0, EventKind::Object(Arc::new(info))));
    }
    model
}

fn did(thread: ThreadId, line: u32, action: Action, outcome: Outcome) -> Event {
    event(thread, line, EventKind::Did { action, outcome })
}

fn acquire(object: ObjectId) -> Action {
    Action::Acquire { object, blocking: true, timeout: None }
}

/// `line event object thread finding`, a dash for what is not named.
fn when(text: &str) -> When {
    let mut words = text.split(' ').map(|word| Some(word).filter(|word| *word != "-"));
    let mut next = || words.next().flatten();
    let line = next().map(|line| line.parse().unwrap());
    let event = next().map(|name| {
        NoteEvent::ALL.into_iter().find(|event| format!("{event:?}").to_lowercase() == name).expect("an event")
    });
    let (object, thread) = (next().map(Into::into), next().map(Into::into));
    let finding = next().map(|kind| FindingKind::NAMES.into_iter().find(|name| *name == kind).expect("a finding"));
    When { line, event, object, thread, finding }
}

fn note(text: &str, each: bool) -> Note {
    Note { when: when(text), each, text: Localized::default() }
}

fn is_due(text: &str, events: &[Event], findings: &[Finding]) -> bool {
    !due(&[note(text, false)], events, findings, &picture()).is_empty()
}

#[track_caller]
fn check(events: &[Event], findings: &[Finding], yes: &[&str], no: &[&str]) {
    for text in yes {
        assert!(is_due(text, events, findings), "{text} is not due");
    }
    for text in no {
        assert!(!is_due(text, events, findings), "{text} is due");
    }
}

#[test]
fn an_operation_is_named_by_line_event_object_and_thread() {
    let step =
        [did(A, 7, acquire(FORK), Outcome::Done), event(B, 8, EventKind::State(ThreadState::Blocked { on: FORK }))];
    check(
        &step,
        &[],
        &[
            "7 - - - -",
            "- acquired - - -",
            "- - fork* - -",
            "- - - Plato -",
            "7 acquired fork[0] P* -",
            "- blocked fork[*] Kant -",
            "8 blocked - - -",
        ],
        &[
            "8 - - - -",
            "- released - - -",
            "- - n - -",
            // Who blocks does nothing, and everything must be true of the same thing.
            "- - - Kant -",
            "- blocked - Plato -",
            "7 blocked - - -",
            "7 acquired fork[0] Kant -",
            "- - - - deadlock",
        ],
    );
}

#[test]
fn every_event_is_told_by_what_was_done() {
    let wait = Action::Wait { object: CONDITION, timeout: None };
    let woke = Outcome::Woke(vec![A].into());
    let get = Action::Get { object: N, blocking: false, timeout: None };
    let value = || Text::Int(1);
    for (events, yes) in [
        (vec![did(M, 1, Action::Start { thread: A }, Outcome::Done)], "started"),
        (vec![event(A, 1, EventKind::State(ThreadState::Finished))], "finished"),
        (vec![event(A, 1, EventKind::State(ThreadState::Failed))], "failed"),
        (vec![did(A, 1, acquire(FORK), Outcome::Done)], "acquired"),
        (vec![did(A, 1, acquire(FORK), Outcome::Refused)], "refused"),
        (vec![did(A, 1, acquire(FORK), Outcome::TimedOut)], "refused"),
        (vec![did(A, 1, get, Outcome::Raised("Empty".into()))], "refused"),
        (vec![did(A, 1, Action::Release { object: FORK, count: 1 }, Outcome::Done)], "released"),
        (vec![did(A, 1, Action::Release { object: FORK, count: 1 }, Outcome::Raised("RuntimeError".into()))], ""),
        (vec![did(A, 1, wait, Outcome::Enqueued)], "released waits"),
        (vec![event(A, 1, EventKind::State(ThreadState::Waiting { on: CONDITION }))], "waits"),
        (vec![event(A, 1, EventKind::State(ThreadState::Joining { thread: B }))], ""),
        (vec![did(B, 1, Action::Notify { object: CONDITION, count: Some(1) }, woke)], "notified woken"),
        (vec![did(B, 1, Action::EventSet { object: CONDITION }, Outcome::Woke(Box::default()))], "notified"),
        (vec![did(A, 1, Action::Reacquire { object: CONDITION }, Outcome::Done)], "acquired"),
        (vec![did(A, 1, Action::Reacquire { object: CONDITION }, Outcome::TimedOut)], "acquired refused"),
        (vec![did(A, 1, Action::Read { object: N, key: None }, Outcome::Value(value()))], "read"),
        (vec![did(A, 1, Action::Write { object: N, key: None, value: value() }, Outcome::Done)], "wrote"),
        (
            vec![did(A, 1, Action::Call { object: N, access: Access::Write, call: "pop()".into() }, Outcome::Done)],
            "wrote",
        ),
        (vec![did(A, 1, Action::Print { text: value() }, Outcome::Done)], "printed"),
        (vec![did(A, 1, Action::Sleep { length: Nanos(1) }, Outcome::Done)], "slept"),
        (vec![event(M, 1, EventKind::Ended(crate::event::End::Finished))], "ended"),
    ] {
        let told = |event: &NoteEvent| is_due(&format!("- {event:?} - - -").to_lowercase(), &events, &[]);
        let found = NoteEvent::ALL.iter().filter(|event| told(event)).map(|event| format!("{event:?}").to_lowercase());
        let mut wanted: Vec<String> = yes.split_whitespace().map(str::to_owned).collect();
        let mut found: Vec<String> = found.collect();
        wanted.sort();
        found.sort();
        assert_eq!(found, wanted, "{events:?}");
    }
}

#[test]
fn whom_it_is_about_counts_too() {
    let start = [did(M, 3, Action::Start { thread: A }, Outcome::Done)];
    check(&start, &[], &["3 started - Plato -", "- started - Main* -"], &["- started - Kant -"]);
    let notify = Action::Notify { object: CONDITION, count: None };
    let step = [did(B, 9, notify, Outcome::Woke(vec![A].into()))];
    // The condition is called by its lock's name, too.
    check(&step, &[], &["- woken cond Plato -", "- notified fork[0] Kant -"], &["- notified cond Plato -"]);
}

#[test]
fn a_finding_is_a_second_condition() {
    let finding = Finding {
        kind: FindingKind::Deadlock,
        threads: vec![A, B],
        objects: vec![FORK],
        lines: vec![7, 8],
        seq: Seq(0),
        step: Step(1),
        evidence: Vec::new(),
        proof: Vec::new(),
    };
    let step =
        [did(M, 20, Action::Now, Outcome::Done), event(B, 8, EventKind::State(ThreadState::Blocked { on: FORK }))];
    check(
        &step,
        std::slice::from_ref(&finding),
        &["- - - - deadlock", "20 - - - deadlock", "7 - fork* Plato deadlock", "- blocked - Kant deadlock"],
        &["- - - - crash", "21 - - - deadlock", "- blocked - Plato deadlock", "- - n - deadlock", "- - fork[0] - -"],
    );
    // It may be found with nothing that can be named.
    check(&[], &[finding], &["- - - - deadlock"], &["- ended - - deadlock"]);
}

/// Notes that a run of the small world has reasons for.
fn notes() -> Arc<[Note]> {
    [
        ("- acquired thing0 - -", false),
        ("- acquired - A -", true),
        ("- blocked thing* B -", false),
        ("- wrote - - -", true),
        ("1 - - - -", false),
        ("- printed - M -", false),
        ("- - - - data_race", true),
        ("- ended - - -", false),
    ]
    .map(|(text, each)| note(text, each))
    .into()
}

/// The same by the definition: every step for itself, from the beginning.
fn directly(notes: &[Note], events: &[Event], to: Step) -> Vec<Telling> {
    let (mut model, mut detectors) = (Model::default(), Detectors::default());
    let (mut told, mut once): (Vec<Telling>, Vec<bool>) = (Vec::new(), vec![false; notes.len()]);
    for step in events.chunk_by(|a, b| a.step == b.step).take_while(|step| step[0].step <= to) {
        let mut findings = Vec::new();
        for event in step {
            detectors.fold(event, &mut findings);
            model.apply(event);
        }
        for place in due(notes, step, &findings, &model) {
            if !once[place] || notes[place].each && told.len() < TOLD_MAX {
                once[place] = true;
                told.push(Telling { step: step[0].step, note: u32::try_from(place).unwrap() });
            }
        }
    }
    told
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_path_of_the_cursor_tells_what_the_definition_tells(
        seed: u64,
        portion in 1u32..90,
        ways in prop::collection::vec((0u32..400, any::<bool>(), any::<u64>()), 1..8),
    ) {
        let notes = notes();
        let mut world = World::new(3, seed);
        let mut history = History::with_notes(Arc::clone(&notes));
        let mut pushed = 0;
        for (to, cut, other) in ways {
            if cut && to < history.last_step().0 {
                history.truncate(Step(to));
                world.go_back(Step(to));
                world.reseed(other);
                pushed = world.events.len();
            } else {
                history.seek(Step(to));
            }
            let made = world.choices.len();
            world.run(portion);
            history.push(&world.events[pushed..], &world.choices[made..]);
            pushed = world.events.len();
            for at in [history.at(), history.last_step(), Step(to / 2)] {
                let wanted = directly(&notes, &world.events, at);
                let of_step: Vec<Telling> = wanted.iter().copied().filter(|telling| telling.step == at).collect();
                prop_assert_eq!(history.notes().up_to(at), &wanted[..]);
                prop_assert_eq!(history.notes().at(at), &of_step[..]);
            }
        }
    }

    #[test]
    fn no_tape_is_too_strange(events in prop::collection::vec(garbage(), 0..200), cut in 0u32..8) {
        let mut history = History::with_notes(notes());
        history.push(&events, &[]);
        history.truncate(Step(cut));
        history.push(&events, &[]);
        prop_assert!(history.notes().up_to(Step(u32::MAX)).is_sorted_by_key(|telling| telling.step));
    }
}

#[test]
fn what_is_told_each_time_is_not_told_for_ever() {
    let mut world = World::new(3, 1);
    world.run(2000);
    let mut history = History::with_notes(notes());
    history.push(&world.events, &world.choices);
    let told = history.notes().up_to(history.last_step());
    assert!((TOLD_MAX..TOLD_MAX + 8).contains(&told.len()), "{told:?}");
}

#[test]
fn a_step_that_comes_in_pieces_is_told_once() {
    let mut world = World::new(3, 5);
    world.run(60);
    let notes = notes();
    let mut history = History::with_notes(Arc::clone(&notes));
    for event in &world.events {
        history.push(std::slice::from_ref(event), &[]);
    }
    let last = history.last_step();
    let told = history.notes().up_to(last).to_vec();
    assert_eq!(told, directly(&notes, &world.events, last));
}
