//! Programs beside their snapshots: `dis/*.py` with their instructions, `problems/*.py` with their diagnostics.

use super::{compiled, verifier};
use lockstep::lang::dis;
use lockstep::words::{Lang, Words};
use std::fs;
use std::path::Path;

fn each(folder: &str, check: impl Fn(&str, &str) -> String) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lang").join(folder);
    let mut files: Vec<_> =
        fs::read_dir(&folder).expect("the folder exists").map(|entry| entry.expect("readable").path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "py"));
    files.sort();
    assert!(!files.is_empty());
    for file in files {
        let name = file.file_stem().expect("has a name").to_string_lossy().into_owned();
        let text = fs::read_to_string(&file).expect("is text");
        let shown = check(&format!("{name}.py"), &text);
        insta::with_settings!({ snapshot_path => folder.clone(), prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(name, shown);
        });
    }
}

#[test]
fn instructions() {
    each("dis", |name, text| {
        let (source, compiled) = compiled(name, text, &[]);
        let problems = Words::new(Lang::En).diagnostics(&source, &compiled.diagnostics, false);
        let program = compiled.program.unwrap_or_else(|| panic!("{problems}"));
        verifier::verify(&program);
        dis(&program, false)
    });
}

#[test]
fn diagnostics() {
    each("problems", |name, text| {
        let (source, compiled) = compiled(name, text, &[]);
        assert!(!compiled.diagnostics.is_empty(), "{name} has no problems");
        Words::new(Lang::En).diagnostics(&source, &compiled.diagnostics, false)
    });
}
