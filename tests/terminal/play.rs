//! What a student does.

use crate::{LEFT, RIGHT, lockstep, lockstep_with};

#[test]
fn a_classic_is_opened_and_stepped() {
    let (mut pty, _home) = lockstep(&["philosophers/ordered", "--seed", "3"], 120, 32);
    pty.wait_text("step 0");
    for step in 1..=3 {
        pty.send(RIGHT);
        pty.wait_text(&format!("step {step}"));
    }
    pty.send(LEFT);
    pty.wait_text("IN THE PAST");
    pty.send("G");
    pty.wait_text("FINISHED");
    pty.send("\x03");
    assert_eq!(pty.wait_exit(), 0);
    pty.assert_whole();
}

#[test]
fn the_naive_philosophers_are_made_to_deadlock_by_hand() {
    let (mut pty, _home) = lockstep(&["philosophers/naive"], 120, 32);
    pty.wait_text("start A");
    // The main thread starts the three.
    pty.send("0");
    pty.wait_text("start B");
    pty.send("0");
    pty.wait_text("start C");
    pty.send("0");
    pty.wait_text("step 3");
    // Each takes the left fork.
    pty.send("1");
    pty.wait_text("step 4");
    pty.send("2");
    pty.wait_text("step 5");
    assert!(!pty.screen().contents().contains("DEADLOCK"));
    pty.send("3");
    pty.wait_text("DEADLOCK");
    pty.wait_text("Deadlock: A waits for B");
    // One step back, C has not taken its fork yet; B runs first, and nobody is lost.
    pty.send(LEFT);
    pty.wait_text("IN THE PAST");
    pty.send("2");
    pty.wait_for("B with both forks", |screen| {
        let text = screen.contents();
        text.contains("step 6") && text.contains("PAUSED") && !text.contains("DEADLOCK")
    });
    pty.send("G");
    pty.wait_text("FINISHED");
    pty.send("\x03");
    assert_eq!(pty.wait_exit(), 0);
}

#[test]
fn the_shortest_way_to_the_deadlock_is_found_and_gone_along() {
    let (mut pty, _home) = lockstep(&["philosophers/naive"], 120, 32);
    pty.wait_text("step 0");
    pty.send("x");
    pty.wait_text("BUG");
    pty.wait_text("the shortest way");
    pty.send("\r");
    pty.wait_text("WITNESS");
    pty.wait_text("The shortest way to the deadlock");
    pty.wait_text("no way back");
    for step in 1..=6 {
        pty.send(RIGHT);
        pty.wait_text(&format!("step {step}"));
    }
    pty.wait_text("From here on nothing can save it");
    pty.wait_text("DEADLOCK");
    pty.send("x");
    pty.wait_text("What can happen");
    pty.send("\x03");
    assert_eq!(pty.wait_exit(), 0);
    pty.assert_whole();
}

#[test]
fn the_language_changes_while_it_runs() {
    let (mut pty, _home) = lockstep(&["philosophers"], 120, 32);
    pty.wait_text("about to");
    pty.send("L");
    pty.wait_text("即将");
    pty.send("L");
    pty.wait_text("about to");
    pty.send("\x03");
    pty.wait_exit();
}

#[test]
fn a_file_is_opened_by_its_path_edited_and_loaded_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("own.py");
    std::fs::write(&path, "print('first version')\n").unwrap();
    // An editor that needs nobody: it writes the other version over the file.
    let editor = folder.path().join("editor.sh");
    std::fs::write(&editor, "for path; do :; done\necho \"print('second version')\" > \"$path\"\n").unwrap();
    let editor = format!("sh {}", editor.display());
    let (mut pty, _home) = lockstep_with(&[], 120, 32, &[("EDITOR", &editor), ("VISUAL", "")]);
    pty.wait_text("Scenarios");
    pty.send("o");
    pty.wait_text("Esc");
    pty.send(&format!("{}\r", path.display()));
    pty.wait_text("first version");
    pty.send("E");
    pty.wait_text("second version");
    assert!(pty.screen().alternate_screen());
    pty.send("G");
    pty.wait_text("FINISHED");
    pty.send("\x03");
    assert_eq!(pty.wait_exit(), 0);
    pty.assert_whole();
}

