//! A row for each thread, in columns that fit.

use super::canvas::{narrow, width_of};
use super::{Canvas, Scene, Span};
use crate::event::ThreadState;
use crate::ids::ThreadId;
use crate::tui::text;
use crate::tui::theme::Slot;

/// A thread and what is said of it, before what it is about to do.
pub(super) struct Row {
    pub(super) thread: ThreadId,
    pub(super) cells: Vec<Vec<Span>>,
    /// It should better not do what it is about to do.
    pub(super) warns: bool,
}

/// No name takes more cells than this.
const TAG_MAX: usize = 20;

/// Between columns.
const GAP: usize = 2;

/// Draws as many rows as there is room for from row `y` on, with `heads` above them if there is room for that as well,
/// and how many more there are. Of too many rows those are drawn that `matters` says more of. Gives the row below.
pub(super) fn draw(
    canvas: &mut Canvas<'_>,
    scene: &Scene<'_>,
    y: u16,
    heads: &[&str],
    rows: &[Row],
    matters: impl Fn(ThreadId) -> u64,
) -> u16 {
    let room = usize::from(canvas.height().saturating_sub(y));
    if room == 0 {
        return y;
    }
    let with_heads = !heads.is_empty() && room > rows.len();
    let columns = columns(canvas, scene, heads, rows);
    let mut y = y;
    if with_heads {
        let mut x = 1 + narrow(columns.tag);
        for (head, cells) in heads.iter().zip(&columns.cells) {
            x += narrow(GAP);
            canvas.put_within(x, y, narrow(*cells), &scene.t(head), scene.style(Slot::Dim));
            x = x.saturating_add(narrow(*cells));
        }
        y += 1;
    }
    let left = room - usize::from(with_heads);
    let shown = if rows.len() <= left { rows.len() } else { left.saturating_sub(1) };
    for index in pick(rows.len(), shown, |index| matters(rows[index].thread)) {
        row(canvas, scene, y, &rows[index], &columns);
        y += 1;
    }
    if shown < rows.len() {
        canvas.put(0, y, &more(scene, rows.len() - shown), scene.style(Slot::Dim));
        y += 1;
    }
    y
}

/// How many more there are.
pub(super) fn more(scene: &Scene<'_>, n: usize) -> String {
    scene.words.with("picture-more", &[("n", n.into())])
}

fn row(canvas: &mut Canvas<'_>, scene: &Scene<'_>, y: u16, row: &Row, columns: &Columns) {
    let mut x = canvas.put(0, y, scene.mark(row.thread), scene.style(Slot::Now));
    canvas.spans(x, y, narrow(columns.tag), &[scene.tag_span(row.thread, columns.tag)]);
    x = x.saturating_add(narrow(columns.tag));
    for (spans, cells) in row.cells.iter().zip(&columns.cells) {
        x = x.saturating_add(narrow(GAP));
        canvas.spans(x, y, narrow(*cells), &squeezed(spans.clone(), *cells, scene.glyphs.cut));
        x = x.saturating_add(narrow(*cells));
    }
    let Some(cells) = columns.cells.last() else { return };
    let mut plan = plan(scene, row.thread, *cells);
    if row.warns {
        for span in &mut plan {
            span.style = scene.style(Slot::Warning);
        }
    }
    canvas.spans(x.saturating_add(narrow(GAP)), y, narrow(*cells), &plan);
}

/// The pieces, where they are too wide together the longest of them without their middles. Those that are to be kept
/// stay whole.
pub(super) fn squeezed(mut spans: Vec<Span>, cells: usize, cut: &str) -> Vec<Span> {
    loop {
        let over = width_of(&spans).saturating_sub(cells);
        let longest = spans.iter_mut().filter(|span| !span.kept).max_by_key(|span| span.width());
        let Some(longest) = longest.filter(|span| over > 0 && span.width() > SHORTEST) else { return spans };
        let room = longest.width().saturating_sub(over).max(SHORTEST);
        longest.text = text::fit_middle(&text::safe(&longest.text), room, cut).into_owned();
    }
}

/// A piece of fewer cells says nothing.
const SHORTEST: usize = 3;

/// How wide the columns are; the last one is that of the plans.
struct Columns {
    tag: usize,
    cells: Vec<usize>,
}

