//! `docs/LANGUAGE.md` lists what the library table lists. To write the tables anew: `UPDATE_DOCS=1 cargo test --test
//! language_doc`.

// A test that cannot go on says so by panicking.
#![allow(clippy::unwrap_used)]

use lockstep::lang::library::{MODULES, builtins};
use std::fmt::Write;
use std::path::Path;

const BEGIN: &str = "<!-- begin: generated from the table of the library -->\n";
const END: &str = "<!-- end -->\n";

fn tables() -> String {
    let mut text = "| module | what works |\n|---|---|\n".to_owned();
    for module in MODULES {
        let names: Vec<&str> = module.now().collect();
        if !names.is_empty() {
            writeln!(text, "| `{}` | {} |", module.name, names.join(", ")).unwrap();
        }
    }
    let later: Vec<String> = MODULES
        .iter()
        .filter(|module| module.now().next().is_none())
        .map(|module| format!("`{}`", module.name))
        .collect();
    writeln!(text, "\nThese can be imported, and nothing in them can be used yet: {}.", later.join(", ")).unwrap();
    let builtins: Vec<&str> = builtins().filter(|name| name.starts_with(char::is_lowercase)).collect();
    writeln!(text, "\nBuilt-in functions and types: {}; and all exceptions.", builtins.join(", ")).unwrap();
    text
}

#[test]
fn the_document_lists_what_the_table_lists() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/LANGUAGE.md");
    let document = std::fs::read_to_string(&path).unwrap();
    let (before, rest) = document.split_once(BEGIN).unwrap();
    let (listed, after) = rest.split_once(END).unwrap();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, format!("{before}{BEGIN}{}{END}{after}", tables())).unwrap();
    } else {
        assert_eq!(listed, tables(), "docs/LANGUAGE.md is out of date; see the top of this test");
    }
}
