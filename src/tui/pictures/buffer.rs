//! Boxes between those who fill and those who empty them.
//!
//! ```text
//!   buffer: 1 of 2 items
//!        ┌──────┐┌──────┐
//!      → │      ││ tea  │ →
//!        └──────┘└──────┘
//!   not_empty ◌ A B    not_full –
//!   A consumer 1   out   waiting: not_empty
//!   C producer 1   in    buffer.append('rice')
//! ```
//!
//! What leaves first stands on the right. A queue says how much fits into it; of a list nobody can say that, and only
//! what is in it is shown.

use super::canvas::{narrow, width_of};
use super::table::{self, Row, pick};
use super::{Canvas, Scene, Span, graph};
use crate::event::repr::entries;
use crate::event::{ObjectKind, ObjectState};
use crate::ids::{ObjectId, ThreadId};
use crate::model::flow::{self, Flow};
use crate::model::{ObjectView, Sight};
use crate::tui::text;
use crate::tui::theme::Slot;
use ratatui::layout::Rect;
use ratatui::style::Modifier;

/// The title of a buffer and its boxes.
const BUFFER_HEIGHT: u16 = 4;
/// No item is wider than this.
const ITEM_MAX: usize = 12;
/// From this width on those who fill stand on the left, those who empty on the right.
const SIDES_WIDTH: u16 = 92;
/// From this width on the threads stand beside the boxes where the area is low.
const LOW_WIDTH: u16 = 60;

/// No more items are looked at.
const ITEMS_MAX: usize = 200;

/// What is between those who fill and those who empty.
struct Buffer {
    /// `None` while the program has not made it.
    object: Option<ObjectId>,
    name: String,
    /// What leaves first stands first; no more than may be looked at.
    items: Vec<String>,
    /// How many there are, where that is known.
    total: Option<usize>,
    /// There are more items than are known.
    cut: bool,
    capacity: Option<usize>,
    closed: bool,
}

impl Buffer {
    /// How many boxes it has. What has not been made has one, so that there is a place for it.
    fn slots(&self) -> usize {
        self.total.map_or(1, |total| self.capacity.unwrap_or(0).max(total))
    }
}

/// What a thread does with the buffers.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Fills,
    Empties,
    Unknown,
}

pub(super) fn draw(canvas: &mut Canvas<'_>, scene: &Scene<'_>) {
    let buffers = buffers(scene);
    if buffers.is_empty() {
        return graph::draw(canvas, scene);
    }
    let parts = parts(scene, &buffers);
    let (width, height) = (canvas.width(), canvas.height());
    if width >= SIDES_WIDTH && height > BUFFER_HEIGHT {
        return sides(canvas, scene, &buffers, &parts);
    }
    if height < BUFFER_HEIGHT + 3 && width >= LOW_WIDTH && height >= BUFFER_HEIGHT {
        let left = width * 2 / 5;
        middle(&mut canvas.part(Rect::new(0, 0, left, height)), scene, &buffers, &parts, height);
        return table_of(&mut canvas.part(Rect::new(left + 1, 0, width - left - 1, height)), scene, &parts, true);
    }
    let rows = narrow(parts.len()).min(3);
    let below = middle(canvas, scene, &buffers, &parts, height.saturating_sub(rows));
    if below < height {
        table_of(&mut canvas.part(Rect::new(0, below, width, height - below)), scene, &parts, true);
    }
}

// ---- who is who ----

fn buffers(scene: &Scene<'_>) -> Vec<Buffer> {
    let usual = |kinds: &[ObjectKind]| scene.objects_or("boxes", |object| kinds.contains(&object.kind));
    let queues = usual(&[ObjectKind::Queue, ObjectKind::LifoQueue, ObjectKind::PriorityQueue, ObjectKind::SimpleQueue]);
    let objects = if queues.is_empty() { usual(&[ObjectKind::List, ObjectKind::Deque]) } else { queues };
    let mut found: Vec<Buffer> =
        objects.iter().filter_map(|id| scene.model.object(*id)).map(|view| buffer(scene, view)).collect();
    found.extend(scene.missing("boxes").map(|name| unknown(None, name.to_owned())));
    found.sort_by_key(|buffer| scene.rank("boxes", buffer.object, &buffer.name));
    found
}

