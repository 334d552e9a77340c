//! The box that an overlay stands in.

use crate::tui::app::App;
use crate::tui::text;
use crate::tui::theme::Slot;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::{Block, Borders};

/// Draws an empty box with a title in the middle of the area, as large as asked for or as large as there is room, and
/// returns its inside with a blank column at either side.
pub(super) fn popup(frame: &mut Frame<'_>, area: Rect, app: &App, title: &str, columns: u16, rows: u16) -> Rect {
    let width = columns.saturating_add(4).min(area.width);
    let height = rows.saturating_add(2).min(area.height);
    let x = area.x + (area.width - width) / 2;
    // A little above the middle: that is where people look.
    let y = area.y + (area.height - height) * 2 / 5;
    let outer = Rect { x, y, width, height };
    text::clear(frame.buffer_mut(), outer);
    let theme = app.theme();
    let title = format!(" {} ", text::fit(title, usize::from(width.saturating_sub(4)), app.glyphs().cut));
    let block = Block::new()
        .borders(Borders::ALL)
        .border_set(app.glyphs().border)
        .border_style(theme.style(Slot::Focus))
        .title(title)
        .title_style(theme.style(Slot::Focus))
        .style(theme.style(Slot::Overlay));
    let inside = block.inner(outer);
    frame.render_widget(block, outer);
    Rect { x: inside.x + inside.width.min(1), width: inside.width.saturating_sub(2), ..inside }
}

/// Draws one row of a box, cut off at its edge. Rows below the box are not drawn.
pub(super) fn row(frame: &mut Frame<'_>, inside: Rect, y: usize, line: Line<'_>) {
    let Ok(down) = u16::try_from(y) else { return };
    if down < inside.height {
        frame.render_widget(line, Rect { y: inside.y + down, height: 1, ..inside });
    }
}
