//! Drawing: the screen, then what lies on it.

use super::app::{App, Screen};
use super::screens::{compare, explore, gallery, predict, stage};
use ratatui::Frame;
use ratatui::layout::Rect;

/// Draws the app. Changes nothing: the same app and the same area give the same cells.
pub fn render(frame: &mut Frame<'_>, area: Rect, app: &App) {
    match app.screen {
        Screen::Gallery => gallery::render(frame, area, app),
        Screen::Stage => stage::render(frame, area, app),
        Screen::Explore => explore::render(frame, area, app),
        Screen::Compare => compare::render(frame, area, app),
        Screen::Predict => predict::render(frame, area, app),
    }
    for overlay in &app.overlays {
        overlay.render(frame, area, app);
    }
}
