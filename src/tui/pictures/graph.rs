//! Threads and objects: who holds what, who waits for what. The picture of every program that names no other.
//!
//! Each object has a row, with who waits for it on its left and who holds it on its right. A circle of waits comes
//! first, drawn as one. A program without primitives shows its threads and the values they share. Where there is not
//! room for everything, those who wait come before those who hold, and the rest is counted.

use super::canvas::{narrow, width_of};
use super::cycle::{self, Holdings, Node};
use super::{Canvas, Scene, Span};
use crate::event::{ObjectKind, ObjectState, ThreadState};
use crate::ids::{ObjectId, ThreadId};
use crate::model::{ObjectView, ThreadView};
use crate::tui::text;
use crate::tui::theme::Slot;
use ratatui::layout::Rect;
use ratatui::style::Modifier;

pub(super) fn draw(canvas: &mut Canvas<'_>, scene: &Scene<'_>) {
    let holdings = cycle::holdings(scene);
    let objects = scene.objects_or("objects", |object| object.kind.is_primitive());
    if let Some(nodes) = cycle::circle(scene, &holdings) {
        circle(canvas, scene, &nodes);
    } else if objects.is_empty() {
        values(canvas, scene);
    } else {
        let y = net(canvas, scene, &objects, &holdings);
        rest(canvas, scene, y);
    }
}

// ---- a circle ----

/// Draws the circle with its title, and everybody who is not in it: below it, or beside it where the circle leaves no row
/// free.
fn circle(canvas: &mut Canvas<'_>, scene: &Scene<'_>, nodes: &[Node]) {
    let key = if cycle::is_timed(scene, nodes) { "net-circle-timed" } else { "net-circle" };
    let title = [scene.t(key), scene.t("net-circle-short")];
    let fits = |title: &&String| text::width(title) <= usize::from(canvas.width());
    let title = title.iter().find(fits).unwrap_or(&title[1]).clone();
    canvas.centred(0, 0, canvas.width(), &title, scene.style(Slot::Error).add_modifier(Modifier::BOLD));
    let (width, height) = (canvas.width(), canvas.height());
    let others = others(scene, nodes);
    let kept = narrow(others.len()).min(OTHERS_BELOW);
    if let Some(y) = height.checked_sub(kept).and_then(|end| cycle::draw(canvas, scene, nodes, 1, end)) {
        return list_of(canvas, scene, &others, width, y);
    }
    let cells = others.iter().take(OTHERS_BESIDE).map(|thread| width_of(&of_other(scene, thread, width)));
    let cells = narrow(cells.max().unwrap_or(0));
    if let Some(left) = width.checked_sub(cells + 2) {
        let mut part = canvas.part(Rect { x: 0, y: 0, width: left, height });
        if cycle::draw(&mut part, scene, nodes, 1, height).is_some() {
            let mut part = canvas.part(Rect { x: left + 1, y: 0, width: cells + 1, height });
            return list_of(&mut part, scene, &others, cells + 1, 1);
        }
    }
    let y = bracket(canvas, scene, nodes, height - kept.min(height.saturating_sub(2)));
    list_of(canvas, scene, &others, width, y);
}

/// For so many of those who are not in the circle rows are kept free below it.
const OTHERS_BELOW: u16 = 3;

/// No more of them decide how wide the column beside it is.
const OTHERS_BESIDE: usize = 20;

