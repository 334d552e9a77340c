//! The mouse: the wheel scrolls, a click does what the thing under it is for.

use super::app::{App, Screen};
use super::msg::Effect;
use super::panes;
use super::screens::stage::{Board, Layout, Pane, Stage, Tools, inner};
use super::screens::{compare, explore, gallery, predict};
use super::update::run;
use crate::ids::ThreadId;
use crate::words::Words;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::Rect;

/// Rows that one notch of the wheel scrolls.
const NOTCH: isize = 3;

/// Takes a mouse event.
pub(super) fn update(app: &mut App, event: MouseEvent) -> Vec<Effect> {
    if !app.mouse {
        return Vec::new();
    }
    if let Some(overlay) = app.overlays.last_mut() {
        // The wheel moves through an overlay as the arrows do; a click is not meant for what lies below.
        let code = match event.kind {
            MouseEventKind::ScrollUp => KeyCode::Up,
            MouseEventKind::ScrollDown => KeyCode::Down,
            _ => return Vec::new(),
        };
        overlay.key(&KeyEvent::new(code, KeyModifiers::NONE), app.size, app.words.lang());
        return Vec::new();
    }
    match (app.screen, app.stage.is_some()) {
        (Screen::Stage, true) => on_stage(app, event),
        (Screen::Gallery, _) => gallery::mouse(app, event),
        (Screen::Explore, _) => explore::mouse(app, event),
        (Screen::Compare, _) => compare::mouse(app, event),
        (Screen::Predict, _) => predict::mouse(app, event),
        (Screen::Stage, false) => Vec::new(),
    }
}

fn on_stage(app: &mut App, event: MouseEvent) -> Vec<Effect> {
    let area = Rect::new(0, 0, app.size.0, app.size.1);
    let Some(stage) = &mut app.stage else { return Vec::new() };
    if let Some(board) = stage.board(area) {
        return on_board(app, event, &board);
    }
    let layout = stage.layout(area);
    match event.kind {
        MouseEventKind::ScrollUp | MouseEventKind::ScrollDown => {
            let rows = if event.kind == MouseEventKind::ScrollUp { -NOTCH } else { NOTCH };
            match layout.at(event.column, event.row) {
                Some((Pane::Notes, _)) => panes::notes::scroll(app, rows),
                Some((pane, _)) => stage.scroll(pane, rows),
                None => {}
            }
            Vec::new()
        }
        MouseEventKind::ScrollLeft | MouseEventKind::ScrollRight => {
            let notches = if event.kind == MouseEventKind::ScrollLeft { -1 } else { 1 };
            if let Some((pane @ (Pane::Program | Pane::Output | Pane::Events), _)) = layout.at(event.column, event.row)
            {
                stage.shift_pane(pane, notches);
            }
            Vec::new()
        }
        MouseEventKind::Down(MouseButton::Left) => click(app, &layout, event.column, event.row),
        MouseEventKind::Drag(MouseButton::Left) => drag(stage, &app.words, &layout, event.column, event.row),
        _ => Vec::new(),
    }
}

/// The wheel scrolls what was revealed; nothing else can be clicked in front of a room.
fn on_board(app: &mut App, event: MouseEvent, board: &Board) -> Vec<Effect> {
    let revealed = app.stage.as_ref().is_some_and(Stage::scrolls_notes);
    if revealed && board.note.contains((event.column, event.row).into()) {
        match event.kind {
            MouseEventKind::ScrollUp => panes::notes::scroll(app, -NOTCH),
            MouseEventKind::ScrollDown => panes::notes::scroll(app, NOTCH),
            _ => {}
        }
    }
    Vec::new()
}

fn click(app: &mut App, layout: &Layout, column: u16, row: u16) -> Vec<Effect> {
    if let Some(footer) = layout.footer.filter(|footer| footer.y == row) {
        let action = panes::footer_hit(footer, app, column);
        return action.map_or_else(Vec::new, |action| run(app, action, None));
    }
    let Some((pane, outer)) = layout.at(column, row) else { return Vec::new() };
    if row == outer.y {
        click_title(app, layout, (pane, outer), column);
        return Vec::new();
    }
    let Some(stage) = &mut app.stage else { return Vec::new() };
    stage.set_focus(pane);
    let body = inner(outer);
    match pane {
        Pane::Timeline => drag(stage, &app.words, layout, column, row),
        Pane::Threads => {
            let index = usize::from(row.saturating_sub(body.y)).checked_sub(1);
            let window = panes::threads::window(body, stage);
            match index.map(|index| index + window.first).filter(|index| window.range().contains(index)) {
                Some(index) => {
                    let mut tools = Tools { words: &app.words, overlays: &mut app.overlays, digit: None };
                    stage.run(ThreadId(u32::try_from(index).unwrap_or(0)), &mut tools)
                }
                None => Vec::new(),
            }
        }
        Pane::Program => {
            stage.select_line_at(body, row);
            Vec::new()
        }
        _ => Vec::new(),
    }
}

/// A click on a title focuses the pane, or the tab whose name is there.
fn click_title(app: &mut App, layout: &Layout, (pane, outer): (Pane, Rect), column: u16) {
    let Some(stage) = &app.stage else { return };
    let shares = layout.panes.last().is_some_and(|(last, _)| *last == pane);
    let tabs = if shares { layout.tabs } else { std::slice::from_ref(&pane) };
    let places = panes::tab_places(outer, app, stage, tabs);
    let hit = places.into_iter().find(|(_, (start, end))| (*start..*end).contains(&column)).map(|(pane, _)| pane);
    if let Some(stage) = &mut app.stage {
        stage.set_focus(hit.unwrap_or(pane));
    }
}

/// The timeline follows the mouse.
fn drag(stage: &mut Stage, words: &Words, layout: &Layout, column: u16, row: u16) -> Vec<Effect> {
    let Some(outer) = layout.pane(Pane::Timeline).filter(|outer| outer.contains((column, row).into())) else {
        return Vec::new();
    };
    match panes::timeline::axis(inner(outer), words, stage).step_at(column) {
        Some(step) => stage.go_to(step),
        None => Vec::new(),
    }
}
