//! The screen.

use super::item::Item;
use super::lines::{self, Row};
use super::place::{Place, Wish};
use super::{Focus, Predict};
use crate::tui::app::App;
use crate::tui::panes::{self, Lines, Pen, Window};
use crate::tui::prose;
use crate::tui::text;
use crate::tui::theme::Slot;
use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::Widget;

/// Draws the screen.
pub fn render(frame: &mut Frame<'_>, area: Rect, app: &App) {
    let buffer = frame.buffer_mut();
    buffer.set_style(area, app.theme().style(Slot::Text));
    let Some(predict) = &app.predict else { return };
    let place = place(app, area);
    if let Some(area) = place.sentence {
        return panes::paragraph(buffer, area, app, &alone(app, predict), app.theme().style(Slot::Narration));
    }
    if let Some(area) = place.header {
        header(buffer, area, app, predict);
    }
    frames(buffer, area, app, predict, &place);
    if let Some(area) = place.brief {
        let lines = brief_lines(app, usize::from(area.width));
        let window = Window::from(lines.len(), usize::from(area.height), predict.scroll[0]);
        show(buffer, area, app, window, &lines);
    }
    if let Some(area) = place.question {
        let window = question_window(app, area);
        let lines: Vec<Line<'static>> = question_rows(app, area).into_iter().map(|row| row.line).collect();
        show(buffer, area, app, window, &lines);
    }
    if let (Some(area), Some(stage)) = (place.program, &app.stage) {
        panes::program_at_moment(buffer, area, app, stage, (predict.moment(), predict.program));
    }
    if let Some(area) = place.narration {
        let area = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
        panes::paragraph(buffer, area, app, &hint(app, predict, &place), app.theme().style(Slot::Narration));
    }
    if let Some(area) = place.footer {
        panes::footer(buffer, area, app);
    }
}

fn show(buffer: &mut Buffer, area: Rect, app: &App, window: Window, lines: &[Line<'static>]) {
    for (y, line) in (area.y..).zip(&lines[window.range()]) {
        line.render(Rect { y, height: 1, ..area }, buffer);
    }
    let edge = Rect { width: area.width + 1, ..area };
    panes::scroll_marks(buffer, edge, app, window);
}

/// Where everything stands in this area.
pub(super) fn place(app: &App, area: Rect) -> Place {
    let (Some(predict), Some(stage)) = (&app.predict, &app.stage) else { return Place::default() };
    let wish = Wish {
        brief: |cells| brief_lines(app, cells).len(),
        question: |cells| lines::rows(app, predict, cells).len(),
        code: stage.code_width(),
        focus: predict.focus,
        answered: predict.item().is_some_and(Item::is_answered),
    };
    Place::new(area, &wish)
}

/// The lines of the brief, at most `cells` wide.
pub(super) fn brief_lines(app: &App, cells: usize) -> Vec<Line<'static>> {
    let brief = app.predict.as_ref().and_then(|predict| predict.brief.as_ref());
    let brief = brief.map(|brief| app.words.lang().of(brief)).filter(|brief| !brief.is_empty());
    brief.map_or_else(Vec::new, |brief| {
        prose::layout(&app.keymap.told(brief, &app.words), cells, app.theme(), app.glyphs().bullet)
    })
}

/// The lines of the question in this area.
pub(super) fn question_rows(app: &App, area: Rect) -> Vec<Row> {
    app.predict.as_ref().map_or_else(Vec::new, |predict| lines::rows(app, predict, usize::from(area.width)))
}

/// The stretch of them that is shown.
pub(super) fn question_window(app: &App, area: Rect) -> Window {
    let scroll = app.predict.as_ref().map_or(0, |predict| predict.scroll[1]);
    Window::from(question_rows(app, area).len(), usize::from(area.height), scroll)
}