/// A buffer of which only the name is known.
fn unknown(object: Option<ObjectId>, name: String) -> Buffer {
    Buffer { object, name, items: Vec::new(), total: None, cut: false, capacity: None, closed: false }
}

fn buffer(scene: &Scene<'_>, view: &ObjectView) -> Buffer {
    let name = scene.name(view.id);
    known(view, &name).unwrap_or_else(|| unknown(Some(view.id), name))
}

fn known(view: &ObjectView, name: &str) -> Option<Buffer> {
    match &view.state {
        ObjectState::Queue { items, capacity, closed, .. } => Some(Buffer {
            object: Some(view.id),
            name: name.to_owned(),
            items: items.iter().take(ITEMS_MAX).map(|item| bare(&item.to_string())).collect(),
            total: Some(items.len()),
            cut: false,
            capacity: capacity.and_then(|capacity| usize::try_from(capacity).ok()).filter(|capacity| *capacity > 0),
            closed: *closed,
        }),
        ObjectState::Data(Some(value)) => {
            let mut entries = entries(&value.to_string())?;
            if view.takes_last {
                entries.items.reverse();
            }
            Some(Buffer {
                object: Some(view.id),
                name: name.to_owned(),
                total: Some(entries.items.len()),
                items: entries.items.iter().map(|item| bare(item)).collect(),
                cut: entries.cut,
                capacity: entries.room,
                closed: false,
            })
        }
        _ => None,
    }
}

/// A text without its quotes.
fn bare(item: &str) -> String {
    let inside = item.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\''));
    inside.filter(|inside| !inside.is_empty() && !inside.contains('\'')).unwrap_or(item).to_owned()
}

/// The threads that have to do with the buffers, and what. The picture says so, or else what they have done so far, or
/// are about to do.
fn parts(scene: &Scene<'_>, buffers: &[Buffer]) -> Vec<(ThreadId, Part)> {
    let said = |role: &str| if scene.is_named(role) { scene.threads(role) } else { Vec::new() };
    let (fill, empty) = (said("producers"), said("consumers"));
    let all_said = scene.is_named("producers") && scene.is_named("consumers");
    let mut taken = vec![None; scene.model.threads.len()];
    for (threads, part) in [(&fill, Part::Fills), (&empty, Part::Empties)] {
        for thread in threads {
            if let Some(slot) = taken.get_mut(thread.index()) {
                *slot = Some(part);
            }
        }
    }
    let mut found = Vec::new();
    for (view, said) in scene.model.threads.iter().zip(taken) {
        let part = said.or_else(|| {
            let seen = seen(scene, buffers, view.id);
            // The main thread starts the others and often does no more than that.
            if view.id == ThreadId::MAIN || all_said { seen } else { Some(seen.unwrap_or(Part::Unknown)) }
        });
        found.extend(part.map(|part| (view.id, part)));
    }
    found
}

fn seen(scene: &Scene<'_>, buffers: &[Buffer], thread: ThreadId) -> Option<Part> {
    let view = scene.model.thread(thread)?;
    let of_ours = |object: ObjectId| buffers.iter().any(|buffer| buffer.object == Some(object));
    let known = view.memory.places().iter().filter(|place| of_ours(place.object));
    let (puts, gets) = known
        .fold((0u32, 0u32), |(puts, gets), place| (puts.saturating_add(place.puts), gets.saturating_add(place.gets)));
    match puts.cmp(&gets) {
        std::cmp::Ordering::Greater => return Some(Part::Fills),
        std::cmp::Ordering::Less => return Some(Part::Empties),
        std::cmp::Ordering::Equal => {}
    }
    let pending = view.pending.as_ref().filter(|action| action.object().is_some_and(of_ours))?;
    flow::of(pending).map(|flow| if flow == Flow::In { Part::Fills } else { Part::Empties })
}

