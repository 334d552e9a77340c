//! A shared value and every thread's own copy of it.
//!
//! ```text
//!                    ┌ n ───┐
//!                    │  2   │ stored by B
//!                    └──┬───┘
//!         ┌─────────────┴──────────┐
//!  ┌ A Thread-1 ──────┐   ┌ B Thread-2 ──────┐
//!  │ has read 3 ! old │   │                  │
//!  │ store 2 into n   │   │ ✓ finished       │
//!  └──────────────────┘   └──────────────────┘
//! ```
//!
//! A copy is what a thread has read and not stored back. It is old when somebody has stored something since; whoever
//! stores what it has made of an old copy loses the store of the other, and that is said in so many words.

use super::canvas::{narrow, width_of};
use super::place::{Place, places};
use super::table::{self, Row, pick, plan};
use super::{Canvas, Scene, Span, graph};
use crate::event::Action;
use crate::ids::ThreadId;
use crate::model::{Loss, Sight};
use crate::tui::text;
use crate::tui::theme::Slot;
use ratatui::layout::Rect;
use ratatui::style::Modifier;

/// The least and the largest width of a thread's box, the height of each, and that of the wires.
const CARD_WIDTH: u16 = 20;
const CARD_HEIGHT: u16 = 4;
const CARD_WIDTH_MAX: u16 = 56;
/// No more copies than this are listed in a thread's box.
const COPIES_MAX: usize = 4;
const VALUE_HEIGHT: u16 = 3;
const WIRE_HEIGHT: u16 = 2;

/// The least width of the threads beside the values.
const SIDE_WIDTH: u16 = 44;

/// A value that is longer than this is cut.
const VALUE_MAX: usize = 30;

pub(super) fn draw(canvas: &mut Canvas<'_>, scene: &Scene<'_>) {
    let objects = scene.objects_or("value", |object| !object.kind.is_primitive());
    let places = places(scene, &objects);
    let threads = scene.threads("threads");
    if places.is_empty() {
        return graph::draw(canvas, scene);
    }
    let (width, height) = (canvas.width(), canvas.height());
    let cards = narrow(threads.len()).saturating_mul(CARD_WIDTH + 1) <= width + 1;
    let boxes = VALUE_HEIGHT + WIRE_HEIGHT + CARD_HEIGHT + 1;
    if cards && height >= boxes && !threads.is_empty() {
        return tall(canvas, scene, &places, &threads);
    }
    let rows = narrow(threads.len());
    let spare = height.saturating_sub(rows.min(3) + 1);
    if spare < VALUE_HEIGHT && height >= VALUE_HEIGHT && taken(scene, &places) + SIDE_WIDTH <= width {
        return beside_the_table(canvas, scene, &places, &threads);
    }
    let below = if spare >= VALUE_HEIGHT && width >= 24 {
        values(canvas, scene, 0, &places);
        VALUE_HEIGHT
    } else {
        line_of_values(canvas, scene, &places);
        1
    };
    // What was lost has a line of its own at the bottom when everything else has one as well.
    rest(&mut canvas.part(Rect::new(0, below, width, height - below)), scene, &places, &threads);
}

/// The table of the copies, and what was lost in the last line.
fn rest(canvas: &mut Canvas<'_>, scene: &Scene<'_>, places: &[Place], threads: &[ThreadId]) {
    let (width, height) = (canvas.width(), canvas.height());
    let note = loss_line(scene, places).filter(|_| height > 1);
    let end = height.saturating_sub(u16::from(note.is_some()));
    table_of_copies(&mut canvas.part(Rect::new(0, 0, width, end)), scene, places, threads);
    if let Some(note) = note {
        canvas.spans(0, height - 1, width, &[note]);
    }
}

/// How many cells the boxes of the values take side by side.
fn taken(scene: &Scene<'_>, places: &[Place]) -> u16 {
    places.iter().fold(0u16, |used, place| used.saturating_add(box_width(place, scene) + 1)).saturating_sub(1)
}

/// The value on the left and the threads on the right, where the area is low.
fn beside_the_table(canvas: &mut Canvas<'_>, scene: &Scene<'_>, places: &[Place], threads: &[ThreadId]) {
    let (width, height) = (canvas.width(), canvas.height());
    let taken = taken(scene, places);
    let top = height.saturating_sub(VALUE_HEIGHT).min(2) / 2;
    values(&mut canvas.part(Rect::new(0, top, taken, VALUE_HEIGHT)), scene, 0, places);
    rest(&mut canvas.part(Rect::new(taken + 2, 0, width - taken - 2, height)), scene, places, threads);
}

// ---- values ----

