//! The page: its data against the recording, and that nothing a program is called or prints gets out of its place.

use super::common::{program, scenario};
use lockstep::model::Recording;
use lockstep::report::export::html;
use lockstep::words::{Lang, Words};
use serde_json::Value;

pub(crate) fn page(recording: &Recording, lang: Lang) -> String {
    let mut out = Vec::new();
    html::write(recording, &Words::new(lang), &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// What the script of the page reads.
fn data(page: &str) -> Value {
    let (_, rest) = page.split_once(r#"<script type="application/json" id="run">"#).unwrap();
    serde_json::from_str(rest.split_once("</script>").unwrap().0).unwrap()
}

/// A program that tries to get out of everything it is put into.
pub(crate) const HOSTILE: &str = include_str!("hostile_page.py");

#[test]
fn the_page_of_a_small_run() {
    let page = page(&scenario("deadlock/opposite", 1), Lang::En);
    let mut data = data(&page);
    // The labels are compared with the catalogues elsewhere.
    data.as_object_mut().unwrap().remove("labels");
    let mut lines = Vec::new();
    for (key, value) in data.as_object().unwrap() {
        match value {
            Value::Array(items) if items.len() > 4 => {
                lines.push(format!("{key}:"));
                lines.extend(items.iter().enumerate().map(|(index, item)| format!("  {index}: {item}")));
            }
            value => lines.push(format!("{key}: {value}")),
        }
    }
    insta::assert_snapshot!(lines.join("\n"));
}

#[test]
fn the_same_run_gives_the_same_page() {
    let of = || page(&scenario("philosophers/naive", 3), Lang::Zh);
    assert_eq!(of(), of());
}

#[test]
fn nothing_of_a_hostile_program_gets_out_of_its_place() {
    let page = page(&program(HOSTILE, 1), Lang::En);
    assert_eq!(page.matches("<script").count(), 2);
    assert_eq!(page.matches("</script").count(), 2);
    assert_eq!(page.matches("<!--").count(), 0);
    assert_eq!(page.matches("<img").count(), 0);
    let turns = ['\u{200e}', '\u{200f}', '\u{2028}', '\u{2029}', '\u{202e}', '\u{2066}'];
    let is_harmful = |c: char| (c.is_control() && c != '\n') || turns.contains(&c);
    let found: Vec<char> = page.chars().filter(|c| is_harmful(*c)).collect();
    assert!(found.is_empty(), "{found:?}");
    let printed = data(&page).to_string();
    assert!(printed.contains("</script><script>alert(1)</script>"), "it is there, as text");
    assert!(printed.contains("␛[2J") && printed.contains("<202E>"), "what controls is shown");
}

#[test]
#[ignore = "writes pages to look at"]
fn pages_to_look_at() {
    let folder = std::path::PathBuf::from(std::env::var("PAGES").unwrap());
    for target in ["deadlock/opposite", "philosophers/naive", "condition/correct", "counter/race", "counter/locked"] {
        for seed in [1, 2] {
            let run = scenario(target, seed);
            for lang in [Lang::En, Lang::Zh] {
                std::fs::write(
                    folder.join(format!("{}-{seed}-{lang}.html", target.replace('/', "-"))),
                    page(&run, lang),
                )
                .unwrap();
            }
        }
    }
    std::fs::write(folder.join("hostile.html"), page(&program(HOSTILE, 1), Lang::En)).unwrap();
}
