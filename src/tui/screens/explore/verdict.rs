//! How far the search is; then the verdict, and what it rests on.

use super::quest::MAX_BYTES;
use super::real;
use super::{Explore, Search, State, Told};
use crate::explore::{Exploration, Phase, Stop, Verdict};
use crate::report::explore::{caution, kind_key, only_unfair, total};
use crate::tui::app::App;
use crate::tui::glyph::Glyphs;
use crate::tui::prose;
use crate::tui::theme::Slot;
use crate::words::{Words, grouped, safe};
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};

const MIB: u64 = 1024 * 1024;

/// Cells of the bar that shows how much memory is used.
const BAR: usize = 20;

/// The sign of a verdict, and how it is coloured.
pub(in crate::tui) const fn sign(verdict: Verdict, glyphs: &'static Glyphs) -> (&'static str, Slot) {
    match verdict {
        Verdict::Proved => (glyphs.yes, Slot::Good),
        Verdict::Bug => (glyphs.no, Slot::Error),
        Verdict::NotFinished => (glyphs.warning, Slot::Warning),
    }
}

/// The catalogue key of a verdict.
const fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Proved => "explore-proved",
        Verdict::Bug => "explore-bug",
        Verdict::NotFinished => "explore-not-finished",
    }
}

/// What the top line says: a sign and a word.
pub(super) fn status(app: &App, explore: &Explore) -> String {
    let glyphs = app.glyphs();
    let (sign, word) = match &explore.state {
        State::Searching(Search { stopping: false, .. }) => (glyphs.play, "explorer-searching"),
        State::Searching(_) => (glyphs.warning, "explore-not-finished"),
        State::Found(told) => (sign(told.exploration.verdict, glyphs).0, word(told.exploration.verdict)),
        State::Failed(_) => (glyphs.warning, "explorer-failed"),
    };
    format!("{sign} {}", app.words.t(word))
}

/// The lines of the upper box, at most `cells` wide.
pub(super) fn lines(app: &App, cells: usize) -> Vec<Line<'static>> {
    let Some(explore) = &app.explore else { return Vec::new() };
    match &explore.state {
        State::Searching(search) => searching(app, search, cells),
        State::Found(told) => {
            let mut lines = found(app, told, cells);
            lines.extend(real::lines(app, explore, told, cells));
            lines
        }
        State::Failed(reason) => {
            text(app, &app.words.with("explorer-broken", &[("reason", reason.as_str().into())]), Slot::Error, cells)
        }
    }
}

fn searching(app: &App, search: &Search, cells: usize) -> Vec<Line<'static>> {
    let (words, sight) = (&app.words, search.sight);
    let mut lines = if search.stopping {
        let counted = [
            (
                "states",
                words
                    .with("explore-states", &[("n", sight.states.into()), ("states", grouped(sight.states).into())])
                    .into(),
            ),
            ("open", grouped(sight.open).into()),
        ];
        headed(app, Verdict::NotFinished, &words.with("explore-not-finished-line", &counted), cells)
    } else {
        text(app, &words.t(phase(sight.phase)), Slot::Title, cells)
    };
    lines.push(Line::default());
    let memory = words.with(
        "explorer-memory-of",
        &[("used", grouped(sight.bytes / MIB).into()), ("all", grouped(MAX_BYTES / MIB).into())],
    );
    let rows = [
        ("explorer-states", grouped(sight.states)),
        ("explorer-open", grouped(sight.open)),
        ("explorer-rate", search.rate().map_or_else(|| app.glyphs().none.to_owned(), grouped)),
        (
            "explorer-time",
            words.with("explore-took", &[("time", format!("{:.1}", sight.elapsed.as_secs_f64()).into())]),
        ),
        ("explorer-memory", memory),
    ];
    let labels: Vec<String> = rows.iter().map(|(key, _)| words.t(key)).collect();
    let wide = labels.iter().map(|label| crate::tui::text::width(label)).max().unwrap_or(0);
    for (label, (_, value)) in labels.iter().zip(&rows) {
        let gap = " ".repeat(wide - crate::tui::text::width(label) + 2);
        lines.push(Line::from(vec![
            Span::styled(format!(" {label}{gap}"), app.theme().style(Slot::Dim)),
            Span::styled(value.clone(), app.theme().style(Slot::Text)),
        ]));
    }
    lines.push(bar(app, sight.bytes));
    lines
}

/// How much of the memory is used.
fn bar(app: &App, bytes: u64) -> Line<'static> {
    let used = usize::try_from(bytes.min(MAX_BYTES) * BAR as u64 / MAX_BYTES).unwrap_or(0);
    let (theme, glyphs) = (app.theme(), app.glyphs());
    Line::from(vec![
        Span::raw(" "),
        Span::styled(glyphs.ran.repeat(used), theme.style(Slot::Waiting)),
        Span::styled(glyphs.slept.repeat(BAR - used), theme.style(Slot::Dim)),
    ])
}

const fn phase(phase: Phase) -> &'static str {
    match phase {
        Phase::Searching => "explorer-phase-searching",
        Phase::Shortening => "explorer-phase-shortening",
        Phase::Judging => "explorer-phase-judging",
    }
}

