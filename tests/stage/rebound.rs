//! Keys that somebody has changed: no sentence names the old ones.

use crate::loaded;
use crate::sizes::{SCREENS, reached};
use lockstep::tui::Msg;
use lockstep::tui::keymap::Keymap;
use lockstep::tui::keys::{Action, KEYS, Where};
use lockstep::words::Lang;
use std::fmt::Write;
use std::path::Path;

/// Another key for every row that can have one.
fn rebound() -> Keymap {
    let mut text = String::new();
    // No two rows of the table have the same, so nothing can be taken for something else.
    let mut keys = ('a'..='z').chain('0'..='9').flat_map(|sign| [format!("Alt-{sign}"), format!("Ctrl-Alt-{sign}")]);
    let mut more = (13..=24).flat_map(|number| ["", "Shift-", "Ctrl-"].map(|with| format!("{with}F{number}")));
    for on in Where::ALL {
        writeln!(text, "[{}]", on.name()).unwrap();
        for row in KEYS.iter().filter(|row| row.on == on) {
            let fixed = [Action::Quit, Action::Suspend, Action::RunNumbered, Action::TickNumbered];
            if !fixed.contains(&row.action) {
                let key = keys.next().or_else(|| more.next()).unwrap();
                writeln!(text, "{} = \"{key}\"", row.name()).unwrap();
            }
        }
    }
    Keymap::parse(&text).unwrap()
}

#[test]
fn no_screen_names_a_key_that_was_changed() {
    let mut found = Vec::new();
    for lang in Lang::ALL {
        for (_, name, keys) in SCREENS {
            let mut class = reached(loaded("philosophers/naive"), lang, keys);
            // What stands over the screens has keys that nobody can change.
            if !class.desk.app.overlays.is_empty() {
                continue;
            }
            class.desk.app.keymap = rebound();
            class.desk.send(Msg::Resize(200, 60));
            let screen = class.desk.screen();
            for old in ["Enter", "Esc", "Space", "Backspace", "PageUp", "空格", "回车", "方向键", "{key:"] {
                if screen.contains(old) {
                    found.push(format!("{name} {lang}: {old}"));
                }
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// Sentences in which a letter is no key, or the key of an example, or which the command line says: it knows no changed keys.
const NO_KEYS: &[&str] = &[
    "presenter-waiting-plain",
    "cli-about-notes",
    "cli-about-help",
    "wrong-key",
    "format-keys",
    "time-seconds",
    "end-limit-time",
    "page-speed",
    "explore-took",
    "explore-progress-searching",
    "broken-too-many",
    "diag-template-string-help",
    "diag-f-string",
    "diag-t-string",
];

#[test]
fn no_sentence_names_a_letter_as_a_key() {
    let mut found = Vec::new();
    for (lang, text) in catalogues() {
        for line in text.lines() {
            let Some((name, sentence)) = line.split_once(" = ") else { continue };
            if letter(sentence) && !NO_KEYS.contains(&name) {
                found.push(format!("{lang} {line}"));
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn the_keys_that_sentences_name_are_there() {
    for (lang, text) in catalogues() {
        for named in text.split("{key:").skip(1) {
            let name = named.split('}').next().unwrap_or_default();
            assert!(KEYS.iter().any(|row| row.name() == name), "{lang}: {name}");
        }
    }
}

/// The texts of each language.
fn catalogues() -> impl Iterator<Item = (Lang, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/locales");
    Lang::ALL.into_iter().flat_map(move |lang| {
        let files = std::fs::read_dir(folder.join(lang.code())).unwrap();
        files.map(move |file| (lang, std::fs::read_to_string(file.unwrap().path()).unwrap()))
    })
}

/// True when a letter stands alone in the sentence that is a key of the table, outside of code and of what is filled in.
fn letter(sentence: &str) -> bool {
    let plain: String = sentence.split('`').step_by(2).collect();
    let outside: String =
        format!("}}{plain}").split('{').map(|part| part.split_once('}').map_or("", |(_, rest)| rest)).collect();
    let mut words = outside.split(|sign: char| !sign.is_ascii_alphanumeric() && !"-='".contains(sign));
    words.any(|word| !["a", "A", "I", "B"].contains(&word) && is_key(word))
}

fn is_key(word: &str) -> bool {
    word.len() == 1
        && word.starts_with(|sign: char| sign.is_ascii_alphabetic())
        && KEYS.iter().flat_map(|row| row.chords).any(|chord| chord.to_string() == word)
}