fn columns(canvas: &Canvas<'_>, scene: &Scene<'_>, heads: &[&str], rows: &[Row]) -> Columns {
    let count = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let plans = rows.iter().map(|row| width_of(&plan(scene, row.thread, usize::MAX))).max().unwrap_or(0);
    let natural = |column: usize| {
        let head = heads.get(column).map_or(0, |head| text::width(&scene.t(head)));
        rows.iter().filter_map(|row| row.cells.get(column)).map(|spans| width_of(spans)).max().unwrap_or(0).max(head)
    };
    let width = usize::from(canvas.width()).saturating_sub(1);
    let letters = rows.iter().map(|row| row.thread.letter().len()).max().unwrap_or(1);
    let tags = rows.iter().map(|row| scene.tag_width(row.thread)).max().unwrap_or(1).min(TAG_MAX);
    let mut cells: Vec<usize> = (0..count).map(natural).collect();
    // No column but the last keeps the others out, but it may have what they leave.
    let others = if count == 1 { plans + tags.min(width / 3).max(letters) + 2 * GAP } else { width };
    for cells in &mut cells {
        *cells = (*cells).min((width * 2 / 5).max(width.saturating_sub(others)));
    }
    cells.push(plans);
    let wanted: usize = cells.iter().map(|cells| cells + GAP).sum();
    // A name says more than the end of a long sentence.
    let least = tags.min(width / 3).max(letters);
    let tag = width.saturating_sub(wanted).clamp(least, tags.max(least));
    let tag = rows.iter().map(|row| text::width(&scene.tag(row.thread, tag))).max().unwrap_or(tag);
    if let Some(last) = cells.len().checked_sub(1) {
        let before: usize = cells[..last].iter().map(|cells| cells + GAP).sum();
        cells[last] = width.saturating_sub(tag + before + GAP);
    }
    Columns { tag, cells }
}

/// The places of the `room` things that matter most, in their order.
pub(super) fn pick(total: usize, room: usize, matters: impl Fn(usize) -> u64) -> Vec<usize> {
    let mut places: Vec<usize> = (0..total).collect();
    if total > room {
        places.sort_by_key(|place| (std::cmp::Reverse(matters(*place)), *place));
        places.truncate(room);
        places.sort_unstable();
    }
    places
}

/// What the thread is about to do, or what keeps it from doing that, in so many cells.
pub(super) fn plan(scene: &Scene<'_>, thread: ThreadId, cells: usize) -> Vec<Span> {
    let Some(view) = scene.model.thread(thread) else { return Vec::new() };
    if let (ThreadState::Ready, Some(pending)) = (view.state, &view.pending) {
        let action = scene.words.action(pending, scene.model);
        return squeezed(vec![Span::new(action, scene.style(Slot::Text))], cells, scene.glyphs.cut);
    }
    let state = scene.state_span(view.state);
    let (on, owner) = match (view.state, scene.waits_for(view).and_then(|on| scene.model.object(on))) {
        (ThreadState::Joining { thread: other }, _) => (scene.tag(other, 12), None),
        (_, Some(on)) => (scene.words.name(&on.name), on.owner()),
        _ => return squeezed(vec![state], cells, scene.glyphs.cut),
    };
    let mut behind = Vec::new();
    if let Some(owner) = owner {
        behind.push(Span::new(format!(" {} ", scene.glyphs.held_by), scene.style(Slot::Dim)));
        behind.push(Span::new(owner.letter(), scene.thread_style(owner)));
    }
    let arguments = [("state", state.text.into()), ("object", on.as_str().into())];
    let full = scene.words.with("values-held-up", &arguments);
    // Where there is little room the sign says enough of the state.
    let fits = text::width(&full) + width_of(&behind) <= cells;
    let told = if fits { full } else { format!("{} {on}", scene.glyphs.state(view.state)) };
    let mut spans = vec![Span::new(told, state.style)];
    spans.append(&mut behind);
    squeezed(spans, cells, scene.glyphs.cut)
}

/// How much a thread matters when not all can be shown: first who made the last step, then those who go on, then those
/// who made a step last.
pub(super) fn weight(scene: &Scene<'_>, thread: ThreadId) -> u64 {
    let Some(view) = scene.model.thread(thread) else { return 0 };
    let last = u64::from(scene.is_last(thread)) << 40;
    let alive = u64::from(view.is_alive()) << 33;
    last | alive | u64::from(view.last_step.0)
}

#[cfg(test)]
mod tests {
    use super::pick;

    #[test]
    fn those_that_matter_are_picked_in_their_order() {
        assert_eq!(pick(4, 9, |_| 0), [0, 1, 2, 3]);
        assert_eq!(pick(5, 2, |place| [1, 9, 1, 8, 1][place]), [1, 3]);
        assert_eq!(pick(5, 0, |_| 1), Vec::<usize>::new());
    }
}
