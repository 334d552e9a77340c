//! How the interface behaves towards the terminal.

use crate::lockstep;
use std::time::Duration;

#[test]
fn quitting_leaves_the_terminal_whole() {
    let (mut pty, _home) = lockstep(&["philosophers"], 120, 32);
    pty.wait_text("about to");
    assert!(pty.screen().alternate_screen());
    pty.send("\x03");
    assert_eq!(pty.wait_exit(), 0);
    pty.assert_whole();
}

#[test]
fn escape_leads_back_and_then_out() {
    let (mut pty, _home) = lockstep(&["counter/race"], 100, 30);
    pty.wait_text("about to");
    pty.send("q");
    pty.wait_text("Scenarios");
    pty.send("q");
    assert_eq!(pty.wait_exit(), 0);
    pty.assert_whole();
}

#[test]
fn a_signal_ends_it_and_leaves_the_terminal_whole() {
    for signal in ["TERM", "HUP", "INT"] {
        let (mut pty, _home) = lockstep(&["philosophers"], 80, 24);
        pty.wait_text("about to");
        pty.signal(signal);
        assert_eq!(pty.wait_exit(), 130, "{signal}");
        pty.assert_whole();
    }
}

#[test]
fn a_terminal_that_is_gone_is_no_reason_to_panic() {
    for args in [&["philosophers"][..], &["philosophers", "--live"]] {
        let (mut pty, _home) = lockstep(args, 80, 24);
        pty.wait_text("about to");
        pty.close(100, 30);
        // It hears of it by the signal, or because it cannot draw.
        let code = pty.wait_exit();
        assert!(code == 130 || code == 5, "{args:?}: {code}");
    }
}

#[test]
fn it_stops_for_the_shell_and_comes_back() {
    let (mut pty, _home) = lockstep(&["philosophers"], 80, 24);
    pty.wait_text("about to");
    pty.send("\x1a");
    pty.wait_for("the shell's screen", |screen| !screen.alternate_screen());
    pty.assert_whole();
    // It may not have stopped yet when the first one arrives.
    while !pty.screen().alternate_screen() {
        pty.signal("CONT");
        pty.listen(Duration::from_millis(200));
    }
    pty.wait_text("about to");
    pty.send("\x03");
    assert_eq!(pty.wait_exit(), 0);
    pty.assert_whole();
}

#[test]
fn nothing_is_drawn_while_nothing_happens() {
    let (mut pty, _home) = lockstep(&["philosophers"], 80, 24);
    pty.wait_text("about to");
    // What belongs to the first pictures.
    while pty.listen(Duration::from_millis(700)) {}
    assert!(!pty.listen(Duration::from_secs(2)), "something was written");
    pty.send("\x03");
    pty.wait_exit();
}

#[test]
fn every_size_shows_something() {
    let (mut pty, _home) = lockstep(&["philosophers"], 120, 32);
    pty.wait_text("about to");
    pty.resize(50, 15);
    pty.wait_for("one pane", |screen| screen.contents().contains("about to") && !screen.contents().contains("def "));
    pty.resize(20, 5);
    pty.wait_for("the sentence", |screen| !screen.contents().contains("about to") && !screen.contents().is_empty());
    pty.resize(200, 60);
    pty.wait_text("Timeline");
    pty.send("\x03");
    assert_eq!(pty.wait_exit(), 0);
}

#[test]
fn without_a_terminal_there_is_no_interface() {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_lockstep")).output().unwrap();
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("philosophers") && !text.contains('\x1b'), "{text}");
}
