//! What people feed a program with, and what they should hear.

use super::{Came, Program, json, lockstep, run};

/// Refused before the run: exit code 3, the place and the reason on standard error, nothing on standard output.
#[track_caller]
fn refused(came: &Came, place: &str, reason: &str) {
    assert_eq!(came.code, 3, "{came:?}");
    assert_eq!(came.out, "");
    assert!(came.err.contains(place), "{place:?} in {came:?}");
    assert!(came.err.contains(reason), "{reason:?} in {came:?}");
}

/// It ran, and died of this exception.
#[track_caller]
fn crashed(came: &Came, exception: &str) {
    assert_eq!(came.code, 1, "{came:?}");
    assert!(came.out.contains("Traceback (most recent call last):"), "{came:?}");
    assert!(came.out.lines().any(|line| line.starts_with(exception)), "{exception:?} in {came:?}");
    assert!(came.err.contains("again: lockstep run "), "{came:?}");
}

#[test]
fn an_empty_file_runs_and_does_nothing() {
    for text in ["", "\n\n", "# nothing here\n"] {
        let came = run(text, &[]);
        assert_eq!((came.code, came.out.as_str()), (0, ""), "{came:?}");
    }
}

#[test]
fn a_binary_file_is_not_a_program() {
    let bytes: Vec<u8> = b"\x7fELF\x02\x01\x01\0".iter().copied().chain((0..=255).cycle().take(9000)).collect();
    let program = Program::new(bytes);
    refused(&program.with("run", &[]), "program.py", "not a text file");
    let checked = program.with("check", &["--json"]);
    assert_eq!(checked.code, 3);
    assert_eq!(json(&checked)["diagnostics"][0]["kind"], "file");
}

#[test]
fn a_file_in_another_encoding_is_named_as_such() {
    let gbk = Program::new(b"print('\xd6\xd0\xce\xc4')\n");
    refused(&gbk.with("run", &[]), "program.py", "save it as UTF-8");
}

#[test]
fn a_file_of_five_megabytes_is_too_large() {
    let program = Program::new("x = 1\n".repeat(5_000_000 / 6));
    refused(&program.with("run", &[]), "program.py", "too large");
}

#[test]
fn ten_thousand_parentheses_do_not_break_the_parser() {
    for (open, close) in [("(", ")"), ("[", "]"), ("-", "")] {
        let came = run(&format!("x = {}1{}\n", open.repeat(10_000), close.repeat(10_000)), &[]);
        assert_eq!(came.code, 3, "{}", came.err.chars().take(300).collect::<String>());
        assert!(came.err.contains("nested"), "{}", came.err.chars().take(300).collect::<String>());
    }
}

#[test]
fn tabs_and_spaces_do_not_mix() {
    let came = run("def f():\n    x = 1\n\ty = 2\n", &[]);
    refused(&came, "program.py:3", "indent");
}

#[test]
fn an_unknown_module_is_refused_with_the_nearest_one() {
    let came = run("import threadin\n", &[]);
    refused(&came, "program.py:1:8", "threadin");
    assert!(came.err.contains("threading"), "{came:?}");
    refused(&run("import numpy\n", &[]), "program.py:1:8", "numpy");
}

#[test]
fn an_unknown_name_is_refused() {
    let came = run("value = 1\nprint(valeu)\n", &[]);
    refused(&came, "program.py:2:7", "valeu");
    assert!(came.err.contains("value"), "{came:?}");
}

#[test]
fn what_is_not_supported_is_refused_all_at_once() {
    let came = run("async def f():\n    await g()\n\nwith open('x') as file:\n    pass\n", &[]);
    assert_eq!(came.code, 3, "{came:?}");
    assert!(came.err.contains("program.py:1"), "{came:?}");
}

#[test]
fn carets_stand_right_under_chinese_text() {
    let came = run("中文 = 1 ＋ 2\n", &[]);
    assert_eq!(came.code, 3, "{came:?}");
    assert!(came.err.contains("program.py:1:8"), "{came:?}");
}

#[test]
fn wrong_argument_counts_are_errors_of_the_program() {
    crashed(&run("def f(a, b):\n    pass\nf(1)\n", &[]), "TypeError: f() missing 1 required positional argument: 'b'");
    crashed(&run("def f():\n    pass\nf(1)\n", &[]), "TypeError: f() takes 0 positional arguments but 1 was given");
    crashed(&run("len()\n", &[]), "TypeError: len() takes exactly one argument (0 given)");
}

#[test]
fn a_thread_that_cannot_be_called_died_where_it_was_started() {
    let came =
        run("from threading import Thread\ndef f(a):\n    pass\nt = Thread(target=f, args=(1, 2))\nt.start()\n", &[]);
    crashed(&came, "TypeError: f() takes 1 positional argument but 2 were given");
    assert!(came.err.contains("died on line 5"), "{came:?}");
}