/// How wide the box of a value is.
fn box_width(place: &Place, scene: &Scene<'_>) -> u16 {
    let name = text::width(&text::safe(&place.name)).min(VALUE_MAX);
    let value = text::width(&value_of(place, scene)).min(VALUE_MAX);
    narrow((name + 4).max(value + 4).max(9))
}

fn value_of(place: &Place, scene: &Scene<'_>) -> String {
    place
        .value
        .as_ref()
        .map_or_else(|| scene.glyphs.none.to_owned(), |value| text::safe(&value.to_string()).into_owned())
}

/// Boxes with the values, side by side in the middle, as many as fit. Gives the column of the middle of the first.
fn values(canvas: &mut Canvas<'_>, scene: &Scene<'_>, y: u16, places: &[Place]) -> u16 {
    let width = canvas.width();
    let widths: Vec<u16> = places.iter().map(|place| box_width(place, scene)).collect();
    let mut fitting = 0;
    let mut used = 0u16;
    // The widest ones decide, so that boxes do not come and go with what happens.
    let widest = widths.iter().copied().max().unwrap_or(1);
    let even = width / widest.max(1);
    for box_width in &widths {
        if used.saturating_add(*box_width) > width {
            break;
        }
        used += box_width + 1;
        fitting += 1;
    }
    if fitting < places.len() {
        fitting = usize::from(even.max(1)).min(places.len());
    }
    let shown = pick(places.len(), fitting, |index| heat(scene, &places[index]));
    let used: u16 = shown.iter().map(|index| widths[*index]).sum::<u16>() + narrow(shown.len()).saturating_sub(1);
    let mut x = width.saturating_sub(used) / 2;
    let first = x + shown.first().map_or(0, |index| widths[*index] / 2);
    for index in &shown {
        value_box(canvas, scene, Rect::new(x, y, widths[*index], VALUE_HEIGHT), &places[*index]);
        x = x.saturating_add(widths[*index] + 1);
    }
    if let [place] = places {
        beside(canvas, scene, x, y, place);
    } else if shown.len() < places.len() {
        canvas.put(x, y + 1, &table::more(scene, places.len() - shown.len()), scene.style(Slot::Dim));
    }
    first
}

/// When somebody touched the place last.
fn heat(scene: &Scene<'_>, place: &Place) -> u64 {
    let threads = scene.model.threads.iter();
    threads
        .filter_map(|thread| place.memory(scene, thread.id))
        .map(|memory| u64::from(memory.step.0))
        .max()
        .unwrap_or(0)
}

fn value_box(canvas: &mut Canvas<'_>, scene: &Scene<'_>, area: Rect, place: &Place) {
    let new = place.is_new(scene);
    let (style, edge) = if new {
        (scene.style(Slot::Changed).add_modifier(Modifier::BOLD), scene.style(Slot::Changed))
    } else {
        (scene.style(Slot::Text).add_modifier(Modifier::BOLD), scene.style(Slot::Border))
    };
    canvas.boxed(area, edge);
    canvas.put_within(area.x + 1, area.y, area.width - 2, &format!(" {} ", place.name), scene.style(Slot::Title));
    let value = value_of(place, scene);
    let value = text::fit_middle(&value, usize::from(area.width - 2), scene.glyphs.cut);
    canvas.centred(area.x + 1, area.y + 1, area.width - 2, &value, style);
}

/// Beside the only value: who stored it, and how many stores were lost.
fn beside(canvas: &mut Canvas<'_>, scene: &Scene<'_>, x: u16, y: u16, place: &Place) {
    let Some(sight) = place.sight(scene) else { return };
    if let Some((thread, _)) = sight.written() {
        let by = scene.words.with("register-stored-by", &[("thread", thread.letter().into())]);
        let room = canvas.width().saturating_sub(x);
        // Half a sentence says nothing.
        if text::width(&by) <= usize::from(room) {
            canvas.put(x, y + 1, &by, scene.thread_style(thread));
        }
    }
    if sight.losses() > 0 {
        let lost = scene.words.with("register-lost", &[("n", sight.losses().into())]);
        if text::width(&lost) <= usize::from(canvas.width().saturating_sub(x)) {
            canvas.put(x, y + 2, &lost, scene.style(Slot::Error));
        }
    }
}

/// The values in one line, where there is no room for boxes.
fn line_of_values(canvas: &mut Canvas<'_>, scene: &Scene<'_>, places: &[Place]) {
    let mut spans = Vec::new();
    for place in places {
        let slot = if place.is_new(scene) { Slot::Changed } else { Slot::Text };
        spans.push(Span::new(format!("{} = ", place.name), scene.style(Slot::Title)).kept());
        spans.push(Span::new(value_of(place, scene), scene.style(slot).add_modifier(Modifier::BOLD)));
        spans.push(Span::new("  ", scene.style(Slot::Text)).kept());
    }
    let spans = table::squeezed(spans, usize::from(canvas.width()) + 2, scene.glyphs.cut);
    canvas.spans(0, 0, canvas.width(), &spans);
}

