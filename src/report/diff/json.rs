//! The difference for other programs.

use super::ends::{Came, Variable};
use super::start::world;
use super::{Both, Diff, Next};
use crate::model::Recording;
use crate::scenario::RunEnd;
use serde::Serialize;
use serde_json::{Map, Value, json};
use std::io::{self, Write};

/// One object on one line. `files` are the names of the recordings.
pub fn json(diff: &Diff, both: Both<&Recording>, files: Both<&str>, out: &mut dyn Write) -> io::Result<()> {
    let ends = diff.ends.ends.each_ref().map(Option::as_ref);
    let json = DiffJson {
        lockstep: 1,
        same: diff.is_same(),
        a: RunJson::new(both[0], files[0], ends[0]),
        b: RunJson::new(both[1], files[1], ends[1]),
        program: diff.program.as_ref().map(|program| {
            let [a, b] = &program.texts;
            json!({ "line": program.line, "a": a, "b": b })
        }),
        settings: diff.settings.iter().map(setting).collect(),
        operations: diff.operations,
        same_until: [diff.until[0].0, diff.until[1].0].into(),
        first_difference: first_difference(diff),
        renumbered: diff.renumbered.each_ref().map(|threads| renumbered(threads)).into(),
        findings: diff.ends.findings.clone().into(),
        output: diff.ends.output.as_ref().map(|(line, [a, b])| json!({ "line": line, "a": a, "b": b })),
        variables: diff.ends.variables.iter().map(variable).collect(),
        variables_total: diff.ends.variables_total,
    };
    serde_json::to_writer(&mut *out, &json)?;
    writeln!(out)
}

/// What belongs to the one and to the other.
#[derive(Serialize)]
struct Sides<T> {
    a: T,
    b: T,
}

impl<T> From<Both<T>> for Sides<T> {
    fn from([a, b]: Both<T>) -> Sides<T> {
        Sides { a, b }
    }
}

#[derive(Serialize)]
struct DiffJson<'a> {
    lockstep: u32,
    same: bool,
    a: RunJson<'a>,
    b: RunJson<'a>,
    program: Option<Value>,
    settings: Vec<Value>,
    operations: u64,
    same_until: Sides<u32>,
    first_difference: Option<Value>,
    renumbered: Sides<Map<String, Value>>,
    findings: Sides<Vec<String>>,
    output: Option<Value>,
    variables: Vec<Value>,
    variables_total: usize,
}

#[derive(Serialize)]
struct RunJson<'a> {
    file: &'a str,
    target: &'a str,
    world: &'static str,
    steps: u32,
    /// Null when the recording breaks off before the run ended.
    end: Option<RunEnd>,
    complete: bool,
}

impl<'a> RunJson<'a> {
    fn new(recording: &'a Recording, file: &'a str, end: Option<&Came>) -> RunJson<'a> {
        RunJson {
            file,
            target: &recording.header.target,
            world: world(&recording.header),
            steps: recording.history.last_step().0,
            end: end.map(Came::run_end),
            complete: recording.complete,
        }
    }
}

fn setting(setting: &super::Setting) -> Value {
    let [a, b] = &setting.values;
    let mut row = json!({ "what": setting.what.name(), "a": a, "b": b });
    match &setting.what {
        super::What::Parameter(name) => row["name"] = name.as_str().into(),
        super::What::Input(number) => row["number"] = (*number).into(),
        _ => {}
    }
    row
}

fn variable(variable: &Variable) -> Value {
    let [a, b] = &variable.values;
    json!({ "name": &*variable.name, "a": a, "b": b })
}

/// Null when neither run does anything else.
fn first_difference(diff: &Diff) -> Option<Value> {
    let step = diff.next.iter().flatten().map(|next| next.step.0).min()?;
    let [a, b] = diff.next.each_ref().map(|next| next.as_ref().map(operation));
    Some(json!({ "step": step, "a": a, "b": b }))
}

fn operation(next: &Next) -> Value {
    json!({
        "step": next.step.0,
        "thread": next.thread.0,
        "letter": next.thread.letter(),
        "line": next.line,
        "message": next.told,
    })
}

/// The letters on the tape, with those in the simulator.
fn renumbered(threads: &[(crate::ids::ThreadId, crate::ids::ThreadId)]) -> Map<String, Value> {
    threads.iter().map(|(here, there)| (here.letter(), there.letter().into())).collect()
}
