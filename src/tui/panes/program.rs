//! The program: its lines in colour, a letter for every thread on the line it stands on, the places to stop at.

use super::pen::Pen;
use super::{Window, scroll_marks};
use crate::ids::ThreadId;
use crate::model::Model;
use crate::source::{Source, Token};
use crate::tui::app::App;
use crate::tui::screens::stage::{Pane, Stage};
use crate::tui::theme::{Slot, Theme};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use std::collections::BTreeMap;

pub(in crate::tui) fn render(buffer: &mut Buffer, area: Rect, app: &App, stage: &Stage) {
    let total = stage.line_count() as usize;
    let window = Window::around(total, usize::from(area.height), (stage.line() as usize).saturating_sub(1));
    lines(buffer, area, app, stage, (stage.model(), window));
}

/// The same at another moment, of which this is the picture; nothing is selected.
pub(in crate::tui) fn at_moment(
    buffer: &mut Buffer,
    area: Rect,
    app: &App,
    stage: &Stage,
    (model, first): (&Model, Option<usize>),
) {
    let window = window_at_moment(area, stage, model, first);
    lines(buffer, area, app, stage, (model, window));
    let edge = Rect { width: area.width + 1, ..area };
    scroll_marks(buffer, edge, app, window);
}

/// The lines of it that are shown, from the first one on, or else around the active one.
pub(in crate::tui) fn window_at_moment(area: Rect, stage: &Stage, model: &Model, first: Option<usize>) -> Window {
    let (total, rows) = (stage.line_count() as usize, usize::from(area.height));
    match first {
        Some(first) => Window::from(total, rows, first),
        None => Window::around(total, rows, active_line(model).unwrap_or(1) as usize - 1),
    }
}

/// The same with the selected line in the middle.
pub(super) fn around(buffer: &mut Buffer, area: Rect, app: &App, stage: &Stage) {
    let rows = usize::from(area.height);
    let first = (stage.line() as usize).saturating_sub(1 + rows / 2);
    let window = Window::from(stage.line_count() as usize, rows, first);
    lines(buffer, area, app, stage, (stage.model(), window));
}

fn lines(buffer: &mut Buffer, area: Rect, app: &App, stage: &Stage, (model, window): (&Model, Window)) {
    let active = active_line(model);
    let standing = standing(model);
    let selected = (std::ptr::eq(model, stage.model()) && stage.is_focused(Pane::Program)).then_some(stage.line());
    let digits = stage.line_count().to_string().len().max(2);
    for (y, line) in (0..area.height).zip(window.range()) {
        let line = u32::try_from(line + 1).unwrap_or(u32::MAX);
        let row = Row { line, digits, active: active == Some(line), selected: selected == Some(line) };
        let threads = standing.get(&line).map_or(&[][..], Vec::as_slice);
        let mut pen = Pen::new(buffer, area, y, app.glyphs().cut);
        gutter(&mut pen, app, stage, row, threads);
        code(&mut pen, app.theme(), stage, row);
    }
}

/// One line and what is special about it.
#[derive(Clone, Copy)]
struct Row {
    line: u32,
    digits: usize,
    active: bool,
    selected: bool,
}

/// The line of the thread that made the last step.
pub(in crate::tui) fn active_line(model: &Model) -> Option<u32> {
    let thread = model.thread(model.last.unwrap_or(ThreadId::MAIN))?;
    (thread.line > 0).then_some(thread.line)
}

/// The threads that stand on each line, in order.
pub(in crate::tui) fn standing(model: &Model) -> BTreeMap<u32, Vec<ThreadId>> {
    let mut lines: BTreeMap<u32, Vec<ThreadId>> = BTreeMap::new();
    for thread in model.threads.iter().filter(|thread| thread.pending.is_some() && !thread.state.is_over()) {
        lines.entry(thread.line).or_default().push(thread.id);
    }
    lines
}

