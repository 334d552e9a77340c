//! A finished run.

use super::Witness;
use crate::detect::Finding;
use crate::event::{End, ObjectState, Schedule, ThreadState};
use crate::ids::{Nanos, ObjectId, ThreadId};
use crate::model::{Model, ObjectView, ThreadView};
use crate::scenario::RunEnd;
use crate::words::Words;
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::Arc;

/// Where a run was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum World {
    /// In the simulator.
    Sim,
    /// On real threads.
    Live,
}

/// Everything that is said about a run.
pub struct Run<'a> {
    /// What to type to get there again.
    pub target: &'a str,
    pub world: World,
    pub seed: u64,
    pub end: &'a End,
    /// It was ended from outside, by Ctrl-C.
    pub interrupted: bool,
    /// Every step that was made; for a live run what the simulator has to do for the same.
    pub schedule: &'a Schedule,
    pub steps: u64,
    pub switches: u32,
    pub time: Nanos,
    pub output: &'a str,
    /// The module's variables that are data, each as its `repr`.
    pub globals: &'a [(Arc<str>, String)],
    pub witness: &'a Witness,
}

/// For people: how it ended, what was found. (The program's output stands before that already.)
pub fn text(run: &Run<'_>, words: &Words, out: &mut dyn Write) -> io::Result<()> {
    let end = if run.interrupted { words.t("run-interrupted") } else { words.end(run.end) };
    unended(run, &end, words, out)
}

/// The same when nobody knows how it ended, with a sentence that says so.
pub fn unended(run: &Run<'_>, end: &str, words: &Words, out: &mut dyn Write) -> io::Result<()> {
    let summary = words.with(
        match run.world {
            World::Sim => "run-summary",
            // A seed would promise that the same can be had again.
            World::Live => "run-summary-real",
        },
        &[
            ("steps", run.steps.into()),
            ("switches", run.switches.into()),
            ("time", words.duration(run.time).into()),
            ("seed", run.seed.to_string().into()),
        ],
    );
    writeln!(out, "{}", words.sentences(&[end.to_owned(), summary]))?;
    for finding in &run.witness.findings {
        writeln!(out, "{}", words.finding(finding, &run.witness.model))?;
    }
    Ok(())
}

/// For other programs.
pub fn json(run: &Run<'_>, words: &Words, out: &mut dyn Write) -> io::Result<()> {
    let model = &run.witness.model;
    let failed = model.threads.iter().any(|thread| thread.state == ThreadState::Failed);
    let json = RunJson {
        lockstep: 1,
        target: run.target,
        world: run.world,
        end: RunEnd::of_run(run.end, failed),
        seed: run.seed,
        schedule: run.schedule.to_string(),
        steps: run.steps,
        switches: run.switches,
        time_ns: run.time.0,
        output: run.output,
        globals: run.globals.iter().map(|(name, value)| (&**name, &**value)).collect(),
        threads: model.threads.iter().map(ThreadJson::new).collect(),
        objects: model.objects().map(ObjectJson::new).collect(),
        findings: run.witness.findings.iter().map(|finding| FindingJson::new(finding, model, words)).collect(),
    };
    serde_json::to_writer(&mut *out, &json)?;
    writeln!(out)
}

#[derive(Serialize)]
struct RunJson<'a> {
    lockstep: u32,
    target: &'a str,
    world: World,
    end: RunEnd,
    seed: u64,
    schedule: String,
    steps: u64,
    switches: u32,
    time_ns: u64,
    output: &'a str,
    globals: BTreeMap<&'a str, &'a str>,
    threads: Vec<ThreadJson<'a>>,
    objects: Vec<ObjectJson<'a>>,
    findings: Vec<FindingJson>,
}

#[derive(Serialize)]
struct ThreadJson<'a> {
    id: u32,
    letter: String,
    name: &'a str,
    state: &'static str,
    line: u32,
    /// The object that it waits for.
    waits_for: Option<u32>,
    /// The thread whose end it waits for.
    joins: Option<u32>,
}

#[derive(Serialize)]
struct ObjectJson<'a> {
    id: u32,
    kind: &'static str,
    name: &'a str,
    line: u32,
    owner: Option<u32>,
    waiters: Vec<u32>,
}

#[derive(Serialize)]
struct FindingJson {
    kind: &'static str,
    message: String,
    threads: Vec<u32>,
    objects: Vec<u32>,
    lines: Vec<u32>,
    seq: u32,
    /// It says something about the program, and the run did not go wrong because of it.
    warning: bool,
    /// The events that prove it together.
    proof: Vec<u32>,
}

impl<'a> ThreadJson<'a> {
    fn new(thread: &'a ThreadView) -> ThreadJson<'a> {
        let waits_for = match thread.state {
            ThreadState::Blocked { on } | ThreadState::Waiting { on } => Some(on.0),
            _ => None,
        };
        let joins = if let ThreadState::Joining { thread } = thread.state { Some(thread.0) } else { None };
        ThreadJson {
            id: thread.id.0,
            letter: thread.id.letter(),
            name: &thread.name,
            state: state_name(thread.state),
            line: thread.line,
            waits_for,
            joins,
        }
    }
}

const fn state_name(state: ThreadState) -> &'static str {
    match state {
        ThreadState::New => "new",
        ThreadState::Ready => "ready",
        ThreadState::Blocked { .. } => "blocked",
        ThreadState::Waiting { .. } | ThreadState::Joining { .. } => "waiting",
        ThreadState::Sleeping { .. } => "sleeping",
        ThreadState::Reading => "reading",
        ThreadState::Finished => "finished",
        ThreadState::Failed => "failed",
        ThreadState::Killed => "killed",
    }
}

impl<'a> ObjectJson<'a> {
    fn new(object: &'a ObjectView) -> ObjectJson<'a> {
        let owner = if let ObjectState::Lock { owner, .. } = object.state { owner } else { None };
        ObjectJson {
            id: object.id.0,
            kind: object.kind.name(),
            name: &object.name,
            line: object.line,
            owner: owner.map(|thread| thread.0),
            waiters: numbers(&object.waiters),
        }
    }
}

impl FindingJson {
    fn new(finding: &Finding, model: &Model, words: &Words) -> FindingJson {
        FindingJson {
            kind: finding.kind.name(),
            message: words.finding(finding, model),
            threads: numbers(&finding.threads),
            objects: finding.objects.iter().map(|ObjectId(id)| *id).collect(),
            lines: finding.lines.clone(),
            seq: finding.seq.0,
            warning: !finding.kind.is_failure(),
            proof: finding.proof.iter().map(|deed| deed.seq.0).collect(),
        }
    }
}

fn numbers(threads: &[ThreadId]) -> Vec<u32> {
    threads.iter().map(|thread| thread.0).collect()
}
