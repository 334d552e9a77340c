//! A signal, who waits before it, and who has passed it: an event that is set or not.
//!
//! ```text
//!  before it 2        ┌───┐      past it 1
//!  ◌ A car 0  waiting │ ● │ red  ✓ B car 1
//!  ☾ C car 2 sleeping │ ○ │
//!                     └───┘
//! ```
//!
//! Whoever went past while the signal was red, or saw it red afterwards, has slipped through.

use super::canvas::{narrow, width_of};
use super::{Canvas, Scene, Span, graph};
use crate::event::{Action, ObjectKind, ObjectState, ThreadState};
use crate::ids::ThreadId;
use crate::model::ObjectView;
use crate::tui::theme::Slot;
use ratatui::layout::Rect;
use ratatui::style::Modifier;

pub(super) fn draw(canvas: &mut Canvas<'_>, scene: &Scene<'_>) {
    let Some(event) = scene.object_or("light", &[ObjectKind::Event]) else { return graph::draw(canvas, scene) };
    let ObjectState::Event { set } = event.state else { return graph::draw(canvas, scene) };
    if canvas.width() < 34 || canvas.height() < 5 {
        return list(canvas, scene, event, set);
    }
    let top = heading(canvas, scene, event, set);
    // The signal stands in the middle of the road.
    let wide = canvas.width() >= 72;
    let middle = SIGNAL + if wide { 16 } else { 6 };
    let side = (canvas.width() - middle) / 2;
    let side = side.min(44);
    let x = (canvas.width() - middle - 2 * side) / 2;
    let before = before(scene, event);
    let past = past(scene, event, &before);
    column(canvas, scene, (x, side), top, "light-before", &before);
    column(canvas, scene, (x + side + middle, side), top, "light-past", &past);
    signal(canvas, scene, set, (x + side + (middle - SIGNAL) / 2, top));
    road(canvas, scene, set, (x + side, middle, top + 2));
}

const SIGNAL: u16 = 5;

fn is_red(set: bool) -> &'static str {
    if set { "light-green" } else { "light-red" }
}

/// What the event is called and what it shows, and a gap where there is room; gives the row after it.
fn heading(canvas: &mut Canvas<'_>, scene: &Scene<'_>, event: &ObjectView, set: bool) -> u16 {
    let slot = if set { Slot::Good } else { Slot::Error };
    let lamp = if set { scene.glyphs.yes } else { scene.glyphs.no };
    let spans = [
        Span::new(scene.object_mark(event.id), scene.style(Slot::Now)),
        Span::new(scene.words.name(&event.name), scene.object_style(event.id).add_modifier(Modifier::BOLD)),
        Span::new(scene.t("picture-colon"), scene.style(Slot::Text)),
        Span::new(format!("{lamp} {}", scene.t(is_red(set))), scene.style(slot).add_modifier(Modifier::BOLD)),
        Span::new(format!("  {}", scene.words.object_state(event, scene.model)), scene.style(Slot::Dim)),
    ];
    let cells = narrow(width_of(&spans));
    canvas.spans(canvas.width().saturating_sub(cells) / 2, 0, canvas.width(), &spans);
    if canvas.height() >= 14 { 2 } else { 1 }
}

/// Two lamps in a box: red above green, one of them lit.
fn signal(canvas: &mut Canvas<'_>, scene: &Scene<'_>, set: bool, (x, y): (u16, u16)) {
    let (lit, out) = (scene.glyphs.breakpoint, scene.glyphs.new);
    canvas.boxed(Rect { x, y, width: SIGNAL, height: 4 }, scene.style(Slot::Text));
    let lamps = [(!set, Slot::Error), (set, Slot::Good)];
    for (y, (shines, slot)) in (y + 1..).zip(lamps) {
        let style = scene.style(if shines { slot } else { Slot::Dim });
        let style = if shines { style.add_modifier(Modifier::BOLD) } else { style };
        canvas.put(x + 2, y, if shines { lit } else { out }, style);
    }
    let word = scene.t(is_red(set));
    let slot = if set { Slot::Good } else { Slot::Error };
    canvas.centred(x.saturating_sub(3), y + 4, SIGNAL + 6, &word, scene.style(slot));
}

/// The road to the signal and on: an arrow through it on green, a stop before it on red.
fn road(canvas: &mut Canvas<'_>, scene: &Scene<'_>, set: bool, (x, middle, y): (u16, u16, u16)) {
    let reach = (middle - SIGNAL) / 2;
    if reach < 2 {
        return;
    }
    let style = scene.style(if set { Slot::Good } else { Slot::Error });
    canvas.wire(&[(x, y), (x + reach - 1, y)], style);
    let behind = x + reach + SIGNAL;
    if set {
        canvas.wire(&[(behind, y), (behind + reach - 1, y)], style);
        canvas.put(behind + reach - 1, y, scene.glyphs.right, style);
    } else {
        canvas.put(x + reach - 1, y, scene.glyphs.no, style);
    }
}

