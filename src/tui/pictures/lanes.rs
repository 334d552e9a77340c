//! A lane for each thread, and where on it the thread is.
//!
//! ```text
//!                    hut          top
//!                 2 of 3 there  0 of 3 there
//!  A Ada     ─────────────A◌│··········│·····
//!  B Bob     ─────────────B◌│··········│·····
//! ▸C Cem     ────C▸·········│··········│·····
//! ```
//!
//! Across all lanes stand the gates: whatever threads may have to wait at. A thread stands before a gate when it is about
//! to go through it or waits there, and behind it when it has. Whoever has the lock of a condition is still at it: it may
//! wait, and has come through when it gives the lock back. So a thread goes to the left only when it comes by again. Where
//! there are no gates the lane is the function that the thread is in, from its first line to its last.

use super::canvas::{narrow, width_of};
use super::table::{self, pick, plan};
use super::{Canvas, Scene, Span};
use crate::event::{Action, ObjectKind, ObjectState, ThreadState};
use crate::ids::{ObjectId, Step, ThreadId};
use crate::model::{ObjectView, Remembered, ThreadView};
use crate::tui::text;
use crate::tui::theme::Slot;
use ratatui::style::Modifier;

/// The least width between two gates.
const GATE_WIDTH: u16 = 7;
/// From this width on each lane has the plan of its thread beside it.
const PLAN_WIDTH: u16 = 76;

/// Where the gates stand.
struct Track {
    /// The first column of the lanes, and how many cells they have.
    left: u16,
    length: u16,
    gates: Vec<ObjectId>,
}

impl Track {
    /// The column of a gate.
    fn post(&self, gate: usize) -> u16 {
        let (gate, count) = (u32::try_from(gate).unwrap_or(0), u32::try_from(self.gates.len()).unwrap_or(0));
        self.left + narrow((u32::from(self.length) * (gate + 1) / (count + 1)) as usize)
    }

    /// The last column.
    fn end(&self) -> u16 {
        self.left + self.length.saturating_sub(1)
    }

    /// The column in the middle between the gate before and this one.
    fn between(&self, gate: usize) -> u16 {
        let before = gate.checked_sub(1).map_or(self.left, |before| self.post(before));
        let behind = if gate < self.gates.len() { self.post(gate) } else { self.end() };
        u16::midpoint(before, behind)
    }
}

pub(super) fn draw(canvas: &mut Canvas<'_>, scene: &Scene<'_>) {
    let threads = lanes(scene);
    let (width, height) = (canvas.width(), canvas.height());
    let tags = threads.iter().take(200).map(|thread| scene.tag_width(*thread)).max().unwrap_or(1);
    let tag = tags.min(usize::from(width / 4)).max(1);
    let tag = threads.iter().take(200).map(|thread| text::width(&scene.tag(*thread, tag))).max().unwrap_or(1);
    let left = narrow(tag) + 2;
    let plans = if width >= PLAN_WIDTH { width * 2 / 5 } else { 0 };
    let length = width.saturating_sub(left + plans);
    let mut gates = gates(scene);
    let room = usize::from(length / GATE_WIDTH);
    if gates.len() > room {
        let kept = pick(gates.len(), room, |index| heat(scene, gates[index]));
        gates = kept.into_iter().map(|index| gates[index]).collect();
    }
    let track = Track { left, length, gates };
    let heads = heads(canvas, scene, &track, threads.len());
    let rows = usize::from(height - heads);
    let shown = if threads.len() <= rows { threads.len() } else { rows.saturating_sub(1) };
    let kept = pick(threads.len(), shown, |index| table::weight(scene, threads[index]));
    let gap = if rows > threads.len() * 2 { 2 } else { 1 };
    let mut y = heads;
    for index in kept {
        lane(canvas, scene, y, &track, threads[index], tag);
        if plans > 0 {
            canvas.spans(
                track.end() + 3,
                y,
                plans.saturating_sub(3),
                &plan(scene, threads[index], usize::from(plans.saturating_sub(3))),
            );
        }
        if gap > 1 && y + 1 < height {
            posts(canvas, scene, y + 1, &track);
        }
        y += gap;
    }
    if shown < threads.len() && y < height {
        canvas.put(0, y, &table::more(scene, threads.len() - shown), scene.style(Slot::Dim));
    }
}

