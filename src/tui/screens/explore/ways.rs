//! The lower box: each bug with its sentence, then the table of outcomes. Every one of them is a way that can be put on
//! the stage.

use super::real::counted;
use super::verdict::text;
use super::{Explore, Told};
use crate::explore::{Bug, Row, Verdict};
use crate::report::assignments;
use crate::report::explore::{end, kind_key, message, no_return, number, probability, title};
use crate::scenario::RunEnd;
use crate::tui::app::App;
use crate::tui::panes::Pen;
use crate::tui::text::{fit, width};
use crate::tui::theme::Slot;
use crate::words::{Words, grouped, safe};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// The cells that the end of an outcome takes at least and at most.
const END: (usize, usize) = (8, 20);

/// Cells of the bar that shows a probability, where there is room for it.
const BAR: usize = 10;

/// A line above the table.
pub(super) struct Upper {
    /// The place in the list of ways that it belongs to.
    pub(super) way: Option<usize>,
    pub(super) line: Line<'static>,
}

/// Everything above the rows of the table.
pub(super) fn upper(app: &App, told: &Told, cells: usize) -> Vec<Upper> {
    let mut lines = Vec::new();
    for (way, (bug, shown)) in told.exploration.bugs.iter().zip(&told.bugs).enumerate() {
        let mut add = |line| lines.push(Upper { way: Some(way), line });
        add(bug_line(app, bug));
        let sentences = [Some(message(bug, shown, &app.words)), no_return(bug, shown, &app.words)];
        for sentence in sentences.into_iter().flatten() {
            for line in text(app, &sentence, Slot::Text, cells.saturating_sub(3)) {
                let mut spans = vec![Span::raw("   ")];
                spans.extend(line.spans);
                add(Line::from(spans));
            }
        }
    }
    let more = told.exploration.bugs.len() - told.bugs.len();
    if more > 0 {
        let line = app.words.with("explorer-more-bugs", &[("n", (more as u64).into())]);
        lines.extend(text(app, &line, Slot::Dim, cells).into_iter().map(|line| Upper { way: None, line }));
    }
    if !told.exploration.outcomes.is_empty() {
        if !lines.is_empty() {
            lines.push(Upper { way: None, line: Line::default() });
        }
        let mut heading = title(&told.exploration, &app.words);
        if !told.same.is_empty() {
            let same = assignments(told.same.iter().map(|(name, value)| (&**name, &**value)));
            heading = app.words.sentences(&[
                heading + &app.words.t("explorer-stop"),
                app.words.with("explore-same", &[("values", same.into())]),
            ]);
        }
        let line = Line::from(vec![
            Span::raw(" "),
            Span::styled(
                fit(&safe(&heading), cells.saturating_sub(2), app.glyphs().cut).into_owned(),
                app.theme().style(Slot::Title),
            ),
        ]);
        lines.push(Upper { way: None, line });
        lines.push(Upper { way: None, line: Line::default() });
    }
    lines
}

fn bug_line(app: &App, bug: &Bug) -> Line<'static> {
    let words = &app.words;
    let style = app.theme().style(Slot::Error);
    let key = if bug.witness.shortest { "explorer-way" } else { "explorer-way-long" };
    let way = words.with(
        key,
        &[
            ("steps", words.with("explore-steps", &[("n", bug.witness.steps.into())]).into()),
            ("switches", words.with("explore-switches", &[("n", bug.witness.switches.into())]).into()),
        ],
    );
    Line::from(vec![
        Span::raw("  "),
        Span::styled(format!("{} {}", app.glyphs().no, words.t(kind_key(bug.kind))), style),
        Span::styled(format!("  {way}"), app.theme().style(Slot::Dim)),
    ])
}

/// How wide the columns of the table are.
pub(super) struct Columns {
    end: usize,
    switches: usize,
    steps: usize,
    bar: usize,
    chance: usize,
    real: usize,
}

impl Columns {
    pub(super) fn new(app: &App, explore: &Explore, told: &Told, cells: usize) -> Columns {
        let rows = &told.exploration.outcomes;
        let ends = (0..rows.len()).map(|row| width(&told.ended(row, &app.words)));
        let end = ends.max().unwrap_or(0).clamp(END.0, END.1);
        let head = |key: &str| width(&app.words.t(key));
        let digits = |most: Option<u32>| most.map_or(1, |most| most.to_string().len());
        let chance = if told.counted { head("explore-column-probability").max(8) } else { 0 };
        Columns {
            end: end + 2,
            switches: head("explore-column-switches").max(digits(rows.iter().map(|row| row.witness.switches).max())),
            steps: head("explore-column-steps").max(digits(rows.iter().map(|row| row.witness.steps).max())),
            bar: if told.counted && cells >= 72 { BAR } else { 0 },
            chance,
            real: if explore.real.is_some() { head("explore-column-live").max(6) } else { 0 },
        }
    }
}