/// The circle as a list whose end leads back to its beginning, before row `end`; gives the row after it.
fn bracket(canvas: &mut Canvas<'_>, scene: &Scene<'_>, nodes: &[Node], end: u16) -> u16 {
    let threads = cycle::threads(nodes);
    let (top, room) = (1, usize::from(end.saturating_sub(1)));
    let shown = if threads.len() <= room { threads.len() } else { room.saturating_sub(1) };
    let rows = narrow(threads.len().min(room));
    let error = scene.style(Slot::Error);
    if rows > 1 {
        let last = top + rows - 1;
        canvas.wire(&[(2, top), (0, top), (0, last), (2, last)], error);
        canvas.put(2, top, scene.glyphs.right, error);
    }
    for (y, thread) in (top..).zip(threads.iter().take(shown)) {
        let Some(view) = scene.model.thread(*thread) else { continue };
        let width = canvas.width().saturating_sub(4);
        canvas.spans(4, y, width, &relations(scene, view, width));
    }
    if shown < threads.len() && room > 0 {
        let more = scene.words.with("picture-more", &[("n", (threads.len() - shown).into())]);
        canvas.put(4, top + rows - 1, &more, scene.style(Slot::Dim));
    }
    top + rows
}

/// Everybody who is not in the circle and not over: first those who wait, then those who hold something, then the rest as
/// far as the picture is about them.
fn others<'a>(scene: &Scene<'a>, nodes: &[Node]) -> Vec<&'a ThreadView> {
    let members = cycle::threads(nodes);
    let listed = scene.threads("threads");
    let rank = |thread: &ThreadView| match () {
        () if waits(thread.state) => Some(0),
        () if !thread.holds.is_empty() => Some(1),
        () if !thread.state.is_over() && listed.contains(&thread.id) => Some(2),
        () => None,
    };
    let others = scene.model.threads.iter().filter(|thread| !members.contains(&thread.id));
    let mut ranked: Vec<_> = others.filter_map(|thread| Some((rank(thread)?, thread))).collect();
    ranked.sort_by_key(|(rank, thread)| (*rank, thread.id));
    ranked.into_iter().map(|(_, thread)| thread).collect()
}

/// What one of them holds and waits for; the state of whoever does neither.
fn of_other(scene: &Scene<'_>, thread: &ThreadView, cells: u16) -> Vec<Span> {
    let mut spans = relations(scene, thread, cells);
    if !waits(thread.state) && thread.holds.is_empty() {
        spans.extend([Span::new(" ", scene.style(Slot::Text)), scene.state_span(thread.state)]);
    }
    spans
}

fn list_of(canvas: &mut Canvas<'_>, scene: &Scene<'_>, threads: &[&ThreadView], cells: u16, y: u16) {
    let rows: Vec<_> = threads.iter().map(|thread| of_other(scene, thread, cells)).collect();
    canvas.list(y, &rows, scene.words, scene.style(Slot::Dim));
}

const fn waits(state: ThreadState) -> bool {
    matches!(state, ThreadState::Blocked { .. } | ThreadState::Waiting { .. } | ThreadState::Joining { .. })
}

/// "A holds fork[0], waits for fork[1] < B": with the thread's name if all of it fits into so many cells.
fn relations(scene: &Scene<'_>, thread: &ThreadView, cells: u16) -> Vec<Span> {
    let whole = relations_of(scene, thread, 14);
    if width_of(&whole) <= usize::from(cells) { whole } else { relations_of(scene, thread, 0) }
}

fn relations_of(scene: &Scene<'_>, thread: &ThreadView, name: usize) -> Vec<Span> {
    let text = scene.style(Slot::Text);
    let mut spans = vec![Span::new(scene.mark(thread.id), scene.style(Slot::Now)), scene.tag_span(thread.id, name)];
    let mut said = false;
    if !thread.holds.is_empty() {
        let name = |object: ObjectId| match scene.times(object) {
            Some(times) => format!("{} {times}", scene.name(object)),
            None => scene.name(object),
        };
        let names: Vec<_> = thread.holds.iter().take(4).map(|(object, _)| name(*object)).collect();
        let more = if thread.holds.len() > names.len() { format!(" {}", scene.glyphs.cut) } else { String::new() };
        let names = format!("{}{more}", names.join(", "));
        spans.push(Span::new(scene.words.with("net-row-holds", &[("objects", names.into())]), text));
        said = true;
    }
    let key = |first, then| if said { then } else { first };
    match thread.state {
        ThreadState::Joining { thread } => {
            let args = [("thread", thread.letter().into())];
            spans.push(Span::new(scene.words.with(key("net-row-joins", "net-row-joins-too"), &args), text));
        }
        _ => {
            if let Some(on) = scene.waits_for(thread) {
                let args = [("object", scene.name(on).into())];
                let style = scene.style(Slot::Blocked);
                spans.push(Span::new(scene.words.with(key("net-row-waits", "net-row-waits-too"), &args), style));
                if let Some(owner) = scene.model.object(on).and_then(ObjectView::owner) {
                    spans.push(Span::new(format!(" {} ", scene.glyphs.held_by), text));
                    spans.push(Span::new(owner.letter(), scene.thread_style(owner)));
                }
            }
        }
    }
    spans
}

