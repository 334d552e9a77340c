//! The whole chain on real programs: what the events say, folded, is what the world that made them knows.

use lockstep::detect::{Detectors, FindingKind};
use lockstep::event::{End, Event, Limit, ObjectState, ThreadState};
use lockstep::ids::Nanos;
use lockstep::kernel::sim::{Drive, World, drive};
use lockstep::lang::{Parameters, Program, compile};
use lockstep::model::{History, Model};
use lockstep::sched::{SchedulerKind, build};
use lockstep::session::Options;
use lockstep::source::Source;
use std::path::PathBuf;
use std::sync::Arc;

const STEPS: u64 = 4000;

/// Every program of the catalogue.
fn programs() -> Vec<(PathBuf, Arc<Program>)> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let folders = std::fs::read_dir(&root).expect("there are scenarios").flatten();
    let files = folders.filter_map(|folder| std::fs::read_dir(folder.path()).ok()).flatten().flatten();
    let mut paths: Vec<PathBuf> =
        files.map(|file| file.path()).filter(|path| path.extension().is_some_and(|end| end == "py")).collect();
    paths.sort();
    paths.into_iter().map(|path| (path.clone(), compiled(&path))).collect()
}

fn compiled(path: &PathBuf) -> Arc<Program> {
    let text = std::fs::read_to_string(path).expect("the file can be read");
    let source = Arc::new(Source::new(path.display().to_string(), text));
    let compiled = compile(&source, &Parameters::default());
    compiled.program.unwrap_or_else(|| panic!("{}: {:?}", path.display(), compiled.diagnostics))
}

struct Made {
    name: String,
    world: World,
    events: Vec<Event>,
    end: End,
}

fn made() -> Vec<Made> {
    let mut all = Vec::new();
    for (path, program) in programs() {
        for seed in 1..=4 {
            let mut events = Vec::new();
            let mut world = World::new(Arc::clone(&program), Options { seed, ..Options::default() }, &mut events);
            let mut scheduler = build(SchedulerKind::Random, seed);
            let how = Drive { max_steps: Some(STEPS), ..Drive::default() };
            let name = format!("{} with seed {seed}", path.display());
            let end = drive(&mut world, scheduler.as_mut(), how, &mut events).unwrap_or_else(|e| panic!("{name}: {e}"));
            all.push(Made { name, world, events, end });
        }
    }
    assert!(all.len() > 40, "{}", all.len());
    all
}

#[test]
fn the_events_of_the_catalogue_say_everything() {
    let mut ends = std::collections::BTreeMap::<String, u32>::new();
    for made in made() {
        let mut model = Model::default();
        made.events.iter().for_each(|event| model.apply(event));
        threads_agree(&made, &model);
        values_agree(&made, &model);
        holders_agree(&made.name, &model);
        output_agrees(&made);
        findings_agree(&made);
        *ends.entry(format!("{:?}", made.end)).or_default() += 1;
    }
    assert!(ends.contains_key("Finished") && ends.contains_key("Deadlock"), "{ends:?}");
}

fn threads_agree(made: &Made, model: &Model) {
    let name = &made.name;
    assert_eq!(model.threads.len(), made.world.threads().count(), "{name}");
    for (view, facts) in model.threads.iter().zip(made.world.threads()) {
        assert_eq!(
            (view.state, &view.name, view.daemon),
            (facts.state, &facts.name, facts.daemon),
            "{name}: {facts:?}"
        );
        let waiting = view.state.is_held_up() || view.state == ThreadState::Ready;
        assert_eq!(view.pending.is_some(), waiting, "{name}: {} is {:?}", view.id, view.state);
        if waiting {
            assert_eq!(view.line, facts.line, "{name}: {}", view.id);
        }
    }
    assert_eq!(model.switches, made.world.switches(), "{name}");
    assert_eq!(model.step, made.world.step(), "{name}");
    assert_eq!((model.now, model.ended.as_ref()), (made.world.now(), Some(&made.end)), "{name}");
}

/// The variables that are on the tape have the values they have at the end.
fn values_agree(made: &Made, model: &Model) {
    let globals = made.world.globals();
    for object in model.objects() {
        let ObjectState::Data(Some(value)) = &object.state else { continue };
        let Some((_, repr)) = globals.iter().find(|(name, _)| *name == object.name) else { continue };
        let shown = value.to_string();
        let same =
            shown.strip_suffix('…').map_or(shown == *repr, |start| repr.starts_with(start.trim_end_matches(", ")));
        assert!(same, "{}: {} is {repr}, on the tape {shown}", made.name, object.name);
    }
}

/// Who holds a lock is said by the lock and by the thread.
fn holders_agree(name: &str, model: &Model) {
    for object in model.objects() {
        let holders: Vec<_> =
            model.threads.iter().filter(|thread| thread.holds.iter().any(|(id, _)| *id == object.id)).collect();
        if let ObjectState::Lock { owner, .. } = object.state {
            assert_eq!(holders.iter().map(|thread| thread.id).collect::<Vec<_>>(), Vec::from_iter(owner), "{name}");
        }
        for waiter in &object.waiters {
            let state = model.thread(*waiter).map(|thread| thread.state);
            assert!(
                matches!(state, Some(ThreadState::Blocked { on } | ThreadState::Waiting { on }) if on == object.id),
                "{name}: {waiter} {state:?}"
            );
        }
    }
}

fn output_agrees(made: &Made) {
    let mut history = History::new();
    history.push(&made.events, &[]);
    let output = made.world.output().to_string();
    let lines: Vec<String> = history.output().lines(0..usize::MAX).into_iter().map(|line| line.text).collect();
    assert_eq!(lines, output.lines().collect::<Vec<_>>(), "{}", made.name);
    assert_eq!(history.model().output_bytes, output.len() as u64, "{}", made.name);
}

fn findings_agree(made: &Made) {
    let findings = Detectors::run(&made.events);
    let has = |wanted: fn(&FindingKind) -> bool| findings.iter().any(|finding| wanted(&finding.kind));
    let waits = has(|kind| matches!(kind, FindingKind::Deadlock | FindingKind::Stuck));
    match made.end {
        End::Deadlock => assert!(waits, "{}", made.name),
        End::Finished => assert!(!waits, "{}: {findings:?}", made.name),
        End::Limit(Limit::Steps(_)) => {}
        _ => panic!("{}: {:?}", made.name, made.end),
    }
    let failed = made.world.threads().filter(|thread| thread.state == ThreadState::Failed).count();
    let crashes = findings.iter().filter(|finding| matches!(finding.kind, FindingKind::Crash { .. })).count();
    assert_eq!(failed, crashes, "{}", made.name);
    for finding in &findings {
        assert!(finding.lines.iter().all(|line| *line > 0), "{}: {finding:?}", made.name);
    }
}

#[test]
fn time_on_the_tape_never_runs_backwards() {
    for made in made().into_iter().step_by(4) {
        let mut before = Nanos(0);
        for (number, event) in made.events.iter().enumerate() {
            assert!(event.at >= before && event.seq.0 as usize == number, "{}: {event:?}", made.name);
            before = event.at;
        }
    }
}
