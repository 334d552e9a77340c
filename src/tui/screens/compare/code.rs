//! The programs: the lines of both beside each other, what is only in one of them marked, a letter for every thread on its
//! line.

use super::Compare;
use crate::model::Model;
use crate::report::diff::{Likeness, LinePair};
use crate::tui::app::App;
use crate::tui::panes::program::{active_line, letters, source_line, standing};
use crate::tui::panes::{Pen, Window, scroll_marks};
use crate::tui::theme::Slot;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use std::borrow::Cow;

/// The sign before a line, and its colour: `-` and `+` where the other side has not got it, `~` where it stands further
/// in or out.
const fn mark(pair: &LinePair, side: usize) -> Option<(&'static str, Slot)> {
    match (pair.likeness, side) {
        (Likeness::Same, _) => None,
        (Likeness::Indented, _) => Some(("~", Slot::Warning)),
        (Likeness::Other, 0) => Some(("-", Slot::Error)),
        (Likeness::Other, _) => Some(("+", Slot::Good)),
    }
}

/// Which rows are shown. Both sides show the same ones, unless their threads stand too far apart.
pub(super) fn window(compare: &Compare, pairs: &[LinePair], rows: usize, side: usize) -> Window {
    let total = pairs.len();
    if let Some(first) = compare.scroll {
        return Window::from(total, rows, first);
    }
    let [left, right] = [0, 1].map(|side| place_of(compare, pairs, side));
    let (low, high) = (left.min(right), left.max(right));
    let around = Window::around(total, rows, high);
    if around.range().contains(&low) {
        return around;
    }
    if high - low < rows {
        return Window::from(total, rows, low.saturating_sub(1));
    }
    Window::around(total, rows, if side == 0 { left } else { right })
}

/// The row in which the thread of the last step stands; before the first step, that of the first difference.
fn place_of(compare: &Compare, pairs: &[LinePair], side: usize) -> usize {
    let line = compare.model(side).and_then(active_line).filter(|_| compare.position > 0);
    let stands = |pair: &LinePair| line.is_some() && pair.lines[side] == line;
    let differs = |pair: &LinePair| pair.likeness != Likeness::Same;
    let place = pairs.iter().position(stands);
    place.or_else(|| pairs.iter().position(differs)).unwrap_or(0)
}

/// The rows of a program. Where it stands alone, what is only in the other one leaves no gaps.
pub(super) fn pairs(compare: &Compare, side: usize, alone: bool) -> Cow<'_, [LinePair]> {
    if !alone {
        return Cow::Borrowed(&compare.lines);
    }
    compare.lines.iter().filter(|pair| pair.lines[side].is_some()).copied().collect()
}

/// Draws the program of a side; `alone` when the other one is not shown.
pub(super) fn render(buffer: &mut Buffer, area: Rect, app: &App, compare: &Compare, side: usize, alone: bool) {
    let (theme, glyphs) = (app.theme(), app.glyphs());
    let contender = &compare.sides[side];
    let blank = Model::default();
    let model = compare.model(side).unwrap_or(&blank);
    let (active, standing) = (active_line(model).filter(|_| compare.position > 0), standing(model));
    let digits = contender.source.line_count().to_string().len().max(2);
    let cells = compare.history(side).map_or(2, |history| history.head().threads.len().clamp(2, 3));
    let pairs = pairs(compare, side, alone);
    let window = window(compare, &pairs, usize::from(area.height), side);
    for (y, place) in (0..area.height).zip(window.range()) {
        let Some(pair) = pairs.get(place) else { continue };
        let Some(line) = pair.lines[side] else { continue };
        let is_active = active == Some(line);
        let mut pen = Pen::new(buffer, area, y, glyphs.cut);
        let marked = mark(pair, side).map(|(sign, slot)| (sign, theme.style(slot)));
        let (sign, style) = marked.unwrap_or((" ", theme.style(Slot::Dim)));
        pen.field(sign, 1, style.add_modifier(Modifier::BOLD));
        pen.field(if is_active { glyphs.cursor } else { " " }, 1, theme.style(Slot::Now));
        letters(&mut pen, theme, standing.get(&line).map_or(&[][..], Vec::as_slice), cells);
        pen.right(&line.to_string(), digits, if is_active { theme.style(Slot::Cursor) } else { style });
        pen.skip(1);
        pen.hide(compare.sideways);
        let base = marked.map_or_else(|| theme.style(Slot::Text), |(_, style)| style);
        let base = if is_active { base.add_modifier(Modifier::BOLD) } else { base };
        // What is different is to be seen at once; its own colours would hide that.
        let tokens = if marked.is_none() { &contender.tokens[..] } else { &[] };
        source_line(&mut pen, theme, (&contender.source, tokens), line, base);
    }
    scroll_marks(buffer, area, app, window);
}
