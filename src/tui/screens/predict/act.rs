//! What keys and the mouse do.

use super::{Focus, Predict, draw};
use crate::tui::app::{App, Screen};
use crate::tui::keys::Action;
use crate::tui::msg::Effect;
use crate::tui::panes::{self, footer_hit};
use crate::tui::screens::explore;
use crate::tui::screens::stage::Way;
use crate::tui::update::run;
use ratatui::crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::Rect;
use std::sync::Arc;

/// Rows from the last option to the first reason for the verdict.
const VERDICT: usize = 3;

/// Asks about the program on the stage. `back`: where it is left to. What was answered stays so as long as it is the same
/// program.
pub(in crate::tui) fn open(app: &mut App, back: Screen) -> Vec<Effect> {
    let Some(stage) = &mut app.stage else { return Vec::new() };
    let Some(quest) = stage.quest() else { return Vec::new() };
    let mut effects = stage.rest();
    match &mut app.predict {
        Some(predict) if predict.quest.is_same(&quest) => predict.back = back,
        _ => app.predict = Predict::new(stage, back),
    }
    if app.predict.is_none() {
        return effects;
    }
    app.screen = Screen::Predict;
    effects.extend(explore::ask(app).1);
    refresh(app);
    if let Some(predict) = &mut app.predict {
        // What there is no room for beside the brief comes after it.
        let begins = predict.at == 0 && predict.item().is_none_or(|item| !item.is_answered());
        predict.focus = if begins { Focus::Brief } else { Focus::Question };
    }
    if draw::place(app, whole(app)).brief.is_none() || draw::place(app, whole(app)).question.is_some() {
        focus(app, Focus::Question);
    }
    effects
}

/// The explorer has ended, or the screen is opened: what is known by now goes into the questions.
pub(in crate::tui) fn refresh(app: &mut App) {
    let Some(predict) = &mut app.predict else { return };
    let explore = app.explore.as_ref().filter(|explore| explore.quest().is_same(&predict.quest));
    predict.failed = explore.is_some_and(|explore| explore.sight().is_none() && explore.told().is_none());
    let known = app.known.find(&predict.quest).map(Arc::clone);
    // What was stopped before its end is known of the last search only.
    let found = known.as_ref().map(|told| &told.exploration);
    if let Some(found) = found.or_else(|| explore.and_then(|explore| explore.told()).map(|told| &told.exploration)) {
        for item in &mut predict.items {
            item.learn(&predict.case, found);
        }
    }
    note(app);
}

/// Notes how many questions were answered rightly.
fn note(app: &mut App) {
    let Some(predict) = &app.predict else { return };
    let (answered, right) = predict.score();
    let (Some(variant), true) = (&predict.variant, answered > 0) else { return };
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let (variant, right, of) = (variant.clone(), count(right), count(predict.items.len()));
    app.progress.note(|progress| progress.predicted(&variant, right, of));
}

/// Esc and `q`.
pub(in crate::tui) fn leave(app: &mut App) {
    let back = app.predict.as_ref().map_or(Screen::Stage, |predict| predict.back);
    app.screen = back;
}

/// Carries out an action of the key table. `digit`: that of the key.
pub(in crate::tui) fn act(app: &mut App, action: Action, digit: Option<u32>) -> Vec<Effect> {
    let Some(predict) = &mut app.predict else { return Vec::new() };
    predict.notice = None;
    if predict.refuses(action) {
        return Vec::new();
    }
    match action {
        Action::Enter => return enter(app),
        Action::Watch => return watch(app),
        Action::Skip => skip(app),
        Action::Tick => tick(app, None),
        Action::TickNumbered => tick(app, digit.and_then(|digit| usize::try_from(digit).ok()?.checked_sub(1))),
        Action::NextQuestion => turn(app, 1),
        Action::PreviousQuestion => turn(app, -1),
        Action::NextPane => turn_focus(app, 1),
        Action::PreviousPane => turn_focus(app, -1),
        Action::Up => go(app, -1),
        Action::Down => go(app, 1),
        Action::PageUp => scroll(app, None, -page(app)),
        Action::PageDown => scroll(app, None, page(app)),
        Action::Start => go(app, isize::MIN),
        Action::End => go(app, isize::MAX),
        _ => {}
    }
    Vec::new()
}

