//! The catalogues against each other, and against the code that asks for their messages.

mod formats;
mod glossary;
mod samples;
mod sentences;

use super::catalogue::sources;
use super::{Lang, Words};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use unicode_width::UnicodeWidthChar;

/// Each key with the variables of its message and the message's text.
fn messages(lang: Lang) -> BTreeMap<String, (BTreeSet<String>, String)> {
    let mut found: BTreeMap<String, (BTreeSet<String>, String)> = BTreeMap::new();
    let mut current = None;
    for line in sources(lang).flat_map(str::lines).filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
        let text = if line.starts_with(|c: char| c.is_ascii_lowercase()) {
            let (key, text) = line.split_once('=').expect("a message has a `=`");
            let previous = found.insert(key.trim().to_owned(), (BTreeSet::new(), String::new()));
            assert!(previous.is_none(), "{lang}: the key {key} stands twice");
            current = Some(key.trim().to_owned());
            text
        } else {
            line
        };
        let (variables, message) =
            found.get_mut(current.as_ref().expect("a continuation follows a key")).expect("just added");
        message.push_str(text.trim());
        for after in text.split('$').skip(1) {
            let end = after.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(after.len());
            variables.insert(after[..end].to_owned());
        }
    }
    found
}

/// The string literals of this crate's code that look like keys, with the file they stand in.
fn literals() -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    found
}

fn collect(folder: &Path, found: &mut BTreeMap<String, String>) {
    for entry in std::fs::read_dir(folder).expect("the source is there") {
        let path = entry.expect("a readable entry").path();
        if path.is_dir() {
            collect(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            let text = std::fs::read_to_string(&path).expect("source is text");
            let code = text.split("#[cfg(test)]\nmod tests").next().expect("split gives a first part");
            for literal in code.split('"').filter(|literal| is_key(literal)) {
                found.insert(literal.to_owned(), path.display().to_string());
            }
        }
    }
}

/// A key is words of lower-case letters and digits joined by hyphens, at least two of them.
fn is_key(literal: &str) -> bool {
    literal.contains('-')
        && literal
            .split('-')
            .all(|word| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()))
}

#[test]
fn both_catalogues_parse_and_answer_every_key() {
    for lang in Lang::ALL {
        let words = Words::new(lang);
        for (key, (_, text)) in messages(lang) {
            assert_ne!(words.t(&key), key, "{lang}: {key} = {text} is not a message");
        }
    }
}

#[test]
fn both_catalogues_have_the_same_keys_and_variables() {
    let [english, chinese] = Lang::ALL.map(messages);
    let names = |of: &BTreeMap<String, (BTreeSet<String>, String)>| of.keys().cloned().collect::<BTreeSet<_>>();
    let only: Vec<_> = names(&english).symmetric_difference(&names(&chinese)).cloned().collect();
    assert!(only.is_empty(), "keys in one catalogue only: {only:?}");
    for (key, (variables, _)) in &english {
        assert_eq!(*variables, chinese[key].0, "the variables of {key}");
    }
}

#[test]
fn every_key_is_used_and_every_key_used_exists() {
    let keys: BTreeSet<String> = messages(Lang::En).into_keys().collect();
    let literals = literals();
    // The short form of a message is asked for by appending `-short` to its key.
    // The texts of commands and options have keys that are put together: the command line's own tests look at them.
    let asked = |key: &str| key.starts_with("cli-") || literals.contains_key(key.strip_suffix("-short").unwrap_or(key));
    let unused: Vec<_> = keys.iter().filter(|key| !asked(key)).collect();
    assert!(unused.is_empty(), "keys that nothing asks for: {unused:?}");
    let sections: BTreeSet<&str> = keys.iter().filter_map(|key| key.split('-').next()).collect();
    let missing: Vec<_> = literals
        .iter()
        .filter(|(literal, _)| !keys.contains(*literal))
        .filter(|(literal, _)| literal.split('-').next().is_some_and(|section| sections.contains(section)))
        .collect();
    assert!(missing.is_empty(), "keys that are in no catalogue: {missing:?}");
}

#[test]
fn every_character_has_one_width_everywhere() {
    for lang in Lang::ALL {
        for (key, (_, text)) in messages(lang) {
            for c in text.chars() {
                assert_eq!(c.width(), c.width_cjk(), "{lang}: {key}: {c:?} is wider in some terminals");
            }
        }
    }
}

/// A message without its variables and the syntax of its choices, and without names that are the same in every language.
fn prose(text: &str) -> String {
    const NAMES: [&str; 12] = [
        "JSON",
        "UTF-8",
        "Enter",
        "Esc",
        "Lockstep",
        "wait()",
        "BrokenBarrierError",
        "False",
        "MiB",
        "Python",
        "GIL",
        "English",
    ];
    let mut prose = String::new();
    let mut skipped = None;
    // The name of an action, in place of its key.
    let keyed = text.split("{\"{key:").enumerate();
    let text: String =
        keyed.map(|(n, part)| if n == 0 { part } else { part.split_once('}').map_or("", |cut| cut.1) }).collect();
    for c in NAMES.iter().fold(text, |text, name| text.replace(name, "")).chars() {
        match (skipped, c) {
            (None, '$') => skipped = Some(' '),
            (None, '[') => skipped = Some(']'),
            // What is to be typed.
            (None, '`') => skipped = Some('`'),
            (Some(end), c) if c == end => skipped = None,
            (None, c) => prose.push(c),
            (Some(_), _) => {}
        }
    }
    prose.replace("->", "")
}

#[test]
fn chinese_is_chinese() {
    for (key, (_, text)) in messages(Lang::Zh) {
        let prose = prose(&text);
        let english: Vec<_> = prose.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| word.len() > 1).collect();
        assert!(english.is_empty(), "zh: {key} has English words: {english:?}");
        for c in [',', ';', '!', '?', '(', ')', '\''] {
            assert!(!prose.contains(c), "zh: {key} has a half-width {c:?}");
        }
    }
}

#[test]
fn text_from_a_program_is_harmless_and_unmarked() {
    let shown = Words::new(Lang::En).with("action-print", &[("text", "\u{1b}[2J".into())]);
    assert_eq!(shown, "print ␛[2J");
}
