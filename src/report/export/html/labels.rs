//! What the page says about itself: buttons, headings, columns, in both languages.

use super::strings::{Both, Voices};
use std::collections::BTreeMap;

/// Messages without variables.
const PLAIN: &[&str] = &[
    "column-about",
    "column-holds",
    "column-line",
    "column-state",
    "column-thread",
    "objects-none",
    "output-none",
    "page-back",
    "page-close",
    "page-column-guard",
    "page-column-kind",
    "page-column-name",
    "page-column-value",
    "page-column-waiting",
    "page-column-waits",
    "page-controls",
    "page-cut",
    "page-end",
    "page-faster",
    "page-findings-none",
    "page-help",
    "page-language",
    "page-lane-idle",
    "page-legend",
    "page-lane-ran",
    "page-made-with",
    "page-more-output",
    "page-more-rows",
    "page-narration",
    "page-next",
    "page-pause",
    "page-play",
    "page-previous",
    "page-run",
    "page-skip",
    "page-slower",
    "page-speed-most",
    "page-start",
    "page-step",
    "page-steps",
    "page-theme",
    "page-zoom-in",
    "page-zoom-out",
    "pane-findings",
    "pane-objects",
    "pane-output",
    "pane-program",
    "pane-threads",
    "pane-timeline",
    "pane-variables",
    "state-blocked",
    "state-sleeping",
    "state-waiting",
    "status-paused",
    "status-playing",
    "variables-none",
];

/// Messages with variables, which the page fills in.
const FILLED: &[(&str, &[&str])] = &[
    ("header-clock", &["time", "step", "switches"]),
    ("page-gap", &["n"]),
    ("page-lane-held", &["object", "threads"]),
    ("page-lane-thread", &["thread", "ran", "held-up"]),
    ("page-part", &["n", "total"]),
    ("page-speed", &["n"]),
    ("page-step-of", &["step", "total"]),
    ("page-thread-at", &["threads"]),
    ("page-time-alternative", &["total"]),
    ("timeline-step", &["step"]),
    ("variables-stale", &["threads"]),
];

/// The keys of the page, as they are written in its help, and what they do.
pub(super) const KEYS: &[(&str, &str)] = &[
    ("Space", "page-play-pause"),
    ("→ l n", "page-step"),
    ("← h Backspace", "page-back"),
    ("Shift →", "page-next"),
    ("Shift ←", "page-previous"),
    ("Home g", "page-start"),
    ("End G", "page-end"),
    ("+", "page-faster"),
    ("-", "page-slower"),
    (">", "page-zoom-in"),
    ("<", "page-zoom-out"),
    ("[ ]", "page-sideways"),
    ("L", "page-language-other"),
    ("t", "page-theme"),
    ("?", "page-help"),
];

/// Everything that the page says about itself, by key. A variable stands there as `{name}`.
pub(super) fn table(voices: &Voices) -> BTreeMap<&'static str, Both> {
    let plain =
        PLAIN.iter().chain(KEYS.iter().map(|(_, key)| key)).map(|key| (*key, voices.both(|words| words.t(key))));
    let filled = FILLED.iter().map(|(key, variables)| {
        let places: Vec<_> = variables.iter().map(|name| format!("{{{name}}}")).collect();
        let args: Vec<_> = variables.iter().zip(&places).map(|(name, place)| (*name, place.as_str().into())).collect();
        (*key, voices.both(|words| words.with(key, &args)))
    });
    plain.chain(filled).collect()
}

#[cfg(test)]
mod tests {
    use super::super::shell::{SCRIPT, TEMPLATE};
    use super::*;

    #[test]
    fn the_page_has_every_label_it_uses_and_uses_every_label_it_has() {
        let keys: Vec<&str> = table(&Voices::new()).into_keys().collect();
        let page = format!("{TEMPLATE}{SCRIPT}");
        let of_help = |key: &str| KEYS.iter().any(|(_, label)| *label == key);
        let unused: Vec<_> = keys.iter().filter(|key| !of_help(key) && !page.contains(&format!("'{key}'"))).collect();
        assert!(unused.is_empty(), "{unused:?}");
        let marks = ["label('", "t['", "data-text=\"", "data-label=\"", "dataset.label = '", "run.labels['"];
        let used = marks.iter().flat_map(|mark| page.split(mark).skip(1));
        let used = used.filter_map(|rest| rest.split(['\'', '"']).next()).filter(|key| !key.contains('{'));
        for key in used {
            assert!(keys.contains(&key), "{key}");
        }
    }

    #[test]
    fn the_page_fills_in_what_it_knows() {
        let table = table(&Voices::new());
        assert_eq!(table["page-step-of"].en, "Step {step} of {total}");
        for (key, variables) in FILLED {
            for text in [&table[key].en, &table[key].zh] {
                assert!(variables.iter().all(|name| text.contains(&format!("{{{name}}}"))), "{key}: {text}");
            }
        }
    }
}