/// Answers; after that it plays what shows the selected option to be right, or goes on.
fn enter(app: &mut App) -> Vec<Effect> {
    let shows_question = draw::place(app, whole(app)).question.is_some();
    let Some(predict) = &mut app.predict else { return Vec::new() };
    if !shows_question {
        predict.focus = Focus::Question;
        return Vec::new();
    }
    let Some(item) = predict.item_mut() else {
        app.screen = Screen::Stage;
        return Vec::new();
    };
    let several = item.sheet().is_some_and(|sheet| sheet.several);
    if item.sheet.is_err() {
        turn(app, 1);
    } else if item.is_answered() {
        if item.shown().is_some() {
            return watch(app);
        }
        turn(app, 1);
    } else if !item.is_ready() {
        predict.notice = Some("predict-wait");
    } else if item.is_blank() && !several {
        // Nobody answers by pressing Enter once too often.
        item.tick(item.selected);
        predict.notice = Some("predict-chosen");
    } else if item.is_blank() && !std::mem::replace(&mut item.warned, true) {
        predict.notice = Some("predict-blank");
    } else {
        item.answer();
        predict.focus = Focus::Question;
        note(app);
        turn_to_options(app);
    }
    Vec::new()
}

fn tick(app: &mut App, option: Option<usize>) {
    let Some(predict) = &mut app.predict else { return };
    predict.focus = Focus::Question;
    if let Some(item) = predict.item_mut() {
        item.tick(option.unwrap_or(item.selected));
    }
}

/// Goes to another question.
fn turn(app: &mut App, by: isize) {
    let Some(predict) = &mut app.predict else { return };
    predict.at = predict.at.saturating_add_signed(by).min(predict.items.len());
    predict.scroll[1] = 0;
    predict.program = None;
    predict.focus = Focus::Question;
}

/// Of a question that was answered, the options come first where there is no room for them, the question and the verdict.
fn turn_to_options(app: &mut App) {
    let Some(area) = draw::place(app, whole(app)).question else { return };
    let rows = draw::question_rows(app, area);
    let first = rows.iter().position(|row| row.option.is_some()).unwrap_or(0);
    let last = rows.iter().rposition(|row| row.option.is_some()).unwrap_or(0);
    // Below the options stand the verdict and what it rests on.
    let first = if last + VERDICT < usize::from(area.height) { 0 } else { first };
    if let Some(predict) = &mut app.predict {
        predict.scroll[1] = first;
    }
}

/// To the stage. Who has not answered anything by then does not want to be asked again.
fn skip(app: &mut App) {
    app.screen = Screen::Stage;
    let Some(predict) = &app.predict else { return };
    if let (Some(variant), (0, _), false) = (&predict.variant, predict.score(), predict.items.is_empty()) {
        let variant = variant.clone();
        app.progress.note(|progress| progress.skipped(&variant));
    }
}

/// Puts what shows the selected option to be right on the stage.
fn watch(app: &mut App) -> Vec<Effect> {
    let (Some(predict), Some(stage)) = (&app.predict, &mut app.stage) else { return Vec::new() };
    let Some(item) = predict.item() else { return Vec::new() };
    let Some(shown) = item.shown() else { return Vec::new() };
    let witness = &shown.witness;
    let way = Way {
        start: predict.quest.start_along(&witness.schedule),
        steps: witness.steps,
        switches: witness.switches,
        shortest: witness.shortest,
        no_return: shown.no_return_step,
        input_ends: false,
        bug: shown.bug,
        end: item.way_end(),
    };
    app.screen = Screen::Stage;
    stage.show_way(way)
}

/// Moves the selection, or the text that has the focus.
fn go(app: &mut App, by: isize) {
    let Some(predict) = &mut app.predict else { return };
    match (predict.focus, predict.item_mut()) {
        (Focus::Question, Some(item)) if item.is_ready() && item.can_go(by) => {
            item.go(by);
            reveal(app);
        }
        _ => scroll(app, None, by),
    }
}

/// Scrolls so that the selected option is seen.
fn reveal(app: &mut App) {
    let Some(area) = draw::place(app, whole(app)).question else { return };
    let rows = draw::question_rows(app, area);
    let Some(predict) = &mut app.predict else { return };
    let Some(selected) = predict.item().map(|item| item.selected) else { return };
    let Some(row) = rows.iter().position(|row| row.option == Some(selected)) else { return };
    let height = usize::from(area.height).max(1);
    // Where it begins, and as much of it as there is.
    let last = rows.iter().rposition(|row| row.option == Some(selected)).unwrap_or(row);
    let first = predict.scroll[1].max((last + 1).saturating_sub(height)).min(row);
    predict.scroll[1] = if selected == 0 && row < height { 0 } else { first };
}