// ---- boxes ----

/// Those who fill, the boxes, those who empty.
fn sides(canvas: &mut Canvas<'_>, scene: &Scene<'_>, buffers: &[Buffer], parts: &[(ThreadId, Part)]) {
    let (width, height) = (canvas.width(), canvas.height());
    let wish = buffers.iter().map(|buffer| {
        let slots = narrow(buffer.slots());
        box_width(buffer, width / 2).saturating_mul(slots).saturating_add(EDGES)
    });
    let centre = wish.max().unwrap_or(0).clamp(width / 3, width / 2);
    let side = (width - centre) / 2 - 1;
    let pick = |empties: bool| -> Vec<(ThreadId, Part)> {
        parts.iter().filter(|(_, part)| (*part == Part::Empties) == empties).copied().collect()
    };
    let (fill, empty) = (pick(false), pick(true));
    for (x, threads, key) in [(0, fill, "buffer-producers"), (width - side, empty, "buffer-consumers")] {
        canvas.put_within(x + 1, 0, side - 1, &scene.t(key), scene.style(Slot::Dim));
        table_of(&mut canvas.part(Rect::new(x, 1, side, height - 1)), scene, &threads, false);
    }
    middle(&mut canvas.part(Rect::new(side + 1, 0, width - 2 * side - 2, height)), scene, buffers, parts, height);
}

/// The buffers one below the other, and what threads wait at. Takes at most so many rows, and gives the row below.
fn middle(
    canvas: &mut Canvas<'_>,
    scene: &Scene<'_>,
    buffers: &[Buffer],
    parts: &[(ThreadId, Part)],
    rows: u16,
) -> u16 {
    let room = usize::from((rows / BUFFER_HEIGHT).max(1));
    let shown = pick(buffers.len(), room, |index| {
        let last = buffers[index].object.and_then(|object| scene.model.object(object)?.last);
        u64::from(last.map_or(0, |(_, step)| step.0))
    });
    let mut y = 0;
    for index in &shown {
        let boxed = rows >= y + BUFFER_HEIGHT;
        title(canvas, scene, y, &buffers[*index], boxed);
        if boxed {
            boxes(canvas, scene, y + 1, &buffers[*index], parts);
        }
        y += if boxed { BUFFER_HEIGHT } else { 1 };
    }
    if shown.len() < buffers.len() && y < rows {
        canvas.put(0, y, &table::more(scene, buffers.len() - shown.len()), scene.style(Slot::Dim));
        y += 1;
    }
    gates(canvas, scene, y, rows.min(y + 4))
}

/// What it is called and how much is in it; where there is no room for boxes, the items as well.
fn title(canvas: &mut Canvas<'_>, scene: &Scene<'_>, y: u16, buffer: &Buffer, boxed: bool) {
    let n = buffer.total.unwrap_or(0);
    let count = match (buffer.capacity, buffer.cut) {
        _ if buffer.total.is_none() => scene.glyphs.none.to_owned(),
        (Some(capacity), _) => scene.words.with("object-items-of", &[("n", n.into()), ("capacity", capacity.into())]),
        (None, true) => scene.words.with("buffer-at-least", &[("n", n.into())]),
        (None, false) => scene.words.with("object-items", &[("n", n.into())]),
    };
    let mut spans = vec![
        Span::new(buffer.object.map_or(" ", |object| scene.object_mark(object)), scene.style(Slot::Now)),
        Span::new(buffer.name.as_str(), scene.style(Slot::Title)),
        Span::new(format!("  {count}"), scene.style(Slot::Text)),
    ];
    if buffer.closed {
        spans.push(Span::new(format!("  {}", scene.t("buffer-closed")), scene.style(Slot::Warning)));
    }
    if !boxed {
        let items: Vec<&str> = buffer.items.iter().rev().take(20).map(String::as_str).collect();
        let style = buffer.object.map_or_else(|| scene.style(Slot::Text), |object| scene.object_style(object));
        spans.push(Span::new(format!("  {}", items.join(" ")), style));
    }
    let x = if boxed { canvas.width().saturating_sub(narrow(width_of(&spans))) / 2 } else { 0 };
    canvas.spans(x, y, canvas.width(), &spans);
}

