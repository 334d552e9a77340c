//! The right side: the story of what is selected, and what to expect of it.

use super::standing;
use crate::scenario::{Broken, BugKind, Level, Scenario, Variant, Verdict};
use crate::tui::app::App;
use crate::tui::prose;
use crate::tui::screens::explore::{verdict_line, verdict_sign};
use crate::tui::theme::Slot;
use crate::words::{Lang, Words, safe};
use ratatui::text::{Line, Span};

/// The lines of the right side, at most `cells` wide.
pub(super) fn lines(app: &App, cells: usize) -> Vec<Line<'static>> {
    if let Some(broken) = app.gallery.broken() {
        return out_of_order(app, broken, cells);
    }
    let Some((scenario, variant)) = app.gallery.current() else {
        return prose::layout(&app.words.t("gallery-nothing"), cells, app.theme(), app.glyphs().bullet);
    };
    let mut lines = match variant {
        Some(variant) => head_of_variant(app, scenario, variant, cells),
        None => head_of_scenario(app, scenario, cells),
    };
    lines.push(Line::default());
    let story = app.words.lang().of(&scenario.story);
    let section = variant.and_then(|variant| story.section(&variant.id));
    let text = if variant.is_none() { &story.introduction } else { section.map_or("", |section| &section.brief) };
    lines.extend(prose::layout(&app.keymap.told(text, &app.words), cells, app.theme(), app.glyphs().bullet));
    match variant {
        None => lines.extend(variants(app, scenario, cells)),
        Some(variant) => {
            // Nobody is told how it ends before having seen it.
            let seen = standing::done(app, scenario, variant).is_some_and(|done| done.run || done.is_solved());
            let after = section.map(|section| &section.after).filter(|after| seen && !after.is_empty());
            if let Some(after) = after {
                lines.push(Line::default());
                lines.extend(styled(&app.words.t("gallery-after"), cells, app, Slot::Title));
                lines.push(Line::default());
                lines.extend(prose::layout(
                    &app.keymap.told(after, &app.words),
                    cells,
                    app.theme(),
                    app.glyphs().bullet,
                ));
            }
        }
    }
    lines
}

/// The same in one sentence.
pub(super) fn sentence(app: &App) -> String {
    let lang = app.words.lang();
    if let Some(broken) = app.gallery.broken() {
        return safe(&app.words.said(&broken.said())).into_owned();
    }
    match app.gallery.current() {
        None => app.words.t("gallery-nothing"),
        Some((scenario, None)) => app.words.with(
            "gallery-sentence",
            &[
                ("name", scenario.id.as_ref().into()),
                ("title", lang.text(&scenario.title).into()),
                ("summary", lang.text(&scenario.summary).into()),
            ],
        ),
        Some((scenario, Some(variant))) => app.words.with(
            "gallery-sentence",
            &[
                ("name", format!("{}/{}", scenario.id, variant.id).into()),
                ("title", lang.text(&variant.title).into()),
                ("summary", lang.text(&variant.summary).into()),
            ],
        ),
    }
}

/// All that is wrong with a scenario, and what becomes of it.
fn out_of_order(app: &App, broken: &Broken, cells: usize) -> Vec<Line<'static>> {
    let mut lines = styled(&broken.id, cells, app, Slot::Title);
    lines.extend(styled(&app.words.t("gallery-broken-about"), cells, app, Slot::Warning));
    for flaw in &broken.flaws {
        lines.push(Line::default());
        lines.extend(styled(&app.words.said(&flaw.said()), cells, app, Slot::Text));
    }
    lines
}

fn head_of_scenario(app: &App, scenario: &Scenario, cells: usize) -> Vec<Line<'static>> {
    let lang = app.words.lang();
    let mut lines = styled(lang.text(&scenario.title), cells, app, Slot::Title);
    let level = app.words.t(level_key(scenario.level));
    let level = app.words.with("gallery-level", &[("level", level.into()), ("name", scenario.id.as_ref().into())]);
    lines.extend(styled(&level, cells, app, Slot::Dim));
    lines.extend(styled(lang.text(&scenario.summary), cells, app, Slot::Narration));
    if let Some(done) = standing::count(app, scenario) {
        let count = |n: usize| n.to_string().into();
        let args = [("done", count(done)), ("of", count(scenario.variants.len()))];
        lines.extend(styled(&app.words.with("gallery-count", &args), cells, app, Slot::Text));
    }
    lines
}

