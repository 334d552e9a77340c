//! Places, who is in them, and who waits outside: a car park whose barrier is a semaphore.
//!
//! ```text
//! places: 0 of 5 free
//! ┌─────────┬─────────┬─────────┬─────────┬─────────┐
//! │ A car 0 │ B car 1 │ C car 2 │ D car 3 │ E car 4 │
//! └─────────┴─────────┴─────────┴─────────┴─────────┘
//! ↑ waits: 1 G car 6, 2 F car 5
//! ```
//!
//! A car keeps the place it took. A car for which there is no place stands in one all the same, and that is seen. What a
//! thread gives back that took nothing may have been anybody's: the cars stay where they are, and how many came back that
//! way is said. A thread that is over gives nothing back; it stands there with its sign, unless somebody else has done so.

use super::canvas::{narrow, width_of};
use super::{Canvas, Scene, Span, graph};
use crate::event::{ObjectKind, ObjectState, ThreadState};
use crate::ids::{ObjectId, ThreadId};
use crate::model::{ObjectView, Places, ThreadView};
use crate::tui::theme::Slot;
use ratatui::layout::Rect;
use ratatui::style::Modifier;

/// Boxes beyond this number are counted, not drawn.
const PLACES_MAX: usize = 400;

pub(super) fn draw(canvas: &mut Canvas<'_>, scene: &Scene<'_>) {
    match scene.object_or("places", &[ObjectKind::Semaphore, ObjectKind::BoundedSemaphore]) {
        Some(semaphore) if semaphore.places.is_some() => park(canvas, scene, semaphore),
        _ => graph::draw(canvas, scene),
    }
}

/// The car park as it is.
struct Park<'a> {
    semaphore: &'a ObjectView,
    /// How many places there are meant to be.
    meant: usize,
    taken: Vec<Option<ThreadId>>,
    /// How many came back from others than those who took them.
    strays: usize,
    /// How many the semaphore still lets in.
    value: i64,
}

impl<'a> Park<'a> {
    fn of(scene: &Scene<'_>, semaphore: &'a ObjectView, places: &Places, value: i64) -> Park<'a> {
        let meant = usize::try_from(places.meant.max(0)).unwrap_or(usize::MAX);
        let (mut taken, mut strays) = (places.taken.clone(), places.strays);
        // Whose came back is not known, but who is over is in no place any more.
        for place in taken.iter_mut().filter(|place| place.is_some_and(|thread| is_over(scene, thread))) {
            let Some(fewer) = strays.checked_sub(1) else { break };
            (*place, strays) = (None, fewer);
        }
        Park { semaphore, meant, taken, strays, value }
    }

    fn inside(&self) -> usize {
        self.taken.iter().flatten().count()
    }

    /// How many places are empty, whatever the semaphore believes.
    fn empty(&self) -> usize {
        self.meant.saturating_sub(self.inside())
    }

    /// True when there is no such place: it was taken all the same.
    fn is_beyond(&self, place: usize) -> bool {
        place >= self.meant
    }
}

fn is_over(scene: &Scene<'_>, thread: ThreadId) -> bool {
    scene.model.thread(thread).is_some_and(|view| view.state.is_over())
}

fn park(canvas: &mut Canvas<'_>, scene: &Scene<'_>, semaphore: &ObjectView) {
    let (Some(places), ObjectState::Semaphore { value, .. }) = (&semaphore.places, &semaphore.state) else { return };
    let park = Park::of(scene, semaphore, places, *value);
    let y = title(canvas, scene, &park);
    let below = groups(scene, &park);
    let counted = scene.objects("inside");
    let lines = narrow(below.len() + counted.len()).clamp(1, 4);
    let y = boxes(canvas, scene, &park, (y, canvas.height().saturating_sub(lines)));
    let mut at = y;
    for (index, group) in below.iter().enumerate() {
        let left = narrow(below.len() - index - 1);
        let rows = canvas.height().saturating_sub(at).saturating_sub(left).max(1);
        at = row_of(canvas, scene, group, (at, rows));
    }
    for (y, object) in (at..canvas.height()).zip(counted) {
        count(canvas, scene, object, y);
    }
}

/// What the program itself believes who is inside.
fn count(canvas: &mut Canvas<'_>, scene: &Scene<'_>, object: ObjectId, y: u16) {
    let Some(view) = scene.model.object(object) else { return };
    let spans = [
        Span::new(scene.object_mark(object), scene.style(Slot::Now)),
        Span::new(scene.words.name(&view.name), scene.style(Slot::Text)),
        Span::new(" = ", scene.style(Slot::Dim)),
        Span::new(scene.words.object_state(view, scene.model), scene.object_style(object)),
    ];
    canvas.spans(0, y, canvas.width(), &spans);
}

