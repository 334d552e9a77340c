//! How far somebody has come: with a variant, with a scenario, and what is to be done next.

use crate::report::progress::told;
use crate::scenario::{Done, Scenario, Variant, Verdict};
use crate::tui::app::App;
use crate::tui::theme::Slot;

/// How far somebody has come with a variant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    Untouched,
    Partly,
    /// Predicted, where there is something to predict, and seen to its end.
    Done,
}

impl Standing {
    /// The sign and the word; nothing for what was not touched.
    pub(super) fn sign(self, app: &App) -> Option<(&'static str, &'static str, Slot)> {
        match self {
            Standing::Untouched => None,
            Standing::Partly => Some((app.glyphs().new, "gallery-partly", Slot::Dim)),
            Standing::Done => Some((app.glyphs().finished, "gallery-done", Slot::Good)),
        }
    }
}

/// What was done with a variant.
pub(super) fn done<'a>(app: &'a App, scenario: &Scenario, variant: &Variant) -> Option<&'a Done> {
    app.progress.of(&format!("{}/{}", scenario.id, variant.id))
}

/// How far that is.
pub(super) fn of(app: &App, scenario: &Scenario, variant: &Variant) -> Standing {
    let Some(done) = done(app, scenario, variant) else { return Standing::Untouched };
    let predicted = done.predicted.is_some() || variant.questions.is_empty();
    if predicted && done.run {
        Standing::Done
    } else if told(done, &app.words).is_empty() {
        Standing::Untouched
    } else {
        Standing::Partly
    }
}

/// True when the verdict is no secret any more: somebody predicted it, saw a run to its end, won a challenge, or looked at
/// all interleavings. Before that the list would answer what is asked before the run. The questions have all interleavings
/// looked at, too: for those who skipped them that is not told before a run.
pub(super) fn is_told(app: &App, scenario: &Scenario, variant: &Variant) -> bool {
    let seen =
        |done: &Done| done.predicted.is_some() || done.run || done.is_solved() || (done.explored && !done.skipped);
    done(app, scenario, variant).is_some_and(seen)
}

/// How many variants of a scenario are done; `None` when none was touched.
pub(super) fn count(app: &App, scenario: &Scenario) -> Option<usize> {
    let standings: Vec<Standing> = scenario.variants.iter().map(|variant| of(app, scenario, variant)).collect();
    let touched = standings.iter().any(|standing| *standing != Standing::Untouched);
    touched.then(|| standings.iter().filter(|standing| **standing == Standing::Done).count())
}

/// What was done with a variant, in words; `None` when that is nothing.
pub(super) fn sentence(app: &App, scenario: &Scenario, variant: &Variant) -> Option<(String, Slot)> {
    let (sign, _, slot) = of(app, scenario, variant).sign(app)?;
    let parts = told(done(app, scenario, variant)?, &app.words).join(&app.words.t("list-semicolon"));
    Some((format!("{sign} {parts}"), slot))
}

/// What to do next with a variant.
pub(super) fn next(app: &App, scenario: &Scenario, variant: &Variant) -> String {
    let words = &app.words;
    let done = done(app, scenario, variant);
    if !variant.questions.is_empty() && done.is_none_or(|done| done.predicted.is_none()) {
        return words.t("gallery-next-predict");
    }
    if done.is_none_or(|done| !done.run) {
        return words.t("gallery-next-run");
    }
    if matches!(variant.expected.verdict, Verdict::Bug(_)) && done.is_none_or(|done| !done.is_solved()) {
        return words.t("gallery-next-challenge");
    }
    let after = scenario.variants.iter().skip_while(|other| other.id != variant.id).skip(1);
    let open = after.chain(&scenario.variants).find(|other| of(app, scenario, other) != Standing::Done);
    match open {
        Some(other) => {
            let title = words.lang().text(&other.title);
            words.with("gallery-next-variant", &[("title", title.into())])
        }
        None => words.t("gallery-next-none"),
    }
}