// ---- the net of waits ----

/// One object with its neighbours.
struct Knot {
    object: ObjectId,
    /// Its name, and its state unless it is a lock.
    label: Vec<Span>,
    waiters: Vec<ThreadId>,
    holders: Vec<ThreadId>,
}

impl Knot {
    fn of(scene: &Scene<'_>, view: &ObjectView, holdings: &Holdings) -> Knot {
        let mut label = vec![Span::new(scene.words.name(&view.name), scene.object_style(view.id))];
        if !matches!(view.state, ObjectState::Lock { .. }) {
            // Who has the lock of a condition stands in the row of that lock.
            let state = match view.state {
                ObjectState::Condition { .. } => scene.words.kind(view.kind),
                _ => scene.words.object_state(view, scene.model),
            };
            let state = format!("{}{state}", scene.t("picture-colon"));
            label.push(Span::new(state, scene.style(Slot::Text)));
        }
        let holders = match view.state {
            ObjectState::Lock { owner, .. } if view.kind != ObjectKind::RwLock => owner.into_iter().collect(),
            _ => holdings.get(&view.id).cloned().unwrap_or_default(),
        };
        Knot { object: view.id, label, waiters: view.waiters.clone(), holders }
    }

    /// What matters most comes first when there is no room for all.
    fn weight(&self) -> u8 {
        match (self.waiters.is_empty(), self.holders.is_empty()) {
            (false, _) => 0,
            (true, false) => 1,
            (true, true) => 2,
        }
    }
}

/// Where the columns of the net stand.
struct Columns {
    x: u16,
    left: u16,
    /// Cells of the arrow from a waiter to the object, and from there to its holder.
    waits: u16,
    middle: u16,
    held: u16,
    right: u16,
}

const NAME_MAX: usize = 16;

/// Draws a row for every object; gives the row after them.
fn net(canvas: &mut Canvas<'_>, scene: &Scene<'_>, objects: &[ObjectId], holdings: &Holdings) -> u16 {
    let mut knots: Vec<Knot> =
        objects.iter().filter_map(|id| scene.model.object(*id)).map(|view| Knot::of(scene, view, holdings)).collect();
    let room = canvas.height();
    let tall = narrow(knots.len()).saturating_mul(3).saturating_add(1) <= room && canvas.width() >= 50;
    let step = if tall { 3 } else { 1 };
    let shown = usize::from(room / step);
    let left_out = knots.len().saturating_sub(if knots.len() <= shown { shown } else { shown.saturating_sub(1) });
    if left_out > 0 {
        knots.sort_by_key(Knot::weight);
        knots.truncate(knots.len() - left_out);
    }
    let columns = columns(canvas.width(), scene, &knots, tall);
    let mut y = 0;
    for knot in &knots {
        knot_row(canvas, scene, knot, &columns, (y, tall));
        y += step;
    }
    if left_out > 0 {
        let more = scene.words.with("net-more-objects", &[("n", left_out.into())]);
        canvas.put(columns.x, y, &more, scene.style(Slot::Dim));
        y += 1;
    }
    y
}

