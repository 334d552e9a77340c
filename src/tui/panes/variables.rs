//! The values that threads share: variables, containers and the attributes and elements seen so far.

use super::pen::Pen;
use super::{Window, scroll_marks};
use crate::event::Text;
use crate::model::{ObjectView, Variable};
use crate::tui::app::App;
use crate::tui::screens::stage::{Pane, Stage};
use crate::tui::text;
use crate::tui::theme::Slot;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

pub(super) fn render(buffer: &mut Buffer, area: Rect, app: &App, stage: &Stage) {
    let rows: Vec<Variable> = stage.model().variables().collect();
    let window = Window::from(rows.len(), usize::from(area.height), stage.scrolled(Pane::Variables));
    let name = rows.iter().map(|row| text::width(&app.words.name(&row.name))).max().unwrap_or(0);
    let name = name.min(usize::from(area.width) / 2);
    for (y, row) in (0..area.height).zip(rows.get(window.range()).unwrap_or(&[])) {
        draw(buffer, area, y, app, stage, row, name);
    }
    if rows.is_empty() {
        Pen::new(buffer, area, 0, app.glyphs().cut).put(&app.words.t("variables-none"), app.theme().style(Slot::Dim));
    }
    scroll_marks(buffer, area, app, window);
}

fn draw(buffer: &mut Buffer, area: Rect, y: u16, app: &App, stage: &Stage, row: &Variable, name: usize) {
    let (theme, model) = (app.theme(), stage.model());
    let object = model.object(row.object);
    let changed = object.and_then(|object| object.last).is_some_and(|(_, step)| step == model.step && step.0 > 0);
    let mut pen = Pen::new(buffer, area, y, app.glyphs().cut);
    pen.field(if changed { app.glyphs().cursor } else { " " }, 1, theme.style(Slot::Now));
    pen.field(&app.words.name(&row.name), name, theme.style(Slot::Text));
    pen.put(" = ", theme.style(Slot::Dim));
    let value = row.value.as_ref().map_or_else(|| app.words.t("object-unbound"), Text::to_string);
    pen.put(&value, theme.style(if changed { Slot::Changed } else { Slot::Text }));
    if let Some(object) = object {
        stale(&mut pen, app, object);
    }
}

/// Who has read an older value and may store something that rests on it.
fn stale(pen: &mut Pen<'_>, app: &App, object: &ObjectView) {
    let stale = object.sight.stale();
    if stale.is_empty() {
        return;
    }
    pen.skip(2);
    let letters = app.words.letters(stale);
    pen.put(&app.words.with("variables-stale", &[("threads", letters.into())]), app.theme().style(Slot::Warning));
}