// ---- the cars ----

/// A car and what is said of it.
struct Car {
    thread: ThreadId,
    said: Span,
    /// What is said is no mere state.
    news: bool,
}

/// Those who have not passed, or are about to wait once more or have been woken from it: who waits, in order, then the
/// others.
fn before(scene: &Scene<'_>, event: &ObjectView) -> Vec<Car> {
    let cars = scene.threads("cars");
    let waiting: Vec<_> = event.waiters.iter().copied().filter(|waiter| cars.contains(waiter)).collect();
    let is_past = |thread: &ThreadId| event.passed.iter().any(|one| one.thread == *thread);
    let is_over = |thread: &ThreadId| scene.model.thread(*thread).is_some_and(|view| view.state.is_over());
    let asks = |thread: &ThreadId| {
        let pending = scene.model.thread(*thread).and_then(|view| view.pending.as_ref());
        pending.is_some_and(|action| matches!(action, Action::EventWait { object, .. } if *object == event.id))
    };
    let is_there = |car: &ThreadId| (!is_past(car) || asks(car)) && !is_over(car);
    let others = cars.iter().copied().filter(|car| !waiting.contains(car) && is_there(car));
    let all = waiting.iter().copied().chain(others);
    all.map(|thread| Car { thread, said: state(scene, thread), news: false }).collect()
}

/// Those who have passed, in order, and those who are over without having passed.
fn past(scene: &Scene<'_>, event: &ObjectView, before: &[Car]) -> Vec<Car> {
    let cars = scene.threads("cars");
    let is_before = |thread: ThreadId| before.iter().any(|car| car.thread == thread);
    let mut all = Vec::new();
    for one in event.passed.iter().filter(|one| cars.contains(&one.thread) && !is_before(one.thread)) {
        let said = if one.set {
            state(scene, one.thread)
        } else {
            Span::new(format!("{} {}", scene.glyphs.warning, scene.t("light-on-red")), scene.style(Slot::Error))
        };
        all.push(Car { thread: one.thread, said, news: !one.set });
    }
    for thread in cars {
        if !is_before(thread) && all.iter().all(|car| car.thread != thread) {
            all.push(Car { thread, said: state(scene, thread), news: false });
        }
    }
    all
}

fn state(scene: &Scene<'_>, thread: ThreadId) -> Span {
    let state = scene.model.thread(thread).map_or(ThreadState::New, |view| view.state);
    scene.state_span(state)
}

/// One side of the road: a heading, and a row for each car as far as there is room.
fn column(canvas: &mut Canvas<'_>, scene: &Scene<'_>, (x, width): (u16, u16), y: u16, heading: &str, cars: &[Car]) {
    let area = Rect { x, y, width, height: canvas.height().saturating_sub(y) };
    let mut side = canvas.part(area);
    let title = scene.words.with(heading, &[("n", cars.len().into())]);
    side.put(1, 0, &title, scene.style(Slot::Title));
    let rows: Vec<_> = cars.iter().map(|car| row(scene, car, width)).collect();
    side.list(1, &rows, scene.words, scene.style(Slot::Dim));
}

/// A car as one row. The state gives way to the name, except for its sign.
fn row(scene: &Scene<'_>, car: &Car, width: u16) -> Vec<Span> {
    let tag = scene.tag_span(car.thread, 14);
    let whole = 1 + tag.width() + 1 + car.said.width();
    // That somebody has slipped through matters more than how he is called.
    let short = if car.news { scene.tag_span(car.thread, 0) } else { tag.clone() };
    let tag = if whole <= usize::from(width) { tag } else { short };
    let said = if whole <= usize::from(width) || car.news {
        car.said.clone()
    } else {
        let sign = car.said.text.split(' ').next().unwrap_or_default().to_owned();
        Span::new(sign, car.said.style)
    };
    let mark = Span::new(scene.mark(car.thread), scene.style(Slot::Now));
    vec![mark, tag, Span::new(" ", scene.style(Slot::Text)), said]
}

/// Where there is no room for a road.
fn list(canvas: &mut Canvas<'_>, scene: &Scene<'_>, event: &ObjectView, set: bool) {
    heading(canvas, scene, event, set);
    let before = before(scene, event);
    let past = past(scene, event, &before);
    let mut rows = Vec::new();
    for (key, cars) in [("light-before", &before), ("light-past", &past)] {
        let title = scene.words.with(key, &[("n", cars.len().into())]);
        rows.push(vec![Span::new(title, scene.style(Slot::Title))]);
        rows.extend(cars.iter().map(|car| row(scene, car, canvas.width())));
    }
    canvas.list(1, &rows, scene.words, scene.style(Slot::Dim));
}
