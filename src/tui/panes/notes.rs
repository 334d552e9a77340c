//! The notes: what there is to know before the run, what there is to be seen in it, and why it ended as it did.

use super::{Window, scroll_marks};
use crate::model::notes::Telling;
use crate::scenario::{Scenario, Target, Variant, Verdict};
use crate::tui::app::App;
use crate::tui::prose;
use crate::tui::screens::predict::question_words;
use crate::tui::screens::stage::{Chapter, Pane, Stage, inner};
use crate::tui::theme::Slot;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

/// Cells before a note: the sign and the step.
const MARGIN: usize = 8;

/// Of the notes that were told, so many are shown.
const SHOWN_MAX: usize = 200;

/// All there is to be told, in lines.
pub(in crate::tui) struct Sheet {
    pub(in crate::tui) lines: Vec<Line<'static>>,
    /// What begins in this line is what matters now.
    matters: usize,
}

pub(super) fn render(buffer: &mut Buffer, area: Rect, app: &App, stage: &Stage) {
    let sheet = Sheet::in_area(app, stage, area);
    let window = sheet.window(usize::from(area.height), stage);
    for (y, line) in (area.y..area.bottom()).zip(sheet.lines.get(window.range()).unwrap_or(&[])) {
        line.render(Rect { y, height: 1, ..area }, buffer);
    }
    scroll_marks(buffer, area, app, window);
}

/// Scrolls the notes by so many rows, as far as there is something to be shown.
pub(in crate::tui) fn scroll(app: &mut App, rows: isize) {
    let screen = Rect::new(0, 0, app.size.0, app.size.1);
    let Some(stage) = &app.stage else { return };
    let (body, sheet) = if let Some(board) = stage.board(screen) {
        (board.note, Sheet::of_moment(app, stage, board.note))
    } else {
        let Some(body) = stage.layout(screen).pane(Pane::Notes).map(inner) else { return };
        let sheet = Sheet::in_area(app, stage, body);
        (body, sheet)
    };
    let window = sheet.window(usize::from(body.height), stage);
    let last = sheet.lines.len().saturating_sub(usize::from(body.height));
    let first = window.first.saturating_add_signed(rows).min(last);
    if let Some(stage) = &mut app.stage {
        stage.scroll_notes_to(first);
    }
}

impl Sheet {
    /// Everything that belongs to where the cursor stands, in lines as long as the area is wide; where there are too many
    /// of them, the mark that says so has the last cell to itself.
    fn in_area(app: &App, stage: &Stage, area: Rect) -> Sheet {
        Sheet::fitted(area, |cells| Sheet::new(app, stage, cells))
    }

    fn fitted(area: Rect, new: impl Fn(usize) -> Sheet) -> Sheet {
        let cells = usize::from(area.width);
        let sheet = new(cells);
        if sheet.lines.len() <= usize::from(area.height) { sheet } else { new(cells.max(2) - 1) }
    }

    fn new(app: &App, stage: &Stage, cells: usize) -> Sheet {
        let mut sheet = Sheet { lines: Vec::new(), matters: 0 };
        let Some((scenario, variant)) = scenario(stage) else {
            sheet.prose(app, &app.words.t("notes-of-no-scenario"), cells);
            return sheet;
        };
        match stage.chapter() {
            Chapter::Brief => {
                sheet.title(app, scenario, variant, cells);
                let brief = stage.section(app.words.lang()).map_or("", |section| &section.brief);
                sheet.prose(app, brief, cells);
            }
            Chapter::Notes => sheet.notes(app, stage, cells),
            Chapter::Explanation => {
                let after = stage.section(app.words.lang()).map_or("", |section| &section.after);
                sheet.prose(app, after, cells);
                sheet.gap();
                sheet.heading(app, &app.words.t("notes-next"), cells);
                sheet.prose(app, &next(app, scenario, variant), cells);
                if !stage.notes_told().is_empty() {
                    sheet.gap();
                    sheet.heading(app, &app.words.t("notes-of-this-run"), cells);
                    sheet.notes(app, stage, cells);
                }
                sheet.matters = 0;
            }
        }
        sheet
    }

    /// What is revealed in presenter mode: the question before the run, the note of the moment, the explanation after it; and
    /// what there is to be said besides the sentence that the room reads.
    pub(in crate::tui) fn of_moment(app: &App, stage: &Stage, area: Rect) -> Sheet {
        Sheet::fitted(area, |cells| Sheet::revealed(app, stage, cells))
    }

    fn revealed(app: &App, stage: &Stage, cells: usize) -> Sheet {
        let mut sheet = Sheet { lines: Vec::new(), matters: 0 };
        let beside = stage.beside_headline(&app.words, &app.keymap);
        match (stage.target().and_then(Target::variant), stage.chapter()) {
            (Some(variant), Chapter::Brief) if !variant.questions.is_empty() => sheet.questions(app, variant, cells),
            (Some(_), Chapter::Notes) if stage.notes_told().is_empty() => sheet.notes(app, stage, cells),
            (Some(_), Chapter::Notes) => sheet.note_of_moment(app, stage, cells),
            // What the run has come to belongs together.
            _ => {
                sheet.beside(app, &beside, cells);
                sheet.gap();
                let whole = Sheet::new(app, stage, cells);
                sheet.lines.extend(whole.lines);
                return sheet;
            }
        }
        if !beside.is_empty() {
            sheet.gap();
        }
        sheet.beside(app, &beside, cells);
        sheet
    }