// ---- copies ----

/// The copies of a thread, the newest first, each with its place where there are several places. An old one says so.
fn copies(scene: &Scene<'_>, places: &[Place], thread: ThreadId) -> Vec<Vec<Span>> {
    let memories = places.iter().filter_map(|place| Some((place, place.memory(scene, thread)?)));
    let mut known: Vec<_> =
        memories.filter_map(|(place, memory)| Some((place, memory, memory.copy.as_ref()?))).collect();
    known.sort_by_key(|(_, memory, _)| std::cmp::Reverse(memory.step));
    // Of a long copy the middle goes first; whose it is, and that it is old, is always said.
    let shown = known.into_iter().map(|(place, _, copy)| {
        let old = is_old(scene, place, thread);
        let style = if old { scene.style(Slot::Warning) } else { scene.thread_style(thread) };
        let name = (places.len() > 1).then(|| Span::new(format!("{} = ", place.name), style).kept());
        let mark = format!(" {} {}", scene.glyphs.warning, scene.t("register-old"));
        let mark = old.then(|| Span::new(mark, style).kept());
        name.into_iter().chain([Span::new(copy.to_string(), style)]).chain(mark).collect()
    });
    shown.collect()
}

/// True when the thread's copy is out of date.
fn is_old(scene: &Scene<'_>, place: &Place, thread: ThreadId) -> bool {
    place.sight(scene).is_some_and(|sight| sight.unseen_by(thread).is_some())
}

/// True when the thread is about to store over what it has never seen.
fn warns(scene: &Scene<'_>, places: &[Place], thread: ThreadId) -> bool {
    let pending = scene.model.thread(thread).and_then(|view| view.pending.as_ref());
    let Some(action @ Action::Write { .. }) = pending else { return false };
    places.iter().find(|place| place.is_of(action)).is_some_and(|place| is_old(scene, place, thread))
}

/// What the thread is about to do.
fn next(scene: &Scene<'_>, places: &[Place], thread: ThreadId, cells: usize) -> Vec<Span> {
    let mut spans = plan(scene, thread, cells);
    if warns(scene, places, thread) {
        for span in &mut spans {
            span.style = scene.style(Slot::Warning);
        }
    }
    spans
}

fn table_of_copies(canvas: &mut Canvas<'_>, scene: &Scene<'_>, places: &[Place], threads: &[ThreadId]) {
    let row = |thread: &ThreadId| {
        let mut copies = copies(scene, places, *thread).join(&Span::new("  ", scene.style(Slot::Text)).kept());
        if copies.is_empty() {
            copies.push(Span::new(scene.glyphs.none, scene.style(Slot::Dim)));
        }
        Row { thread: *thread, cells: vec![copies], warns: warns(scene, places, *thread) }
    };
    let rows: Vec<Row> = threads.iter().map(row).collect();
    table::draw(canvas, scene, 0, &["register-copy", "register-next"], &rows, |thread| {
        let copy = places.iter().filter_map(|place| place.memory(scene, thread)).any(|memory| memory.copy.is_some());
        table::weight(scene, thread) | (u64::from(copy) << 39)
    });
}

/// What the last step lost.
fn loss_line(scene: &Scene<'_>, places: &[Place]) -> Option<Span> {
    let mut lost = places.iter().filter_map(|place| place.sight(scene).and_then(Sight::lost));
    let now = lost.rfind(|loss| loss.step == scene.model.step)?;
    Some(Span::new(loss_text(scene, now), scene.style(Slot::Error)))
}

fn loss_text(scene: &Scene<'_>, loss: &Loss) -> String {
    let (by, of, value) = (loss.by.letter(), loss.of.letter(), loss.value.to_string());
    scene.words.with("register-loss", &[("by", by.into()), ("of", of.into()), ("value", value.into())])
}

// ---- boxes ----

