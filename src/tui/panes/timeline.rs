//! The timeline: a lane for every thread, a lane for every lock with the letters of who held it, and where the cursor
//! stands.

use super::Window;
use super::pen::Pen;
use super::scroll_marks;
use crate::event::ObjectState;
use crate::ids::{ObjectId, Step, ThreadId};
use crate::model::{Activity, Column};
use crate::tui::app::App;
use crate::tui::glyph::Glyphs;
use crate::tui::screens::stage::{Pane, Scale, Stage};
use crate::tui::text;
use crate::tui::theme::{Slot, Theme};
use crate::words::Words;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use std::ops::Range;

/// Which steps stand in which columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::tui) struct Axis {
    /// The first column and how many there are.
    left: u16,
    columns: u16,
    first: u32,
    /// Steps on a column, or columns for a step.
    scale: Scale,
}

impl Axis {
    /// The axis for these columns: all steps when they fit or the whole is wanted, else the page with the cursor on it.
    pub(in crate::tui) fn new(left: u16, columns: u16, scale: Option<Scale>, steps: u32, cursor: Step) -> Axis {
        let scale = scale.unwrap_or_else(|| Scale::fitting(steps, columns));
        let page = scale.steps_in(columns).max(1);
        let first = if steps <= page {
            0
        } else {
            // Half pages: something is always seen of what was before.
            let half = (page / 2).max(1);
            (cursor.0 / half).saturating_sub(1) * half
        };
        Axis { left, columns, first, scale }
    }

    /// The steps that are shown, as far as there are any.
    fn steps(&self, recorded: u32) -> Range<Step> {
        let last = self.first.saturating_add(self.scale.steps_in(self.columns)).min(recorded);
        Step(self.first.min(last))..Step(last)
    }

    /// How many columns these steps take.
    fn used(&self, steps: &Range<Step>) -> usize {
        let count = steps.end.0 - steps.start.0;
        let columns = u16::try_from(self.scale.columns_for(count)).unwrap_or(u16::MAX);
        usize::from(columns.min(self.columns))
    }

    /// The column in which this step begins, if it is shown.
    fn column_of(&self, step: Step) -> Option<u16> {
        let offset = self.scale.column_at(step.0.checked_sub(self.first)?);
        let offset = u16::try_from(offset).ok()?;
        (offset < self.columns).then_some(self.left + offset)
    }

    /// The columns of the cursor's step.
    fn here(&self, step: Step) -> Option<Range<u16>> {
        let start = self.column_of(step)?;
        let next = self.column_of(Step(step.0.saturating_add(1))).unwrap_or(self.left + self.columns);
        Some(start..next.max(start + 1))
    }

    /// The step that stands in this column of the screen.
    pub(in crate::tui) fn step_at(&self, column: u16) -> Option<Step> {
        let offset = column.checked_sub(self.left)?;
        (offset < self.columns).then(|| Step(self.first + self.scale.steps_before(offset)))
    }
}

/// A lane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lane {
    Thread(ThreadId),
    Object(ObjectId),
}

pub(super) fn render(buffer: &mut Buffer, area: Rect, app: &App, stage: &Stage) {
    let lanes = lanes(stage);
    let label = label_width(area, &app.words, stage, &lanes);
    let axis = axis(area, &app.words, stage);
    let rows = usize::from(area.height.saturating_sub(1));
    let matters = stage.scroll_of(Pane::Timeline).unwrap_or(stage.thread().index());
    let window = Window::around(lanes.len(), rows, matters.min(lanes.len().saturating_sub(1)));
    for (y, lane) in (0..area.height.saturating_sub(1)).zip(lanes.get(window.range()).unwrap_or(&[])) {
        let row = Rect { y: area.y + y, height: 1, ..area };
        draw_label(buffer, row, app, stage, *lane, label);
        draw_lane(buffer, row, app, stage, axis, *lane);
    }
    foot(buffer, area, app, stage, axis);
    scroll_marks(buffer, Rect { height: area.height.saturating_sub(1), ..area }, app, window);
}

