//! Scenarios of one's own: a folder to begin with, and whether what it states is true.

use crate::{Came, lockstep};
use std::path::PathBuf;
use tempfile::TempDir;

fn new(language: &str) -> (TempDir, PathBuf, Came) {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("box-office");
    let came = lockstep(&["new", folder.to_str().unwrap(), "--lang", language]);
    (home, folder, came)
}

fn check(folder: &std::path::Path, more: &[&str]) -> Came {
    lockstep(&[&["check", folder.to_str().unwrap()], more].concat())
}

fn change(folder: &std::path::Path, file: &str, from: &str, to: &str) {
    let path = folder.join(file);
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.contains(from), "{from} in {text}");
    std::fs::write(&path, text.replace(from, to)).unwrap();
}

#[test]
fn a_new_folder_is_in_order_and_true_at_once() {
    for language in ["en", "zh"] {
        let (home, folder, came) = new(language);
        assert_eq!(came.code, 0, "{came:?}");
        let came = check(&folder, &[]);
        assert_eq!(came.code, 0, "{came:?}");
        assert!(came.out.contains("box-office/unlocked: as stated: BUG, 66 states\n"), "{came:?}");
        assert!(came.out.contains("box-office/locked: as stated: PROVED, 28 states\n"), "{came:?}");
        let path = home.path().to_str().unwrap();
        let came = lockstep(&["run", "box-office/locked", "--path", path]);
        assert_eq!(came.code, 0, "{came:?}");
        // The folder that holds it is checked as well.
        assert_eq!(check(home.path(), &[]).out.lines().count(), 2);
    }
}

#[test]
fn what_is_there_stays_as_it_is() {
    let (_home, folder, _) = new("en");
    change(&folder, "story.en.md", "The last ticket", "Mine");
    let again = lockstep(&["new", folder.to_str().unwrap()]);
    assert_eq!(again.code, 5);
    assert!(again.err.contains("nothing was changed"), "{again:?}");
    assert!(std::fs::read_to_string(folder.join("story.en.md")).unwrap().starts_with("# Mine"));
    let bad = lockstep(&["new", folder.with_file_name("Box Office").to_str().unwrap()]);
    assert_eq!(bad.code, 2);
    assert!(bad.err.contains("`Box Office` is not one: use small letters"), "{bad:?}");
}

#[test]
fn keys_that_nothing_has_are_mistakes_with_their_lines() {
    let (_home, folder, _) = new("en");
    change(&folder, "story.en.md", "{key:compare}", "{key:compair}");
    let came = check(&folder, &[]);
    assert_eq!(came.code, 3, "{came:?}");
    let wanted = "story.en.md:19: there is no key for `compair` on the stage; did you mean `compare`?";
    assert!(format!("{}{}", came.out, came.err).contains(wanted), "{came:?}");
}

#[test]
fn statements_that_are_not_true_are_findings_with_their_lines() {
    let (_home, folder, _) = new("en");
    change(&folder, "scenario.json", "\"verdict\": [\"assertion\"]", "\"verdict\": [\"assertion\", \"deadlock\"]");
    change(
        &folder,
        "scenario.json",
        "{ \"end\": \"finished\", \"globals\": { \"sold\": \"1\", \"tickets\": \"-1\" } },",
        "{ \"end\": \"deadlock\", \"globals\": { \"sold\": \"1\", \"tickets\": \"-1\" } },",
    );
    change(&folder, "scenario.json", "\"of\": \"sold\"", "\"of\": \"gold\"");
    let came = check(&folder, &[]);
    assert_eq!(came.code, 1, "{came:?}");
    let wanted = [
        "box-office/unlocked: 3 statements are not true\n",
        "stated is deadlock, assertion; found was assertion\n",
        "Stated, and in no interleaving: deadlock sold=1 tickets=-1. In some interleaving, and not stated: finished sold=1 tickets=-1.\n",
        "question 1 has no answer: the program has no variable gold that holds data\n",
        "box-office/locked: as stated",
    ];
    for wanted in wanted {
        assert!(came.out.contains(wanted), "{wanted} in {}", came.out);
    }
    let json: serde_json::Value = serde_json::from_str(&check(&folder, &["--json"]).out).unwrap();
    assert_eq!((&json["ok"], json["diagnostics"].as_array().unwrap().len()), (&false.into(), 3));
    let line = json["diagnostics"][0]["line"].as_u64().unwrap();
    let text = std::fs::read_to_string(folder.join("scenario.json")).unwrap();
    assert!(text.lines().nth(usize::try_from(line).unwrap() - 1).unwrap().contains("\"expect\""), "{line}");
    assert_eq!(json["variants"][1]["verdict"], "proved");
    assert_eq!(json["variants"][1]["ok"], true);
}

