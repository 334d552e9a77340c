//! The picture of the program, as things are at the cursor.

use crate::tui::app::App;
use crate::tui::pictures;
use crate::tui::screens::stage::Stage;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

pub(super) fn render(buffer: &mut Buffer, area: Rect, app: &App, stage: &Stage) {
    pictures::render(buffer, area, app, stage);
}
