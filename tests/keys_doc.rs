//! `docs/KEYS.md` says what the key table says.

#![allow(clippy::unwrap_used)]

use lockstep::tui::keymap::Keymap;
use lockstep::tui::keys::KEYS;
use lockstep::words::{Lang, Words};
use std::fmt::Write;
use std::path::Path;

fn generated() -> String {
    let (en, zh) = (Words::new(Lang::En), Words::new(Lang::Zh));
    let mut text = String::from(
        "# Keys\n\nThis file is made from the key table in `src/tui/keys.rs`; a test compares the two.\n\n\
         They can be changed in `keys.toml` (docs/CLI.md). A story or a note writes `{key:NAME}` for a key of the stage or of \
         everywhere (docs/SCENARIOS.md), and whoever reads it sees the key as it is then.\n\n\
         | key | name | where | does | 作用 |\n|---|---|---|---|---|\n",
    );
    for row in KEYS {
        let place = row.on.name();
        // What has no key of its own is in the palette.
        let shown = Keymap::default().shown(row);
        let keys: Vec<String> = shown.split_whitespace().map(|key| format!("`{key}`")).collect();
        let keys = if keys.is_empty() { vec!["palette".to_owned()] } else { keys };
        writeln!(
            text,
            "| {} | `{}` | {place} | {} | {} |",
            keys.join(" "),
            row.name(),
            en.t(row.words),
            zh.t(row.words)
        )
        .unwrap();
    }
    text.push_str(
        "\nIn a text field: the arrows, Home, End, Ctrl-A, Ctrl-E, Ctrl-W, Ctrl-U and Ctrl-K do what they do in a shell; \
         Enter answers, Esc gives up.\n\nThe mouse: the wheel scrolls, a click on a pane or a tab puts the keys there, a \
         click on a thread runs it one step, a click on the timeline goes to that step, a click in the footer runs the key.\n",
    );
    text
}

#[test]
fn the_document_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/KEYS.md");
    let generated = generated();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, &generated).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(written, generated, "run `UPDATE_DOCS=1 cargo test --test keys_doc`");
}
