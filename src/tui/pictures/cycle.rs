//! A circle of waits, drawn as a circle: a closed loop of boxes, clockwise, from whoever waits to what is waited for and
//! on to who has it.
//!
//! ```text
//! ┌───────┐ waits for ┌─────────┐
//! │ A Leo │──────────→│ lock[1] │
//! └───────┘           └─────────┘
//!     ↑ held by    held by │
//!     │                    ↓
//! ┌─────────┐ waits for┌───────┐
//! │ lock[0] │←─────────│ B Mia │
//! └─────────┘          └───────┘
//! ```

use super::canvas::narrow;
use super::{Canvas, Scene, Span};
use crate::event::{Action, ObjectState, ThreadState};
use crate::ids::{ObjectId, ThreadId};
use crate::tui::theme::Slot;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use std::collections::BTreeMap;

/// A member of a circle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Node {
    Thread(ThreadId),
    Object(ObjectId),
}

/// Who holds what: each object with its holders, in order of thread.
pub(super) type Holdings = BTreeMap<ObjectId, Vec<ThreadId>>;

/// See [`Holdings`].
pub(super) fn holdings(scene: &Scene<'_>) -> Holdings {
    let mut holdings = Holdings::new();
    for thread in &scene.model.threads {
        for (object, _) in &thread.holds {
            holdings.entry(*object).or_default().push(thread.id);
        }
    }
    holdings
}

/// The first circle of waits there is: whoever is waited for stands behind whoever waits, with the object between
/// them. It begins with its first thread.
pub(super) fn circle(scene: &Scene<'_>, holdings: &Holdings) -> Option<Vec<Node>> {
    let next = |thread: ThreadId| waits_for(scene, thread, holdings);
    let mut seen_from = vec![None; scene.model.threads.len()];
    for start in scene.model.threads.iter().map(|thread| thread.id) {
        let mut at = start;
        while let Some(seen) = seen_from.get_mut(at.index())
            && seen.is_none()
        {
            *seen = Some(start);
            let Some((_, then)) = next(at) else { break };
            at = then;
            if seen_from.get(at.index()) == Some(&Some(start)) {
                return Some(around(at, next));
            }
        }
    }
    None
}

/// The circle that this thread is part of.
fn around(member: ThreadId, next: impl Fn(ThreadId) -> Option<(Option<ObjectId>, ThreadId)>) -> Vec<Node> {
    let mut links = Vec::new();
    let mut at = member;
    while let Some((object, then)) = next(at) {
        links.push((at, object));
        at = then;
        if at == member {
            break;
        }
    }
    let first = links.iter().enumerate().min_by_key(|(_, (thread, _))| *thread).map_or(0, |(place, _)| place);
    links.rotate_left(first);
    let nodes = |(thread, object): (ThreadId, Option<ObjectId>)| {
        [Some(Node::Thread(thread)), object.map(Node::Object)].into_iter().flatten()
    };
    links.into_iter().flat_map(nodes).collect()
}

/// What the thread waits for, and the one thread that could give it up.
fn waits_for(scene: &Scene<'_>, thread: ThreadId, holdings: &Holdings) -> Option<(Option<ObjectId>, ThreadId)> {
    let view = scene.model.thread(thread)?;
    match view.state {
        ThreadState::Joining { thread } => Some((None, thread)),
        ThreadState::Blocked { .. } => {
            let on = scene.waits_for(view)?;
            match scene.model.object(on)?.state {
                ObjectState::Lock { owner, .. } => Some((Some(on), owner?)),
                ObjectState::Semaphore { .. } => match holdings.get(&on)?[..] {
                    [only] => Some((Some(on), only)),
                    _ => None,
                },
                _ => None,
            }
        }
        _ => None,
    }
}

/// True when a time-out of one of the threads ends the circle.
pub(super) fn is_timed(scene: &Scene<'_>, nodes: &[Node]) -> bool {
    let pending = |node: &Node| match node {
        Node::Thread(thread) => scene.model.thread(*thread)?.pending.as_ref(),
        Node::Object(_) => None,
    };
    nodes.iter().filter_map(pending).any(|action: &Action| action.timeout().is_some())
}