/// Place to stop, arrow, letters, number.
fn gutter(pen: &mut Pen<'_>, app: &App, stage: &Stage, row: Row, threads: &[ThreadId]) {
    let (theme, glyphs) = (app.theme(), app.glyphs());
    if stage.breaks().has_line(row.line) {
        pen.field(glyphs.breakpoint, 1, theme.style(Slot::Error));
    } else {
        pen.skip(1);
    }
    pen.field(if row.active { glyphs.cursor } else { " " }, 1, theme.style(Slot::Now));
    letters(pen, theme, threads, stage.letter_cells());
    let number = if row.active {
        theme.style(Slot::Cursor)
    } else if row.selected {
        theme.style(Slot::Selected)
    } else {
        theme.style(Slot::Dim)
    };
    pen.right(&row.line.to_string(), row.digits, number);
    pen.skip(1);
}

/// The letters of as many threads as there is room for; `+` for more.
pub(in crate::tui) fn letters(pen: &mut Pen<'_>, theme: &Theme, threads: &[ThreadId], cells: usize) {
    let total: usize = threads.iter().map(|thread| thread.letter().len()).sum();
    let room = if total > cells { cells - 1 } else { cells };
    let mut used = 0;
    for thread in threads {
        let letter = thread.letter();
        if used + letter.len() > room {
            pen.put("+", theme.style(Slot::Text));
            used += 1;
            break;
        }
        pen.put(&letter, theme.thread(*thread));
        used += letter.len();
    }
    pen.skip(cells.saturating_sub(used) + 1);
}

/// The text of the line, token by token.
fn code(pen: &mut Pen<'_>, theme: &Theme, stage: &Stage, row: Row) {
    let base = line_style(theme, row);
    pen.hide(stage.sideways(Pane::Program));
    source_line(pen, theme, (stage.source(), stage.tokens()), row.line, base);
    if row.selected {
        pen.rest(base);
    }
}

/// A line of a program, in colour.
pub(in crate::tui) fn source_line(
    pen: &mut Pen<'_>,
    theme: &Theme,
    (source, tokens): (&Source, &[Token]),
    line: u32,
    base: Style,
) {
    let text = source.line_text(line);
    let start = offset_in(&source.text, text);
    let end = start + text.len();
    let tokens = tokens_of(tokens, start, end);
    let mut at = start;
    for token in tokens {
        let (from, to) = ((token.span.start as usize).clamp(at, end), (token.span.end as usize).clamp(at, end));
        if pen.room() == 0 {
            break;
        }
        put_code(pen, text.get(at - start..from - start), base);
        put_code(pen, text.get(from - start..to - start), base.patch(theme.token(token.kind)));
        at = to;
    }
    let rest = text.get(at - start..);
    if pen.room() > 0 {
        put_code(pen, rest, base);
    } else {
        pen.omit(rest.unwrap_or_default(), base);
    }
}

/// Tabs are shown as four cells, as everywhere in the interface.
fn put_code(pen: &mut Pen<'_>, text: Option<&str>, style: Style) {
    match text {
        Some(text) if text.contains('\t') => pen.put(&text.replace('\t', "    "), style),
        Some(text) => pen.put(text, style),
        None => {}
    }
}

fn line_style(theme: &Theme, row: Row) -> Style {
    let base = theme.style(Slot::Text);
    if row.active || row.selected { base.add_modifier(Modifier::BOLD) } else { base }
}

/// Where `part`, a part of `whole`, begins in it.
fn offset_in(whole: &str, part: &str) -> usize {
    (part.as_ptr() as usize).saturating_sub(whole.as_ptr() as usize)
}

/// The tokens that touch these bytes; `tokens` are in order.
fn tokens_of(tokens: &[Token], start: usize, end: usize) -> &[Token] {
    let first = tokens.partition_point(|token| token.span.end as usize <= start);
    let last = tokens.partition_point(|token| (token.span.start as usize) < end);
    tokens.get(first..last).unwrap_or(&[])
}