fn tall(canvas: &mut Canvas<'_>, scene: &Scene<'_>, places: &[Place], threads: &[ThreadId]) {
    let (width, height) = (canvas.width(), canvas.height());
    let count = narrow(threads.len());
    let widest = threads.iter().map(|thread| card_width(scene, places, *thread)).max().unwrap_or(CARD_WIDTH);
    let card = ((width + 1) / count - 1).min(widest.max(CARD_WIDTH));
    let used = count * (card + 1) - 1;
    let lines = threads.iter().map(|thread| copies(scene, places, *thread).len()).max().unwrap_or(1);
    let spare = height.saturating_sub(VALUE_HEIGHT + WIRE_HEIGHT + CARD_HEIGHT + 1);
    let more = narrow(lines.clamp(1, COPIES_MAX) - 1).min(spare);
    let high = CARD_HEIGHT + more;
    let top = (spare - more).min(4) / 2;
    let left = (width - used) / 2;
    let cards = top + VALUE_HEIGHT + WIRE_HEIGHT;
    // A wire that goes straight down looks better than one with a step in it.
    let centres = (0..count).map(|index| left + index * (card + 1) + card / 2);
    let middle = centres.into_iter().find(|centre| centre.abs_diff(width / 2) <= 1).unwrap_or(width / 2);
    wires(canvas, scene, (middle, top + VALUE_HEIGHT), (left, card), threads);
    values(canvas, scene, top, places);
    for (index, thread) in (0..).zip(threads) {
        let area = Rect::new(left + index * (card + 1), cards, card, high);
        card_of(canvas, scene, area, places, *thread);
    }
    if let Some(note) = loss_line(scene, places) {
        let spans = [note];
        let x = width.saturating_sub(narrow(width_of(&spans))) / 2;
        canvas.spans(x, cards + high, width, &spans);
    }
}

/// How wide a thread's box would like to be.
fn card_width(scene: &Scene<'_>, places: &[Place], thread: ThreadId) -> u16 {
    let copies = copies(scene, places, thread);
    let copy =
        copies.iter().map(|copy| width_of(copy)).max().unwrap_or(0) + text::width(&scene.t("register-has-read")) + 1;
    narrow(copy.max(width_of(&next(scene, places, thread, usize::MAX))).max(scene.tag_width(thread) + 2) + 4)
        .min(CARD_WIDTH_MAX)
}

/// From the values to the threads; the way to the one that touched them last is emphasised, with the direction.
fn wires(
    canvas: &mut Canvas<'_>,
    scene: &Scene<'_>,
    (middle, y): (u16, u16),
    (left, card): (u16, u16),
    threads: &[ThreadId],
) {
    let bus = y;
    let column = |index: u16| left + index * (card + 1) + card / 2;
    let count = narrow(threads.len());
    let plain = scene.style(Slot::Border);
    // One line back and forth, so that its parts join.
    let mut points = vec![(middle, y.saturating_sub(1)), (middle, bus)];
    for index in 0..count {
        points.extend([(column(index), bus), (column(index), bus + 2), (column(index), bus)]);
    }
    canvas.wire(&points, plain);
    let Some(at) = (0..count).zip(threads).find(|(_, thread)| scene.is_last(**thread)) else { return };
    let Some(stored) = moved(scene, *at.1) else { return };
    let style = scene.thread_style(*at.1);
    let sign = if stored { scene.glyphs.up } else { scene.glyphs.down };
    canvas.put_within(column(at.0), bus + 1, 1, sign, style);
}

/// Whether the thread stored (true) or read (false) in the last step, if it did either.
fn moved(scene: &Scene<'_>, thread: ThreadId) -> Option<bool> {
    let memory = &scene.model.thread(thread)?.memory;
    let place = memory.places().iter().rfind(|place| place.step == scene.model.step)?;
    let object = scene.model.object(place.object).filter(|object| !object.kind.is_primitive())?;
    let sight = place.key.as_ref().and_then(|key| object.field_of(key)).map_or(&object.sight, |field| &field.sight);
    Some(sight.written().is_some_and(|(_, step)| step == scene.model.step))
}

fn card_of(canvas: &mut Canvas<'_>, scene: &Scene<'_>, area: Rect, places: &[Place], thread: ThreadId) {
    let edge = if scene.is_last(thread) { scene.thread_style(thread) } else { scene.style(Slot::Border) };
    canvas.boxed(area, edge);
    let room = area.width - 2;
    let tag = format!("{}{} ", scene.mark(thread), scene.tag(thread, usize::from(room).saturating_sub(2)));
    canvas.put_within(area.x + 1, area.y, room, &tag, scene.thread_style(thread));
    let read = Span::new(format!("{} ", scene.t("register-has-read")), scene.style(Slot::Dim)).kept();
    let last = area.bottom() - 2;
    let cells = usize::from(room).saturating_sub(2);
    for (y, copy) in (area.y + 1..last).zip(copies(scene, places, thread)) {
        let told: Vec<Span> = std::iter::once(read.clone()).chain(copy.iter().cloned()).collect();
        let told = table::squeezed(told, cells, scene.glyphs.cut);
        // Where there is little room the box says well enough whose copy it is.
        let copy = if width_of(&told) <= cells { told } else { table::squeezed(copy, cells, scene.glyphs.cut) };
        canvas.spans(area.x + 2, y, room - 1, &copy);
    }
    canvas.spans(area.x + 2, last, room - 1, &next(scene, places, thread, usize::from(room).saturating_sub(2)));
}
