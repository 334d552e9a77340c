//! The commands that do not run anything.

use super::{Program, json, lockstep};
use std::process::{Command, Stdio};

#[test]
fn the_usage_is_an_error_of_usage() {
    for args in [&["run"][..], &["run", "a", "b"], &["list", "x"], &["--nonsense"], &["run", "x", "--sched", "lottery"]]
    {
        let came = lockstep(args);
        assert_eq!((came.code, came.out.as_str()), (2, ""), "{args:?} {came:?}");
    }
    let came = lockstep(&["run", "counter", "--sched", "manual"]);
    assert_eq!(came.code, 2, "{came:?}");
    let typo = lockstep(&["run", "counter", "--sede", "3"]);
    assert!(typo.err.contains("'--seed'"), "{typo:?}");
}

#[test]
fn wrong_names_are_answered_with_the_nearest() {
    let came = lockstep(&["run", "philosopers/orderd"]);
    assert_eq!(came.code, 2, "{came:?}");
    assert!(came.err.contains("did you mean `philosophers/orderd`?"), "{came:?}");
    let came = lockstep(&["run", "philosophers/orderd"]);
    assert!(came.err.contains("did you mean `philosophers/ordered`?"), "{came:?}");
}

#[test]
fn the_list_speaks_both_languages() {
    assert!(lockstep(&["list"]).out.contains("The dining philosophers"));
    assert!(lockstep(&["list", "--lang", "zh"]).out.contains("哲学家就餐"));
    assert_eq!(lockstep(&["list", "--lang", "fr"]).code, 2);
    assert!(lockstep(&["--lang", "zh", "list"]).out.contains("哲学家就餐"));
    let list = json(&lockstep(&["list", "--json"]));
    assert_eq!(list["scenarios"].as_array().unwrap().len(), 11);
}

#[test]
fn a_scenario_of_ones_own_is_listed_and_checked() {
    let directory = tempfile::tempdir().unwrap();
    let folder = directory.path().join("mine");
    std::fs::create_dir(&folder).unwrap();
    let path = directory.path().to_str().unwrap();
    let empty = lockstep(&["list", "--path", path]);
    assert_eq!(empty.code, 2, "{empty:?}");
    std::fs::write(folder.join("scenario.json"), "{\n  \"id\": \"mine\",\n  \"colour\": 1\n}\n").unwrap();
    let wrong = lockstep(&["list", "--path", path]);
    assert_eq!(wrong.code, 0, "{wrong:?}");
    assert!(wrong.err.contains("mine/scenario.json:3: unknown field `colour`"), "{wrong:?}");
    assert_eq!(lockstep(&["run", "mine", "--path", path]).code, 3);
    assert_eq!(lockstep(&["list", "--path", "/nowhere/at/all"]).code, 5);
}

#[test]
fn check_says_what_is_wrong_and_what_is_not() {
    let good = Program::new("print(1)\n");
    assert_eq!(good.with("check", &[]).code, 0);
    assert_eq!(
        json(&good.with("check", &["--json"])),
        serde_json::json!({"lockstep": 1, "ok": true, "diagnostics": []})
    );
    let bad = Program::new("x = 1\nclass C(:\n    pass\n");
    let came = bad.with("check", &["--json"]);
    assert_eq!(came.code, 3);
    let report = json(&came);
    assert_eq!(report["ok"], false);
    let first = &report["diagnostics"][0];
    assert_eq!((&first["line"], &first["kind"]), (&2.into(), &"syntax".into()));
    assert!(first["column"].is_u64() && first["message"].is_string() && first.get("help").is_some());
    assert_eq!(good.with("check", &["--dis"]).code, 0);
    assert!(good.with("check", &["--dis"]).out.contains("LOAD_CONST"));
}

