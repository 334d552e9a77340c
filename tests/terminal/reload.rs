//! Files that change on disk while they are open.

use crate::{RIGHT, lockstep, lockstep_with};
use std::path::Path;

/// As editors do it: another file takes the name.
fn replace(path: &Path, text: &str) {
    let other = path.with_extension("new");
    std::fs::write(&other, text).unwrap();
    std::fs::rename(&other, path).unwrap();
}

#[test]
fn a_program_that_changes_begins_anew_and_a_mistake_waits_until_it_is_mended() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("own.py");
    std::fs::write(&path, "n = 1\nprint('first', n)\n").unwrap();
    let (mut pty, _home) = lockstep(&[path.to_str().unwrap()], 120, 32);
    pty.wait_text("PAUSED");
    pty.send(RIGHT);
    pty.wait_text("step 1");
    replace(&path, "n = 2\nprint('second', n)\n");
    pty.wait_text("print('second', n)");
    pty.wait_text("step 0");
    std::fs::write(&path, "n = 2\nprint('third', n\n").unwrap();
    pty.wait_text("something is wrong with it");
    pty.wait_text("own.py:3");
    // The last version that was in order is still there.
    pty.wait_text("print('second', n)");
    std::fs::write(&path, "n = 2\nprint('fourth', n)\n").unwrap();
    pty.wait_text("print('fourth', n)");
    pty.wait_for("the message to go", |screen| !screen.contents().contains("something is wrong with it"));
    pty.send("G");
    pty.wait_text("fourth 2");
    pty.send("\x03");
    assert_eq!(pty.wait_exit(), 0);
}

#[test]
fn texts_of_a_scenario_change_and_the_run_stays_where_it_is() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("box-office");
    let made = std::process::Command::new(env!("CARGO_BIN_EXE_lockstep"))
        .args(["new", folder.to_str().unwrap(), "--lang", "en"])
        .output()
        .unwrap();
    assert!(made.status.success());
    let arguments = ["--path", home.path().to_str().unwrap(), "box-office/unlocked"];
    let (mut pty, _home) = lockstep_with(&arguments, 120, 40, &[("LANG", "en_US.UTF-8")]);
    pty.wait_text("PAUSED");
    for step in 1..=4 {
        pty.send("0");
        pty.wait_text(&format!("step {step}"));
    }
    pty.send("1");
    pty.wait_text("step 5");
    pty.send("i");
    pty.wait_text("Anna has looked");
    let manifest = folder.join("scenario.json");
    let text = std::fs::read_to_string(&manifest).unwrap();
    std::fs::write(&manifest, text.replace("Anna has looked", "Anna has peeked")).unwrap();
    pty.wait_text("Anna has peeked");
    pty.wait_text("step 5");
    std::fs::write(&manifest, text.replace("\"level\"", "\"levle\"")).unwrap();
    pty.wait_text("unknown field `levle`");
    std::fs::write(&manifest, &text).unwrap();
    pty.wait_text("Anna has looked");
    pty.send("\x03");
    assert_eq!(pty.wait_exit(), 0);
}