/// The line with the names of the columns.
pub(super) fn head(buffer: &mut Buffer, area: Rect, y: u16, app: &App, columns: &Columns) {
    let style = app.theme().style(Slot::Dim);
    let mut pen = Pen::new(buffer, area, y, app.glyphs().cut);
    pen.skip(2);
    pen.field(&app.words.t("explore-column-end"), columns.end, style);
    for (key, cells) in [("explore-column-switches", columns.switches), ("explore-column-steps", columns.steps)] {
        pen.skip(2);
        pen.right(&app.words.t(key), cells, style);
    }
    if columns.chance > 0 {
        pen.skip(2);
        pen.field(&app.words.t("explore-column-probability"), columns.chance + bar_cells(columns), style);
    }
    if columns.real > 0 {
        pen.skip(2);
        pen.right(&app.words.t("explore-column-live"), columns.real, style);
    }
    pen.skip(2);
    pen.put(&app.words.t("explore-column-values"), style);
}

fn bar_cells(columns: &Columns) -> usize {
    if columns.bar == 0 { 0 } else { columns.bar + 1 }
}

/// The row of the outcome at this place.
pub(super) fn outcome(
    buffer: &mut Buffer,
    (area, y): (Rect, u16),
    app: &App,
    (explore, told): (&Explore, &Told),
    place: usize,
    columns: &Columns,
) {
    let Some(row) = told.exploration.outcomes.get(place) else { return };
    let (theme, glyphs, words) = (app.theme(), app.glyphs(), &app.words);
    let (sign, slot) = sign(app, row);
    let mut pen = Pen::new(buffer, area, y, glyphs.cut);
    pen.skip(2);
    pen.field(&format!("{sign} {}", told.ended(place, words)), columns.end, theme.style(slot));
    for (count, cells) in [(row.witness.switches, columns.switches), (row.witness.steps, columns.steps)] {
        pen.skip(2);
        pen.right(&count.to_string(), cells, theme.style(Slot::Text));
    }
    if columns.chance > 0 {
        pen.skip(2);
        let chance = row.chance.as_ref().map(|chance| chance.probability);
        if columns.bar > 0 {
            let full = chance.map_or(0, |chance| filled(chance, columns.bar));
            pen.put(&glyphs.ran.repeat(full), theme.style(slot));
            pen.put(&glyphs.slept.repeat(columns.bar - full), theme.style(Slot::Dim));
            pen.skip(1);
        }
        pen.right(&chance.map_or_else(|| glyphs.none.to_owned(), percent), columns.chance, theme.style(Slot::Text));
    }
    if columns.real > 0 {
        pen.skip(2);
        let runs = counted(explore, &row.outcome).map_or_else(String::new, grouped);
        pen.right(&runs, columns.real, theme.style(Slot::Text));
    }
    pen.skip(2);
    pen.put(&values(told, row, words), theme.style(Slot::Text));
}

fn sign(app: &App, row: &Row) -> (&'static str, Slot) {
    match end(&row.outcome) {
        RunEnd::Finished => (app.glyphs().yes, Slot::Good),
        RunEnd::Deadlock | RunEnd::Crash => (app.glyphs().no, Slot::Error),
        RunEnd::Limit => (app.glyphs().warning, Slot::Warning),
    }
}

/// The values that differ from outcome to outcome, and what was printed where that is told apart.
fn values(told: &Told, row: &Row, words: &Words) -> String {
    let same = |name: &str| told.same.iter().any(|(same, _)| same == name);
    let globals = row.outcome.globals.iter().map(|(name, value)| (&**name, &**value));
    let values = assignments(globals.filter(|(name, _)| !same(name)));
    match row.outcome.output.as_deref().map(str::trim_end).filter(|output| !output.is_empty()) {
        Some(output) => [values, output.replace('\n', " ")].join(&words.t("list-semicolon")),
        None => values,
    }
}

/// How many cells of a bar are full; a chance that there is fills at least one.
fn filled(chance: f64, cells: usize) -> usize {
    if chance <= 0.0 {
        return 0;
    }
    // A bar has few cells.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)]
    let full = (chance * cells as f64).round() as usize;
    full.clamp(1, cells)
}

/// A probability for people.
fn percent(chance: f64) -> String {
    if chance > 0.0 && chance < 0.0005 { "< 0.1 %".to_owned() } else { format!("{:.1} %", chance * 100.0) }
}

/// One sentence or two about the selected way, and what can be done with it.
pub(super) fn narration(app: &App, told: &Told, way: usize) -> String {
    let words = &app.words;
    if told.bug(way).is_some() {
        return words.t("explorer-enter-bug");
    }
    let place = told.outcome(way);
    let Some((place, row)) = place.and_then(|place| Some((place, told.exploration.outcomes.get(place)?))) else {
        let unfinished = told.exploration.verdict == Verdict::NotFinished;
        return words.t(if unfinished { "explorer-nothing-yet" } else { "explorer-no-way" });
    };
    let globals = assignments(row.outcome.globals.iter().map(|(name, value)| (&**name, &**value)));
    let mut sentences = vec![words.with(
        if globals.is_empty() { "explorer-outcome" } else { "explorer-outcome-values" },
        &[
            ("end", told.ended(place, words).into()),
            ("values", globals.into()),
            ("steps", words.with("explore-steps", &[("n", row.witness.steps.into())]).into()),
            ("switches", words.with("explore-switches", &[("n", row.witness.switches.into())]).into()),
        ],
    )];
    if let Some(chance) = &row.chance {
        let count = chance.count.as_deref().map_or_else(|| words.t("explore-infinite"), number);
        let args = [("count", count.into()), ("probability", probability(row).into())];
        sentences.push(words.with("explorer-chance", &args));
    }
    words.sentences(&sentences)
}