/// For the arrows, and for the number of those that are left out.
const EDGES: u16 = 12;

/// How wide each box is: as its widest item, with some air where there is room for that.
fn box_width(buffer: &Buffer, width: u16) -> u16 {
    let widest = buffer.items.iter().map(|item| text::width(&text::safe(item))).max().unwrap_or(0);
    let least = narrow(widest.clamp(3, ITEM_MAX)) + 2;
    let slots = narrow(buffer.slots());
    if slots.saturating_mul(least + 2) <= width.saturating_sub(EDGES) { least + 2 } else { least }
}

/// The boxes from left to right, what leaves first on the right, with an arrow in and one out.
fn boxes(canvas: &mut Canvas<'_>, scene: &Scene<'_>, y: u16, buffer: &Buffer, parts: &[(ThreadId, Part)]) {
    let width = canvas.width();
    let slots = buffer.slots();
    let each = box_width(buffer, width);
    // Where all fit nothing is left out, and no number needs room.
    let all = narrow(slots).saturating_mul(each).saturating_add(EDGES / 2) <= width;
    let shown = if all { slots } else { slots.min(usize::from((width.saturating_sub(EDGES) / each).max(1))) };

    let hidden = slots - shown;
    let used = narrow(shown.max(1)) * each;
    let left = width.saturating_sub(used) / 2;
    let changed = buffer.object.is_some_and(|object| scene.is_touched(object) && is_new(scene, object));
    if shown == 0 && buffer.total.is_some() {
        canvas.centred(left, y + 1, used, &scene.t("buffer-empty"), scene.style(Slot::Dim));
    }
    for slot in 0..shown {
        let x = left + used - narrow(slot + 1) * each;
        let item = buffer.items.get(slot);
        let area = Rect::new(x, y, each, 3);
        match item {
            None => canvas.boxed(area, scene.style(Slot::Dim)),
            Some(item) => {
                let slot = if changed { Slot::Changed } else { Slot::Text };
                canvas.boxed(area, scene.style(if changed { Slot::Changed } else { Slot::Border }));
                let style = scene.style(slot).add_modifier(Modifier::BOLD);
                canvas.centred(x + 1, y + 1, each - 2, item, style);
            }
        }
    }
    let moved = |wanted: Part| changed && parts.iter().any(|(thread, part)| scene.is_last(*thread) && *part == wanted);
    let style = |part: Part| match scene.model.last {
        Some(thread) if moved(part) => scene.thread_style(thread),
        _ => scene.style(Slot::Dim),
    };
    if hidden > 0 || buffer.cut {
        let more = if buffer.cut { format!("+{hidden}..") } else { format!("+{hidden}") };
        canvas.right(left.saturating_sub(6), y, left.min(5), &more, scene.style(Slot::Dim));
    }
    canvas.put_within(left.saturating_sub(2), y + 1, 1, scene.glyphs.to, style(Part::Fills));
    canvas.put_within(left + used + 1, y + 1, 1, scene.glyphs.to, style(Part::Empties));
}

/// True when the last step changed what is in it.
fn is_new(scene: &Scene<'_>, object: ObjectId) -> bool {
    let Some(view) = scene.model.object(object) else { return false };
    let written = Sight::written(&view.sight).is_some_and(|(_, step)| step == scene.model.step);
    written || matches!(view.state, ObjectState::Queue { .. })
}

// ---- gates ----

