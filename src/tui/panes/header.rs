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
    let width = usize::from(area.width);
    let right = text::width(&status) + 2;
    // Where the program runs is worth more than how often there was a switch.
    let clocks = ["header-clock", "header-clock-short"].map(|key| clock(app, stage, key));
    let beside = |clock: &str| right + text::width(clock) + 3;
    let least = least(app, stage);
    let clock = clocks.iter().find(|clock| least + beside(clock) < width).unwrap_or(&clocks[0]);
    let with_clock = beside(clock);
    let room = width.saturating_sub(1 + if with_clock + 20 <= width { with_clock } else { right });
    pen.field(&left(app, stage, room), room, bar);
    if with_clock + 20 <= width {
        pen.put(clock, bar);
        pen.put("   ", bar);
    }
    pen.put(&status, bar.add_modifier(Modifier::BOLD));
    pen.rest(bar);
}

/// Name and rules of the run: the name always, of the rules as many as there is room for, the most important first.
fn left(app: &App, stage: &Stage, room: usize) -> String {
    let title = stage.title();
    let rules = stage.rules(&app.words);
    let mut by_importance: Vec<usize> = (0..rules.len()).collect();
    by_importance.sort_by_key(|index| rules[*index].rank);
    let mut width = text::width(&title);
    let mut shown = vec![false; rules.len()];
    for index in by_importance {
        let more = 2 + text::width(&rules[index].text);
        if width + more + 2 < room {
            width += more;
            shown[index] = true;
        }
    }
    let rules = rules.iter().zip(shown).filter(|(_, shown)| *shown).map(|(rule, _)| rule.text.as_str());
    std::iter::once(title.as_str()).chain(rules).collect::<Vec<_>>().join("  ")
}

/// The room that the name and the most important rule take.
fn least(app: &App, stage: &Stage) -> usize {
    let rules = stage.rules(&app.words);
    let first = rules.iter().min_by_key(|rule| rule.rank).map_or(0, |rule| text::width(&rule.text) + 2);
    1 + text::width(&stage.title()) + first + 2
}

fn clock(app: &App, stage: &Stage, key: &str) -> String {
    let model = stage.model();
    let time = format!("{:.3}", model.now.as_secs_f64());
    app.words.with(
        key,
        &[
            ("time", time.into()),
            ("step", model.step.0.to_string().into()),
            ("switches", model.switches.to_string().into()),
        ],
    )
}

pub(super) fn status(app: &App, stage: &Stage) -> String {
    let (status, glyphs) = (stage.status(), app.glyphs());
    let glyph = match status {
        Status::Playing | Status::Running => glyphs.play,
        Status::Paused | Status::Reading => glyphs.pause,
        Status::Input => glyphs.reading,
        Status::Past | Status::Witness => glyphs.left,
        Status::Finished => glyphs.yes,
        Status::Crashed | Status::CutOff | Status::TapeEnds => glyphs.warning,
        Status::Deadlock | Status::Stuck | Status::Hangs => glyphs.no,
    };
    format!("{glyph} {}", app.words.t(status.words()))
}