#[test]
fn a_program_asks_and_is_answered() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ask.py");
    std::fs::write(&path, "name = input('Who? ')\nprint('hello', name)\n").unwrap();
    let (mut pty, _home) = lockstep(&[path.to_str().unwrap()], 120, 32);
    pty.wait_text("PAUSED");
    pty.send("G");
    pty.wait_text("wants a line");
    pty.send("世界\r");
    pty.wait_text("FINISHED");
    pty.wait_text("hello 世界");
    pty.send("\x03");
    assert_eq!(pty.wait_exit(), 0);
}

#[test]
fn the_fixed_program_is_taken_along_the_way_on_which_the_other_one_loses() {
    let (mut pty, _home) = lockstep(&["deadlock/opposite"], 120, 32);
    pty.wait_text("step 0");
    pty.send("d");
    pty.wait_text("deadlock/opposite | deadlock/ordered");
    pty.wait_text("First difference, choice 5. Left: B takes lock_b.");
    pty.wait_text("Right: B cannot go on here: A holds lock_a.");
    pty.send("g");
    pty.wait_text("Both sides follow the shortest schedule on which the left one goes wrong.");
    pty.send(RIGHT);
    pty.wait_text("Choice 1: both do the same.");
    pty.send(LEFT);
    pty.wait_text("choice 0 of");
    // Play: it stops where they part, and goes on to the end.
    pty.send("++++ ");
    pty.wait_text("choice 5 of");
    pty.send("G");
    pty.wait_text("In the end: left deadlock, right finished.");
    pty.send("x");
    pty.wait_text("deadlock/ordered | deadlock/opposite");
    pty.send("v");
    pty.wait_text("Compare with");
    pty.send("qL");
    pty.wait_text("最后");
    pty.send("q");
    pty.wait_text("已暂停");
    pty.send("\x03");
    assert_eq!(pty.wait_exit(), 0);
    pty.assert_whole();
}

#[test]
fn a_file_is_compared_with_another_one() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.display().to_string()
    };
    let (one, other) = (path("one.py", "print('one')\n"), path("two.py", "print('two')\n"));
    let (mut pty, _home) = lockstep(&[&one], 120, 32);
    pty.wait_text("step 0");
    pty.send("d");
    pty.wait_text("Compare with which Python file or scenario?");
    pty.send("nowhere.py\r");
    pty.wait_text("This cannot be opened");
    pty.send("\x1b");
    pty.wait_for("the stage alone", |screen| !screen.contents().contains("cannot be opened"));
    pty.send("d");
    pty.wait_text("Compare with which");
    pty.send(&format!("{other}\r"));
    pty.wait_text("First difference, choice 1. Left: M prints 'one'. Right: M prints 'two'.");
    pty.send("\x1b");
    pty.wait_text("PAUSED");
    pty.send("\x03");
    assert_eq!(pty.wait_exit(), 0);
    pty.assert_whole();
}

#[test]
fn a_challenge_is_won_at_par() {
    let (mut pty, _home) = lockstep(&["philosophers/naive"], 120, 32);
    pty.wait_text("start A");
    pty.send("c");
    pty.wait_text("what do you want to bring about?");
    pty.send("\r");
    pty.wait_text("Challenge: reach a deadlock");
    pty.wait_text("You are the scheduler");
    pty.send("H");
    pty.wait_text("Hint: go on with M");
    for step in 1..=3 {
        pty.send("0");
        pty.wait_text(&format!("step {step}"));
    }
    for (step, thread) in (4..).zip(["1", "2", "3"]) {
        pty.send(thread);
        pty.wait_text(&format!("step {step}"));
    }
    pty.wait_text("WON AT PAR");
    pty.wait_text("nobody can do it in fewer");
    // Esc ends the challenge first.
    pty.send("\x1b");
    pty.wait_text("The challenge is over");
    pty.send("\x03");
    assert_eq!(pty.wait_exit(), 0);
    pty.assert_whole();
}