fn found(app: &App, told: &Told, cells: usize) -> Vec<Line<'static>> {
    let (words, found) = (&app.words, &told.exploration);
    let mut lines = headed(app, found.verdict, &sentence(words, found), cells);
    lines.extend(text(app, &rests_on(words, told), Slot::Dim, cells));
    let warning = app.glyphs().warning;
    let mut warn = |sentence: &str| {
        lines.extend(text(app, &format!("{warning} {sentence}"), Slot::Warning, cells));
    };
    for why in &found.cautions {
        warn(&caution(why, words));
    }
    if let Some(stop) = found.stop {
        warn(&words.t(stop_key(stop)));
    }
    if only_unfair(found) {
        warn(&words.t("explore-busy-waiting"));
    }
    if told.counted {
        lines.extend(text(app, &total(found, words), Slot::Text, cells));
    }
    lines
}

/// The verdict with its word.
pub(in crate::tui) fn whole(words: &Words, told: &Told) -> String {
    headed_by(words, words.t(word(told.exploration.verdict)), sentence(words, &told.exploration))
}

/// The verdict as a sentence, without its word.
fn sentence(words: &Words, found: &Exploration) -> String {
    let states = words.with("explore-states", &[("n", found.states.into()), ("states", grouped(found.states).into())]);
    let mut line = match (found.verdict, found.bugs.first()) {
        (Verdict::Proved, _) => words.with("explore-proved-line", &[("states", states.into())]),
        (Verdict::NotFinished, _) => {
            words.with("explore-not-finished-line", &[("states", states.into()), ("open", grouped(found.open).into())])
        }
        (Verdict::Bug, None) => return words.t("explore-bug"),
        (Verdict::Bug, Some(bug)) => {
            let key = if bug.witness.shortest { "explorer-bug-shortest" } else { "explorer-bug-way" };
            words.with(
                key,
                &[
                    ("kind", words.t(kind_key(bug.kind)).into()),
                    ("steps", words.with("explore-steps", &[("n", bug.witness.steps.into())]).into()),
                    ("switches", words.with("explore-switches", &[("n", bug.witness.switches.into())]).into()),
                ],
            )
        }
    };
    if found.never_ends && found.verdict != Verdict::NotFinished {
        line += &words.t("explore-never-ends");
    }
    line
}

/// How much was looked at, by which model of time, with or without reduction.
fn rests_on(words: &Words, told: &Told) -> String {
    let found = &told.exploration;
    let states = words.with("explore-states", &[("n", found.states.into()), ("states", grouped(found.states).into())]);
    let mut parts = Vec::new();
    if found.verdict == Verdict::Bug {
        let whole = found.open == 0 && found.stop.is_none() && found.cautions.is_empty();
        let counted = [("states", states.into()), ("open", grouped(found.open).into())];
        parts.push(words.with(if whole { "explore-whole" } else { "explore-part" }, &counted));
    }
    parts.push(words.t(if found.timed { "explore-timed" } else { "explore-abstract" }));
    parts.push(words.t(if found.reduced { "explore-reduced" } else { "explore-unreduced" }));
    parts.push(words.with("explore-took", &[("time", format!("{:.1}", told.took.as_secs_f64()).into())]));
    parts.join(&words.t("list-semicolon"))
}

const fn stop_key(stop: Stop) -> &'static str {
    match stop {
        Stop::States => "explorer-stop-states",
        Stop::Memory => "explorer-stop-memory",
        Stop::Time => "explorer-stop-time",
        Stop::Cancelled => "explorer-stop-cancelled",
    }
}

/// A sentence behind a verdict.
fn headed(app: &App, verdict: Verdict, sentence: &str, cells: usize) -> Vec<Line<'static>> {
    let (sign, slot) = sign(verdict, app.glyphs());
    let head = format!("{sign} {}", app.words.t(word(verdict)));
    let mut lines = text(app, &headed_by(&app.words, head.clone(), sentence.to_owned()), Slot::Text, cells);
    if let Some(first) = lines.first_mut() {
        let whole: String = first.spans.iter().map(|span| span.content.as_ref()).collect();
        let style = app.theme().style(slot);
        if let Some(rest) = whole.trim_start().strip_prefix(&head) {
            let rest = Span::styled(rest.to_owned(), app.theme().style(Slot::Text));
            let head = Span::styled(head, style.add_modifier(Modifier::BOLD));
            *first = Line::from(vec![Span::raw(" "), head, rest]);
        }
    }
    lines
}

fn headed_by(words: &Words, verdict: String, sentence: String) -> String {
    words.with("explorer-headed", &[("verdict", verdict.into()), ("sentence", sentence.into())])
}

/// Prose with a margin of one cell.
pub(super) fn text(app: &App, text: &str, slot: Slot, cells: usize) -> Vec<Line<'static>> {
    let style = app.theme().style(slot);
    let rows = prose::wrap(&safe(&app.told(text)), cells.saturating_sub(2));
    rows.into_iter().map(|row| Line::from(vec![Span::raw(" "), Span::styled(row, style)])).collect()
}
