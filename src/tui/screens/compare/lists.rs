//! The threads and the objects of a side, as short as they can be.

use super::Compare;
use crate::model::{Model, ObjectView, ThreadView};
use crate::tui::app::App;
use crate::tui::panes::objects::{listed, owner_style, waiters};
use crate::tui::panes::threads::about;
use crate::tui::panes::{Pen, Window, scroll_marks};
use crate::tui::text;
use crate::tui::theme::Slot;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Who is in which state on which line, about to do what. The thread that was chosen last is marked.
pub(super) fn threads(buffer: &mut Buffer, area: Rect, app: &App, compare: &Compare, side: usize) {
    let Some(model) = compare.model(side) else { return };
    let chosen = compare.row().map(|row| row.choice.thread);
    let rows = usize::from(area.height);
    let window = Window::around(model.threads.len(), rows, chosen.map_or(0, crate::ids::ThreadId::index));
    let shown = || window.range().filter_map(|index| model.threads.get(index));
    let letter = shown().map(|thread| thread.id.letter().len()).max().unwrap_or(1);
    let state = shown().map(|thread| text::width(&app.words.state(thread.state))).max().unwrap_or(5) + 2;
    for (y, view) in (0..area.height).zip(shown()) {
        let mark = match compare.row() {
            Some(row) if row.choice.thread == view.id && row.made[side] => app.glyphs().cursor,
            Some(row) if row.choice.thread == view.id => app.glyphs().no,
            _ => " ",
        };
        let mut pen = Pen::new(buffer, area, y, app.glyphs().cut);
        pen.field(mark, 1, app.theme().style(Slot::Now));
        thread(&mut pen, app, model, view, (letter, state));
    }
    scroll_marks(buffer, area, app, window);
}

fn thread(pen: &mut Pen<'_>, app: &App, model: &Model, view: &ThreadView, (letter, state): (usize, usize)) {
    let theme = app.theme();
    let base = theme.style(if view.is_alive() { Slot::Text } else { Slot::Dim });
    pen.field(&view.id.letter(), letter, theme.thread(view.id));
    pen.skip(1);
    let sign_and_word = format!("{} {}", app.glyphs().state(view.state), app.words.state(view.state));
    pen.field(&sign_and_word, state, base.patch(theme.state(view.state)));
    pen.skip(1);
    let line = if view.line == 0 || view.state.is_over() { String::new() } else { view.line.to_string() };
    pen.right(&line, 3, base);
    pen.skip(1);
    let room = pen.room();
    match &view.exception {
        Some(exception) => pen.put(exception, base),
        None => pen.put(&about(app, model, view, room), base),
    }
}

/// Who has what, who waits for it, and the values that threads share.
pub(super) fn objects(buffer: &mut Buffer, area: Rect, app: &App, compare: &Compare, side: usize) {
    let Some(model) = compare.model(side) else { return };
    let objects = listed(model);
    let window = Window::from(objects.len(), usize::from(area.height), 0);
    let shown = || window.range().filter_map(|index| objects.get(index));
    let name = shown().map(|object| text::width(&app.words.name(&object.name))).max().unwrap_or(0);
    let name = name.min(usize::from(area.width) / 2);
    for (y, view) in (0..area.height).zip(shown()) {
        object(&mut Pen::new(buffer, area, y, app.glyphs().cut), app, model, view, name);
    }
    if objects.is_empty() {
        Pen::new(buffer, area, 0, app.glyphs().cut).put(&app.words.t("objects-none"), app.theme().style(Slot::Dim));
    }
    scroll_marks(buffer, area, app, window);
}

fn object(pen: &mut Pen<'_>, app: &App, model: &Model, view: &ObjectView, name: usize) {
    let theme = app.theme();
    let touched = view.last.is_some_and(|(_, step)| step == model.step && step.0 > 0);
    pen.field(if touched { app.glyphs().cursor } else { " " }, 1, theme.style(Slot::Now));
    pen.field(&app.words.name(&view.name), name, theme.style(Slot::Text));
    pen.skip(1);
    let style = theme.style(if touched { Slot::Changed } else { Slot::Text });
    pen.put(&app.words.object_state(view, model), style.patch(owner_style(app, view)));
    waiters(pen, app, view);
}
