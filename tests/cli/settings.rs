//! Themes and keys of one's own.

use crate::at_home;
use std::path::Path;
use tempfile::TempDir;

/// A home directory with these files among the settings.
fn home(files: &[(&str, &str)]) -> TempDir {
    let home = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = home.path().join(".config/lockstep").join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    home
}

fn said(home: &Path, args: &[&str]) -> (i32, String, String) {
    let came = at_home(home, args, "");
    (came.code, came.out, came.err)
}

#[test]
fn keys_are_listed_with_what_was_changed() {
    let plain = home(&[]);
    let (code, out, _) = said(plain.path(), &["keys"]);
    assert_eq!(code, 0);
    assert!(out.contains("  Right l n") && out.contains("step"), "{out}");
    assert!(!out.lines().any(|line| line.starts_with("* ")), "{out}");
    let own = home(&[("keys.toml", "[stage]\nstep = \"N\"\n")]);
    let (_, out, _) = said(own.path(), &["keys"]);
    assert!(out.lines().any(|line| line.starts_with("* N ") && line.contains(" step ")), "{out}");
    let (_, json, _) = said(own.path(), &["keys", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let rows = json["keys"].as_array().unwrap();
    let step = rows.iter().find(|row| row["name"] == "step").unwrap();
    assert_eq!(
        (&step["keys"], &step["changed"], &step["screen"]),
        (&serde_json::json!(["N"]), &true.into(), &"stage".into())
    );
    assert_eq!(json["lockstep"], 1);
}

/// The file to begin with is a file that can be kept: with every comment taken away it says what is so already.
#[test]
fn the_file_to_begin_with_is_one() {
    let (_, text, _) = said(home(&[]).path(), &["keys", "--toml"]);
    assert!(text.contains("# step = [\"Right\", \"l\", \"n\"]  # "), "{text}");
    let fixed = ["quit", "suspend", "run-numbered", "tick-numbered"];
    let kept = |line: &&str| !fixed.iter().any(|name| line.starts_with(&format!("# {name} =")));
    let all: Vec<&str> = text.lines().filter(kept).map(|line| line.strip_prefix("# ").unwrap_or(line)).collect();
    let own = home(&[("keys.toml", &all.join("\n"))]);
    let (code, out, err) = said(own.path(), &["keys"]);
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(out.contains("* Right l n "), "{out}");
}

#[test]
fn what_is_wrong_with_keys_is_said_with_its_line() {
    let own = home(&[("keys.toml", "[stage]\nstep = \"Sapce\"\nplay = \"x\"\n")]);
    let (code, out, err) = said(own.path(), &["keys"]);
    // The table is there all the same: somebody may be looking for the right name.
    assert_eq!(code, 0);
    assert!(out.contains("run-numbered"), "{out}");
    assert!(err.contains("keys.toml:2: `Sapce` is no key"), "{err}");
    assert!(err.contains("keys.toml:3: `x` would mean both `play` and `explore`"), "{err}");
}

#[test]
fn own_themes_are_found_by_name_and_their_mistakes_by_file() {
    let own = home(&[("themes/mine.toml", "inherits = \"dark\"\n[styles]\nerror = \"magenta\"\n")]);
    assert_eq!(said(own.path(), &["list", "--theme", "mine"]).0, 0);
    let (code, _, err) = said(own.path(), &["list", "--theme", "mein"]);
    assert_eq!(code, 2);
    assert!(err.contains("there is no theme 'mein'; there are mine, ansi, dark,"), "{err}");
    for (text, wanted) in [
        ("inherits = \"drak\"", "mine.toml:1: it inherits 'drak', which does not exist; there are mine, ansi,"),
        (
            "inherits = \"dark\"\n[styles]\nerror = \"puce\"\n",
            "mine.toml:3: there is no colour `puce`; there are default, black,",
        ),
        ("inherits = \"dark\"\n[styles]\neror = \"red\"\n", "mine.toml:3: unknown variant `eror`"),
        ("[styles]\n", "mine.toml:1: the style of 'text' is missing"),
    ] {
        let own = home(&[("themes/mine.toml", text)]);
        let (code, _, err) = said(own.path(), &["list", "--theme", "mine"]);
        assert_eq!(code, 2, "{err}");
        assert!(err.contains(wanted), "{text}: {err}");
        // It is in nobody's way who does not want it.
        assert_eq!(said(own.path(), &["list"]).0, 0);
        let (code, out, _) = said(own.path(), &["doctor"]);
        assert!(code == 0 && out.contains(wanted), "{out}");
    }
}

#[test]
fn a_theme_in_the_settings_may_be_ones_own() {
    let good = home(&[("settings.toml", "theme = \"mine\"\n"), ("themes/mine.toml", "inherits = \"light\"\n")]);
    assert_eq!(said(good.path(), &["list"]).0, 0);
    let bad = home(&[("settings.toml", "theme = \"mine\"\n")]);
    let (code, _, err) = said(bad.path(), &["list"]);
    assert_eq!(code, 2);
    assert!(err.contains("settings.toml:1: there is no theme 'mine'"), "{err}");
}

/// Whatever is wrong with somebody's files, the commands that are needed to mend them work, and say what it is.
#[test]
fn what_mends_files_works_however_broken_they_are() {
    let files = [
        ("settings.toml", "theme = \"mine\"\n\nlang = \"fr\"\nglyphs = \"emoji\"\n"),
        ("keys.toml", "[stage]\nfooooo = \"x\"\n"),
        ("themes/mine.toml", "inherits = \"dark\"\n[styles]\ntext = \"redd\"\n"),
        ("themes/heir.toml", "inherits = \"mine\"\n"),
    ];
    let own = home(&files);
    let done = own.path().join(".local/share/lockstep/progress.txt");
    std::fs::create_dir_all(done.parent().unwrap()).unwrap();
    std::fs::write(&done, b"a/b run\n\xff\n").unwrap();
    let wrong = [
        "settings.toml:3: there is no catalogue for the language 'fr'",
        "settings.toml:4: there is no glyph set 'emoji'",
        "mine.toml:3: there is no colour `redd`",
    ];
    for args in [&["paths"][..], &["keys"], &["keys", "--toml"], &["keys", "--json"], &["schema"], &["--help"]] {
        let (code, out, err) = said(own.path(), args);
        assert!(code == 0 && !out.is_empty(), "{args:?}: {err}");
        assert!(args == ["--help"] || wrong.iter().all(|wrong| err.contains(wrong)), "{args:?}: {err}");
    }
    let (code, out, _) = said(own.path(), &["doctor"]);
    assert_eq!(code, 0);
    for wrong in wrong.iter().chain(&[
        "keys.toml:2: there is no key for `fooooo`",
        "heir.toml:1: it inherits 'mine'",
        "progress.txt: ",
    ]) {
        assert!(out.contains(wrong), "{wrong}: {out}");
    }
    let (code, _, err) = said(own.path(), &["list"]);
    assert!(code == 2 && wrong.iter().all(|wrong| err.contains(wrong)), "{err}");
    let (code, out, _) = said(own.path(), &["progress", "--reset"]);
    assert!(code == 0 && out.contains("progress.txt.damaged"), "{out}");
    assert_eq!(said(own.path(), &["progress"]).0, 0);
}

#[test]
fn broken_keys_stop_nobody_who_presses_none() {
    let own = home(&[("keys.toml", "[stage]\nfooooo = \"x\"\n")]);
    assert_eq!(said(own.path(), &["list"]).0, 0);
    assert_eq!(said(own.path(), &["run", "counter/locked"]).0, 0);
}