/// The axis of the pane with this inside.
pub(in crate::tui) fn axis(area: Rect, words: &Words, stage: &Stage) -> Axis {
    let label = label_width(area, words, stage, &lanes(stage));
    let left = area.x + label + 1;
    let columns = area.right().saturating_sub(left + 1);
    Axis::new(left, columns, stage.scale(), stage.history().timeline().len(), stage.model().step)
}

/// Threads that were started, then locks and semaphores.
fn lanes(stage: &Stage) -> Vec<Lane> {
    let model = stage.model();
    let threads = model.threads.iter().map(|thread| Lane::Thread(thread.id));
    let locks = model.objects().filter(|object| {
        matches!(object.state, ObjectState::Lock { .. } | ObjectState::Semaphore { .. }) && object.last.is_some()
    });
    threads.chain(locks.map(|object| Lane::Object(object.id))).collect()
}

fn label_width(area: Rect, words: &Words, stage: &Stage, lanes: &[Lane]) -> u16 {
    let widest = lanes.iter().map(|lane| match lane {
        Lane::Thread(thread) => thread.letter().len(),
        Lane::Object(object) => text::width(&words.name(&stage.model().object_name(*object))),
    });
    u16::try_from(widest.max().unwrap_or(1)).unwrap_or(u16::MAX).clamp(1, (area.width / 5).max(3))
}

fn draw_label(buffer: &mut Buffer, row: Rect, app: &App, stage: &Stage, lane: Lane, width: u16) {
    let theme = app.theme();
    let mut pen = Pen::new(buffer, row, 0, app.glyphs().cut);
    match lane {
        Lane::Thread(thread) => {
            let style = theme.thread(thread);
            let style = if thread == stage.thread() { style.add_modifier(Modifier::BOLD) } else { style };
            pen.field(&thread.letter(), usize::from(width), style);
        }
        Lane::Object(object) => {
            let name = app.words.name(&stage.model().object_name(object));
            pen.field(&name, usize::from(width), theme.style(Slot::Dim));
        }
    }
    pen.put(app.glyphs().lane, theme.style(Slot::Border));
}

fn draw_lane(buffer: &mut Buffer, row: Rect, app: &App, stage: &Stage, axis: Axis, lane: Lane) {
    let timeline = stage.history().timeline();
    let steps = axis.steps(timeline.len());
    let columns = axis.used(&steps);
    let here = axis.here(stage.model().step);
    let cells: Vec<(&str, Style)> = match lane {
        Lane::Thread(thread) => {
            let cells = timeline.row(thread, steps, columns);
            cells.into_iter().map(|cell| thread_cell(app.theme(), app.glyphs(), thread, cell)).collect()
        }
        Lane::Object(object) => {
            let holders = timeline.holder_row(object, steps, columns);
            let letters: Vec<_> = holders.iter().map(|holder| holder_cell(app.theme(), *holder)).collect();
            for (x, (letter, style)) in (axis.left..).zip(&letters) {
                put(buffer, app, row.y, x, here.clone(), letter, *style);
            }
            return;
        }
    };
    for (x, (glyph, style)) in (axis.left..).zip(cells) {
        put(buffer, app, row.y, x, here.clone(), glyph, style);
    }
}

/// Writes one cell. What lies after the cursor is recorded but not what is shown elsewhere, so it is dimmed.
fn put(buffer: &mut Buffer, app: &App, y: u16, x: u16, here: Option<Range<u16>>, glyph: &str, style: Style) {
    let style = match here {
        Some(here) if here.contains(&x) => style.patch(app.theme().style(Slot::Now)),
        Some(here) if x >= here.end => style.patch(app.theme().style(Slot::Dim)),
        _ => style,
    };
    if let Some(cell) = buffer.cell_mut((x, y)) {
        cell.set_symbol(glyph).set_style(style);
    }
}

fn thread_cell(theme: &Theme, glyphs: &'static Glyphs, thread: ThreadId, cell: Column) -> (&'static str, Style) {
    match cell.activity {
        None | Some(Activity::New | Activity::Finished | Activity::Killed) => (" ", Style::new()),
        Some(Activity::Failed) => (glyphs.failed, theme.style(Slot::Failed)),
        Some(Activity::Running) => (glyphs.ran, theme.thread(thread)),
        Some(Activity::Ready) => (glyphs.idle, theme.style(Slot::Dim)),
        Some(Activity::Blocked) => (glyphs.stopped, theme.style(Slot::Blocked)),
        Some(Activity::Waiting | Activity::Joining) => (glyphs.waited, theme.style(Slot::Waiting)),
        Some(Activity::Sleeping | Activity::Reading) => (glyphs.slept, theme.style(Slot::Sleeping)),
    }
}

