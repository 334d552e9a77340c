//! The events up to the cursor, the newest at the bottom.

use super::pen::Pen;
use super::{Window, scroll_marks};
use crate::event::Event;
use crate::tui::app::App;
use crate::tui::screens::stage::{Pane, Stage};
use crate::tui::theme::Slot;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

pub(super) fn render(buffer: &mut Buffer, area: Rect, app: &App, stage: &Stage) {
    let history = stage.history();
    let back = stage.scroll_of(Pane::Events).unwrap_or(0);
    let total = history.notable_count();
    let window = Window::from_end(total, usize::from(area.height), back);
    let last = total.saturating_sub(1 + back);
    for ((y, event), number) in (0..area.height).zip(history.notable(window.range())).zip(window.first..) {
        row(buffer, area, y, app, stage, &event, number == last);
    }
    scroll_marks(buffer, area, app, window);
}

fn row(buffer: &mut Buffer, area: Rect, y: u16, app: &App, stage: &Stage, event: &Event, selected: bool) {
    let theme = app.theme();
    let fresh = event.step == stage.model().step;
    let base = if selected && stage.is_focused(Pane::Events) {
        theme.style(Slot::Selected)
    } else if fresh {
        theme.style(Slot::Text)
    } else {
        theme.style(Slot::Dim)
    };
    let sentence = app.words.event(event, stage.model());
    let search = stage.search();
    let matches = !search.is_empty() && sentence.to_lowercase().contains(&search.to_lowercase());
    let mut pen = Pen::new(buffer, area, y, app.glyphs().cut);
    pen.right(&event.step.0.to_string(), 7, theme.style(Slot::Dim));
    pen.skip(1);
    pen.field(&event.thread.letter(), 2, theme.thread(event.thread));
    let line = if event.line == 0 { String::new() } else { event.line.to_string() };
    pen.right(&line, 4, theme.style(Slot::Dim));
    pen.skip(1);
    pen.hide(stage.sideways(Pane::Events));
    pen.put(&sentence, if matches { theme.style(Slot::Match) } else { base });
}