/// Those who have a lane: without gates the main thread as well, which starts the others and waits for their end.
fn lanes(scene: &Scene<'_>) -> Vec<ThreadId> {
    let mut threads = scene.threads("lanes");
    if !scene.is_named("lanes") && gates(scene).is_empty() && !threads.contains(&ThreadId::MAIN) {
        threads.insert(0, ThreadId::MAIN);
    }
    threads
}

fn gates(scene: &Scene<'_>) -> Vec<ObjectId> {
    let usual = |kinds: &[ObjectKind]| scene.objects_or("gates", |object| kinds.contains(&object.kind));
    let gates = usual(&[ObjectKind::Barrier, ObjectKind::Event]);
    if gates.is_empty() {
        return usual(&[ObjectKind::Semaphore, ObjectKind::BoundedSemaphore, ObjectKind::Condition]);
    }
    gates
}

fn heat(scene: &Scene<'_>, object: ObjectId) -> u64 {
    scene.model.object(object).and_then(|object| object.last).map_or(0, |(_, step)| u64::from(step.0) + 1)
}

// ---- gates ----

/// The names of the gates and their states above them, as far as there is room beside the lanes. Gives the row below.
fn heads(canvas: &mut Canvas<'_>, scene: &Scene<'_>, track: &Track, lanes: usize) -> u16 {
    let spare = canvas.height().saturating_sub(narrow(lanes.min(3)));
    let rows = if track.gates.is_empty() { 0 } else { spare.min(2) };
    let cells = track.length / (narrow(track.gates.len()) + 1);
    for (index, gate) in track.gates.iter().enumerate() {
        let x = track.post(index).saturating_sub(cells / 2);
        let Some(object) = scene.model.object(*gate) else { continue };
        let room = cells.saturating_sub(1);
        if rows > 0 {
            let name = scene.name(*gate);
            let name = text::fit_middle(&name, usize::from(room), scene.glyphs.cut);
            canvas.centred(x, 0, room, &name, scene.object_style(*gate).add_modifier(Modifier::BOLD));
        }
        if rows > 1 {
            let state = state(scene, object, usize::from(room));
            let state = text::fit_middle(&state, usize::from(room), scene.glyphs.cut);
            canvas.centred(x, 1, room, &state, scene.style(Slot::Dim));
        }
    }
    rows
}

/// What a gate is like, in so many cells: who holds a lock, how many wait for a condition, what else there is to say.
fn state(scene: &Scene<'_>, object: &ObjectView, cells: usize) -> String {
    let told = match object.state {
        ObjectState::Condition { .. } => scene.words.with("lanes-waiting", &[("n", object.waiters.len().into())]),
        _ => scene.words.object_state(object, scene.model),
    };
    // Who is at a condition without waiting has its lock.
    let owner = matches!(object.state, ObjectState::Condition { .. })
        .then(|| scene.model.object(scene.model.lock_of(object.id))?.owner())
        .flatten()
        .map(|owner| format!("{told} {} {}", scene.glyphs.held_by, owner.letter()));
    if let Some(told) = owner.filter(|told| text::width(told) <= cells) {
        return told;
    }
    if text::width(&told) <= cells {
        return told;
    }
    match object.state {
        ObjectState::Lock { owner: Some(owner), .. } => format!("{} {}", scene.glyphs.held_by, owner.letter()),
        ObjectState::Barrier { parties, broken: false } => format!("{}/{parties}", object.waiters.len()),
        _ => told,
    }
}

/// The posts of the gates between two lanes.
fn posts(canvas: &mut Canvas<'_>, scene: &Scene<'_>, y: u16, track: &Track) {
    for (index, gate) in track.gates.iter().enumerate() {
        canvas.put_within(track.post(index), y, 1, scene.glyphs.separator, post_style(scene, *gate));
    }
}

fn post_style(scene: &Scene<'_>, gate: ObjectId) -> ratatui::style::Style {
    if scene.is_touched(gate) { scene.style(Slot::Changed) } else { scene.style(Slot::Border) }
}

// ---- lanes ----

