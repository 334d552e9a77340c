//! Runs that become files, and files that become runs again.

use crate::pty::Pty;
use crate::{LEFT, RIGHT};
use portable_pty::CommandBuilder;
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

/// A command in this directory, which is its home, too.
fn command(directory: &Path, program: &str, arguments: &[&str]) -> Pty {
    let mut command = CommandBuilder::new(program);
    command.args(arguments);
    command.cwd(directory);
    command.env("HOME", directory);
    for name in ["XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"] {
        command.env(name, directory);
    }
    Pty::spawn(command, 120, 32)
}

fn lockstep(directory: &Path, arguments: &[&str]) -> Pty {
    command(directory, env!("CARGO_BIN_EXE_lockstep"), arguments)
}

fn quit(mut pty: Pty) {
    pty.send("\x03");
    assert_eq!(pty.wait_exit(), 0);
    pty.assert_whole();
}

#[test]
fn what_was_killed_is_looked_at_gone_on_with_and_saved() {
    let directory = tempfile::tempdir().unwrap();
    let trace = directory.path().join("run.jsonl");
    let mut pty = lockstep(directory.path(), &["philosophers/naive", "--record", "run.jsonl"]);
    pty.wait_text("start A");
    for thread in ["start B", "start C", "step 3"] {
        pty.send("0");
        pty.wait_text(thread);
    }
    pty.send("1");
    pty.wait_text("step 4");
    // What is on the screen is in the file a moment later.
    while !fs::read_to_string(&trace).unwrap().contains("\"step\":4") {
        pty.listen(Duration::from_millis(10));
    }
    pty.signal("KILL");
    pty.wait_exit();

    let mut pty = lockstep(directory.path(), &["replay", "run.jsonl"]);
    pty.wait_text("its end is missing");
    pty.send(RIGHT);
    pty.wait_text("step 1");
    pty.send("G");
    pty.wait_text("END OF RECORDING");
    pty.send(LEFT);
    pty.wait_text("step 3");
    // A took its fork; now B does.
    pty.send("2");
    pty.wait_text("the simulator goes on with it");
    pty.wait_text("step 4");
    pty.send("S");
    pty.wait_text("philosophers-naive-1.jsonl.gz");
    pty.send("\r");
    pty.wait_text("Saved in philosophers-naive-1.jsonl.gz");
    quit(pty);

    let mut pty = lockstep(directory.path(), &["philosophers-naive-1.jsonl.gz"]);
    pty.wait_text("sim, recorded");
    pty.wait_text("MainThread");
    pty.send("G");
    pty.wait_text("held by B");
    quit(pty);
}

#[test]
fn every_run_on_the_stage_gets_a_file_of_its_own() {
    let directory = tempfile::tempdir().unwrap();
    let mut pty = lockstep(directory.path(), &["counter/race", "--record", "x.jsonl"]);
    pty.wait_text("step 0");
    pty.send(RIGHT);
    pty.wait_text("step 1");
    pty.send("r");
    // A picture may come in pieces: nothing of the one before is left.
    pty.wait_for("step 0", |screen| screen.contents().contains("step 0") && !screen.contents().contains("step 1"));
    pty.send("G");
    pty.wait_text("CRASHED");
    pty.send("\x03");
    assert_eq!(pty.wait_exit(), 0);
    pty.wait_text("x-2.jsonl");
    let text = |name: &str| fs::read_to_string(directory.path().join(name)).unwrap();
    assert!(text("x.jsonl").ends_with("{\"record\":\"end\",\"steps\":1,\"events\":9}\n"), "{}", text("x.jsonl"));
    assert!(text("x-2.jsonl").contains("AssertionError"));
    // It is there now.
    let mut pty = lockstep(directory.path(), &["counter/race", "--record", "x.jsonl"]);
    assert_eq!(pty.wait_exit(), 5);
    assert!(pty.screen().contents().contains("--force"));
}