/// The last letter of who held it: the colour says the rest.
fn holder_cell(theme: &Theme, holder: Option<ThreadId>) -> (String, Style) {
    match holder {
        Some(thread) => {
            let letter = thread.letter();
            (letter.chars().next_back().map_or_else(String::new, String::from), theme.thread(thread))
        }
        None => (" ".to_owned(), Style::new()),
    }
}

/// The row below the lanes: the cursor, its step, and the findings.
fn foot(buffer: &mut Buffer, area: Rect, app: &App, stage: &Stage, axis: Axis) {
    if area.height == 0 {
        return;
    }
    let (theme, glyphs) = (app.theme(), app.glyphs());
    let y = area.bottom() - 1;
    let row = Rect { y, height: 1, ..area };
    let mut signs: Vec<(u16, &str, Slot)> = stage
        .history()
        .all_findings()
        .iter()
        .filter_map(|finding| {
            let (sign, slot) = super::finding_sign(glyphs, &finding.kind);
            Some((axis.column_of(finding.step)?, sign, slot))
        })
        .collect();
    // Where there are several on one column, the worst is on top.
    signs.sort_by_key(|(_, _, slot)| *slot == Slot::Error);
    let turning = stage.no_return().and_then(|step| turning_column(step, axis, &signs));
    signs.extend(turning.map(|x| (x, glyphs.no_return, Slot::Error)));
    let marks: Vec<u16> = signs.iter().map(|(x, ..)| *x).collect();
    if let Some(x) = axis.column_of(stage.model().step) {
        put(buffer, app, y, x, None, glyphs.here, theme.style(Slot::Now));
        let step = app.words.with("timeline-step", &[("step", stage.model().step.0.to_string().into())]);
        let width = u16::try_from(text::width(&step)).unwrap_or(u16::MAX);
        if let Some(place) = beside(row, x, width, &marks) {
            Pen::new(buffer, place, 0, glyphs.cut).put(&step, theme.style(Slot::Dim));
        }
    }
    for (x, sign, slot) in signs {
        put(buffer, app, y, x, None, sign, theme.style(slot));
    }
    if let Some(x) = turning {
        let words = app.words.t("timeline-no-return");
        let width = u16::try_from(text::width(&words)).unwrap_or(u16::MAX);
        let here = axis.column_of(stage.model().step).map(|here| here..here + HERE_CELLS);
        let taken: Vec<u16> = marks.into_iter().filter(|mark| *mark != x).chain(here.into_iter().flatten()).collect();
        if let Some(place) = beside(row, x, width, &taken) {
            Pen::new(buffer, place, 0, glyphs.cut).put(&words, theme.style(Slot::Error));
        }
    }
}

/// Cells that the cursor and its step take below the lanes.
const HERE_CELLS: u16 = 12;

/// The column that marks the point of no return: that of its step, or the next one when something was found there and the
/// step is that wide.
fn turning_column(step: Step, axis: Axis, signs: &[(u16, &str, Slot)]) -> Option<u16> {
    let columns = axis.here(step)?;
    let free = columns.clone().find(|x| !signs.iter().any(|(taken, ..)| taken == x));
    Some(free.unwrap_or(columns.start))
}

/// Where `width` cells are free right of column `x`, or left of it.
fn beside(row: Rect, x: u16, width: u16, taken: &[u16]) -> Option<Rect> {
    let right = x.saturating_add(2);
    let left = x.checked_sub(width.saturating_add(1)).filter(|left| *left >= row.x);
    let free = |start: u16| {
        // A sign beside it belongs to something else.
        start.saturating_add(width) <= row.right()
            && !taken.iter().any(|t| (start.saturating_sub(1)..=start + width).contains(t) && *t != x)
    };
    [Some(right), left].into_iter().flatten().find(|start| free(*start)).map(|start| Rect { x: start, width, ..row })
}
