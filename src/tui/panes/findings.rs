//! What was found, with the step that proves it: what went wrong, and what could go wrong in another run. What lies
//! after the cursor is dimmed.

use super::pen::Pen;
use super::{Window, scroll_marks};
use crate::detect::FindingKind;
use crate::tui::app::App;
use crate::tui::glyph::Glyphs;
use crate::tui::prose;
use crate::tui::screens::stage::{Pane, Stage};
use crate::tui::theme::Slot;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Cells before the sentence: the sign and the step.
const MARGIN: usize = 9;

pub(super) fn render(buffer: &mut Buffer, area: Rect, app: &App, stage: &Stage) {
    let theme = app.theme();
    let lines = lines(area, app, stage);
    if lines.is_empty() {
        return Pen::new(buffer, area, 0, app.glyphs().cut).put(&app.words.t("findings-none"), theme.style(Slot::Dim));
    }
    let selected = stage.scrolled(Pane::Findings);
    let row = lines.iter().position(|line| line.number == selected).unwrap_or(0);
    let window = Window::around(lines.len(), usize::from(area.height), row);
    for (y, line) in (0..area.height).zip(lines.get(window.range()).unwrap_or(&[])) {
        let mut pen = Pen::new(buffer, area, y, app.glyphs().cut);
        pen.field(line.sign, 2, theme.style(line.slot));
        pen.right(&line.step, MARGIN - 4, theme.style(Slot::Dim));
        pen.skip(2);
        let selected = line.number == selected && stage.is_focused(Pane::Findings);
        pen.put(&line.text, if selected { theme.style(Slot::Selected) } else { line.style });
    }
    scroll_marks(buffer, area, app, window);
}

/// What went wrong has another sign than what could.
pub(in crate::tui) const fn sign(glyphs: &'static Glyphs, kind: &FindingKind) -> (&'static str, Slot) {
    if kind.is_failure() { (glyphs.no, Slot::Error) } else { (glyphs.warning, Slot::Warning) }
}

struct Line {
    /// Of the finding.
    number: usize,
    sign: &'static str,
    slot: Slot,
    step: String,
    text: String,
    style: Style,
}

fn lines(area: Rect, app: &App, stage: &Stage) -> Vec<Line> {
    let room = usize::from(area.width).saturating_sub(MARGIN).max(8);
    let mut lines = Vec::new();
    for (number, finding) in stage.history().all_findings().iter().enumerate() {
        let passed = finding.step <= stage.model().step;
        let style = app.theme().style(if passed { Slot::Text } else { Slot::Dim });
        let (sign, slot) = sign(app.glyphs(), &finding.kind);
        let key = if finding.kind.is_failure() { "findings-failure" } else { "findings-warning" };
        let told = ("told", app.words.finding(finding, stage.model()).into());
        let sentence = app.words.with(key, &[told]);
        for (index, text) in prose::wrap(&sentence, room).into_iter().enumerate() {
            let (sign, step) = if index == 0 { (sign, finding.step.0.to_string()) } else { ("", String::new()) };
            lines.push(Line { number, sign, slot, step, text, style });
        }
    }
    lines
}
