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