/// Moves a text, `None`: the one that has the focus, as far as there is text. A page always moves what can be moved.
fn scroll(app: &mut App, which: Option<Focus>, by: isize) {
    let place = draw::place(app, whole(app));
    let Some(predict) = &app.predict else { return };
    let which = which.unwrap_or(predict.focus);
    let (area, lines) = match which {
        Focus::Program => return scroll_program(app, place.program, by),
        Focus::Brief => {
            (place.brief, place.brief.map_or(0, |area| draw::brief_lines(app, usize::from(area.width)).len()))
        }
        Focus::Question => (place.question, place.question.map_or(0, |area| draw::question_rows(app, area).len())),
    };
    let last = lines.saturating_sub(area.map_or(0, |area| usize::from(area.height)));
    let Some(predict) = &mut app.predict else { return };
    let scroll = &mut predict.scroll[usize::from(which == Focus::Question)];
    *scroll = (*scroll).min(last).saturating_add_signed(by).min(last);
}

fn scroll_program(app: &mut App, area: Option<Rect>, by: isize) {
    let (Some(area), Some(stage), Some(predict)) = (area, &app.stage, &mut app.predict) else { return };
    let first = panes::program_window(area, stage, predict.moment(), predict.program).first;
    let last = (stage.line_count() as usize).saturating_sub(usize::from(area.height));
    predict.program = Some(first.saturating_add_signed(by).min(last));
}

fn page(app: &App) -> isize {
    let place = draw::place(app, whole(app));
    let area = match app.predict.as_ref().map(|predict| predict.focus) {
        Some(Focus::Brief) => place.brief,
        Some(Focus::Program) => place.program,
        Some(Focus::Question) | None => place.question,
    };
    area.map_or(1, |area| isize::try_from(area.height.saturating_sub(1).max(1)).unwrap_or(1))
}

/// The wheel scrolls what is under it; a click ticks an option, and plays what shows it to be right after the answer.
pub(in crate::tui) fn mouse(app: &mut App, event: MouseEvent) -> Vec<Effect> {
    let place = draw::place(app, whole(app));
    let at = (event.column, event.row).into();
    let over = |area: Option<Rect>| area.is_some_and(|area| area.contains(at));
    let under = if over(place.brief_frame) {
        Focus::Brief
    } else if over(place.program_frame) {
        Focus::Program
    } else {
        Focus::Question
    };
    match event.kind {
        MouseEventKind::ScrollUp => scroll(app, Some(under), -3),
        MouseEventKind::ScrollDown => scroll(app, Some(under), 3),
        MouseEventKind::Down(MouseButton::Left) => {
            if let Some(footer) = place.footer.filter(|area| area.contains(at)) {
                let action = footer_hit(footer, app, event.column);
                return action.map_or_else(Vec::new, |action| run(app, action, None));
            }
            if over(place.brief_frame) || over(place.question_frame) || over(place.program_frame) {
                focus(app, under);
            }
            if let Some(area) = place.question.filter(|area| area.contains(at)) {
                return click(app, area, event.row);
            }
        }
        _ => {}
    }
    Vec::new()
}

fn click(app: &mut App, area: Rect, row: u16) -> Vec<Effect> {
    let first = draw::question_window(app, area).first;
    let rows = draw::question_rows(app, area);
    let Some(option) = rows.get(first + usize::from(row - area.y)).and_then(|row| row.option) else {
        return Vec::new();
    };
    let Some(item) = app.predict.as_mut().and_then(Predict::item_mut) else { return Vec::new() };
    if !item.is_answered() {
        item.tick(option);
    } else if item.selected == option {
        return watch(app);
    } else {
        item.selected = option;
    }
    Vec::new()
}

/// To the next box; a brief that there is not has none.
fn turn_focus(app: &mut App, by: isize) {
    let brief = !draw::brief_lines(app, usize::from(u16::MAX)).is_empty();
    let Some(predict) = &mut app.predict else { return };
    predict.focus = predict.focus.turned(by);
    if predict.focus == Focus::Brief && !brief {
        predict.focus = predict.focus.turned(by);
    }
}

fn focus(app: &mut App, focus: Focus) {
    if let Some(predict) = &mut app.predict {
        predict.focus = focus;
    }
}

fn whole(app: &App) -> Rect {
    Rect::new(0, 0, app.size.0, app.size.1)
}
