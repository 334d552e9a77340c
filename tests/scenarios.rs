//! Every variant of every scenario keeps what its manifest promises, here and under `python3`.

// A test that cannot go on says so by panicking.
#![allow(clippy::unwrap_used, clippy::print_stderr)]

use lockstep::event::{NoSink, ThreadState};
use lockstep::kernel::Options;
use lockstep::kernel::sim::{Drive, World, drive};
use lockstep::lang::{Parameters, Program, compile};
use lockstep::scenario::{BugKind, Catalogue, RunEnd, SEEDS, Scenario, Target, Variant, Verdict};
use lockstep::sched::{Fifo, Replay, Scheduler, SchedulerKind, build};
use std::collections::BTreeMap;
use std::process::{Command, Stdio};
use std::sync::Arc;

fn variants(catalogue: &Catalogue) -> impl Iterator<Item = (&Arc<Scenario>, &Variant)> {
    catalogue.scenarios().iter().flat_map(|scenario| scenario.variants.iter().map(move |variant| (scenario, variant)))
}

fn program(target: &str, catalogue: &Catalogue, parameters: &Parameters) -> Arc<Program> {
    let compiled = compile(&Target::resolve(target, catalogue).unwrap().source(), parameters);
    compiled.program.unwrap_or_else(|| panic!("{target}: {:?}", compiled.diagnostics))
}

fn end_with_seed(program: &Arc<Program>, seed: u64) -> RunEnd {
    end_of(program, seed, build(SchedulerKind::Random, seed).as_mut())
}

fn end_of(program: &Arc<Program>, seed: u64, scheduler: &mut dyn Scheduler) -> RunEnd {
    let mut world = World::new(Arc::clone(program), Options { seed, ..Options::default() }, &mut NoSink);
    let how = Drive { max_steps: Some(20_000), ..Drive::default() };
    let end = drive(&mut world, scheduler, how, &mut NoSink).unwrap();
    RunEnd::of_run(&end, world.threads().any(|thread| thread.state == ThreadState::Failed))
}

