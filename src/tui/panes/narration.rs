//! The narration: one sentence that says what just happened and why.

use super::pen::Pen;
use crate::tui::app::App;
use crate::tui::prose;
use crate::tui::screens::stage::Stage;
use crate::tui::text;
use crate::tui::theme::Slot;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// How many rows the sentence gets on a screen of this size.
pub(in crate::tui) const fn rows(screen: Rect) -> u16 {
    match screen.height {
        22.. if screen.width < 110 => 3,
        14.. => 2,
        _ => 1,
    }
}

/// How many rows a text takes that is so wide.
pub(in crate::tui) fn rows_of(told: &str, cells: u16) -> u16 {
    let rows = prose::wrap(&text::safe(told), usize::from(cells).max(1)).len();
    u16::try_from(rows).unwrap_or(u16::MAX)
}

/// Draws the sentence. `alone` when nothing else fits on the screen: then it begins with where the run stands.
pub(super) fn render(buffer: &mut Buffer, area: Rect, app: &App, stage: &Stage, alone: bool) {
    let told = stage.narration(&app.words, &app.keymap);
    let told = if alone { format!("{} {told}", stage.model().step.0) } else { told };
    let style = app.theme().style(Slot::Narration);
    let margin = u16::from(!alone);
    let body = Rect { x: area.x + margin, width: area.width.saturating_sub(2 * margin), ..area };
    paragraph(buffer, body, app, &told, style);
}

/// Draws what is told, broken into lines; where there are not enough of them the last one is cut.
pub(in crate::tui) fn paragraph(buffer: &mut Buffer, area: Rect, app: &App, told: &str, style: Style) {
    let mut lines = prose::wrap(&text::safe(told), usize::from(area.width).max(1));
    let rows = usize::from(area.height);
    if lines.len() > rows && rows > 0 {
        // The pen marks the cut.
        let rest = lines.split_off(rows - 1).join(" ");
        lines.push(rest);
    }
    for (y, line) in (0..area.height).zip(&lines) {
        Pen::new(buffer, area, y, app.glyphs().cut).put(line, style);
    }
}
