//! What the program has written, each line with the letter of who wrote it.

use super::pen::Pen;
use super::{Window, scroll_marks};
use crate::tui::app::App;
use crate::tui::screens::stage::{Pane, Stage};
use crate::tui::theme::Slot;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

pub(super) fn render(buffer: &mut Buffer, area: Rect, app: &App, stage: &Stage) {
    let theme = app.theme();
    let output = stage.history().output();
    let total = output.line_count();
    if total == 0 {
        return Pen::new(buffer, area, 0, app.glyphs().cut).put(&app.words.t("output-none"), theme.style(Slot::Dim));
    }
    let window = Window::from_end(total, usize::from(area.height), stage.scroll_of(Pane::Output).unwrap_or(0));
    for (y, line) in (0..area.height).zip(output.lines(window.range())) {
        let mut pen = Pen::new(buffer, area, y, app.glyphs().cut);
        pen.field(&line.thread.letter(), 2, theme.thread(line.thread));
        pen.skip(1);
        let fresh = line.step == stage.model().step;
        pen.hide(stage.sideways(Pane::Output));
        pen.put(&line.text, theme.style(if fresh { Slot::Changed } else { Slot::Text }));
    }
    scroll_marks(buffer, area, app, window);
}