fn head_of_variant(app: &App, scenario: &Scenario, variant: &Variant, cells: usize) -> Vec<Line<'static>> {
    let lang = app.words.lang();
    let title = app.words.with(
        "gallery-title",
        &[("scenario", lang.text(&scenario.title).into()), ("variant", lang.text(&variant.title).into())],
    );
    let mut lines = styled(&title, cells, app, Slot::Title);
    lines.extend(styled(&format!("{}/{}", scenario.id, variant.id), cells, app, Slot::Dim));
    lines.extend(styled(lang.text(&variant.summary), cells, app, Slot::Narration));
    if standing::is_told(app, scenario, variant) {
        let (sign, slot) = expected_sign(app, variant);
        lines.extend(styled(&format!("{sign} {}", expected(&app.words, &variant.expected.verdict)), cells, app, slot));
    }
    lines.extend(explored(app, scenario, variant, cells));
    if let Some((done, slot)) = standing::sentence(app, scenario, variant) {
        lines.extend(styled(&done, cells, app, slot));
    }
    let next = app.words.with("gallery-next", &[("next", app.told(&standing::next(app, scenario, variant)).into())]);
    lines.extend(styled(&next, cells, app, Slot::Text));
    for setting in &variant.settings {
        let about = lang.text(&setting.parameter.about);
        let text = app.words.with(
            "gallery-parameter",
            &[
                ("name", setting.parameter.name.as_ref().into()),
                ("value", setting.default.to_string().into()),
                ("about", about.into()),
            ],
        );
        lines.extend(styled(&text, cells, app, Slot::Dim));
    }
    lines
}

/// The sign of what is to be expected of a variant.
fn expected_sign(app: &App, variant: &Variant) -> (&'static str, Slot) {
    match variant.expected.verdict {
        Verdict::Proved => (app.glyphs().yes, Slot::Good),
        Verdict::Bug(_) => (app.glyphs().warning, Slot::Warning),
    }
}

/// The same, or that of what an exploration of this session came to; a bullet as long as it is not to be told.
pub(super) fn sign(app: &App, scenario: &Scenario, variant: &Variant) -> (&'static str, Slot) {
    match app.known.of_target(&format!("{}/{}", scenario.id, variant.id)) {
        _ if !standing::is_told(app, scenario, variant) => (app.glyphs().bullet, Slot::Dim),
        Some(told) => verdict_sign(told.exploration.verdict, app.glyphs()),
        None => expected_sign(app, variant),
    }
}

/// What an exploration of this session came to. One that only answered a question before the run is not told here.
fn explored(app: &App, scenario: &Scenario, variant: &Variant, cells: usize) -> Vec<Line<'static>> {
    if !standing::is_told(app, scenario, variant) {
        return Vec::new();
    }
    let Some(told) = app.known.of_target(&format!("{}/{}", scenario.id, variant.id)) else { return Vec::new() };
    let (sign, slot) = verdict_sign(told.exploration.verdict, app.glyphs());
    let told = app.words.with("gallery-explored", &[("verdict", verdict_line(&app.words, told).into())]);
    styled(&format!("{sign} {told}"), cells, app, slot)
}

/// The variants of a scenario, a line or two for each.
fn variants(app: &App, scenario: &Scenario, cells: usize) -> Vec<Line<'static>> {
    let lang = app.words.lang();
    let mut lines = vec![Line::default()];
    lines.extend(styled(&app.words.t("gallery-variants"), cells, app, Slot::Title));
    for variant in &scenario.variants {
        let title = lang.text(&variant.title);
        let told = standing::is_told(app, scenario, variant);
        let text = if told {
            let expected = expected(&app.words, &variant.expected.verdict);
            app.words.with("gallery-variant", &[("title", title.into()), ("expected", expected.into())])
        } else {
            title.to_owned()
        };
        let state = standing::of(app, scenario, variant).sign(app);
        let state = state.map(|(sign, word, _)| format!(" ({sign} {})", app.words.t(word))).unwrap_or_default();
        lines.extend(prose::layout(&format!("- {text}{state}"), cells, app.theme(), app.glyphs().bullet));
    }
    lines
}

fn styled(text: &str, cells: usize, app: &App, slot: Slot) -> Vec<Line<'static>> {
    let style = app.theme().style(slot);
    prose::wrap(&safe(text), cells).into_iter().map(|line| Line::from(Span::styled(line, style))).collect()
}

const fn level_key(level: Level) -> &'static str {
    match level {
        Level::First => "gallery-level-first",
        Level::Second => "gallery-level-second",
        Level::Third => "gallery-level-third",
    }
}

/// What can become of a variant, over all orders of steps: "can deadlock".
pub(super) fn expected(words: &Words, verdict: &Verdict) -> String {
    match verdict {
        Verdict::Proved => words.t("list-proved"),
        Verdict::Bug(kinds) => {
            let kinds: Vec<String> = kinds.iter().map(|kind| words.t(bug_key(*kind))).collect();
            match words.lang() {
                Lang::En => words.list(&kinds),
                Lang::Zh => kinds.join(&words.t("list-comma")),
            }
        }
    }
}

const fn bug_key(kind: BugKind) -> &'static str {
    match kind {
        BugKind::Deadlock => "list-deadlock",
        BugKind::Stuck => "list-stuck",
        BugKind::Livelock => "list-livelock",
        BugKind::Assertion => "list-assertion",
        BugKind::Crash => "list-crash",
    }
}