#[test]
fn a_huge_list_is_a_memory_error() {
    crashed(&run("x = [0] * 10**12\n", &[]), "MemoryError");
}

#[test]
fn endless_recursion_is_a_recursion_error() {
    let came = run("def f():\n    return f()\nf()\n", &[]);
    crashed(&came, "RecursionError: maximum recursion depth exceeded");
    assert!(came.out.len() < 5000, "a traceback of that depth is shortened");
}

#[test]
fn a_loop_without_visible_operations_does_not_hang() {
    let came = run("print('before')\nwhile True:\n    pass\n", &[]);
    assert_eq!((came.code, came.out.as_str()), (1, "before\n"), "{came:?}");
    assert!(came.err.contains("on line 3: Cut off: a thread ran 200,000,000 instructions"), "{came:?}");
}

#[test]
fn five_thousand_threads_are_a_number_like_any_other() {
    let text = "from threading import Thread\n\ndone = []\n\n\ndef work(i):\n    done.append(i)\n\n\n\
                threads = [Thread(target=work, args=(i,)) for i in range(5000)]\n\
                for thread in threads:\n    thread.start()\nfor thread in threads:\n    thread.join()\nprint(len(done))\n";
    let came = run(text, &["--sched", "fifo"]);
    assert_eq!((came.code, came.out.as_str()), (0, "5000\n"), "{}", came.err);
}

#[test]
fn escape_sequences_are_shown_and_not_sent() {
    let text = "print('\\x1b[2J\\x1b]0;owned\\x07red')\nprint('a\\tb\\x9b31m\\rc')\n";
    let came = run(text, &[]);
    assert_eq!(came.out, "␛[2J␛]0;owned␇red\na\tb<009B>31m␍c\n");
    let plain = run(text, &["--plain"]);
    assert!(!plain.out.contains('\x1b') && !plain.out.contains('\u{9b}'), "{plain:?}");
    let json_text = json(&run(text, &["--json"]))["output"].as_str().unwrap().to_owned();
    assert_eq!(json_text, "\x1b[2J\x1b]0;owned\x07red\na\tb\u{9b}31m\rc\n");
}

#[test]
fn names_of_threads_cannot_control_the_terminal() {
    let text = "import threading\nt = threading.Thread(target=lambda: 1 / 0, name='\\x1b[31m')\nt.start()\nt.join()\n";
    let came = run(text, &[]);
    assert_eq!(came.code, 1, "{came:?}");
    assert!(!came.err.contains('\x1b') && !came.out.contains('\x1b'), "{came:?}");
}

#[test]
fn a_schedule_that_does_not_fit_is_refused_at_its_first_wrong_step() {
    let came = lockstep(&["run", "deadlock/self", "--schedule", "v1/M1.B1"]);
    assert_eq!(came.code, 2, "{came:?}");
    assert!(came.err.contains("step 2: "), "{came:?}");
    let came = lockstep(&["run", "deadlock/self", "--schedule", "v1/M1.?"]);
    assert_eq!(came.code, 2, "{came:?}");
    assert!(came.err.contains("character 7"), "{came:?}");
    let came = lockstep(&["run", "deadlock/self", "--schedule", "v2/M1"]);
    assert_eq!(came.code, 2, "{came:?}");
}

#[test]
fn a_parameter_that_does_not_exist_is_refused_with_the_nearest() {
    let came = lockstep(&["run", "philosophers/naive", "-p", "n=4"]);
    assert_eq!(came.code, 2, "{came:?}");
    assert!(came.err.contains("it has: N"), "{came:?}");
    let came = lockstep(&["run", "philosophers/naive", "-p", "N=99"]);
    assert_eq!(came.code, 2, "{came:?}");
    assert!(came.err.contains("a number from 2 to 5"), "{came:?}");
    let came = lockstep(&["run", "philosophers/naive", "-p", "N"]);
    assert_eq!(came.code, 2, "{came:?}");
    assert!(came.err.contains("NAME=VALUE"), "{came:?}");
}

#[test]
fn a_directory_and_a_missing_file_are_errors_of_files() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().to_str().unwrap();
    assert_eq!(lockstep(&["run", path]).code, 5);
    let missing = lockstep(&["run", "nowhere/nothing.py"]);
    assert_eq!(missing.code, 5, "{missing:?}");
    assert!(missing.err.contains("nowhere/nothing.py: there is no such file"), "{missing:?}");
}

#[test]
fn without_a_terminal_there_is_the_list_or_a_hint() {
    let came = lockstep(&[]);
    assert_eq!(came.code, 0, "{came:?}");
    assert_eq!(came.out, lockstep(&["list"]).out);
    let came = lockstep(&["philosophers"]);
    assert_eq!(came.code, 2, "{came:?}");
    assert!(came.err.contains("lockstep run philosophers"), "{came:?}");
}