#[test]
fn what_is_not_in_order_is_refused_and_what_is_not_finished_is_said() {
    let (_home, folder, _) = new("en");
    assert_eq!(check(&folder, &["--max-states", "5"]).code, 4);
    change(&folder, "unlocked.py", "tickets - 1", "tickets -");
    let came = check(&folder, &[]);
    assert_eq!(came.code, 3);
    assert!(came.out.contains("the program does not compile") && came.out.contains("tickets = tickets -"), "{came:?}");
    change(&folder, "scenario.json", "\"level\"", "\"levle\"");
    let came = check(&folder, &[]);
    assert_eq!(came.code, 3);
    assert!(came.out.contains("scenario.json:") && came.out.contains("unknown field `levle`"), "{came:?}");
    let json: serde_json::Value = serde_json::from_str(&check(&folder, &["--json"]).out).unwrap();
    assert_eq!(json["diagnostics"][0]["kind"], "scenario");
}

#[test]
fn a_program_that_does_not_compile_is_told_of_first() {
    let (_home, folder, _) = new("en");
    for (text, wanted) in [("def f(:\n", "locked.py:1:7"), ("import os\nx = os.system('ls')\n", "locked.py:2:8")] {
        std::fs::write(folder.join("locked.py"), text).unwrap();
        let came = check(&folder, &[]);
        assert_eq!(came.code, 3, "{came:?}");
        assert!(came.out.contains("box-office/locked: the program does not compile\n"), "{came:?}");
        assert!(came.out.contains(wanted), "{came:?}");
        // The other program is looked at all the same.
        assert!(came.out.contains("box-office/unlocked: as stated"), "{came:?}");
    }
    // What is wrong in the folder hides nothing that is wrong in a program.
    change(&folder, "scenario.json", "\"level\"", "\"levle\"");
    let came = check(&folder, &[]);
    assert!(came.out.contains("unknown field `levle`") && came.out.contains("locked.py:2:8"), "{came:?}");
    let json: serde_json::Value = serde_json::from_str(&check(&folder, &["--json"]).out).unwrap();
    assert_eq!(json["diagnostics"].as_array().unwrap().len(), 2);
}

#[test]
fn a_global_that_is_only_a_word_of_the_program_is_none() {
    let (_home, folder, _) = new("en");
    let path = folder.join("locked.py");
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, format!("# sold\n{}", text.replace("sold", "gone"))).unwrap();
    let came = check(&folder, &[]);
    assert_eq!(came.code, 1, "{came:?}");
    assert!(
        came.out.contains("the outcomes name sold, and the program has no global variable of that name"),
        "{came:?}"
    );
}