fn lane(canvas: &mut Canvas<'_>, scene: &Scene<'_>, y: u16, track: &Track, thread: ThreadId, tag: usize) {
    let x = canvas.put(0, y, scene.mark(thread), scene.style(Slot::Now));
    canvas.spans(x, y, narrow(tag), &[scene.tag_span(thread, tag)]);
    let Some(view) = scene.model.thread(thread) else { return };
    if track.length < 3 {
        return;
    }
    let here = spot(scene, track, view);
    let (behind, before) = (scene.thread_style(thread), scene.style(Slot::Dim));
    for x in track.left..=track.end() {
        let (sign, style) = if x < here { (scene.glyphs.rule, behind) } else { (scene.glyphs.slept, before) };
        canvas.put_within(x, y, 1, sign, style);
    }
    for (index, gate) in track.gates.iter().enumerate() {
        // Past a gate that is none of the thread's the lane goes on.
        if track.post(index) > here || passed(view, *gate).next().is_some() {
            canvas.put_within(track.post(index), y, 1, scene.glyphs.separator, post_style(scene, *gate));
        }
        let times = passed(view, *gate).map(|place| place.times).max().unwrap_or(0);
        // Whoever comes by again has a number there.
        if times > 1 {
            let shown = times.to_string();
            canvas.put_within(track.post(index) + 1, y, narrow(shown.len()), &shown, before);
        }
    }
    let marker = [
        Span::new(thread.letter(), scene.thread_style(thread).add_modifier(Modifier::BOLD)),
        Span::new(scene.glyphs.state(view.state), scene.theme.state(view.state)),
    ];
    let cells = narrow(width_of(&marker));
    let last = (track.end() + 1).saturating_sub(cells);
    canvas.spans(here.min(last).max(track.left), y, cells, &marker);
}

/// What the thread remembers of having gone through a gate.
fn passed(view: &ThreadView, gate: ObjectId) -> impl Iterator<Item = &Remembered> {
    view.memory.places().iter().filter(move |place| place.object == gate && place.times > 0)
}

/// The column where the thread stands.
fn spot(scene: &Scene<'_>, track: &Track, view: &ThreadView) -> u16 {
    let marker = narrow(view.id.letter().len()) + 1;
    if matches!(view.state, ThreadState::Finished) {
        return track.end();
    }
    if view.state == ThreadState::New || (view.steps == 0 && view.pending.is_none()) {
        return track.left;
    }
    if track.gates.is_empty() {
        let (done, all) = progress(scene, view);
        let way = usize::from(track.length.saturating_sub(marker + 1));
        return track.left + narrow(way * done / all.max(1));
    }
    let newest =
        track.gates.iter().enumerate().filter_map(|(index, gate)| Some((came_to(scene, view, *gate)?, index))).max();
    let newest = newest.map(|(_, gate)| gate);
    let at = stands_before(scene, track, view).filter(|gate| {
        // Whoever goes on with the values it has come to does not go back for that.
        let is_data = scene.model.object(track.gates[*gate]).is_some_and(|gate| !gate.kind.is_primitive());
        !(is_data && newest == Some(*gate))
    });
    if let Some(gate) = at.or_else(|| stands_at(scene, track, view)) {
        return track.post(gate).saturating_sub(marker);
    }
    match newest {
        Some(gate) => track.between(gate + 1),
        None if view.steps == 0 => track.left,
        None => turned_away(track, view).map_or(track.between(0), |gate| track.post(gate).saturating_sub(marker)),
    }
}

/// The last gate at which the thread has been without coming through.
fn turned_away(track: &Track, view: &ThreadView) -> Option<usize> {
    let tried = |gate: ObjectId| view.memory.of(gate, None).map(|place| place.step);
    let gates = track.gates.iter().enumerate().filter_map(|(index, gate)| Some((tried(*gate)?, index)));
    gates.max().map(|(_, gate)| gate)
}

/// Where a thread stands, how many times it has come to each gate, and whether it has the lock of one of them.
#[cfg(test)]
pub(super) type Stand = (ThreadId, u16, Vec<u32>, bool);

