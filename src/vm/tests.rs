//! Programs and what they print.

use super::testing::output;

/// Runs the program and compares its output.
#[track_caller]
fn check(program: &str, expected: &str) {
    assert_eq!(output(program), expected);
}

#[test]
fn loops_and_functions() {
    check(
        "def fib(n):\n    return n if n < 2 else fib(n - 1) + fib(n - 2)\ni = 0\nwhile i < 3:\n    i += 1\nassert fib(15) == 610 and i == 3\n",
        "",
    );
}