#[test]
fn a_folder_whose_manifest_is_missing_is_asked_for_it() {
    let (home, folder, _) = new("en");
    let manifest = folder.join("scenario.json");
    std::fs::rename(&manifest, folder.join("scenaro.json")).unwrap();
    let near = "box-office/scenario.json:1: the file is missing; is `scenaro.json` meant to be it?\n";
    for place in [&folder, &home.path().to_owned()] {
        let came = check(place, &[]);
        assert_eq!(came.code, 3, "{came:?}");
        assert!(came.out.contains(near), "{came:?}");
    }
    std::fs::remove_file(folder.join("scenaro.json")).unwrap();
    let came = check(&folder, &[]);
    assert_eq!(came.code, 3, "{came:?}");
    assert!(came.out.contains("box-office/scenario.json:1: the file is missing\n"), "{came:?}");
    std::fs::remove_file(folder.join("story.en.md")).unwrap();
    std::fs::remove_file(folder.join("story.zh.md")).unwrap();
    assert_eq!(check(&folder, &[]).code, 0);
}

#[test]
fn a_part_of_a_scenario_is_no_program() {
    let (_home, folder, _) = new("en");
    for part in ["scenario.json", "story.en.md"] {
        let came = check(&folder.join(part), &[]);
        assert_eq!((came.code, &*came.out), (2, ""));
        let wanted = format!("give the folder, `lockstep check {}`", folder.display());
        assert!(came.err.contains(&wanted), "{came:?}");
    }
}

#[test]
fn what_cannot_be_read_in_one_folder_hides_no_other() {
    let (home, folder, _) = new("en");
    let other = home.path().join("cinema");
    assert_eq!(lockstep(&["new", other.to_str().unwrap()]).code, 0);
    std::fs::write(folder.join("story.zh.md"), b"# \xd6\xd0\n").unwrap();
    let came = check(home.path(), &[]);
    assert_eq!(came.code, 3, "{came:?}");
    let place = format!("{}/story.zh.md:1: ", folder.display());
    assert!(came.out.contains(&place) && came.out.contains("cinema/locked: as stated"), "{came:?}");
}

#[test]
fn places_are_told_as_the_folder_was_named() {
    let (home, folder, _) = new("en");
    let local = || {
        let came = std::process::Command::new(env!("CARGO_BIN_EXE_lockstep"))
            .args(["check", "box-office", "--lang", "en"])
            .current_dir(home.path())
            .output()
            .unwrap();
        String::from_utf8(came.stdout).unwrap()
    };
    change(&folder, "scenario.json", "\"of\": \"sold\"", "\"of\": \"gold\"");
    assert!(local().contains("  box-office/scenario.json:"), "{}", local());
    change(&folder, "scenario.json", "\"level\"", "\"levle\"");
    assert!(local().starts_with("box-office/scenario.json:"), "{}", local());
}

#[test]
fn what_was_not_looked_at_is_not_called_untrue() {
    let (_home, folder, _) = new("en");
    let came = check(&folder, &["--max-states", "5"]);
    assert!(came.out.contains("box-office/locked: not everything could be looked at\n"), "{came:?}");
    assert!(!came.out.contains("not true"), "{came:?}");
    change(&folder, "scenario.json", "\"of\": \"sold\"", "\"of\": \"gold\"");
    let came = check(&folder, &["--max-states", "30"]);
    let wanted = "box-office/unlocked: one statement is not true, and not everything could be looked at\n";
    assert!(came.out.contains(wanted), "{came:?}");
}

#[test]
fn a_picture_that_does_not_exist_is_worth_a_note() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("own.py");
    std::fs::write(&path, "x = 1\n# stage: rnig forks=x\nprint(x)\n").unwrap();
    let came = check(&path, &[]);
    assert_eq!(came.code, 0, "{came:?}");
    assert!(came.out.contains("this can run") && came.out.contains("own.py:2:1"), "{came:?}");
    let json: serde_json::Value = serde_json::from_str(&check(&path, &["--json"]).out).unwrap();
    assert_eq!((&json["ok"], &json["diagnostics"][0]["kind"]), (&true.into(), &"stage".into()));
}