/// What threads wait at: conditions, semaphores with their number, locks that somebody holds; with who waits.
fn gates(canvas: &mut Canvas<'_>, scene: &Scene<'_>, y: u16, end: u16) -> u16 {
    let usual = |object: &ObjectView| match object.state {
        ObjectState::Condition { .. } | ObjectState::Semaphore { .. } => true,
        ObjectState::Lock { owner, .. } => owner.is_some() || !object.waiters.is_empty(),
        _ => false,
    };
    let objects = scene.objects_or("gates", usual);
    let mut objects: Vec<ObjectId> = objects.into_iter().take(40).collect();
    let lines =
        |objects: &[ObjectId]| wrapped(objects.iter().filter_map(|id| gate(scene, *id)).collect(), canvas.width());
    let room = usize::from(end.saturating_sub(y));
    let mut told = lines(&objects);
    if told.len() > room {
        // Where somebody waits matters most.
        objects.sort_by_key(|id| scene.model.object(*id).is_none_or(|object| object.waiters.is_empty()));
        told = lines(&objects);
    }
    let mut y = y;
    for line in told.iter().take(room) {
        canvas.spans(0, y, canvas.width(), line);
        y += 1;
    }
    y
}

/// The pieces in lines of at most so many cells.
fn wrapped(pieces: Vec<Vec<Span>>, width: u16) -> Vec<Vec<Span>> {
    let mut lines: Vec<Vec<Span>> = Vec::new();
    for piece in pieces {
        match lines.last_mut() {
            Some(line) if width_of(line) + 3 + width_of(&piece) <= usize::from(width) => {
                line.push(Span::new("   ", ratatui::style::Style::new()));
                line.extend(piece);
            }
            _ => lines.push(piece),
        }
    }
    lines
}

fn gate(scene: &Scene<'_>, id: ObjectId) -> Option<Vec<Span>> {
    let object = scene.model.object(id)?;
    let mut spans = vec![
        Span::new(scene.object_mark(id), scene.style(Slot::Now)),
        Span::new(scene.words.name(&object.name), scene.object_style(id)),
    ];
    match &object.state {
        ObjectState::Semaphore { value, .. } => {
            let style = scene.style(Slot::Text).add_modifier(Modifier::BOLD);
            spans.push(Span::new(format!(" {value}"), style));
        }
        ObjectState::Lock { owner: Some(owner), .. } => {
            spans.push(Span::new(format!(" {} ", scene.glyphs.held_by), scene.style(Slot::Dim)));
            spans.push(Span::new(owner.letter(), scene.thread_style(*owner)));
            spans.extend(scene.times_span(id));
        }
        _ if object.waiters.is_empty() => {
            spans.push(Span::new(format!(" {}", scene.glyphs.none), scene.style(Slot::Dim)));
        }
        _ => {}
    }
    // Whoever waits to be told something is not blocked.
    if let Some(first) = object.waiters.first().and_then(|waiter| scene.model.thread(*waiter)) {
        spans.push(Span::new(format!(" {}", scene.glyphs.state(first.state)), scene.theme.state(first.state)));
    }
    for waiter in object.waiters.iter().take(8) {
        spans.push(Span::new(format!(" {}", waiter.letter()), scene.thread_style(*waiter)));
    }
    if object.waiters.len() > 8 {
        spans.push(Span::new(format!(" +{}", object.waiters.len() - 8), scene.style(Slot::Dim)));
    }
    Some(spans)
}

// ---- threads ----

fn table_of(canvas: &mut Canvas<'_>, scene: &Scene<'_>, parts: &[(ThreadId, Part)], told: bool) {
    let row = |(thread, part): &(ThreadId, Part)| {
        let word = match part {
            Part::Fills => scene.t("buffer-fills"),
            Part::Empties => scene.t("buffer-empties"),
            Part::Unknown => scene.glyphs.none.to_owned(),
        };
        let cells = if told { vec![vec![Span::new(word, scene.style(Slot::Dim))]] } else { Vec::new() };
        Row { thread: *thread, cells, warns: false }
    };
    let rows: Vec<Row> = parts.iter().map(row).collect();
    table::draw(canvas, scene, 0, &[], &rows, |thread| table::weight(scene, thread));
}