/// What it is about, and how many answers were right until now.
fn header(buffer: &mut Buffer, area: Rect, app: &App, predict: &Predict) {
    let bar = app.theme().style(Slot::Bar);
    let mut parts = vec![predict.quest.title.clone()];
    parts.extend(predict.quest.parameters.iter().map(|(name, value)| format!("{name}={value}")));
    parts.push(app.words.t("predict-title"));
    let score = standing(app, predict, area.width);
    let room = usize::from(area.width).saturating_sub(text::width(&score) + 3);
    let mut pen = Pen::new(buffer, area, 0, app.glyphs().cut);
    pen.put(" ", bar);
    pen.field(&parts.join("  "), room, bar);
    pen.put(" ", bar);
    pen.put(&score, bar);
    pen.rest(bar);
}

/// How the answer to this question was, and all of them until now.
fn standing(app: &App, predict: &Predict, cells: u16) -> String {
    let judged = predict.item().and_then(Item::judged);
    let judged =
        judged.map(|judged| format!("{} {}", lines::sign(app, judged.whole).0, lines::word(app, judged.whole)));
    let (answered, right) = predict.score();
    if answered == 0 || cells < 60 && judged.is_some() {
        return judged.unwrap_or_default();
    }
    let count = |n: usize| n.to_string().into();
    let score = app.words.with("predict-so-far", &[("right", count(right)), ("answered", count(answered))]);
    judged.into_iter().chain([score]).collect::<Vec<_>>().join("  ")
}

/// The boxes, with their titles.
fn frames(buffer: &mut Buffer, area: Rect, app: &App, predict: &Predict, place: &Place) {
    let theme = app.theme();
    let mut lines = Lines::new(area);
    let titles = [
        (place.brief_frame, "predict-brief", predict.focus == Focus::Brief),
        (place.question_frame, "predict-question", predict.focus == Focus::Question),
        (place.program_frame, "pane-program", predict.focus == Focus::Program),
    ];
    for outer in titles.iter().filter_map(|(outer, ..)| *outer) {
        lines.add(outer);
    }
    let alone = [place.brief_frame, place.question_frame].into_iter().flatten().count() == 1;
    let is_focus = |(outer, key, focused): &(Option<Rect>, &str, bool)| {
        outer.filter(|_| *focused || alone && *key != "pane-program")
    };
    let focus = titles.iter().find_map(is_focus);
    lines.draw(buffer, app.glyph_set, theme.style(Slot::Border), focus, theme.style(Slot::Focus));
    for (outer, key, _) in titles {
        let Some(outer) = outer else { continue };
        let style = theme.style(if Some(outer) == focus { Slot::Focus } else { Slot::Title });
        let row = Rect { x: outer.x + 1, width: outer.width.saturating_sub(2), height: 1, ..outer };
        Pen::new(buffer, row, 0, app.glyphs().cut).put(&format!(" {} ", app.words.t(key)), style);
    }
}

/// What can be done now.
fn hint(app: &App, predict: &Predict, place: &Place) -> String {
    let key = if let Some(notice) = predict.notice {
        notice
    } else if place.question.is_none() {
        "predict-hint-brief"
    } else {
        match predict.item() {
            None => "predict-hint-end",
            Some(item) if item.is_answered() && item.shown().is_some() => "predict-hint-watch",
            Some(item) if item.is_answered() || item.sheet.is_err() => "predict-hint-next",
            Some(item) if !item.is_ready() => "predict-wait",
            Some(item) if item.sheet().is_some_and(|sheet| sheet.several) => "predict-hint-several",
            Some(_) => "predict-hint-one",
        }
    };
    app.told(&app.words.t(key))
}

/// Everything in one sentence.
fn alone(app: &App, predict: &Predict) -> String {
    let Some(item) = predict.item() else { return app.told(&app.words.t("predict-hint-end")) };
    let option = item.sheet().and_then(|sheet| sheet.options.get(item.selected));
    let option = option.map(|option| super::why::label(app, option)).unwrap_or_default();
    format!("{} {} {option}", lines::asked(app, item), app.glyphs().cursor)
}