#[test]
fn every_variant_ends_as_it_says() {
    let catalogue = Catalogue::embedded();
    let mut wrong = Vec::new();
    for (scenario, variant) in variants(&catalogue) {
        let target = format!("{}/{}", scenario.id, variant.id);
        let program = program(&target, &catalogue, &Parameters::default());
        let mut found: BTreeMap<&str, Vec<u64>> = BTreeMap::new();
        for seed in SEEDS {
            found.entry(end_with_seed(&program, seed).name()).or_default().push(seed);
        }
        let stated = |seed| variant.expected.ends.as_ref().and_then(|ends| ends.with_seed(seed)).map(RunEnd::name);
        let as_stated = found.iter().all(|(end, seeds)| seeds.iter().all(|seed| stated(*seed) == Some(end)));
        if !as_stated {
            wrong.push(format!("{target}: {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "these end otherwise than stated:\n{}", wrong.join("\n"));
}

/// The keys that the stories name, as schedules. Afterwards each thread runs as long as it can.
#[test]
fn the_steps_that_the_stories_tell_lead_where_they_say() {
    let told = [
        ("counter/race", "v1/M4.A1.B1.A1.B1", RunEnd::Crash),
        ("counter/locked", "v1/M4.A2", RunEnd::Finished),
        ("counter/wrong-lock", "v1/M4.A2.B4.A1", RunEnd::Crash),
        ("deadlock/opposite", "v1/M2.A1.B1", RunEnd::Deadlock),
        ("deadlock/opposite", "v1/M2.A6", RunEnd::Finished),
        ("deadlock/ordered", "v1/M2.A1", RunEnd::Finished),
        // Both give up and try again, at the same pace, and so on without end.
        ("deadlock/timeout", "v1/M2.A1.B1.A!timeout.B!timeout", RunEnd::Limit),
        ("deadlock/transfer", "v1/M2.A1.B1", RunEnd::Deadlock),
        ("philosophers/naive", "v1/M3.A1.B1.C1", RunEnd::Deadlock),
        ("philosophers/ordered", "v1/M3.A1.B1", RunEnd::Finished),
        ("philosophers/waiter", "v1/M3.A1.B1", RunEnd::Finished),
        ("philosophers/trylock", "v1/M3.A1.B1.C1.A1.B1.C1.A1.B1.C1", RunEnd::Finished),
        ("philosophers/noodles", "v1/M3.A1.B1", RunEnd::Deadlock),
        ("traffic/wait", "v1/M3.A1.B1", RunEnd::Finished),
        ("traffic/toggle", "v1/M3.A1.C1.A3", RunEnd::Finished),
        ("traffic/toggle", "v1/M3.A1.C4.B1", RunEnd::Deadlock),
        ("condition/if", "v1/M4.A3.C5.B5.A2", RunEnd::Crash),
        ("condition/notify-one", "v1/M4.A3.B3.C5.D3.A4", RunEnd::Deadlock),
        ("condition/two-conditions", "v1/M4.A3.B3.C5.D3.A4", RunEnd::Finished),
        ("parking/bounded", "v1/M1.A1", RunEnd::Crash),
        ("parking/unbounded-bug", "v1/M1.A1", RunEnd::Crash),
        ("rendezvous/meet", "v1/M2.A2.B3", RunEnd::Finished),
        ("rendezvous/meet", "v1/M2.B2.A3", RunEnd::Finished),
        ("rendezvous/wait-first", "v1/M2.A1.B1", RunEnd::Deadlock),
        ("rendezvous/one-sided", "v1/M2.A3", RunEnd::Crash),
        ("rendezvous/one-sided", "v1/M2.B1.A3", RunEnd::Finished),
        ("bounded-buffer/semaphores", "v1/M2.A5.B5", RunEnd::Finished),
        ("bounded-buffer/swapped", "v1/M2.B1.A1", RunEnd::Deadlock),
        // The consumer dies, and then the producer waits for ever.
        ("bounded-buffer/early", "v1/M2.A2.B4.A3", RunEnd::Deadlock),
        ("barrier/one-gate", "v1/M3.A7.B21", RunEnd::Deadlock),
        ("barrier/two-gates", "v1/M3.A7.B14.A16", RunEnd::Finished),
        ("readers-writers/counted", "v1/M4.A6.B5.A7", RunEnd::Finished),
        ("readers-writers/unguarded", "v1/M4.A8.B3.A1", RunEnd::Deadlock),
        ("readers-writers/unguarded", "v1/M4.A7.B4.A3.C4.B1", RunEnd::Crash),
        ("readers-writers/turnstile", "v1/M4.A8.C1.A7.C4", RunEnd::Finished),
        ("peterson/late", "v1/M3.A1.B4.A5", RunEnd::Crash),
        ("peterson/flags", "v1/M3.A1.B1", RunEnd::Limit),
        ("peterson/peterson", "v1/M4.A2.B6.A7", RunEnd::Finished),
        ("peterson/swapped", "v1/M4.A1.B5.A7", RunEnd::Crash),
    ];
    let catalogue = Catalogue::embedded();
    for (target, schedule, wanted) in told {
        let program = program(target, &catalogue, &Parameters::default());
        let mut replay = Replay::new(&schedule.parse().unwrap(), Box::new(Fifo::new()));
        assert_eq!(end_of(&program, 1, &mut replay), wanted, "{target} {schedule}");
    }
}

/// Everything a story tells of a variant.
fn whole(story: &lockstep::scenario::Story, variant: &str) -> String {
    story.section(variant).map(|section| format!("{}\n\n{}", section.brief, section.after)).unwrap_or_default()
}

/// What stories tell to type is spelled as it has to be, and is the same in both languages.
#[test]
fn commands_in_stories_run_what_there_is() {
    let catalogue = Catalogue::embedded();
    let commands = |text: &str| -> Vec<String> {
        text.split('`').skip(1).step_by(2).filter(|code| code.starts_with("lockstep ")).map(str::to_owned).collect()
    };
    let mut seen = 0;
    for (scenario, variant) in variants(&catalogue) {
        let section = |story: &lockstep::scenario::Story| commands(&whole(story, &variant.id));
        let (en, zh) = (section(&scenario.story.en), section(&scenario.story.zh));
        assert_eq!(en, zh, "{}/{}", scenario.id, variant.id);
        for command in en {
            let target = format!("{}/{}", scenario.id, variant.id);
            assert!(command.starts_with(&format!("lockstep run {target} --live --repeat ")), "{target}: {command}");
            seen += 1;
        }
    }
    assert!(seen > 0);
}

#[test]
fn what_can_never_go_wrong_does_not_with_many_seeds_and_other_parameters() {
    let catalogue = Catalogue::embedded();
    for (scenario, variant) in variants(&catalogue).filter(|(_, variant)| variant.expected.verdict == Verdict::Proved) {
        let target = format!("{}/{}", scenario.id, variant.id);
        let extremes = variant.settings.iter().flat_map(|setting| {
            [setting.parameter.min, setting.parameter.max]
                .map(|value| (setting.parameter.name.to_string(), value.to_string()))
        });
        for parameters in extremes.map(|parameter| vec![parameter]).chain([Vec::new()]) {
            let program = program(&target, &catalogue, &Parameters(parameters.clone()));
            for seed in 21..=60 {
                assert_eq!(end_with_seed(&program, seed), RunEnd::Finished, "{target} {parameters:?} seed {seed}");
            }
        }
    }
}

/// Programs that may hang or run for ever under `python3` are left out; the others must end there, and those that never
/// go wrong must end well.
#[test]
fn programs_run_under_python_unchanged() {
    if Command::new("python3").arg("--version").output().is_err() {
        eprintln!("SKIPPED: there is no python3 to compare with");
        return;
    }
    let catalogue = Catalogue::embedded();
    let directory = tempfile::tempdir().unwrap();
    let mut children = Vec::new();
    for (scenario, variant) in variants(&catalogue) {
        if may_hang(&variant.expected.verdict) {
            continue;
        }
        let file = directory.path().join(format!("{}_{}", scenario.id, variant.file));
        std::fs::write(&file, &*variant.text).unwrap();
        let mut command = Command::new("python3");
        let child =
            command.arg(&file).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        children.push((scenario, variant, child));
    }
    for (scenario, variant, child) in children {
        let output = child.wait_with_output().unwrap();
        let errors = String::from_utf8_lossy(&output.stderr);
        let target = format!("{}/{}", scenario.id, variant.id);
        assert!(!errors.contains("SyntaxError"), "{target}: {errors}");
        if variant.expected.verdict == Verdict::Proved {
            assert!(output.status.success() && errors.is_empty(), "{target}: {errors}");
        }
    }
}

fn may_hang(verdict: &Verdict) -> bool {
    let hangs = |kind: &BugKind| matches!(kind, BugKind::Deadlock | BugKind::Stuck | BugKind::Livelock);
    matches!(verdict, Verdict::Bug(kinds) if kinds.iter().any(hangs))
}

#[test]
fn programs_are_short_and_plain() {
    let catalogue = Catalogue::embedded();
    for (scenario, variant) in variants(&catalogue) {
        let lines = variant.text.lines().count();
        assert!((12..=50).contains(&lines), "{}/{}: {lines} lines", scenario.id, variant.id);
        assert!(variant.text.lines().all(|line| line.chars().count() <= 100), "{}/{}", scenario.id, variant.id);
        assert!(variant.text.starts_with("# "), "{}/{}: the first line says what it is", scenario.id, variant.id);
    }
}

#[test]
fn stories_use_signs_that_are_one_cell_wide_everywhere() {
    let catalogue = Catalogue::embedded();
    for scenario in catalogue.scenarios() {
        let texts = [
            ("en", &scenario.title.en, &scenario.summary.en, &scenario.story.en),
            ("zh", &scenario.title.zh, &scenario.summary.zh, &scenario.story.zh),
        ];
        for (language, title, summary, story) in texts {
            let sections: Vec<String> = scenario.variants.iter().map(|variant| whole(story, &variant.id)).collect();
            let sections = sections.iter().map(String::as_str);
            for text in [&**title, &**summary, &*story.introduction].into_iter().chain(sections) {
                let odd = text.chars().find(|c| "“”‘’…—–·→←↑↓●○×".contains(*c));
                assert_eq!(odd, None, "{} {language}: {text}", scenario.id);
            }
        }
    }
}
