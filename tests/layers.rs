//! The layers: `src/lib.rs` lists the modules in pipeline order, and a module uses only modules listed above it.

// A test that cannot go on says so by panicking.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

fn manifest(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The modules of `lib.rs`, in order.
fn layers() -> Vec<String> {
    let text = fs::read_to_string(manifest("src/lib.rs")).unwrap();
    let modules = text.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    modules.map(str::to_owned).collect()
}

/// Every Rust file of a module, with the place for messages and the code of its lines without comments.
fn files(module: &str) -> Vec<(String, Vec<String>)> {
    let mut paths = vec![manifest(&format!("src/{module}.rs"))];
    let mut folders = vec![manifest(&format!("src/{module}"))];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(folder) else { continue };
        for path in entries.map(|entry| entry.unwrap().path()) {
            if path.is_dir() { folders.push(path) } else { paths.push(path) }
        }
    }
    paths.retain(|path| path.is_file() && path.extension().is_some_and(|extension| extension == "rs"));
    paths.into_iter().map(|path| read(&path)).collect()
}

fn read(path: &Path) -> (String, Vec<String>) {
    let place = path.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap().display().to_string();
    let text = fs::read_to_string(path).unwrap();
    (place, text.lines().map(|line| line.split("//").next().unwrap_or_default().to_owned()).collect())
}

/// The top-level modules that a line names: `crate::x::…` anywhere, `crate::{x, y::…}`.
fn used(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        match rest.strip_prefix('{') {
            Some(group) => found.extend(group_heads(group)),
            None => found.push(head(rest)),
        }
    }
    found
}

fn head(path: &str) -> String {
    path.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

/// The first parts of the paths in `{a, b::{c, d}}`, the opening brace already gone.
fn group_heads(group: &str) -> Vec<String> {
    let mut depth = 0;
    let mut heads = Vec::new();
    let mut start = true;
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => start = true,
            c if start && !c.is_whitespace() => {
                heads.push(head(&group[at..]));
                start = false;
            }
            _ => {}
        }
    }
    heads
}

#[test]
fn a_module_uses_only_modules_listed_above_it() {
    let layers = layers();
    let ranks: BTreeMap<&str, usize> = layers.iter().enumerate().map(|(rank, name)| (name.as_str(), rank)).collect();
    let mut wrong = Vec::new();
    for (rank, module) in layers.iter().enumerate() {
        let files = files(module);
        assert!(!files.is_empty(), "{module} has no files");
        for (file, lines) in files {
            for (line, code) in lines.iter().enumerate() {
                for name in used(code) {
                    match ranks.get(name.as_str()) {
                        Some(used) if *used <= rank => {}
                        Some(_) => wrong.push(format!("{file}:{}: {module} uses {name}, listed below it", line + 1)),
                        None => wrong.push(format!("{file}:{}: there is no module {name} in lib.rs", line + 1)),
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn outside_crates_stay_in_their_layers() {
    let owners =
        [("ratatui", "tui"), ("ruff_", "lang"), ("clap", "cli"), ("fluent_", "words"), ("unic_langid", "words")];
    let mut wrong = Vec::new();
    for module in layers() {
        for (file, lines) in files(&module) {
            for (line, code) in lines.iter().enumerate() {
                let stray = owners.iter().find(|(name, owner)| *owner != module && names_crate(code, name));
                if let Some((name, owner)) = stray {
                    wrong.push(format!("{file}:{}: only {owner} may know {name}", line + 1));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// True when the code has a path that begins with this (beginning of a) crate name.
fn names_crate(code: &str, name: &str) -> bool {
    code.match_indices(name).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        let whole = head(&code[at..]);
        let boundary = !before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':' || c == '"');
        boundary && code[at + whole.len()..].starts_with("::")
    })
}

#[test]
fn paths_are_read_in_every_form() {
    assert_eq!(used("use crate::ids::ThreadId;"), ["ids"]);
    assert_eq!(used("use crate::{ids::{A, B}, event, vm::x};"), ["ids", "event", "vm"]);
    assert_eq!(used("let x: crate::vm::Vm = crate::event::new();"), ["vm", "event"]);
    assert_eq!(used("pub(crate) fn f() {}"), Vec::<String>::new());
    assert!(names_crate("use ratatui::style::Color;", "ratatui"));
    assert!(names_crate("use ruff_python_ast::Expr;", "ruff_"));
    assert!(!names_crate("use crate::clap::x;", "clap"));
    assert!(!names_crate("let clap = 1;", "clap"));
}