fn columns(width: u16, scene: &Scene<'_>, knots: &[Knot], tall: bool) -> Columns {
    let cells = |key: &str| narrow(Span::new(scene.t(key), scene.style(Slot::Text)).width());
    let edge = if tall { 4 } else { 2 };
    let middle = knots.iter().map(|knot| narrow(width_of(&knot.label))).max().unwrap_or(0) + edge;
    let middle = middle.min(width / 2);
    let crowd = |threads: &[ThreadId]| {
        let all: usize = threads.iter().take(3).map(|thread| scene.tag_width(*thread).min(NAME_MAX) + 2).sum();
        narrow(all)
    };
    let letters = |threads: &[ThreadId]| if threads.len() > 3 { 8 } else { 2 * narrow(threads.len()) + 1 };
    let of = |cells: &dyn Fn(&[ThreadId]) -> u16, threads: fn(&Knot) -> &[ThreadId]| {
        knots.iter().map(|knot| cells(threads(knot))).max().unwrap_or(0).max(3)
    };
    let times = knots.iter().filter_map(|knot| scene.times_span(knot.object)).map(|times| narrow(times.width())).max();
    let times = times.unwrap_or(0);
    let (left, right) = (of(&crowd, |knot| &knot.waiters), of(&crowd, |knot| &knot.holders) + times);
    let least = (of(&letters, |knot| &knot.waiters), of(&letters, |knot| &knot.holders) + times);
    // The words on the arrows matter more than names do.
    let (mut waits, mut held) = (cells("net-waits") + 7, cells("net-held") + 7);
    if middle + waits + held + left + right > width {
        (waits, held) = (waits - 3, held - 3);
    }
    if middle + waits + held + least.0 + least.1 > width {
        (waits, held) = (ARROW, ARROW);
    }
    let spare = width.saturating_sub(middle + waits + held);
    let (left, right) = if left + right <= spare {
        (left, right)
    } else {
        let left = left.min(spare.saturating_sub(least.1)).min(least.0.max(spare / 2));
        (left, right.min(spare - left))
    };
    let x = width.saturating_sub(left + waits + middle + held + right) / 2;
    Columns { x, left, waits, middle, held, right }
}

/// The shortest arrow that looks like one.
const ARROW: u16 = 3;

fn knot_row(canvas: &mut Canvas<'_>, scene: &Scene<'_>, knot: &Knot, columns: &Columns, (y, tall): (u16, bool)) {
    let row = if tall { y + 1 } else { y };
    let at = columns.x + columns.left + columns.waits;
    if !knot.waiters.is_empty() {
        let spans = crowd(scene, &knot.waiters, columns.left.saturating_sub(1));
        let used = narrow(width_of(&spans)).min(columns.left.saturating_sub(1));
        canvas.spans(columns.x + columns.left.saturating_sub(1 + used), row, used, &spans);
        arrow(canvas, scene, (at - columns.waits, row, columns.waits), "net-waits", Slot::Blocked);
    }
    if tall {
        let area = Rect { x: at, y, width: columns.middle, height: 3 };
        let slot = if knot.waiters.is_empty() { Slot::Border } else { Slot::Blocked };
        canvas.boxed(area, scene.style(slot));
    }
    let inner = columns.middle.saturating_sub(2);
    let used = narrow(width_of(&knot.label)).min(inner);
    let label = at + 1 + (inner - used) / 2;
    canvas.spans(label, row, used, &knot.label);
    if scene.is_touched(knot.object) && label > 0 {
        canvas.put(label - 1, row, scene.glyphs.cursor, scene.style(Slot::Now));
    }
    let behind = at + columns.middle;
    if knot.holders.is_empty() {
        free(canvas, scene, knot, (behind, row));
    } else {
        arrow(canvas, scene, (behind, row, columns.held), "net-held", Slot::Text);
        let times = scene.times_span(knot.object);
        let taken = times.as_ref().map_or(0, |times| narrow(times.width()));
        let mut spans = crowd(scene, &knot.holders, columns.right.saturating_sub(1 + taken));
        spans.extend(times);
        canvas.spans(behind + columns.held + 1, row, columns.right.saturating_sub(1), &spans);
    }
}

