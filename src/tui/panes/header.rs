//! The top line: what runs, how it is scheduled, where the time stands, whether it goes on.

use super::pen::Pen;
use crate::tui::app::App;
use crate::tui::screens::stage::{Stage, Status};
use crate::tui::text;
use crate::tui::theme::Slot;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;

pub(super) fn render(buffer: &mut Buffer, area: Rect, app: &App, stage: &Stage) {
    let bar = app.theme().style(Slot::Bar);
    let mut pen = Pen::new(buffer, area, 0, app.glyphs().cut);
    pen.put(" ", bar);
    let status = status(app, stage);
    let clock = clock(app, stage);
    let width = usize::from(area.width);
    let right = text::width(&status) + 2;
    let with_clock = right + text::width(&clock) + 3;
    let room = width.saturating_sub(1 + if with_clock + 20 <= width { with_clock } else { right });
    pen.field(&left(app, stage, room), room, bar);
    if with_clock + 20 <= width {
        pen.put(&clock, bar);
        pen.put("   ", bar);
    }
    pen.put(&status, bar.add_modifier(Modifier::BOLD));
    pen.rest(bar);
}

/// Name, scheduler, atomicity, speed: as many as there is room for, the name always.
fn left(app: &App, stage: &Stage, room: usize) -> String {
    let mut line = stage.title();
    for part in [stage.scheduler_words(&app.words), stage.atomicity_words(), stage.speed_words()] {
        if text::width(&line) + 2 + text::width(&part) + 2 < room {
            line.push_str("  ");
            line.push_str(&part);
        }
    }
    line
}

fn clock(app: &App, stage: &Stage) -> String {
    let model = stage.model();
    let time = format!("{:.3}", model.now.as_secs_f64());
    app.words.with(
        "header-clock",
        &[
            ("time", time.into()),
            ("step", model.step.0.to_string().into()),
            ("switches", model.switches.to_string().into()),
        ],
    )
}

fn status(app: &App, stage: &Stage) -> String {
    let (status, glyphs) = (stage.status(), app.glyphs());
    let glyph = match status {
        Status::Playing | Status::Running => glyphs.play,
        Status::Paused => glyphs.pause,
        Status::Input => glyphs.reading,
        Status::Past => glyphs.left,
        Status::Finished => glyphs.yes,
        Status::Crashed | Status::CutOff => glyphs.warning,
        Status::Deadlock | Status::Stuck => glyphs.no,
    };
    format!("{glyph} {}", app.words.t(status.words()))
}
