//! The page around the data: the template, what is embedded in it, and how that is kept from doing harm.

use super::code::Line;
use super::labels::KEYS;
use super::strings::Both;
use crate::words::Lang;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use minijinja::{AutoEscape, Environment, UndefinedBehavior, context};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io;

pub(super) const TEMPLATE: &str = include_str!("../../../../assets/page/page.html");

const STYLE: &str = concat!(
    include_str!("../../../../assets/page/look.css"),
    include_str!("../../../../assets/page/layout.css"),
    include_str!("../../../../assets/page/print.css"),
);

/// One program, in the order in which its parts need each other.
pub(super) const SCRIPT: &str = concat!(
    "(() => {\n'use strict';\n",
    include_str!("../../../../assets/page/run.js"),
    include_str!("../../../../assets/page/words.js"),
    include_str!("../../../../assets/page/tables.js"),
    include_str!("../../../../assets/page/timeline.js"),
    include_str!("../../../../assets/page/handout.js"),
    include_str!("../../../../assets/page/player.js"),
    "})();\n",
);

/// What the page shows before its script has run.
pub(super) struct Shell<'a> {
    pub(super) lang: Lang,
    pub(super) title: &'a str,
    pub(super) labels: &'a BTreeMap<&'static str, Both>,
    pub(super) code: &'a [Line],
    /// The run as JSON.
    pub(super) data: &'a str,
}

/// A key of the help.
#[derive(Serialize)]
struct Key {
    keys: Vec<&'static str>,
    label: &'static str,
}

/// The whole page.
pub(super) fn render(shell: &Shell<'_>) -> io::Result<String> {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_trim_blocks(true);
    environment.set_lstrip_blocks(true);
    let texts: BTreeMap<&str, &str> = shell.labels.iter().map(|(key, text)| (*key, text.of(shell.lang))).collect();
    let keys: Vec<Key> = KEYS.iter().map(|(keys, label)| Key { keys: keys.split(' ').collect(), label }).collect();
    let page = context! {
        lang => tag(shell.lang),
        title => shell.title,
        policy => policy(),
        style => STYLE,
        script => SCRIPT,
        code => shell.code,
        keys => keys,
        t => texts,
        data => embedded(shell.data),
    };
    environment.render_str(TEMPLATE, page).map_err(io::Error::other)
}

/// The language as HTML names it.
const fn tag(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "en",
        Lang::Zh => "zh-Hans",
    }
}

/// Nothing may be loaded from anywhere, and nothing runs but the one script and the one style sheet, named by their
/// hashes.
fn policy() -> String {
    let hash = |text: &str| STANDARD.encode(Sha256::digest(text));
    format!(
        "default-src 'none'; script-src 'sha256-{}'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
        hash(SCRIPT),
        hash(STYLE)
    )
}

/// JSON that can stand in a page: what could end the script element or mean something to HTML stands there as an escape
/// of JSON. Outside of its strings JSON has none of these characters.
fn embedded(json: &str) -> String {
    let mut safe = String::with_capacity(json.len() + json.len() / 16);
    for c in json.chars() {
        match c {
            '<' => safe.push_str("\\u003c"),
            '>' => safe.push_str("\\u003e"),
            '&' => safe.push_str("\\u0026"),
            '\u{2028}' => safe.push_str("\\u2028"),
            '\u{2029}' => safe.push_str("\\u2029"),
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_data_ends_the_element_it_stands_in() {
        let text = "</script><!-- & \u{2028}\u{2029} \"'";
        let json = serde_json::to_string(text).unwrap();
        let shown = embedded(&json);
        assert!(!shown.contains(['<', '>', '&', '\u{2028}', '\u{2029}']), "{shown}");
        assert_eq!(serde_json::from_str::<String>(&shown).unwrap(), text);
    }

    #[test]
    fn what_is_ours_stays_inside_its_element() {
        assert!(!SCRIPT.contains("</") && !SCRIPT.contains("<!--"));
        assert!(!STYLE.contains("</"));
        for harmful in ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "fetch(", "http"] {
            assert!(!SCRIPT.replace("http://www.w3.org/2000/svg", "").contains(harmful), "{harmful}");
        }
        // Patterns of the page itself are named so, too.
        assert!(!STYLE.replace("url(#", "").contains("url(") && !STYLE.contains("@import"));
    }
}