#[test]
fn check_goes_through_directories() {
    let directory = tempfile::tempdir().unwrap();
    std::fs::create_dir(directory.path().join("week1")).unwrap();
    std::fs::write(directory.path().join("a.py"), "x = 1\n").unwrap();
    std::fs::write(directory.path().join("week1/b.py"), "x = (\n").unwrap();
    let path = directory.path().to_str().unwrap();
    let report = lockstep(&["check", path, "--json"]);
    assert_eq!(report.code, 3);
    assert!(json(&report)["diagnostics"][0]["file"].as_str().unwrap().ends_with("week1/b.py"));
    assert!(lockstep(&["check", path]).out.contains("a.py: this can run"));
    let none = tempfile::tempdir().unwrap();
    assert_eq!(lockstep(&["check", none.path().to_str().unwrap()]).code, 2);
}

#[test]
fn packagers_get_completions_and_manual_pages() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let came = lockstep(&["completions", shell]);
        assert_eq!(came.code, 0);
        assert!(came.out.contains("lockstep"), "{shell}");
    }
    let directory = tempfile::tempdir().unwrap();
    let pages = directory.path().join("man1");
    assert_eq!(lockstep(&["man", pages.to_str().unwrap()]).code, 0);
    for page in ["lockstep.1", "lockstep-run.1", "lockstep-check.1"] {
        assert!(pages.join(page).is_file(), "{page}");
    }
    assert_eq!(lockstep(&["man", "/proc/nowhere"]).code, 5);
}

#[test]
fn doctor_and_paths_look_around_and_find_nothing_to_fail_on() {
    let doctor = lockstep(&["doctor"]);
    assert_eq!(doctor.code, 0, "{doctor:?}");
    for what in ["terminal", "colours", "locale", "language", "python3"] {
        assert!(doctor.out.contains(what), "{what} in {doctor:?}");
    }
    assert!(lockstep(&["paths"]).out.contains("settings.toml"));
}

#[test]
fn a_wrong_settings_file_is_named() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join(".config/lockstep");
    std::fs::create_dir_all(&folder).unwrap();
    let list = |text: &str| {
        std::fs::write(folder.join("settings.toml"), text).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_lockstep"));
        command.arg("list").env_clear().env("HOME", home.path()).env("LANG", "C.UTF-8").output().unwrap()
    };
    let output = list("lang = \"zh\"\n");
    assert!(String::from_utf8_lossy(&output.stdout).contains("哲学家就餐"));
    for wrong in ["lang = \"fr\"\n", "glyphs = \"pretty\"\n", "colour = 1\n", "lang = \n"] {
        let output = list(wrong);
        assert_eq!(output.status.code(), Some(2), "{wrong}");
        assert!(String::from_utf8_lossy(&output.stderr).contains("settings"), "{wrong}: {output:?}");
    }
}

#[test]
fn a_reader_that_goes_away_is_nobodys_mistake() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_lockstep"))
        .args(["list", "--json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn progress_is_listed_and_reset() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join(".local/share/lockstep");
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("progress.txt");
    let text =
        "# mine\ncounter/race run predicted=2/3 challenge:deadlock=4/3\ncounter/temp skipped\nown.py explored odd\n";
    std::fs::write(&file, text).unwrap();
    let progress = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_lockstep"));
        command.arg("progress").args(arguments).env_clear().env("HOME", home.path()).env("LANG", "C.UTF-8");
        let output = command.output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{output:?}");
        (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
    };
    let (out, err) = progress(&[]);
    assert_eq!(
        out,
        "counter/race  predicted 2 of 3; run; challenge won in 4 moves, par 3: reach a deadlock\n\
         counter/temp  not predicted\nown.py        explored\n"
    );
    assert!(err.ends_with("progress.txt:4: odd is not understood; it stays as it is.\n"), "{err}");
    let json: serde_json::Value = serde_json::from_str(&progress(&["--json"]).0).unwrap();
    assert_eq!(json["lockstep"], 1);
    assert_eq!(json["programs"][0]["challenges"]["deadlock"]["par"], 3);
    assert_eq!(progress(&["--reset", "counter/race"]).0, "Forgotten: what was done with one program.\n");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "# mine\ncounter/temp skipped\nown.py explored odd\n");
    assert_eq!(progress(&["--reset"]).0, "Forgotten: what was done with 2 programs.\n");
    assert_eq!(progress(&[]).0, "Nothing was done yet.\n");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "# mine\n");
}
