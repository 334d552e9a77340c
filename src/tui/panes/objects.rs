//! The shared objects: who owns them, who waits for them by name, what they hold.

use super::pen::Pen;
use super::{Window, scroll_marks};
use crate::event::{ObjectKind, ObjectState};
use crate::model::{Model, ObjectView};
use crate::tui::app::App;
use crate::tui::screens::stage::{Pane, Stage};
use crate::tui::text;
use crate::tui::theme::Slot;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// The objects as they are listed: what threads wait on first, then what holds values; each in order of creation.
/// A container or instance appears when a thread first touches it: until then it is nobody's business.
pub(in crate::tui) fn listed(model: &Model) -> Vec<&ObjectView> {
    let listed = |object: &&ObjectView| {
        object.kind.is_primitive() || object.kind == ObjectKind::Variable || object.last.is_some()
    };
    let (mut first, rest): (Vec<_>, Vec<_>) =
        model.objects().filter(listed).partition(|object| object.kind.is_primitive());
    first.extend(rest);
    first
}

pub(super) fn render(buffer: &mut Buffer, area: Rect, app: &App, stage: &Stage) {
    let objects = stage.objects();
    let rows = usize::from(area.height);
    let window = Window::from(objects.len(), rows, stage.scrolled(Pane::Objects));
    let shown = || window.range().filter_map(|index| objects.get(index));
    let name = shown().map(|object| text::width(&app.words.name(&object.name))).max().unwrap_or(0);
    let name = name.min(usize::from(area.width) * 2 / 5);
    let kind = shown().map(|object| text::width(&app.words.kind(object.kind))).max().unwrap_or(0);
    for (y, object) in (0..area.height).zip(shown()) {
        row(buffer, area, y, app, stage, object, (name, kind));
    }
    if objects.is_empty() {
        Pen::new(buffer, area, 0, app.glyphs().cut).put(&app.words.t("objects-none"), app.theme().style(Slot::Dim));
    }
    scroll_marks(buffer, area, app, window);
}

fn row(
    buffer: &mut Buffer,
    area: Rect,
    y: u16,
    app: &App,
    stage: &Stage,
    object: &ObjectView,
    (name, kind): (usize, usize),
) {
    let (theme, model) = (app.theme(), stage.model());
    let touched = object.last.is_some_and(|(_, step)| step == model.step && step.0 > 0);
    let mut pen = Pen::new(buffer, area, y, app.glyphs().cut);
    pen.field(if touched { app.glyphs().cursor } else { " " }, 1, theme.style(Slot::Now));
    pen.field(&app.words.name(&object.name), name, theme.style(Slot::Text));
    pen.skip(1);
    // Who holds it and who waits matter more than what it is.
    if area.width >= 60 {
        pen.field(&app.words.kind(object.kind), kind, theme.style(Slot::Dim));
        pen.skip(1);
    }
    let style = if touched { theme.style(Slot::Changed) } else { theme.style(Slot::Text) };
    pen.put(&app.words.object_state(object, model), style.patch(owner_style(app, object)));
    waiters(&mut pen, app, object);
    guard(&mut pen, app, stage, object);
}

/// The colour of the thread that holds it.
pub(in crate::tui) fn owner_style(app: &App, object: &ObjectView) -> ratatui::style::Style {
    match object.state {
        ObjectState::Lock { owner: Some(owner), .. } => app.theme().thread(owner),
        _ => ratatui::style::Style::new(),
    }
}

/// Who waits for it, longest first.
pub(in crate::tui) fn waiters(pen: &mut Pen<'_>, app: &App, object: &ObjectView) {
    if object.waiters.is_empty() {
        return;
    }
    let letters: Vec<String> = object.waiters.iter().take(30).map(|thread| thread.letter()).collect();
    pen.skip(2);
    let text = app.words.with("objects-waiting", &[("threads", letters.join(" ").into())]);
    pen.put(&text, app.theme().style(Slot::Blocked));
}

/// Which locks were held at every access to a variable or container, once threads have been sharing it.
fn guard(pen: &mut Pen<'_>, app: &App, stage: &Stage, object: &ObjectView) {
    let Some(locks) = object.guarded_by.as_deref().filter(|_| !object.kind.is_primitive()) else { return };
    let names: Vec<String> = locks.iter().map(|lock| app.words.object_name(*lock, stage.model())).collect();
    pen.skip(2);
    let text = if names.is_empty() {
        app.words.t("objects-unguarded")
    } else {
        app.words.with("objects-guarded", &[("locks", names.join(", ").into())])
    };
    pen.put(&text, app.theme().style(Slot::Dim));
}