/// Where the threads stand.
#[cfg(test)]
pub(super) fn spots(scene: &Scene<'_>, width: u16) -> Vec<Stand> {
    let track = Track { left: 0, length: width, gates: gates(scene) };
    let views = scene.threads("lanes").into_iter().filter_map(|thread| scene.model.thread(thread));
    let times = |view: &ThreadView, gate: ObjectId| passed(view, gate).map(|place| place.times).sum::<u32>();
    let all = views.map(|view| {
        let times = track.gates.iter().map(|gate| times(view, *gate) + times(view, scene.model.lock_of(*gate)));
        (view.id, spot(scene, &track, view), times.collect(), stands_at(scene, &track, view).is_some())
    });
    all.collect()
}

/// The step in which the thread last went through the gate, or took the lock of the condition that is the gate.
fn came_to(scene: &Scene<'_>, view: &ThreadView, gate: ObjectId) -> Option<Step> {
    let lock = Some(scene.model.lock_of(gate)).filter(|lock| *lock != gate);
    let places = passed(view, gate).chain(lock.into_iter().flat_map(|lock| passed(view, lock)));
    places.map(|place| place.step).max()
}

/// The gate with this lock: of several, the one that the thread went through last.
fn gate_of(scene: &Scene<'_>, track: &Track, view: &ThreadView, lock: ObjectId) -> Option<usize> {
    let gates = || (0..).zip(&track.gates).filter(|(_, gate)| scene.model.lock_of(**gate) == lock);
    let last = gates().filter_map(|(index, gate)| Some((passed(view, *gate).map(|place| place.step).max()?, index)));
    last.max().map(|(_, index)| index).or_else(|| gates().next().map(|(index, _)| index))
}

/// The condition whose lock the thread has.
fn stands_at(scene: &Scene<'_>, track: &Track, view: &ThreadView) -> Option<usize> {
    let is_condition = |gate: &usize| {
        let view = scene.model.object(track.gates[*gate]);
        view.is_some_and(|view| matches!(view.state, ObjectState::Condition { .. }))
    };
    view.holds.iter().rev().find_map(|(held, _)| gate_of(scene, track, view, *held).filter(is_condition))
}

/// The gate that the thread is about to go through, or waits at.
fn stands_before(scene: &Scene<'_>, track: &Track, view: &ThreadView) -> Option<usize> {
    let place = |object: ObjectId| track.gates.iter().position(|gate| *gate == object);
    if let ThreadState::Blocked { on } | ThreadState::Waiting { on } = view.state
        && let Some(gate) = place(on)
    {
        return Some(gate);
    }
    let pending = view.pending.as_ref()?;
    let goes_through = matches!(
        pending,
        Action::Acquire { .. }
            | Action::Wait { .. }
            | Action::Reacquire { .. }
            | Action::EventWait { .. }
            | Action::BarrierWait { .. }
            | Action::Get { .. }
            | Action::Put { .. }
            | Action::QueueJoin { .. }
            | Action::Read { .. }
            | Action::Write { .. }
            | Action::Call { .. }
    );
    let object = pending.object().filter(|_| goes_through)?;
    place(object).or_else(|| gate_of(scene, track, view, scene.model.lock_of(object)))
}

/// How many lines of its function the thread has behind it, and how many there are.
fn progress(scene: &Scene<'_>, view: &ThreadView) -> (usize, usize) {
    let lines: Vec<&str> = scene.source.text.lines().collect();
    let indent = |line: &str| line.len() - line.trim_start().len();
    let at = (view.line as usize).saturating_sub(1).min(lines.len().saturating_sub(1));
    let mut level = lines.get(at).map_or(0, |line| indent(line));
    let mut first = 0;
    for (index, line) in lines.iter().enumerate().take(at).rev() {
        if line.trim().is_empty() || indent(line) >= level {
            continue;
        }
        level = indent(line);
        if line.trim_start().starts_with("def ") {
            first = index;
            break;
        }
    }
    let is_inside = |line: &&&str| line.trim().is_empty() || indent(line) > level;
    let length = if first == 0 {
        lines.len()
    } else {
        let body = lines[first + 1..].iter().take_while(is_inside).collect::<Vec<_>>();
        body.iter().rposition(|line| !line.trim().is_empty()).map_or(1, |last| last + 2)
    };
    (at.saturating_sub(first), length)
}
