//! `docs/TRACE_FORMAT.md` and the schema say what the code does.

use crate::samples;
use lockstep::source::MAX_BYTES;
use lockstep::trace::{Record, SCHEMA, VERSION, Writer, limits};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Stdio};

pub(crate) fn document() -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/TRACE_FORMAT.md")).unwrap()
}

/// The names of all fields, and all words that say what something is, in what the code writes.
fn names() -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut lines = vec![{
        let writer = Writer::new(Vec::new(), &samples::header());
        String::from_utf8(writer.finish().unwrap()).unwrap().lines().next().unwrap().to_owned()
    }];
    lines.extend(samples::records().iter().map(line));
    for line in lines {
        collect(&serde_json::from_str(&line).unwrap(), &mut names);
    }
    names
}

/// A record as it stands in a file.
pub(crate) fn line(record: &Record) -> String {
    let mut writer = Writer::new(Vec::new(), &samples::header());
    writer.record(record);
    String::from_utf8(writer.finish().unwrap()).unwrap().lines().nth(1).unwrap().to_owned()
}

fn collect(value: &Value, names: &mut BTreeSet<String>) {
    // These fields say something of the program.
    const FREE: [&str; 22] = [
        "made_by",
        "target",
        "sources",
        "parameters",
        "inputs",
        "name",
        "text",
        "key",
        "value",
        "call",
        "question",
        "item",
        "prompt",
        "result",
        "exception",
        "what",
        "items",
        "schedule",
        "scheduler",
        "choice",
        "seed",
        "picture",
    ];
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                names.insert(name.clone());
                if let ("sources" | "parameters", Value::Array(list)) = (name.as_str(), value) {
                    names.extend(list[0].as_object().unwrap().keys().cloned());
                }
                if !FREE.contains(&name.as_str()) {
                    collect(value, names);
                }
            }
        }
        Value::Array(list) => list.iter().for_each(|value| collect(value, names)),
        Value::String(word) => {
            names.insert(word.clone());
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[test]
fn every_name_is_in_the_document_and_in_the_schema() {
    let names = names();
    for name in
        ["seq", "lockstep_trace", "barrier_abort", "bounded_semaphore", "unmodelled", "joining", "show_gil", "woke"]
    {
        assert!(names.contains(name), "{name}");
    }
    let document = document();
    for name in &names {
        assert!(document.contains(&format!("`{name}`")), "docs/TRACE_FORMAT.md says nothing of `{name}`");
        assert!(SCHEMA.contains(&format!("\"{name}\"")), "the schema says nothing of {name:?}");
    }
}

#[test]
fn the_document_has_the_version_and_the_limits() {
    let document = document();
    assert!(document.contains(&format!("This is version **{VERSION}**")));
    let numbers = [
        limits::LINE_BYTES as u64,
        limits::LINES,
        limits::BYTES,
        limits::ORDINARY_BYTES as u64,
        limits::LONG_BYTES,
        limits::EVENTS,
        limits::INPUTS,
        limits::THREADS.into(),
        limits::OBJECTS.into(),
        limits::WORK,
        limits::MEMORY_BYTES,
        limits::BROKEN as u64,
        MAX_BYTES as u64,
    ];
    let table = document.split("\n## ").find(|part| part.starts_with("Limits")).unwrap();
    let words: Vec<&str> = table.split(|c: char| !c.is_ascii_digit()).collect();
    for number in numbers {
        assert!(words.contains(&number.to_string().as_str()), "{number} is not in the table of limits");
    }
}

/// The blocks of code of some language, each with the block of text that follows on it.
fn blocks<'a>(document: &'a str, language: &str) -> Vec<(&'a str, Option<&'a str>)> {
    let parts: Vec<&str> = document.split("```").collect();
    let code = |part: &'a str, language: &str| part.strip_prefix(language)?.strip_prefix('\n');
    let blocks = (1..parts.len()).step_by(2).filter_map(|place| {
        let text = parts.get(place + 2).and_then(|part| code(part, "text"));
        Some((code(parts[place], language)?, text))
    });
    blocks.collect()
}

/// The trace that the document shows; its header is broken into lines there.
pub(crate) fn example(document: &str) -> String {
    let (block, _) = blocks(document, "json")[0];
    let first = block.find("\n{").unwrap();
    format!("{}{}", block[..first].replace('\n', ""), &block[first..])
}

#[test]
fn the_example_is_a_real_trace() {
    let made = Command::new(env!("CARGO_BIN_EXE_lockstep"))
        .args(["run", "deadlock/opposite", "--seed", "3", "--record", "-"])
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert_eq!(example(&document()), String::from_utf8(made.stdout).unwrap());
}

/// Runs the document's programs over its example, if there is somebody to run them.
fn try_out(language: &str, program: &str, arguments: &[&str]) {
    let missing = Command::new(program).arg("--version").output().map_or(true, |output| !output.status.success());
    if missing {
        println!("{program} is not here: what docs/TRACE_FORMAT.md does with it was not tried");
        return;
    }
    let directory = tempfile::tempdir().unwrap();
    let document = document();
    std::fs::write(directory.path().join("run.jsonl"), example(&document)).unwrap();
    let blocks = blocks(&document, language);
    assert!(blocks.len() >= 3, "{language}");
    for (code, wanted) in blocks {
        let came = Command::new(program).args(arguments).arg(code).current_dir(&directory).output().unwrap();
        let (out, err) = (String::from_utf8(came.stdout).unwrap(), String::from_utf8(came.stderr).unwrap());
        assert!(came.status.success() && err.is_empty(), "{code}\n{err}");
        if let Some(wanted) = wanted {
            assert_eq!(out, wanted, "{code}");
        }
        assert!(!out.is_empty(), "{code}");
    }
}

#[test]
fn what_the_document_does_with_python_works() {
    try_out("python", "python3", &["-c"]);
}

#[test]
fn what_the_document_does_with_jq_works() {
    // The blocks are commands for a shell; they all begin with jq.
    if Command::new("jq").arg("--version").output().is_err() {
        println!("jq is not here: what docs/TRACE_FORMAT.md does with it was not tried");
        return;
    }
    try_out("sh", "bash", &["-c"]);
}
