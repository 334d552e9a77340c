//! Programs, what they print, where they stop.

mod classes;
mod collection;
mod driver;
mod exceptions;
mod functions;
mod iteration;
mod naming;
mod visibility;

/// Runs the program and compares its output.
#[track_caller]
fn check(program: &str, expected: &str) {
    assert_eq!(driver::output(program), expected);
}