#[test]
fn a_new_folder_may_be_the_one_that_one_is_in() {
    let home = tempfile::tempdir().unwrap();
    let run = |name: &str, dir: &str| {
        let folder = home.path().join(name);
        std::fs::create_dir_all(&folder).unwrap();
        let came = std::process::Command::new(env!("CARGO_BIN_EXE_lockstep"))
            .args(["new", dir, "--lang", "en"])
            .current_dir(&folder)
            .output()
            .unwrap();
        (came.status.code(), String::from_utf8(came.stderr).unwrap())
    };
    assert_eq!(run("mine", ".").0, Some(0));
    assert!(home.path().join("mine/scenario.json").is_file());
    let (code, told) = run("mine", ".");
    assert!(code == Some(5) && told.contains("or an empty one"), "{told}");
    let (code, told) = run("My Own", ".");
    assert!(code == Some(2) && told.contains("`My Own` is not one: use small letters"), "{told}");
    let (code, told) = run("mine", "/");
    assert!(code == Some(2) && told.contains("/: this has no name"), "{told}");
}

#[test]
fn one_that_is_not_in_order_shuts_out_no_other() {
    let (home, folder, _) = new("en");
    let other = home.path().join("cinema");
    assert_eq!(lockstep(&["new", other.to_str().unwrap()]).code, 0);
    change(&folder, "scenario.json", "\"level\"", "\"levle\"");
    let path = home.path().to_str().unwrap();
    let left_out = "the scenario `box-office` is not in order and was left out: ";
    for (args, wanted) in [
        (&["list"][..], "cinema/locked"),
        (&["list", "--json"], "cinema/locked"),
        (&["run", "cinema/locked"], "The program has ended."),
        (&["run", "counter/locked"], "The program has ended."),
        (&["explore", "counter/locked"], "PROVED"),
        (&[], "cinema/locked"),
    ] {
        let came = lockstep(&[args, &["--path", path, "--lang", "en"]].concat());
        assert_eq!(came.code, 0, "{args:?}: {came:?}");
        assert!(came.out.contains(wanted) || came.err.contains(wanted), "{args:?}: {came:?}");
        assert!(came.err.contains(left_out) && came.err.contains("unknown field `levle`"), "{args:?}: {came:?}");
    }
    for args in [&["run", "box-office/locked"][..], &["explore", "box-office"]] {
        let came = lockstep(&[args, &["--path", path, "--lang", "en"]].concat());
        assert_eq!((came.code, &*came.out), (3, ""), "{args:?}: {came:?}");
        assert!(came.err.starts_with("lockstep: this scenario is not in order:\n"), "{came:?}");
        assert!(came.err.contains("unknown field `levle`") && !came.err.contains("left out"), "{came:?}");
    }
}

/// Whoever gets the recording has no such folder, and sees the picture all the same.
#[test]
fn a_recording_of_an_own_scenario_carries_its_picture() {
    let (home, folder, _) = new("en");
    let trace = home.path().join("run.jsonl");
    let (path, trace) = (folder.to_str().unwrap(), trace.to_str().unwrap());
    let came = lockstep(&["run", "box-office/unlocked", "--path", path, "--record", trace]);
    assert!(came.code <= 1, "{came:?}");
    let text = std::fs::read_to_string(trace).unwrap();
    assert!(
        text.lines().next().unwrap().contains("\"picture\":\"register value=tickets,sold threads=Anna,Ben\""),
        "{text}"
    );
    let frame = || lockstep(&["export", trace, "--to", "svg", "--frame", "6"]).out;
    // The box with the value is the register's.
    assert!(frame().contains("stored by") || frame().contains("has read"), "{}", frame());
    let (with, without) = (frame(), text.replacen("register value=tickets,sold threads=Anna,Ben", "rung x=y", 1));
    std::fs::write(trace, without).unwrap();
    assert!(!frame().is_empty() && frame() != with);
    // What is too long is passed over, and the trace is read.
    let long = text.replacen("register value=tickets,sold", &format!("register value={}", "a,".repeat(5000)), 1);
    std::fs::write(trace, long).unwrap();
    assert_ne!(frame(), with);
}