/// The threads of a circle.
pub(super) fn threads(nodes: &[Node]) -> Vec<ThreadId> {
    let thread = |node: &Node| if let Node::Thread(thread) = node { Some(*thread) } else { None };
    nodes.iter().filter_map(thread).collect()
}

// ---- the loop of boxes ----

/// Where the boxes of a loop stand: around a grid of columns and rows.
#[derive(Clone, Copy, Debug)]
struct Grid {
    columns: u16,
    rows: u16,
    /// The size of a box.
    width: u16,
    /// Cells between two columns and between two rows.
    across: u16,
    down: u16,
    /// All boxes stand in the first row; the wire leads back below them.
    flat: bool,
}

const BOX_ROWS: u16 = 3;
/// The shortest arrow that looks like one.
const ARROW: u16 = 4;

impl Grid {
    /// How many boxes find a place.
    const fn places(columns: u16, rows: u16) -> u16 {
        2 * columns + 2 * (rows - 2)
    }

    /// The grid for so many boxes of this width, if there is one: with words between the columns if possible, with as
    /// few empty places and rows as possible.
    fn of(nodes: usize, width: u16, words: u16, room: (u16, u16)) -> Option<Grid> {
        let nodes = u16::try_from(nodes).ok()?;
        let mut best: Option<(_, Grid)> = None;
        for rows in 2..=room.1 / (BOX_ROWS + 1) + 1 {
            let columns = nodes.saturating_sub(2 * (rows - 2)).div_ceil(2).max(2);
            let spare_across = room.0.checked_sub(columns.saturating_mul(width));
            let spare_down = room.1.checked_sub(rows * BOX_ROWS);
            let (Some(spare_across), Some(spare_down)) = (spare_across, spare_down) else { continue };
            let (across, down) = (spare_across / (columns - 1), spare_down / (rows - 1));
            if across < ARROW || down < 1 {
                continue;
            }
            let grid =
                Grid { columns, rows, width, across: across.min(words + 8), down: down.min(3), flat: nodes <= columns };
            let cost = (across < words, down < 2, Grid::places(columns, rows) - nodes, rows);
            if best.is_none_or(|(least, _)| cost < least) {
                best = Some((cost, grid));
            }
        }
        best.map(|(_, grid)| grid)
    }

    const fn size(self) -> (u16, u16) {
        let width = self.columns * self.width + (self.columns - 1) * self.across;
        (width, if self.flat { BOX_ROWS + 2 } else { self.rows * BOX_ROWS + (self.rows - 1) * self.down })
    }

    /// The column and row of a place, clockwise from the upper left corner.
    const fn cell(self, place: u16) -> (u16, u16) {
        let (last, right) = (self.rows - 1, self.columns - 1);
        if place <= right {
            (place, 0)
        } else if place <= right + last {
            (right, place - right)
        } else if place <= 2 * right + last {
            (2 * right + last - place, last)
        } else {
            (0, 2 * right + 2 * last - place)
        }
    }

    /// The upper left corner of the box in this place.
    const fn corner(self, place: u16) -> (u16, u16) {
        let (column, row) = self.cell(place);
        (column * (self.width + self.across), row * (BOX_ROWS + self.down))
    }

    /// The middle of the box in this place.
    const fn middle(self, place: u16) -> (u16, u16) {
        let (x, y) = self.corner(place);
        (x + self.width / 2, if self.flat && y > 0 { BOX_ROWS + 1 } else { y + 1 })
    }
}

/// Draws the loop between row `y` and the row before `end`, in the middle; gives the row after it. `None` when it does
/// not fit.
pub(super) fn draw(canvas: &mut Canvas<'_>, scene: &Scene<'_>, nodes: &[Node], y: u16, end: u16) -> Option<u16> {
    let labels: Vec<Span> = nodes.iter().map(|node| label(scene, *node)).collect();
    let width = narrow(labels.iter().map(Span::width).max()?);
    let words = ["net-waits", "net-held"].map(|key| Span::new(scene.t(key), Style::new()).width());
    let words = narrow(words.into_iter().max()?) + 2;
    let room = (canvas.width(), end.checked_sub(y)?);
    let grid = [4, 2].into_iter().find_map(|around| Grid::of(nodes.len(), width + around, words, room))?;
    let (across, down) = grid.size();
    let mut canvas = canvas.part(Rect { x: (canvas.width() - across) / 2, y, width: across, height: down });
    let places: Vec<u16> = (0..narrow(nodes.len())).collect();
    let all = Grid::places(grid.columns, grid.rows);
    let error = scene.style(Slot::Error);
    for (index, place) in places.iter().enumerate() {
        let next = if index + 1 == nodes.len() { all } else { place + 1 };
        let points: Vec<_> = (*place..=next).map(|place| grid.middle(place % all)).collect();
        canvas.wire(&points, error);
    }
    for (index, place) in places.iter().enumerate() {
        member(&mut canvas, scene, grid, *place, nodes[index], &labels[index]);
    }
    for (index, place) in places.iter().enumerate() {
        let following = nodes[(index + 1) % nodes.len()];
        let last = index + 1 == nodes.len();
        arrow(&mut canvas, scene, grid, if last { all } else { place + 1 }, (nodes[index], following));
    }
    Some(y + down)
}

