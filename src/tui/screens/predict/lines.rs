//! The question, line by line: what is asked, the options, and what came of them; behind the last one, all of them.

use super::item::Item;
use super::{Predict, why};
use crate::quiz::{Answer, Flaw, Judged, Mark, Whole};
use crate::scenario::{Asked, Question};
use crate::tui::app::App;
use crate::tui::prose;
use crate::tui::screens::explore::Explore;
use crate::tui::text::{fit, width};
use crate::tui::theme::Slot;
use crate::words::{Words, grouped, safe};
use ratatui::text::{Line, Span};

/// A line, and the option it belongs to.
pub(super) struct Row {
    pub(super) option: Option<usize>,
    pub(super) line: Line<'static>,
}

/// So many of the steps before the moment that is asked about are shown.
const STEPS: usize = 8;

/// The lines of the question, at most `cells` wide.
pub(super) fn rows(app: &App, predict: &Predict, cells: usize) -> Vec<Row> {
    let mut lines = Lines { app, cells, rows: Vec::new() };
    match predict.item() {
        Some(item) => lines.question(predict, item),
        None => lines.end(predict),
    }
    lines.rows
}

/// What is asked.
pub(super) fn asked(app: &App, item: &Item) -> String {
    sentence(&app.words, &item.question)
}

/// The question in words.
pub(in crate::tui) fn sentence(words: &Words, question: &Question) -> String {
    if let Some(text) = &question.text {
        return words.lang().text(text).to_owned();
    }
    match &question.asked {
        Asked::Values { of } => words.with("predict-ask-values", &[("name", of.as_ref().into())]),
        Asked::Deadlock => words.t("predict-ask-deadlock"),
        Asked::Crash => words.t("predict-ask-crash"),
        Asked::Next { .. } => words.t("predict-ask-next"),
        Asked::Now { of, .. } => words.with("predict-ask-now", &[("name", of.as_ref().into())]),
    }
}

/// The sign of an answer as a whole, and how it is coloured.
pub(super) fn sign(app: &App, whole: Whole) -> (&'static str, Slot) {
    match whole {
        Whole::Right => (app.glyphs().yes, Slot::Good),
        Whole::Wrong => (app.glyphs().no, Slot::Error),
        Whole::Open => (app.glyphs().warning, Slot::Warning),
    }
}

/// The same as a word.
pub(super) fn word(app: &App, whole: Whole) -> String {
    app.words.t(match whole {
        Whole::Right => "predict-right",
        Whole::Wrong => "predict-wrong",
        Whole::Open => "predict-open",
    })
}

/// Lines that are being collected.
struct Lines<'a> {
    app: &'a App,
    cells: usize,
    rows: Vec<Row>,
}

