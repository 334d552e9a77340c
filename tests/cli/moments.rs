//! Moments where a target may stand.

use super::{Program, json, lockstep, with_input};

/// A run that goes wrong, and the line for its last step.
fn line_of(target: &str, args: &[&str]) -> String {
    let came = lockstep(&[&["run", target, "--json"], args].concat());
    let run = json(&came);
    format!("{target} {} {} @{}", args.join("="), run["schedule"].as_str().unwrap(), run["steps"])
}

#[test]
fn a_moment_runs_like_the_options_it_stands_for() {
    for target in ["counter/race", "philosophers/naive", "condition/notify-one"] {
        let line = line_of(target, &[]);
        let schedule = line.split(' ').nth(2).unwrap();
        for form in ["--plain", "--json"] {
            let options = lockstep(&["run", target, "--schedule", schedule, form]);
            let moment = lockstep(&["run", &line, form]);
            assert_eq!((moment.code, &moment.out, &moment.err), (options.code, &options.out, &options.err), "{line}");
        }
        // Opening it with --plain is the same thing.
        assert_eq!(lockstep(&[&line, "--plain"]).out, lockstep(&["run", &line, "--plain"]).out);
    }
    let dials = lockstep(&["run", "philosophers/naive N=2 seed=4 atomic=line notify=any fair spurious @3", "--plain"]);
    let options = ["-pN=2", "--seed", "4", "--atomic", "line", "--notify", "any", "--fair", "--spurious"];
    assert_eq!(dials.out, lockstep(&[&["run", "philosophers/naive", "--plain"], &options[..]].concat()).out);
}

#[test]
fn a_file_with_an_odd_name_and_typed_lines_can_be_in_a_moment() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("我的 程序's @3.py");
    std::fs::write(&path, "N = 1\nprint(input(), N)\ntry:\n    input()\nexcept EOFError:\n    print('end')\n").unwrap();
    let name = path.to_str().unwrap().replace(' ', "%20").replace('\'', "%27").replace('@', "%40");
    let came = with_input(&["run", &format!("{name} N=3 input=it%27s%20世界 eof @2")], "never read\n");
    assert_eq!((came.code, came.out.as_str()), (0, "it's 世界 3\nend\n"), "{came:?}");
    // What the file is called comes first.
    let came = with_input(&["run", path.to_str().unwrap()], "a\n");
    assert_eq!((came.code, came.out.as_str()), (0, "a 1\nend\n"), "{came:?}");
}

#[test]
fn nobody_is_asked_whom_the_line_says_a_person_chose_for() {
    let came = lockstep(&["run", "counter/locked sched=manual v1/M2 @2"]);
    assert_eq!((came.code, came.out.as_str()), (0, "n = 0\n"), "{came:?}");
    let came = lockstep(&["run", "counter/locked sched=manual v1/M2 @2", "--sched", "rr"]);
    assert_eq!((came.code, came.out.as_str()), (0, "n = 0\n"), "{came:?}");
}

#[test]
fn options_that_contradict_the_line_are_refused() {
    let line = "philosophers/naive N=2 seed=7 atomic=line input=x v1/M1 @1";
    let agreeing = ["-pN=2", "--seed", "7", "--atomic", "line", "--input", "x", "--schedule", "v1/M1", "--sched", "rr"];
    let came = lockstep(&[&["run", line], &agreeing[..]].concat());
    assert!(came.code < 2, "{came:?}");
    let cases: [(&[&str], &str); 10] = [
        (&["-pN=3"], "-p"),
        (&["-pM=3"], "-p"),
        (&["--seed", "1"], "--seed"),
        (&["--atomic", "op"], "--atomic"),
        (&["--fair"], "--fair"),
        (&["--spurious"], "--spurious"),
        (&["--notify", "any"], "--notify"),
        (&["--input", "y"], "--input"),
        (&["--schedule", "v1/M3"], "--schedule"),
        (&["--fair", "--seed", "3"], "--seed, --fair"),
    ];
    for (args, named) in cases {
        for command in [&["run", line][..], &[line][..]] {
            let came = lockstep(&[command, args].concat());
            assert_eq!((came.code, came.out.as_str()), (2, ""), "{args:?} {came:?}");
            assert!(came.err.contains(&format!("otherwise than {named}: leave that away")), "{args:?} {came:?}");
        }
    }
    let came = lockstep(&["run", "counter/race @3", "--sched", "rr"]);
    assert!(came.err.contains("otherwise than --sched"), "{came:?}");
    let came = lockstep(&[line, "--live"]);
    assert_eq!(came.code, 2);
    assert!(came.err.contains("--live has no use for a moment"), "{came:?}");
}

#[test]
fn a_line_that_fits_nothing_says_where_and_why() {
    let cases = [
        ("counter/rase v1/M2 @2", 2, "did you mean `counter/race`"),
        ("nowhere v1/M2 @2", 2, "there is no scenario `nowhere`"),
        ("nowhere.py v1/M2 @2", 5, "nowhere.py: there is no such file"),
        ("counter/race X=2 v1/M2 @2", 2, "it has: N"),
        ("counter/race N=99 v1/M2 @2", 2, "a number from 1 to 8"),
        ("counter/race v1/M2.Z1 @3", 2, "step 3: "),
        ("counter/race v1/M2.A1", 2, "a moment ends with its step"),
        ("counter/race v1/M2.A1 @9", 2, "a part of the line is missing"),
        ("counter/race faster v1/M2.A1 @3", 2, "character 14: `faster` means nothing here"),
        ("counter/race v1/M4294967295.A4294967295 @3", 2, "the schedule does not fit"),
    ];
    for (line, code, reason) in cases {
        let came = lockstep(&["run", line]);
        assert_eq!((came.code, came.out.as_str()), (code, ""), "{line}: {came:?}");
        assert!(came.err.contains(reason), "{line}: {came:?}");
    }
    let far = lockstep(&["counter/race v1/M4294967295 @4000000"]);
    assert!(far.code == 2 && far.err.contains("goes 1,000,000 steps far; with --max-steps"), "{far:?}");
    let there = lockstep(&["counter/race v1/M2 @2"]);
    assert!(there.code == 2 && there.err.contains("`lockstep run 'counter/race v1/M2 @2'`"), "{there:?}");
}

#[test]
fn a_hostile_line_does_no_harm() {
    let escapes = [
        "counter/race%1B[2J v1/M2 @2",
        "%1B[2J.py v1/M2 @2",
        "%E2%80%AEx v1/M2 @2",
        "counter/race %1B=%1B v1/M2 @2",
        "counter/race N=%1B]0;x%07 v1/M2 @2",
        "counter/race \x1b[2J v1/M2 @2",
        "counter/race atomic=\x1b[2J @2",
        "%00 v1/M2 @2",
    ];
    for line in escapes {
        let came = lockstep(&["run", line]);
        assert!(matches!(came.code, 2 | 5), "{came:?}");
        assert!(!came.err.chars().any(|c| c != '\n' && (c.is_control() || c == '\u{202e}')), "{came:?}");
    }
    let long = format!("counter/race {} v1/{} @2", "x=1 ".repeat(10_000), "M1.".repeat(10_000));
    let came = lockstep(&["run", &long]);
    assert!(came.code == 2 && came.err.len() < 1000, "{} bytes", came.err.len());
    let program = Program::new("x = input()\nprint(len(x))\n");
    let line = format!("{} input={} @1", program.path(), "a".repeat(60_000));
    assert_eq!(lockstep(&["run", &line]).out, "60000\n");
}