fn label(scene: &Scene<'_>, node: Node) -> Span {
    match node {
        Node::Thread(thread) if scene.is_last(thread) => {
            let tag = scene.tag_span(thread, 16);
            Span::new(format!("{}{}", scene.glyphs.cursor, tag.text), tag.style)
        }
        Node::Thread(thread) => scene.tag_span(thread, 16),
        Node::Object(object) => {
            let times = scene.times(object).map_or_else(String::new, |times| format!(" {times}"));
            Span::new(format!("{}{times}", scene.name(object)), scene.object_style(object))
        }
    }
}

fn member(canvas: &mut Canvas<'_>, scene: &Scene<'_>, grid: Grid, place: u16, node: Node, label: &Span) {
    let (x, y) = grid.corner(place);
    let area = Rect { x, y, width: grid.width, height: BOX_ROWS };
    let emphasis = match node {
        Node::Thread(_) => Modifier::BOLD,
        Node::Object(_) => Modifier::empty(),
    };
    canvas.clear(area, scene.style(Slot::Text));
    canvas.boxed(area, scene.style(Slot::Error).add_modifier(emphasis));
    canvas.centred(x + 1, y + 1, grid.width - 2, &label.text, label.style.add_modifier(emphasis));
}

/// The head of the arrow into the box in place `to`, and what the arrow means.
fn arrow(canvas: &mut Canvas<'_>, scene: &Scene<'_>, grid: Grid, to: u16, (node, next): (Node, Node)) {
    let all = Grid::places(grid.columns, grid.rows);
    let before = grid.cell(to - 1);
    let target = to % all;
    let ((x, y), (column, row)) = (grid.corner(target), grid.cell(target));
    let (glyphs, error) = (scene.glyphs, scene.style(Slot::Error));
    let key = match (node, next) {
        (Node::Thread(_), Node::Object(_)) => "net-waits",
        (Node::Object(_), _) => "net-held",
        (Node::Thread(_), Node::Thread(_)) => "net-joins",
    };
    let (text, dim) = (scene.t(key), scene.style(Slot::Text));
    let cells = narrow(Span::new(text.clone(), dim).width());
    let inside = grid.size().0;
    match (column.cmp(&before.0), row.cmp(&before.1)) {
        (std::cmp::Ordering::Greater, _) => {
            canvas.put(x - 1, y + 1, glyphs.right, error);
            if cells <= grid.across {
                canvas.centred(x - grid.across, y, grid.across, &text, dim);
            }
        }
        (std::cmp::Ordering::Less, _) => {
            canvas.put(x + grid.width, y + 1, glyphs.left, error);
            if cells <= grid.across {
                canvas.centred(x + grid.width, y, grid.across, &text, dim);
            }
        }
        (_, std::cmp::Ordering::Greater) => {
            canvas.put(x + grid.width / 2, y - 1, glyphs.down, error);
            let end = x + grid.width / 2 - 1;
            if cells < end {
                canvas.right(end - cells, y - grid.down, cells, &text, dim);
            }
        }
        (_, std::cmp::Ordering::Less) => {
            canvas.put(x + grid.width / 2, y + BOX_ROWS, glyphs.up, error);
            let start = x + grid.width / 2 + 2;
            if start + cells < inside {
                canvas.put(start, y + BOX_ROWS, &text, dim);
            }
        }
        _ => {}
    }
}
