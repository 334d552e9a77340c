//! What `lockstep run --plain` tells about small programs, in both languages: the narration on real runs.

use std::path::Path;
use std::process::Command;

/// The narration of a program under a schedule. What the schedule leaves open, seed 1 decides.
fn told(program: &str, schedule: &str, lang: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/narration");
    let output = Command::new(env!("CARGO_BIN_EXE_lockstep"))
        .current_dir(folder)
        .args(["run", program, "--plain", "--lang", lang, "--schedule", schedule])
        .output()
        .expect("the program runs");
    String::from_utf8(output.stdout).expect("text")
}

fn check(program: &str, schedule: &str) {
    let told: Vec<String> = ["en", "zh"].iter().map(|lang| told(program, schedule, lang)).collect();
    insta::assert_snapshot!(program, told.join("\n"));
}

#[test]
fn everybody_waits_for_everybody() {
    check("dinner.py", "v1/M3.A1.B1.C1");
}

#[test]
fn an_update_is_lost() {
    check("counter.py", "v1/M3.A1.B2.A1");
}

#[test]
fn a_notification_is_not_for_everybody() {
    check("buffer.py", "v1/M3");
}

#[test]
fn a_lock_with_two_conditions_has_its_own_name() {
    check("rooms.py", "v1/M2.A2.B3.A2");
}

#[test]
fn a_thread_waits_for_itself() {
    check("again.py", "v1/M1.A1");
}

#[test]
fn an_exception_leaves_a_lock_behind() {
    check("crash.py", "v1/M2");
}

#[test]
fn threads_end_before_their_first_operation() {
    check("stillborn.py", "v1/M3");
}

#[test]
fn a_light_is_red_again_before_the_car_goes() {
    check("light.py", "v1/M2.A1.B2.A1");
}

#[test]
fn the_clock_jumps_when_everybody_waits_with_a_time_out() {
    check("impatient.py", "v1/M2.A1.B1");
}