/// Nobody has the lock.
fn free(canvas: &mut Canvas<'_>, scene: &Scene<'_>, knot: &Knot, (x, y): (u16, u16)) {
    if scene.model.object(knot.object).is_some_and(|view| matches!(view.state, ObjectState::Lock { .. })) {
        canvas.put(x + 1, y, &scene.t("object-free"), scene.style(Slot::Dim));
    }
}

/// An arrow to the right, with its meaning on it where there is room.
fn arrow(canvas: &mut Canvas<'_>, scene: &Scene<'_>, (x, y, cells): (u16, u16, u16), key: &str, slot: Slot) {
    let style = scene.style(slot);
    canvas.wire(&[(x, y), (x + cells - 1, y)], style);
    let text = scene.t(key);
    if narrow(Span::new(text.clone(), style).width()) + 4 <= cells {
        canvas.centred(x, y, cells - 1, &format!(" {text} "), style);
    }
    canvas.put(x + cells - 1, y, scene.glyphs.right, style);
}

/// Threads one after the other: with names if they fit, else letters, and how many more.
fn crowd(scene: &Scene<'_>, threads: &[ThreadId], cells: u16) -> Vec<Span> {
    let text = scene.style(Slot::Text);
    let named: usize = threads.iter().map(|thread| scene.tag_width(*thread).min(NAME_MAX) + 2).sum();
    let named = named.saturating_sub(2) <= usize::from(cells);
    let mut spans: Vec<Span> = Vec::new();
    let mut used = 0;
    for (index, thread) in threads.iter().enumerate() {
        let tag = scene.tag_span(*thread, if named { NAME_MAX } else { 0 });
        let between = if index == 0 {
            ""
        } else if named {
            ", "
        } else {
            " "
        };
        let more = format!("{}+{}", if index == 0 { "" } else { " " }, threads.len() - index);
        let last = index + 1 == threads.len();
        let needed = used + between.len() + tag.width() + if last { 0 } else { more.len() };
        if needed > usize::from(cells) {
            spans.push(Span::new(more, scene.style(Slot::Dim)));
            break;
        }
        used += between.len() + tag.width();
        spans.push(Span::new(between, text));
        spans.push(tag);
    }
    spans
}

/// The threads that neither wait for an object nor hold one, each with its state, in as many rows as are left.
fn rest(canvas: &mut Canvas<'_>, scene: &Scene<'_>, y: u16) {
    let idle = |thread: &&ThreadView| scene.waits_for(thread).is_none() && thread.holds.is_empty();
    let named = scene.is_named("threads").then(|| scene.threads("threads"));
    let listed = |thread: &&ThreadView| named.as_ref().is_none_or(|named| named.contains(&thread.id));
    let threads: Vec<_> = scene.model.threads.iter().filter(idle).filter(listed).collect();
    let height = canvas.height();
    let mut at = (1, y + u16::from(y + 1 < height));
    for (index, thread) in threads.iter().enumerate() {
        let left = threads.len() - index;
        let tag = scene.tag_span(thread.id, NAME_MAX).emphasised(scene.is_last(thread.id));
        let spans = [tag, Span::new(" ", scene.style(Slot::Text)), scene.state_span(thread.state)];
        let cells = narrow(width_of(&spans));
        if at.0 > 1 && at.0 + cells > canvas.width() {
            at = (1, at.1 + 1);
        }
        let last_row = at.1 + 1 >= height;
        if at.1 >= height || last_row && left > 1 && at.0 + cells + 14 > canvas.width() {
            let more = scene.words.with("picture-more", &[("n", left.into())]);
            canvas.put(at.0, at.1.min(height.saturating_sub(1)), &more, scene.style(Slot::Dim));
            return;
        }
        canvas.put(at.0 - 1, at.1, scene.mark(thread.id), scene.style(Slot::Now));
        at.0 = canvas.spans(at.0, at.1, canvas.width(), &spans) + 3;
    }
}