// ---- what is said ----

/// How many places are free; gives the row after it.
fn title(canvas: &mut Canvas<'_>, scene: &Scene<'_>, park: &Park<'_>) -> u16 {
    let (inside, name) = (park.inside(), scene.words.name(&park.semaphore.name));
    let (meant, empty) = (park.meant, park.empty());
    let mut spans = vec![
        Span::new(scene.object_mark(park.semaphore.id), scene.style(Slot::Now)),
        Span::new(name, scene.object_style(park.semaphore.id).add_modifier(Modifier::BOLD)),
        Span::new(scene.t("picture-colon"), scene.style(Slot::Text)),
    ];
    let args = [("n", empty.into()), ("of", meant.into())];
    let free = if empty == 0 { Slot::Warning } else { Slot::Good };
    if inside > meant {
        let args = [("n", inside.into()), ("of", meant.into())];
        let text = format!("{} {}", scene.glyphs.warning, scene.words.with("slots-too-many", &args));
        spans.push(Span::new(text, scene.style(Slot::Error)));
    } else {
        spans.push(Span::new(scene.words.with("slots-free", &args), scene.style(free)));
    }
    canvas.spans(0, 0, canvas.width(), &spans);
    // The semaphore lets in more than there are places.
    if usize::try_from(park.value).is_ok_and(|value| value > empty) {
        let text = scene.words.with("slots-believes", &[("n", park.value.to_string().into())]);
        let mut spans = vec![Span::new(format!("{} {text}", scene.glyphs.warning), scene.style(Slot::Warning))];
        if park.strays > 0 {
            let text = scene.words.with("slots-strays", &[("n", park.strays.into())]);
            spans.push(Span::new(format!("  {text}"), scene.style(Slot::Dim)));
        }
        // Half of what came back says nothing.
        if width_of(&spans) >= usize::from(canvas.width()) {
            spans.truncate(1);
        }
        canvas.spans(1, 1, canvas.width(), &spans);
        return 2;
    }
    1
}

/// A heading and the threads that belong there.
struct Group {
    heading: Span,
    threads: Vec<ThreadId>,
    /// Their order means something.
    queue: bool,
}

fn groups(scene: &Scene<'_>, park: &Park<'_>) -> Vec<Group> {
    let queue: Vec<_> = park.semaphore.waiters.clone();
    let out = |thread: &&ThreadView| !park.taken.contains(&Some(thread.id)) && !queue.contains(&thread.id);
    let cars = scene.threads("cars");
    let views = || cars.iter().filter_map(|id| scene.model.thread(*id)).filter(out);
    let ids = |wanted: fn(ThreadState) -> bool| -> Vec<ThreadId> {
        views().filter(|thread| wanted(thread.state)).map(|thread| thread.id).collect()
    };
    let gone = ids(ThreadState::is_over);
    let coming = ids(|state| !state.is_over());
    let group = |key: &str, sign: &str, slot: Slot, threads: Vec<ThreadId>, queue: bool| Group {
        heading: Span::new(format!("{sign} {}", scene.t(key)), scene.style(slot)),
        threads,
        queue,
    };
    let glyphs = scene.glyphs;
    let all = [
        group("slots-queue", glyphs.up, Slot::Blocked, queue, true),
        group("slots-coming", " ", Slot::Ready, coming, false),
        group("slots-gone", glyphs.finished, Slot::Finished, gone, false),
    ];
    all.into_iter().filter(|group| group.queue || !group.threads.is_empty()).collect()
}

/// Writes a group into at most so many rows; gives the row after it.
fn row_of(canvas: &mut Canvas<'_>, scene: &Scene<'_>, group: &Group, (y, rows): (u16, u16)) -> u16 {
    let width = canvas.width();
    let dim = scene.style(Slot::Dim);
    let start = canvas.spans(0, y, width, &[group.heading.clone(), Span::new(scene.t("picture-colon"), dim)]);
    if group.threads.is_empty() {
        canvas.put(start, y, scene.glyphs.none, dim);
        return y + 1;
    }
    let total: usize = group.threads.iter().map(|thread| scene.tag_width(*thread) + 5).sum();
    let named = total <= usize::from(width.saturating_sub(start)) * usize::from(rows);
    let (mut x, mut at) = (start, y);
    for (index, thread) in group.threads.iter().enumerate() {
        let place = if group.queue { format!("{} ", index + 1) } else { String::new() };
        // Who has come to a bad end is not simply gone.
        let state = scene.model.thread(*thread).map(|view| view.state);
        let mark = match state.filter(|state| matches!(state, ThreadState::Failed | ThreadState::Killed)) {
            Some(state) => Span::new(scene.glyphs.state(state), scene.theme.state(state)),
            None => Span::new(scene.mark(*thread), scene.style(Slot::Now)),
        };
        let spans = [mark, Span::new(place, dim), scene.tag_span(*thread, if named { 16 } else { 0 })];
        let cells = narrow(width_of(&spans));
        let left = group.threads.len() - index;
        let more = format!(" +{left}");
        let last_row = at + 1 >= y + rows;
        let reserve = if last_row && left > 1 { narrow(more.len()) + 1 } else { 0 };
        if x + cells + reserve > width {
            if last_row {
                canvas.put(x, at, &more, dim);
                break;
            }
            (x, at) = (start, at + 1);
        }
        x = canvas.spans(x, at, width, &spans) + 1;
    }
    at + 1
}