impl Lines<'_> {
    fn question(&mut self, predict: &Predict, item: &Item) {
        let words = &self.app.words;
        let place = [("n", (predict.at + 1).to_string().into()), ("of", predict.items.len().to_string().into())];
        self.text(&words.with("predict-number", &place), Slot::Dim, 0, None);
        self.text(&asked(self.app, item), Slot::Title, 0, None);
        if item.question.text.is_none() && !item.is_answered() {
            self.steps(item);
        }
        self.blank();
        match &item.sheet {
            Err(flaw) => return self.text(&self.flaw(flaw), Slot::Warning, 0, None),
            Ok(None) => return self.text(&waiting(self.app, predict), Slot::Warning, 0, None),
            Ok(Some(sheet)) => {
                let judged = item.judged();
                let wide = sheet.options.iter().map(|option| width(&why::label(self.app, option))).max().unwrap_or(0);
                for (place, option) in sheet.options.iter().enumerate() {
                    self.option(item, (place, option), judged.as_ref(), wide);
                }
            }
        }
        if let Some(judged) = item.judged() {
            self.blank();
            self.verdict(predict, item, &judged);
        }
    }

    /// The steps before the moment that is asked about.
    fn steps(&mut self, item: &Item) {
        let Some(steps) = item.steps.as_ref().map(|steps| &steps.made) else { return };
        let hidden = steps.len().saturating_sub(STEPS);
        let key = if hidden > 0 { "predict-last-steps" } else { "predict-steps" };
        let count = [("n", STEPS.into())];
        self.text(&self.app.words.with(key, if hidden > 0 { &count } else { &[] }), Slot::Dim, 0, None);
        let Some(stage) = &self.app.stage else { return };
        for (thread, line) in &steps[hidden..] {
            let code = if *line > 0 { stage.source().line_text(*line).trim() } else { "" };
            let step = format!("{} {line:>3}  {code}", thread.letter());
            let step = fit(&safe(&step), self.cells.saturating_sub(2), self.app.glyphs().cut).into_owned();
            self.row(None, vec![Span::raw("  "), Span::styled(step, self.app.theme().thread(*thread))]);
        }
    }

    /// The digit that ticks it, a box (which keeps the digit apart from a value), what it says; after the answer whether
    /// that is so, and why.
    fn option(&mut self, item: &Item, (place, option): (usize, &Answer), judged: Option<&Judged>, wide: usize) {
        let (theme, glyphs) = (self.app.theme(), self.app.glyphs());
        let several = item.sheet().is_some_and(|sheet| sheet.several);
        let ticked = item.ticked.get(place).copied().unwrap_or(false);
        let selected = item.selected == place;
        let tick = match (several, ticked) {
            (true, true) => "[x]",
            (true, false) => "[ ]",
            (false, true) => "(x)",
            (false, false) => "( )",
        };
        let base = theme.style(if selected { Slot::Selected } else { Slot::Text });
        let label = why::label(self.app, option);
        let head = format!("{} {} {tick} ", if selected { glyphs.cursor } else { " " }, place + 1);
        let room = self.cells.saturating_sub(width(&head));
        let label = fit(&label, room, glyphs.cut).into_owned();
        let gap = " ".repeat(wide.min(room).saturating_sub(width(&label)));
        let mut spans = vec![Span::styled(format!("{head}{label}{gap}"), base)];
        let Some(judged) = judged else { return self.row(Some(place), spans) };
        let mark = judged.marks.get(place).copied().unwrap_or(Mark::Open);
        let (sign, slot, remark) = why::remark(self.app, &item.question.asked, option, (mark, several));
        let remark = format!("{sign} {remark}");
        let used: usize = spans.iter().map(|span| width(&span.content)).sum();
        if used + 2 + width(&remark) <= self.cells {
            spans.push(Span::raw("  "));
            spans.push(Span::styled(remark, theme.style(slot)));
            return self.row(Some(place), spans);
        }
        self.row(Some(place), spans);
        self.text(&remark, slot, 6.min(self.cells / 4), Some(place));
    }

    /// What the answer is worth, and what that rests on.
    fn verdict(&mut self, predict: &Predict, item: &Item, judged: &Judged) {
        let (sign, slot) = sign(self.app, judged.whole);
        self.text(&format!("{sign} {}", word(self.app, judged.whole)), slot, 0, None);
        let Some(sheet) = item.sheet() else { return };
        for sentence in why::reasons(self.app, predict, item, sheet) {
            self.text(&sentence, Slot::Text, 0, None);
        }
        // What was done can be told now.
        let told = item.steps.as_ref().map(|steps| self.app.words.lang().of(&steps.told));
        if let Some(told) = told.filter(|told| !told.is_empty()) {
            self.blank();
            for step in told {
                self.text(step, Slot::Dim, 0, None);
            }
        }
    }

    /// Behind the last question.
    fn end(&mut self, predict: &Predict) {
        let words = &self.app.words;
        if predict.items.is_empty() {
            return self.text(&words.t("predict-none"), Slot::Text, 0, None);
        }
        let (answered, right) = predict.score();
        let count = |n: usize| n.to_string().into();
        let args = [("right", count(right)), ("of", count(predict.items.len())), ("answered", count(answered))];
        let key = if answered == predict.items.len() { "predict-score" } else { "predict-score-part" };
        self.text(
            &words.with(key, if answered == predict.items.len() { &args[..2] } else { &args }),
            Slot::Title,
            0,
            None,
        );
        self.blank();
        for item in &predict.items {
            let (sign, slot) = match item.judged() {
                Some(judged) => sign(self.app, judged.whole),
                None => (self.app.glyphs().none, Slot::Dim),
            };
            self.text(&format!("{sign} {}", asked(self.app, item)), slot, 0, None);
        }
        self.blank();
        self.text(&words.t("predict-go-on"), Slot::Text, 0, None);
    }

    fn flaw(&self, flaw: &Flaw) -> String {
        let words = &self.app.words;
        let reason = match flaw {
            Flaw::NoVariable(name) => words.with("predict-flaw-variable", &[("name", name.as_ref().into())]),
            Flaw::NoEnd => words.t("predict-flaw-end"),
            Flaw::Misfit(misfit) => words.with("predict-flaw-misfit", &[("reason", misfit.to_string().into())]),
            Flaw::TooLong => words.t("predict-flaw-long"),
            Flaw::Unknown => words.t("predict-flaw-unknown"),
        };
        format!("{} {reason}", self.app.glyphs().warning)
    }

    fn text(&mut self, text: &str, slot: Slot, margin: usize, option: Option<usize>) {
        let style = self.app.theme().style(slot);
        for line in prose::wrap(&safe(text), self.cells.saturating_sub(margin)) {
            self.row(option, vec![Span::raw(" ".repeat(margin)), Span::styled(line, style)]);
        }
    }

    fn blank(&mut self) {
        self.row(None, Vec::new());
    }

    fn row(&mut self, option: Option<usize>, spans: Vec<Span<'static>>) {
        self.rows.push(Row { option, line: Line::from(spans) });
    }
}

/// The explorer is still at work, or will never be done.
pub(super) fn waiting(app: &App, predict: &Predict) -> String {
    if predict.failed {
        return app.words.t("predict-failed");
    }
    let sight = app.explore.as_ref().filter(|explore| explore.quest().is_same(&predict.quest));
    let states = sight.and_then(Explore::sight).map_or(0, |sight| sight.states);
    let states = [("n", states.into()), ("states", grouped(states).into())];
    let states = app.words.with("explore-states", &states);
    app.words.with("predict-searching", &[("states", states.into())])
}
