//! The stage for a whole room: few things, and space around them.

use super::header::status;
use super::notes::Sheet;
use super::pen::Pen;
use super::{program, scroll_marks};
use crate::tui::app::App;
use crate::tui::screens::stage::{Board, Presenting, Stage};
use crate::tui::theme::Slot;
use crate::tui::{pictures, prose, text};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use ratatui::widgets::Widget;

/// Longer lines are not read at a glance.
const SENTENCE_MAX: usize = 76;

pub(super) fn render(buffer: &mut Buffer, app: &App, stage: &Stage, board: &Board) {
    corner(buffer, board.status, app, stage);
    let revealed = stage.presenting() == Presenting::Revealed;
    let covers = |part: Rect| revealed && board.note.intersects(part);
    if !covers(board.code) {
        program::around(buffer, board.code, app, stage);
    }
    if let Some(picture) = board.picture.filter(|picture| !covers(*picture)) {
        pictures::render(buffer, picture, app, stage);
    }
    if revealed {
        note(buffer, board.note, app, stage);
    }
    sentence(buffer, board.sentence, app, stage);
}

/// What runs on the left, where it stands on the right.
fn corner(buffer: &mut Buffer, area: Rect, app: &App, stage: &Stage) {
    let theme = app.theme();
    let status = status(app, stage);
    let step = app.words.with("timeline-step", &[("step", stage.model().step.0.to_string().into())]);
    let right = text::width(&step) + 2 + text::width(&status);
    let mut pen = Pen::new(buffer, area, 0, app.glyphs().cut);
    let room = usize::from(area.width).saturating_sub(right + 1);
    pen.field(&stage.title(), room, theme.style(Slot::Dim));
    pen.skip(1);
    pen.put(&step, theme.style(Slot::Dim));
    pen.skip(2);
    pen.put(&status, theme.style(Slot::Title).add_modifier(Modifier::BOLD));
}

fn note(buffer: &mut Buffer, area: Rect, app: &App, stage: &Stage) {
    let sheet = Sheet::of_moment(app, stage, area);
    let window = sheet.window(usize::from(area.height), stage);
    for (y, line) in (area.y..area.bottom()).zip(sheet.lines.get(window.range()).unwrap_or(&[])) {
        line.render(Rect { y, height: 1, ..area }, buffer);
    }
    scroll_marks(buffer, area, app, window);
}

/// In the middle, in lines of about the same length.
fn sentence(buffer: &mut Buffer, area: Rect, app: &App, stage: &Stage) {
    let told = text::safe(&stage.headline(&app.words, &app.keymap)).into_owned();
    let rows = usize::from(area.height.saturating_sub(1)).max(1);
    let widest = usize::from(area.width);
    let usual = widest.saturating_sub(4).clamp(1, SENTENCE_MAX);
    // What is too long for the space takes the whole width.
    let width = if prose::wrap(&told, usual).len() > rows { widest } else { usual };
    let mut lines = balanced(&told, width);
    if lines.len() > rows {
        // The pen marks the cut.
        let rest = lines.split_off(rows - 1).join(" ");
        lines.push(rest);
    }
    let style = app.theme().style(Slot::Narration).add_modifier(Modifier::BOLD);
    let above = (usize::from(area.height) - lines.len().min(usize::from(area.height))) / 2;
    for (y, line) in (0..area.height).skip(above).zip(&lines) {
        let mut pen = Pen::new(buffer, area, y, app.glyphs().cut);
        pen.skip(widest.saturating_sub(text::width(line)) / 2);
        pen.put(line, style);
    }
}

/// As few lines as the width allows, and these as narrow as they can be: no last line of one word.
fn balanced(told: &str, width: usize) -> Vec<String> {
    let lines = prose::wrap(told, width);
    let (mut least, mut most) = (1, width);
    while least < most {
        let middle = usize::midpoint(least, most);
        let tried = prose::wrap(told, middle);
        let fits = tried.len() <= lines.len() && tried.iter().all(|line| text::width(line) <= middle);
        if fits { most = middle } else { least = middle + 1 }
    }
    prose::wrap(told, most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_about_as_long_as_each_other() {
        assert_eq!(balanced("one two three four", 15), ["one two", "three four"]);
        assert_eq!(balanced("one", 15), ["one"]);
        assert_eq!(balanced("线程甲等待线程乙手里的锁", 20), ["线程甲等待线", "程乙手里的锁"]);
        assert_eq!(balanced("", 9), [""]);
    }
}