// ---- the boxes ----

/// Draws the places between two rows; gives the row after them.
fn boxes(canvas: &mut Canvas<'_>, scene: &Scene<'_>, park: &Park<'_>, (y, end): (u16, u16)) -> u16 {
    let count = park.meant.max(park.taken.len()).min(PLACES_MAX);
    let room = (canvas.width(), end.saturating_sub(y));
    if count == 0 {
        return y;
    }
    let widest = park.taken.iter().flatten().map(|thread| scene.tag_width(*thread).min(12)).max().unwrap_or(1);
    let cars = scene.threads("cars");
    let widest = cars.iter().take(PLACES_MAX).map(|thread| scene.tag_width(*thread).min(12)).fold(widest, usize::max);
    let fits = |cells: u16| {
        let across = room.0.saturating_sub(1) / (cells + 1);
        let rows = room.1.saturating_sub(1) / 2;
        (usize::from(across) * usize::from(rows) >= count).then_some((cells, across))
    };
    let Some((cells, across)) = [narrow(widest) + 3, narrow(widest) + 1, 4, 3, 2].into_iter().find_map(fits) else {
        return plain(canvas, scene, park, (y, end));
    };
    let across = narrow(count).min(across);
    for place in 0..count {
        let (column, row) = (narrow(place) % across, narrow(place) / across);
        let area = Rect { x: column * (cells + 1), y: y + 2 * row, width: cells + 2, height: 3 };
        one(canvas, scene, park, place, area);
    }
    // The boxes that are too many are drawn last, so that their edges are seen whole.
    for place in (0..count).filter(|place| park.is_beyond(*place)) {
        let (column, row) = (narrow(place) % across, narrow(place) / across);
        let area = Rect { x: column * (cells + 1), y: y + 2 * row, width: cells + 2, height: 3 };
        one(canvas, scene, park, place, area);
    }
    y + 2 * narrow(count).div_ceil(across) + 1
}

fn one(canvas: &mut Canvas<'_>, scene: &Scene<'_>, park: &Park<'_>, place: usize, area: Rect) {
    let beyond = park.is_beyond(place);
    let edge = scene.style(if beyond { Slot::Error } else { Slot::Border });
    canvas.joined(area, edge);
    let inner = area.width - 2;
    match park.taken.get(place).copied().flatten() {
        Some(thread) => {
            let tag = scene.tag(thread, usize::from(inner - 1));
            canvas.centred(area.x + 2, area.y + 1, inner - 1, &tag, scene.thread_style(thread));
            let (sign, style) = match scene.model.thread(thread).map(|view| view.state).filter(|state| state.is_over())
            {
                Some(state) => (scene.glyphs.state(state), scene.theme.state(state)),
                None if beyond => (scene.glyphs.warning, scene.style(Slot::Error)),
                None => (scene.mark(thread), scene.style(Slot::Now)),
            };
            canvas.put(area.x + 1, area.y + 1, sign, style);
        }
        None => canvas.centred(area.x + 1, area.y + 1, inner, " ", scene.style(Slot::Dim)),
    }
}

/// Where there is no room for boxes: a row for each car inside.
fn plain(canvas: &mut Canvas<'_>, scene: &Scene<'_>, park: &Park<'_>, (y, end): (u16, u16)) -> u16 {
    let area = Rect { x: 0, y, width: canvas.width(), height: end.saturating_sub(y) };
    let threads: Vec<_> = park.taken.iter().flatten().copied().collect();
    let heading = Span::new(scene.t("slots-inside"), scene.style(Slot::Text));
    row_of(&mut canvas.part(area), scene, &Group { heading, threads, queue: false }, (0, area.height.max(1)));
    end
}