// ---- threads and values ----

/// The threads on the left, the shared values on the right, and an arrow to the one that was touched.
fn values(canvas: &mut Canvas<'_>, scene: &Scene<'_>) {
    let threads = scene.threads("threads");
    let values = shared(scene);
    let (width, height) = (canvas.width(), canvas.height());
    let name = if width < 60 { 10 } else { NAME_MAX };
    let views = threads.iter().filter_map(|id| scene.model.thread(*id));
    let rows: Vec<_> = views.map(|view| doing(scene, view, name)).collect();
    let lines: Vec<_> = values.iter().map(|(_, line)| line.clone()).collect();
    let widest =
        |rows: &[Vec<Span>]| narrow(rows.iter().take(usize::from(height)).map(|row| width_of(row)).max().unwrap_or(0));
    let gap = if width >= 60 { 12 } else { 4 };
    let right = widest(&lines).min(width / 2);
    let left = widest(&rows).min(width.saturating_sub(right + gap));
    let x = width.saturating_sub(left + gap + right) / 2;
    // Every second row is free where there is room.
    let apart = if 2 * narrow(rows.len().max(lines.len())) <= height { 2 } else { 1 };
    let mut put = |x: u16, cells: u16, rows: &[Vec<Span>]| {
        let area = Rect { x, y: 0, width: cells, height };
        if apart == 1 {
            canvas.part(area).list(0, rows, scene.words, scene.style(Slot::Dim));
        }
        for (y, row) in (0..height).step_by(2).zip(rows).filter(|_| apart == 2) {
            canvas.spans(x, y, cells, row);
        }
    };
    put(x, left, &rows);
    put(x + left + gap, width.saturating_sub(x + left + gap), &lines);
    let from = threads.iter().position(|thread| scene.is_last(*thread));
    let to = values.iter().position(|(object, _)| scene.is_touched(*object));
    if let (Some(from), Some(to)) = (from.map(narrow), to.map(narrow))
        && from.max(to).saturating_mul(apart) < height
    {
        let (from, to, start, end) = (from * apart, to * apart, x + left + 1, x + left + gap - 2);
        let bend = x + left + gap / 2;
        let style = scene.style(Slot::Now);
        canvas.wire(&[(start, from), (bend, from), (bend, to), (end, to)], style);
        canvas.put(end, to, scene.glyphs.right, style);
    }
}

/// A thread and what it is about to do.
fn doing(scene: &Scene<'_>, thread: &ThreadView, name: usize) -> Vec<Span> {
    let mut spans = vec![
        Span::new(scene.mark(thread.id), scene.style(Slot::Now)),
        scene.tag_span(thread.id, name),
        Span::new(" ", scene.style(Slot::Text)),
    ];
    match &thread.pending {
        Some(action) if thread.state == ThreadState::Ready => {
            spans.push(Span::new(scene.words.action(action, scene.model), scene.style(Slot::Text)));
        }
        _ => spans.push(scene.state_span(thread.state)),
    }
    spans
}

/// The shared values, each with its object.
fn shared(scene: &Scene<'_>) -> Vec<(ObjectId, Vec<Span>)> {
    let listed = scene.objects_or("objects", |object| !object.kind.is_primitive());
    let row = |variable: crate::model::Variable| {
        let value = variable.value.map_or_else(|| scene.glyphs.none.to_owned(), |value| value.to_string());
        let style = scene.object_style(variable.object);
        let emphasis = if scene.is_touched(variable.object) { Modifier::BOLD } else { Modifier::empty() };
        let name = Span::new(scene.words.name(&variable.name), scene.style(Slot::Text));
        (
            variable.object,
            vec![name, Span::new(" = ", scene.style(Slot::Dim)), Span::new(value, style.add_modifier(emphasis))],
        )
    };
    scene.model.variables().filter(|variable| listed.contains(&variable.object)).take(500).map(row).collect()
}
