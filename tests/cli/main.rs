//! The command line as its users see it: the program is started, its output and exit code are looked at.

// A test that cannot go on says so by panicking.
#![allow(clippy::unwrap_used)]

mod bad_input;
mod commands;
mod diff;
mod explore;
mod export;
mod hunt;
mod json;
mod live;
mod moments;
mod plain;
mod packs;
mod record;
mod repeat;
mod replay;
mod runs;
mod settings;
mod traces;

#[path = "../languages/hunt.rs"]
mod languages;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

/// What a command came to.
#[derive(Debug)]
struct Came {
    code: i32,
    out: String,
    err: String,
}

/// Runs `lockstep` with these arguments, without a terminal, in English, far from the settings of whoever tests.
fn lockstep(args: &[&str]) -> Came {
    with_input(args, "")
}

/// The same with something to read on standard input.
fn with_input(args: &[&str], input: &str) -> Came {
    at_home(tempfile::tempdir().unwrap().path(), args, input)
}

/// The same where this is the home directory.
fn at_home(home: &Path, args: &[&str], input: &str) -> Came {
    let mut child = Command::new(env!("CARGO_BIN_EXE_lockstep"))
        .args(args)
        .env_clear()
        .env("HOME", home)
        .env("LANG", "C.UTF-8")
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    // The program need not read what it is offered.
    let _ = stdin.write_all(input.as_bytes());
    drop(stdin);
    let Output { status, stdout, stderr } = child.wait_with_output().unwrap();
    Came {
        code: status.code().unwrap_or(-1),
        out: String::from_utf8(stdout).unwrap(),
        err: String::from_utf8(stderr).unwrap(),
    }
}

/// A program in a file of its own.
struct Program {
    /// Keeps the directory alive.
    _directory: TempDir,
    path: PathBuf,
}

impl Program {
    fn new(text: impl AsRef<[u8]>) -> Program {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("program.py");
        std::fs::write(&path, text).unwrap();
        Program { _directory: directory, path }
    }

    fn path(&self) -> &str {
        self.path.to_str().unwrap()
    }

    /// `lockstep COMMAND program.py ARGS`
    fn with(&self, command: &str, args: &[&str]) -> Came {
        lockstep(&[&[command, self.path()], args].concat())
    }
}

/// `lockstep run` of this text.
fn run(text: &str, args: &[&str]) -> Came {
    Program::new(text).with("run", args)
}

/// The JSON on standard output, where nothing else may be.
fn json(came: &Came) -> serde_json::Value {
    serde_json::from_str(&came.out).unwrap_or_else(|error| panic!("{error}: {came:?}"))
}
