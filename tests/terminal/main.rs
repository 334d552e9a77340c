//! The program in a real terminal: what a person sees, and that the terminal is whole afterwards, whatever happens.

#![allow(clippy::unwrap_used)]
#![cfg(unix)]

mod classics;
mod manners;
mod panics;
mod threads;
mod play;
mod predict;
mod pty;
mod recordings;
mod reload;

use portable_pty::CommandBuilder;
use pty::Pty;

/// `lockstep` with these arguments, in a home of its own.
fn lockstep(arguments: &[&str], columns: u16, rows: u16) -> (Pty, tempfile::TempDir) {
    lockstep_with(arguments, columns, rows, &[])
}

/// The same with these environment variables.
fn lockstep_with(
    arguments: &[&str],
    columns: u16,
    rows: u16,
    environment: &[(&str, &str)],
) -> (Pty, tempfile::TempDir) {
    let home = tempfile::tempdir().unwrap();
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_lockstep"));
    command.args(arguments);
    command.cwd(env!("CARGO_MANIFEST_DIR"));
    command.env("HOME", home.path());
    command.env("XDG_CONFIG_HOME", home.path().join("config"));
    command.env("XDG_STATE_HOME", home.path().join("state"));
    command.env("XDG_DATA_HOME", home.path().join("data"));
    for (name, value) in environment {
        command.env(name, value);
    }
    (Pty::spawn(command, columns, rows), home)
}

const RIGHT: &str = "\x1b[C";
const LEFT: &str = "\x1b[D";