    fn beside(&mut self, app: &App, told: &str, cells: usize) {
        if !told.is_empty() {
            let lines = prose::wrap(&crate::tui::text::safe(told), cells);
            self.lines.extend(lines.into_iter().map(|line| Line::styled(line, app.theme().style(Slot::Text))));
        }
    }

    fn note_of_moment(&mut self, app: &App, stage: &Stage, cells: usize) {
        let told = stage.notes_told();
        let Some(newest) = told.last().map(|telling| telling.step) else { return };
        let args = [("step", newest.0.to_string().into())];
        self.lines.push(Line::styled(app.words.with("timeline-step", &args), app.theme().style(Slot::Dim)));
        for telling in told.iter().filter(|telling| telling.step == newest) {
            let Some(note) = stage.history().notes().note(*telling) else { continue };
            self.gap();
            let text = app.keymap.told(app.words.lang().text(&note.text), &app.words);
            let lines = prose::layout(&text, cells, app.theme(), app.glyphs().bullet);
            self.lines.extend(lines.into_iter().map(|line| line.patch_style(Modifier::BOLD)));
        }
    }

    /// The lines that are shown: those somebody has chosen, else those that matter, and as much before them as there is
    /// room for.
    pub(in crate::tui) fn window(&self, rows: usize, stage: &Stage) -> Window {
        let total = self.lines.len();
        let first = stage.scroll_of(Pane::Notes).unwrap_or_else(|| self.matters.min(total.saturating_sub(rows)));
        Window::from(total, rows, first)
    }

    fn gap(&mut self) {
        if !self.lines.is_empty() {
            self.lines.push(Line::default());
        }
    }

    fn prose(&mut self, app: &App, text: &str, cells: usize) {
        let text = app.keymap.told(text, &app.words);
        self.lines.extend(prose::layout(&text, cells, app.theme(), app.glyphs().bullet));
    }

    fn heading(&mut self, app: &App, text: &str, cells: usize) {
        let style = app.theme().style(Slot::Title);
        self.lines.extend(prose::wrap(text, cells).into_iter().map(|line| Line::styled(line, style)));
    }

    fn title(&mut self, app: &App, scenario: &Scenario, variant: &Variant, cells: usize) {
        let lang = app.words.lang();
        let args = [("scenario", lang.text(&scenario.title).into()), ("variant", lang.text(&variant.title).into())];
        self.heading(app, &app.words.with("gallery-title", &args), cells);
    }

    /// What the room is asked before the run.
    fn questions(&mut self, app: &App, variant: &Variant, cells: usize) {
        self.heading(app, &app.words.t("presenter-questions"), cells);
        for question in &variant.questions {
            self.gap();
            let asked = prose::layout(&question_words(&app.words, question), cells, app.theme(), app.glyphs().bullet);
            self.lines.extend(asked.into_iter().map(|line| line.patch_style(Modifier::BOLD)));
        }
        self.gap();
        self.prose(app, &app.words.t("presenter-predict"), cells);
    }

    /// What was told up to now, the newest last.
    fn notes(&mut self, app: &App, stage: &Stage, cells: usize) {
        let told = stage.notes_told();
        if told.is_empty() {
            let style = app.theme().style(Slot::Dim);
            let lines = prose::wrap(&app.told(&app.words.t("notes-none-yet")), cells);
            self.lines.extend(lines.into_iter().map(|line| Line::styled(line, style)));
            return;
        }
        let earlier = told.len().saturating_sub(SHOWN_MAX);
        if earlier > 0 {
            self.heading(app, &app.words.with("notes-earlier", &[("n", earlier.into())]), cells);
        }
        let newest = told.last().map_or(stage.model().step, |telling| telling.step);
        let first_of_newest = told.partition_point(|telling| telling.step < newest);
        for (place, telling) in told.iter().enumerate().skip(earlier) {
            if place == first_of_newest {
                self.matters = self.lines.len();
            }
            self.note(app, stage, *telling, telling.step == newest, cells);
        }
    }

    fn note(&mut self, app: &App, stage: &Stage, telling: Telling, newest: bool, cells: usize) {
        let Some(note) = stage.history().notes().note(telling) else { return };
        let theme = app.theme();
        let text = app.keymap.told(app.words.lang().text(&note.text), &app.words);
        let step = telling.step.0.to_string();
        let sign = if newest { app.glyphs().cursor } else { " " };
        for (row, line) in
            prose::layout(&text, cells.saturating_sub(MARGIN), theme, app.glyphs().bullet).into_iter().enumerate()
        {
            let (sign, step) = if row == 0 { (sign, step.as_str()) } else { (" ", "") };
            let mut spans = vec![
                Span::styled(sign, theme.style(Slot::Now)),
                Span::styled(format!("{step:>width$}  ", width = MARGIN - 3), theme.style(Slot::Dim)),
            ];
            spans.extend(line.spans);
            let line = Line::from(spans);
            self.lines.push(if newest { line.patch_style(Modifier::BOLD) } else { line });
        }
    }
}

fn scenario(stage: &Stage) -> Option<(&Scenario, &Variant)> {
    let target: &Target = stage.target()?;
    Some((target.scenario()?, target.variant()?))
}

/// What somebody who has seen the run can do with it.
fn next(app: &App, scenario: &Scenario, variant: &Variant) -> String {
    let challenge = match variant.expected.verdict {
        Verdict::Bug(_) => "notes-next-challenge",
        Verdict::Proved => "notes-next-challenge-proved",
    };
    let compare = (scenario.variants.len() > 1).then_some("notes-next-compare");
    let keys = [Some(challenge), compare, Some("notes-next-explore")];
    keys.into_iter().flatten().map(|key| app.words.t(key)).collect::<Vec<_>>().join("\n")
}
