//! Real threads in a real terminal: they run, they may hang, and they are left.

use crate::lockstep;
use crate::pty::Pty;

/// Waits until the threads have come to an end, or never will.
fn wait_over(pty: &mut Pty) {
    pty.wait_for("the end", |screen| {
        let text = screen.contents();
        text.contains("HANGS") || text.contains("FINISHED")
    });
}

#[test]
fn a_program_is_taken_to_real_threads_and_left_whatever_becomes_of_it() {
    let (mut pty, _home) = lockstep(&["deadlock/opposite"], 120, 32);
    pty.wait_text("about to");
    pty.send("w");
    pty.wait_text("Where does it run?");
    pty.send("j\r");
    pty.wait_text("Space lets them run");
    pty.wait_text("real threads");
    pty.send("++ ");
    wait_over(&mut pty);
    // Once more from the beginning, and back to the simulator.
    pty.send("r");
    pty.wait_text("Space lets them run");
    pty.send(" ");
    wait_over(&mut pty);
    pty.send("w");
    pty.wait_text("Where does it run?");
    pty.send("k\r");
    pty.wait_for("the simulator", |screen| {
        let text = screen.contents();
        text.contains("seed") && text.contains("step 0") && text.contains("PAUSED")
    });
    pty.send("q");
    pty.wait_text("Scenarios");
    pty.send("q");
    assert_eq!(pty.wait_exit(), 0);
    pty.assert_whole();
}

#[test]
fn threads_that_wait_for_themselves_hang_and_are_left_at_once() {
    for keys in ["\x03", "qq"] {
        let (mut pty, _home) = lockstep(&["deadlock/self", "--live", "--pace", "1"], 120, 32);
        pty.wait_text("Space lets them run");
        pty.send(" ");
        pty.wait_text("HANGS");
        pty.wait_text("they really hang now");
        pty.send(keys);
        assert_eq!(pty.wait_exit(), 0, "{keys:?}");
        pty.assert_whole();
    }
}

#[test]
fn a_signal_ends_threads_that_hang() {
    let (mut pty, _home) = lockstep(&["deadlock/self", "--live", "--pace", "1"], 120, 32);
    pty.wait_text("Space lets them run");
    pty.send(" ");
    pty.wait_text("HANGS");
    pty.signal("TERM");
    assert_eq!(pty.wait_exit(), 130);
    pty.assert_whole();
}