/// What a recording is gone on with is recorded when that is wanted; only not over the recording itself.
#[test]
fn what_is_made_of_a_recording_is_recorded() {
    let directory = tempfile::tempdir().unwrap();
    let text = |name: &str| fs::read_to_string(directory.path().join(name)).unwrap();
    let run = ["run", "counter/race", "--seed", "3", "--record", "x.jsonl"];
    let made = Command::new(env!("CARGO_BIN_EXE_lockstep")).args(run).current_dir(&directory).output().unwrap();
    assert!(made.status.success());
    let whole = text("x.jsonl");
    let lines: Vec<&str> = whole.lines().take(30).collect();
    fs::write(directory.path().join("half.jsonl"), format!("{}\n", lines.join("\n"))).unwrap();
    let mut pty = lockstep(directory.path(), &["half.jsonl", "--record", "half.jsonl", "--force"]);
    assert_eq!(pty.wait_exit(), 2);
    assert_eq!(text("half.jsonl").lines().count(), 30);

    let mut pty = lockstep(directory.path(), &["half.jsonl", "--record", "y.jsonl"]);
    pty.wait_text("sim, recorded");
    pty.wait_text("MainThread");
    pty.send("G");
    pty.wait_text("END OF RECORDING");
    pty.send("G");
    pty.wait_text("FINISHED");
    quit(pty);
    assert_eq!(text("y.jsonl"), whole);
}

/// A recording that is only looked at is not written into the file of the run before it.
#[test]
fn what_is_only_looked_at_is_not_recorded() {
    let directory = tempfile::tempdir().unwrap();
    let text = |name: &str| fs::read_to_string(directory.path().join(name)).unwrap();
    let run = ["run", "counter/race", "--seed", "3", "--record", "x.jsonl"];
    Command::new(env!("CARGO_BIN_EXE_lockstep")).args(run).current_dir(&directory).output().unwrap();
    let rust = text("x.jsonl").replacen("\"language\":\"python\"", "\"language\":\"rust\"", 1);
    fs::write(directory.path().join("r.jsonl"), rust).unwrap();
    let mut pty = lockstep(directory.path(), &["deadlock/opposite", "--record", "y.jsonl"]);
    pty.wait_text("step 0");
    pty.send(RIGHT);
    pty.wait_text("step 1");
    pty.send("or.jsonl\r");
    pty.wait_text("sim, recorded");
    quit(pty);
    assert!(text("y.jsonl").ends_with("{\"record\":\"end\",\"steps\":1,\"events\":13}\n"), "{}", text("y.jsonl"));
}

#[test]
fn standard_input_is_followed_while_keys_come_from_the_terminal() {
    let directory = tempfile::tempdir().unwrap();
    let record = Command::new(env!("CARGO_BIN_EXE_lockstep"))
        .args(["run", "philosophers/naive", "--seed", "3", "--record", "run.jsonl"])
        .current_dir(directory.path())
        .env("HOME", directory.path())
        .output()
        .unwrap();
    assert!(record.status.success() || record.status.code() == Some(1));
    let text = fs::read_to_string(directory.path().join("run.jsonl")).unwrap();
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let made = Command::new("mkfifo").arg(directory.path().join("pipe")).status().unwrap();
    assert!(made.success());
    let shell = format!("cat pipe | '{}' replay -", env!("CARGO_BIN_EXE_lockstep"));
    let mut pty = command(directory.path(), "sh", &["-c", &shell]);
    let mut pipe = OpenOptions::new().write(true).open(directory.path().join("pipe")).unwrap();
    let of_step = |step: u32| lines.iter().rposition(|line| line.contains(&format!("\"step\":{step},"))).unwrap() + 1;
    let mut write = |range: std::ops::Range<usize>| pipe.write_all(lines[range].concat().as_bytes()).unwrap();
    write(0..of_step(3));
    pty.wait_text("step 3");
    pty.wait_text("MORE MAY COME");
    write(of_step(3)..of_step(5));
    pty.wait_text("step 5");
    pty.send(LEFT);
    pty.wait_text("step 4");
    write(of_step(5)..of_step(7));
    pty.send("f");
    pty.wait_text("step 7");
    write(of_step(7)..lines.len());
    drop(pipe);
    pty.wait_for("the end", |screen| !screen.contents().contains("MORE MAY COME"));
    pty.send("\x03");
    assert_eq!(pty.wait_exit(), 0);
    pty.assert_whole();
}
