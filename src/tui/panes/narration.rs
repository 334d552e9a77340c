//! The narration: one sentence that says what just happened and why.

use super::pen::Pen;
use crate::tui::app::App;
use crate::tui::prose;
use crate::tui::screens::stage::Stage;
use crate::tui::text;
use crate::tui::theme::Slot;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// How many rows the sentence gets on a screen of this size.
pub(in crate::tui) const fn rows(screen: Rect) -> u16 {
    match screen.height {
        22.. if screen.width < 110 => 3,
        14.. => 2,
        _ => 1,
    }
}

/// Draws the sentence. `alone` when nothing else fits on the screen: then it begins with where the run stands.
pub(super) fn render(buffer: &mut Buffer, area: Rect, app: &App, stage: &Stage, alone: bool) {
    let told = stage.narration(&app.words);
    let told = if alone { format!("{} {told}", stage.model().step.0) } else { told };
    let style = app.theme().style(Slot::Narration);
    let margin = u16::from(!alone);
    let body = Rect { x: area.x + margin, width: area.width.saturating_sub(2 * margin), ..area };
    let told = text::safe(&told);
    let mut lines = prose::wrap(&told, usize::from(body.width).max(1));
    let rows = usize::from(body.height);
    if lines.len() > rows && rows > 0 {
        // The pen marks the cut.
        let rest = lines.split_off(rows - 1).join(" ");
        lines.push(rest);
    }
    for (y, line) in (0..body.height).zip(&lines) {
        Pen::new(buffer, body, y, app.glyphs().cut).put(line, style);
    }
}
