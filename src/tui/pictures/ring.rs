//! Seats around a table, and what lies between two of them.
//!
//! ```text
//!       Y0 ( ) A Plato
//!            wants Y1
//!
//!   ( ) C Hegel    Y2 (*) B Kant Y1
//!      ready             eats
//! ```
//!
//! Seat `i` has fork `i` on one side and fork `i + 1` on the other. A fork that somebody has lies at that seat, on the side
//! it was taken from; a free one lies between its two seats. Where there are not as many forks as seats (a bowl and a fork
//! for three), those that nobody has lie in the middle of the table. Whoever has two forks, or all there are, eats; where
//! the program keeps a list of who eats, the list says so.

use super::canvas::{narrow, width_of};
use super::{Canvas, Scene, Span};
use crate::event::repr::entries;
use crate::event::{ObjectState, ThreadState};
use crate::ids::{ObjectId, ThreadId};
use crate::model::ObjectView;
use crate::scenario::fits;
use crate::tui::text;
use crate::tui::theme::Slot;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use std::f64::consts::{FRAC_PI_2, TAU};
use std::sync::Arc;

/// A larger table is not easier to read.
const RADIUS_MAX: f64 = 11.0;

/// More seats than these do not make a ring.
const SEATS_MAX: usize = 12;

pub(super) fn draw(canvas: &mut Canvas<'_>, scene: &Scene<'_>) {
    let table = Table::of(scene);
    let drawn = (2..=SEATS_MAX).contains(&table.seats.len())
        && [Size::Boxed, Size::Named, Size::Short].into_iter().any(|size| ring(canvas, scene, &table, size));
    if !drawn {
        list(canvas, scene, &table);
    }
}

/// The table and everything on it.
struct Table {
    seats: Vec<Seat>,
    forks: Vec<Fork>,
    /// There is a fork between any two neighbours.
    between: bool,
    /// What stands in the middle.
    middle: Vec<ObjectId>,
}

struct Seat {
    /// `None` while nobody sits here.
    thread: Option<ThreadId>,
    /// Whose seat it is, where the picture says so.
    name: Option<Arc<str>>,
    eats: bool,
    /// The forks it has, in order.
    has: Vec<usize>,
}

struct Fork {
    object: ObjectId,
    owner: Option<ThreadId>,
}

impl Table {
    fn of(scene: &Scene<'_>) -> Table {
        let people = people(scene);
        let is_lock = |view: &ObjectView| view.kind.is_lock();
        let stated = scene.objects("state");
        let forks = scene.objects_or("forks", |view| is_lock(view) && stated.is_empty());
        let owner = |object| scene.model.object(object).and_then(ObjectView::owner);
        let forks: Vec<Fork> = forks.into_iter().map(|object| Fork { object, owner: owner(object) }).collect();
        let middle = scene.objects_or("middle", |view| {
            let in_use = matches!(view.state, ObjectState::Semaphore { .. } | ObjectState::Condition { .. });
            in_use && forks.iter().all(|fork| fork.object != view.id)
        });
        let eating = stated.first().and_then(|state| value(scene, *state)).map(|value| items(&value));
        let listed = eating.as_ref().filter(|items| items.iter().all(|item| truth(item).is_some())).map_or(0, Vec::len);
        let count = people.len().max(forks.len()).max(listed);
        let has = |thread: Option<ThreadId>| -> Vec<usize> {
            let taken = forks.iter().enumerate().filter(|(_, fork)| thread.is_some() && fork.owner == thread);
            taken.map(|(index, _)| index).collect()
        };
        let seats = (0..count).map(|index| {
            let (thread, name) = people.get(index).cloned().unwrap_or_default();
            let has = has(thread);
            let eats = match &eating {
                Some(items) => thread.is_some_and(|thread| is_among(scene, items, index, thread)),
                None => !has.is_empty() && has.len() >= forks.len().min(2),
            };
            Seat { thread, name, eats, has }
        });
        let seats: Vec<Seat> = seats.collect();
        let between = forks.len() == seats.len() && forks.len() > 1;
        Table { seats, forks, between, middle }
    }

    /// The seat of a thread.
    fn seat_of(&self, thread: ThreadId) -> Option<usize> {
        self.seats.iter().position(|seat| seat.thread == Some(thread))
    }

    /// The forks that nobody at the table has, with their places.
    fn free(&self) -> impl Iterator<Item = (usize, &Fork)> {
        let is_free = |fork: &Fork| fork.owner.and_then(|owner| self.seat_of(owner)).is_none();
        self.forks.iter().enumerate().filter(move |(_, fork)| is_free(fork))
    }
}

/// Who sits where: the threads in the order of the names of the picture, a name alone while there is no such thread.
fn people(scene: &Scene<'_>) -> Vec<(Option<ThreadId>, Option<Arc<str>>)> {
    let threads = scene.threads("seats");
    let Some(patterns) = scene.picture.role("seats") else {
        return threads.into_iter().map(|thread| (Some(thread), None)).collect();
    };
    // Where nobody fits all sit down, so that what they have is seen; the names that are not there are told below.
    if threads.is_empty() && patterns.iter().all(|pattern| pattern.contains('*')) {
        let others = scene.model.threads.iter().skip(1);
        return others.map(|thread| (Some(thread.id), None)).collect();
    }
    let name = |thread: &ThreadId| scene.model.thread(*thread).map(|view| &*view.name).unwrap_or_default();
    let mut left = threads;
    let mut people = Vec::new();
    for pattern in patterns {
        let (fitting, rest): (Vec<_>, Vec<_>) = left.into_iter().partition(|thread| fits(pattern, name(thread)));
        left = rest;
        if fitting.is_empty() && !pattern.contains('*') {
            people.push((None, Some(Arc::clone(pattern))));
        }
        people.extend(fitting.into_iter().map(|thread| (Some(thread), None)));
    }
    people
}

/// The value of a variable or container as text.
fn value(scene: &Scene<'_>, object: ObjectId) -> Option<String> {
    match &scene.model.object(object)?.state {
        ObjectState::Data(Some(value)) => Some(value.to_string()),
        _ => None,
    }
}

/// The elements of a list, tuple, set or dictionary as they are written.
fn items(value: &str) -> Vec<String> {
    let mut items = entries(value).map(|entries| entries.items).unwrap_or_default();
    items.truncate(1000);
    items
}

fn truth(item: &str) -> Option<bool> {
    match item {
        "True" => Some(true),
        "False" => Some(false),
        _ => None,
    }
}

/// A list says of each seat whether somebody eats there; a set names the seats or the people.
fn is_among(scene: &Scene<'_>, items: &[String], index: usize, thread: ThreadId) -> bool {
    if let Some(answer) = items.get(index).and_then(|item| truth(item)) {
        return answer;
    }
    let name = scene.model.thread(thread).map(|view| &*view.name).unwrap_or_default();
    items.iter().any(|item| item == &index.to_string() || item.trim_matches(['\'', '"']) == name)
}

// ---- geometry ----

/// How much is said at a seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Size {
    /// A box with the name, and the state in a second row.
    Boxed,
    /// The same without a box.
    Named,
    /// Letter, plate and the sign of the state.
    Short,
}

impl Size {
    const fn rows(self) -> u16 {
        match self {
            Size::Boxed => 4,
            Size::Named => 2,
            Size::Short => 1,
        }
    }
}

/// Draws the ring if the seats find room.
fn ring(canvas: &mut Canvas<'_>, scene: &Scene<'_>, table: &Table, size: Size) -> bool {
    if table.middle.len().max(table.free().count()) > usize::from(canvas.height()) {
        return false;
    }
    let blocks: Vec<Block> = table.seats.iter().map(|seat| Block::of(scene, table, seat, size)).collect();
    let width = blocks.iter().map(Block::width).max().unwrap_or(1) + if size == Size::Boxed { 4 } else { 0 };
    let of_hand = table.forks.iter().filter(|_| table.between);
    let hand = of_hand.map(|fork| narrow(text::width(&fork_name(scene, fork.object)))).max().unwrap_or(0);
    let rows = size.rows() + u16::from(!table.between && !table.forks.is_empty() && size != Size::Short);
    let oval = Oval::new((canvas.width(), canvas.height()), (width, rows), hand, table.seats.len());
    let Some(oval) = oval else { return false };
    let areas: Vec<Rect> = (0..table.seats.len()).map(|index| oval.seat(index)).collect();
    let room = |area: &Rect| Rect { x: area.x.saturating_sub(hand + 1), width: area.width + 2 * (hand + 1), ..*area };
    let whole = Rect::new(0, 0, canvas.width(), canvas.height());
    let apart = areas.iter().enumerate().all(|(index, area)| {
        room(area).intersection(whole) == room(area)
            && areas.iter().skip(index + 1).all(|other| !room(other).intersects(*area))
    });
    if !apart {
        return false;
    }
    let hands: Vec<Label> = blocks
        .iter()
        .enumerate()
        .flat_map(|(index, block)| hands(scene, table, &oval, index, (areas[index], block, size)))
        .collect();
    let lying = if table.between { between(scene, table, &oval) } else { Vec::new() };
    let lying: Vec<Label> = lying.into_iter().chain(middle(scene, table, &oval)).collect();
    // What would lie below a seat, or on something else, is not seen.
    let covered = |index: usize, label: &Label| {
        let others = areas.iter().chain(hands.iter().map(|hand| &hand.area));
        let others = others.chain(lying.iter().take(index).map(|other| &other.area));
        // With a cell on either side: what touches a name reads like a part of it.
        let wide = Rect { x: label.area.x.saturating_sub(1), width: label.area.width + 2, ..label.area };
        label.area.intersection(whole) != label.area || others.into_iter().any(|other| other.intersects(wide))
    };
    if lying.iter().enumerate().any(|(index, label)| covered(index, label)) {
        return false;
    }
    if canvas.height() >= 16 {
        oval.rim(canvas, scene);
    }
    for (index, (area, block)) in areas.iter().zip(&blocks).enumerate() {
        block.draw(canvas, scene, &table.seats[index], *area, size);
    }
    for Label { area, spans } in hands.iter().chain(&lying) {
        canvas.spans(area.x, area.y, area.width, spans);
    }
    true
}

/// What stands in a row somewhere on the table.
struct Label {
    area: Rect,
    spans: Vec<Span>,
}

impl Label {
    fn new(x: u16, y: u16, spans: Vec<Span>) -> Label {
        Label { area: Rect { x, y, width: narrow(width_of(&spans)), height: 1 }, spans }
    }

    fn centred(x: u16, y: u16, spans: Vec<Span>) -> Label {
        Label::new(x.saturating_sub(narrow(width_of(&spans)) / 2), y, spans)
    }
}

/// The ellipse on which the seats stand.
#[derive(Clone, Copy, Debug)]
struct Oval {
    middle: (f64, f64),
    radius: (f64, f64),
    block: (u16, u16),
    seats: usize,
}

impl Oval {
    fn new((width, height): (u16, u16), block: (u16, u16), hand: u16, seats: usize) -> Option<Oval> {
        let across = width.checked_sub(block.0 + 2 * (hand + 1))?;
        let down = height.checked_sub(block.1)?;
        if across < 4 || down < 3 {
            return None;
        }
        // The lowest seat of an odd number does not reach the lower end.
        let reach = |index: usize| Oval::angle(index, seats).sin();
        let lowest = (0..seats).map(reach).fold(-1.0, f64::max);
        let ry = (f64::from(down) / (1.0 + lowest)).min(RADIUS_MAX);
        // A cell is about twice as high as wide.
        let rx = (f64::from(across) / 2.0).min(ry * 3.2);
        let middle = (f64::from(width) / 2.0, ry + f64::from(block.1) / 2.0);
        Some(Oval { middle, radius: (rx, ry), block, seats })
    }

    /// The direction of a seat: the first is at the top, the others follow clockwise.
    #[allow(clippy::cast_precision_loss)]
    fn angle(index: usize, seats: usize) -> f64 {
        TAU * index as f64 / seats as f64 - FRAC_PI_2
    }

    /// The direction between a seat and the one before it.
    #[allow(clippy::cast_precision_loss)]
    fn half(&self, index: usize) -> f64 {
        Oval::angle(index, self.seats) - TAU / 2.0 / self.seats as f64
    }

    /// Where the line between a seat and the one before it leaves the table.
    fn x_of_half(&self, index: usize) -> f64 {
        self.half(index).cos()
    }

    /// True for a seat that has both neighbours on the same side.
    fn is_level(&self, index: usize) -> bool {
        (self.x_of_half(index) - self.x_of_half((index + 1) % self.seats)).abs() < 1e-6
    }

    /// The cell in this direction, at so much of the way to the seats.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    fn at(&self, angle: f64, part: f64) -> (u16, u16) {
        let x = self.middle.0 + self.radius.0 * part * angle.cos();
        let y = self.middle.1 + self.radius.1 * part * angle.sin();
        (x.max(0.0) as u16, y.max(0.0) as u16)
    }

    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    fn seat(&self, index: usize) -> Rect {
        let angle = Oval::angle(index, self.seats);
        let x = self.middle.0 + self.radius.0 * angle.cos() - f64::from(self.block.0) / 2.0;
        let y = self.middle.1 + self.radius.1 * angle.sin() - f64::from(self.block.1) / 2.0;
        Rect { x: x.round().max(0.0) as u16, y: y.round().max(0.0) as u16, width: self.block.0, height: self.block.1 }
    }

    /// The edge of the table.
    fn rim(&self, canvas: &mut Canvas<'_>, scene: &Scene<'_>) {
        for step in 0..72 {
            let (x, y) = self.at(TAU * f64::from(step) / 72.0, 0.46);
            canvas.put(x, y, scene.glyphs.slept, scene.style(Slot::Dim));
        }
    }
}

// ---- seats ----

/// What is said at a seat.
struct Block {
    rows: Vec<Vec<Span>>,
}

impl Block {
    fn of(scene: &Scene<'_>, table: &Table, seat: &Seat, size: Size) -> Block {
        let Some(thread) = seat.thread else {
            return Block { rows: vec![vec![empty(scene, seat, if size == Size::Short { 4 } else { 12 })]] };
        };
        let plate = plate(scene, seat);
        let rows = if size == Size::Short {
            let state = scene.model.thread(thread).map_or(ThreadState::New, |view| view.state);
            let sign = Span::new(scene.glyphs.state(state), scene.theme.state(state));
            vec![vec![scene.tag_span(thread, 0), plate, sign]]
        } else {
            let space = Span::new(" ", scene.style(Slot::Text));
            let held = seat.has.iter().map(|fork| fork_name(scene, table.forks[*fork].object)).collect::<Vec<_>>();
            let held =
                if table.between { Vec::new() } else { vec![Span::new(held.join(" "), scene.thread_style(thread))] };
            vec![vec![plate, space, scene.tag_span(thread, 12)], vec![doing(scene, table, seat, thread)], held]
        };
        Block { rows }
    }

    fn width(&self) -> u16 {
        self.rows.iter().map(|row| narrow(width_of(row))).max().unwrap_or(0)
    }

    fn draw(&self, canvas: &mut Canvas<'_>, scene: &Scene<'_>, seat: &Seat, area: Rect, size: Size) {
        let boxed = size == Size::Boxed;
        canvas.clear(area, scene.style(Slot::Text));
        if boxed {
            let waits = seat.thread.and_then(|thread| scene.model.thread(thread)).map(|view| view.state);
            let slot = match waits {
                Some(ThreadState::Blocked { .. }) => Slot::Blocked,
                _ if seat.eats => Slot::Good,
                _ => Slot::Border,
            };
            canvas.boxed(area, scene.style(slot));
        }
        let edge = u16::from(boxed);
        for (y, row) in (area.y + edge..).zip(&self.rows) {
            let inner = area.width - 2 * edge;
            let used = narrow(width_of(row)).min(inner);
            let x = area.x + edge + (inner - used) / 2;
            canvas.spans(x, y, used, row);
            let last = seat.thread.is_some_and(|thread| scene.is_last(thread));
            if last && y == area.y + edge && x > 0 {
                canvas.put(x - 1, y, scene.glyphs.cursor, scene.style(Slot::Now));
            }
        }
    }
}

/// A seat where nobody sits: the name of whose seat it is.
fn empty(scene: &Scene<'_>, seat: &Seat, cells: usize) -> Span {
    let name = seat.name.as_deref().map(text::safe);
    let told = name.map(|name| format!("( ) {}", text::fit(&name, cells, scene.glyphs.cut)));
    Span::new(told.unwrap_or_else(|| scene.glyphs.none.to_owned()), scene.style(Slot::Dim))
}

/// The plate, with something on it while its owner eats.
fn plate(scene: &Scene<'_>, seat: &Seat) -> Span {
    if seat.eats {
        Span::new(format!("({})", scene.glyphs.breakpoint), scene.style(Slot::Good))
    } else {
        Span::new("( )", scene.style(Slot::Dim))
    }
}

/// What somebody at the table does.
fn doing(scene: &Scene<'_>, table: &Table, seat: &Seat, thread: ThreadId) -> Span {
    let Some(view) = scene.model.thread(thread) else { return Span::new("", scene.style(Slot::Text)) };
    if let Some(on) = scene.waits_for(view) {
        let uses = |object: &&ObjectId| scene.model.lock_of(**object) == on;
        let name = if table.forks.iter().any(|fork| fork.object == on) {
            fork_name(scene, on)
        } else {
            scene.name(table.middle.iter().find(uses).copied().unwrap_or(on))
        };
        let name = text::fit(&name, 12, scene.glyphs.cut).into_owned();
        let told = match view.state {
            // Whoever waits to be told something is not blocked.
            ThreadState::Waiting { .. } => {
                let args = [("state", scene.words.state(view.state).into()), ("object", name.into())];
                scene.words.with("values-held-up", &args)
            }
            _ => scene.words.with("ring-waits", &[("object", name.into())]),
        };
        let text = format!("{} {told}", scene.glyphs.state(view.state));
        return Span::new(text, scene.theme.state(view.state));
    }
    if seat.eats {
        return Span::new(scene.t("ring-eats"), scene.style(Slot::Good).add_modifier(Modifier::BOLD));
    }
    scene.state_span(view.state)
}

/// The forks in the hands of somebody: each on the side it was taken from.
fn hands(
    scene: &Scene<'_>,
    table: &Table,
    oval: &Oval,
    index: usize,
    (area, block, size): (Rect, &Block, Size),
) -> Vec<Label> {
    let Some(thread) = table.seats[index].thread.filter(|_| table.between) else { return Vec::new() };
    let style = scene.thread_style(thread).add_modifier(Modifier::BOLD);
    // Next to the box, or next to the name, with room for the mark before it.
    let boxed = size == Size::Boxed;
    let used = block.rows.first().map_or(0, |row| narrow(width_of(row))).min(area.width);
    let (left, right, y) = if boxed {
        (area.x, area.right(), area.y + 1)
    } else {
        let start = area.x + (area.width - used) / 2;
        (start.saturating_sub(1), start + used, area.y)
    };
    let label = |fork: &usize| {
        let other = if *fork == index { (index + 1) % table.seats.len() } else { index };
        let before = oval.x_of_half(*fork) < oval.x_of_half(other) || *fork == index && oval.is_level(index);
        let name = fork_name(scene, table.forks[*fork].object);
        let cells = narrow(text::width(&name));
        let x = if before { left.saturating_sub(cells + 1) } else { right + 1 };
        Label::new(x, y, vec![Span::new(name, style)])
    };
    table.seats[index].has.iter().map(label).collect()
}

/// A fork with its number, or with its name when it has none.
fn fork_name(scene: &Scene<'_>, fork: ObjectId) -> String {
    let name = scene.name(fork);
    let number = name.strip_suffix(']').and_then(|name| name.rsplit_once('[')).map(|(_, number)| number.to_owned());
    let name = number.unwrap_or_else(|| format!(" {}", text::fit(&name, 10, scene.glyphs.cut)));
    format!("{}{name}", scene.glyphs.fork)
}

/// The forks that nobody at the table has, as they are written.
#[cfg(test)]
pub(super) fn free(scene: &Scene<'_>) -> Vec<String> {
    let table = Table::of(scene);
    table.free().map(|(_, fork)| fork_name(scene, fork.object)).collect()
}

// ---- the middle of the table ----

/// The forks that nobody has, each between its two seats.
fn between(scene: &Scene<'_>, table: &Table, oval: &Oval) -> Vec<Label> {
    let label = |(index, fork): (usize, &Fork)| {
        let (x, y) = oval.at(oval.half(index), 0.62);
        Label::centred(x, y, vec![free_fork(scene, fork)])
    };
    table.free().map(label).collect()
}

/// A fork that nobody at the table has; somebody else may have it.
fn free_fork(scene: &Scene<'_>, fork: &Fork) -> Span {
    let style = if fork.owner.is_some() { scene.style(Slot::Warning) } else { scene.object_style(fork.object) };
    Span::new(fork_name(scene, fork.object), style)
}

/// What stands in the middle of the table, and the forks nobody has unless they lie between the seats.
fn middle(scene: &Scene<'_>, table: &Table, oval: &Oval) -> Vec<Label> {
    let mut rows = in_use(scene, table);
    if !table.between {
        rows.extend(table.free().map(|(_, fork)| vec![free_fork(scene, fork)]));
    }
    let (x, y) = oval.at(0.0, 0.0);
    let first = y.saturating_sub(narrow(rows.len()) / 2);
    (first..).zip(rows).map(|(y, row)| Label::centred(x, y, row)).collect()
}

/// A row for each object in the middle.
fn in_use(scene: &Scene<'_>, table: &Table) -> Vec<Vec<Span>> {
    let row = |view: &ObjectView| {
        let mark = Span::new(scene.object_mark(view.id), scene.style(Slot::Now));
        let name = Span::new(scene.words.name(&view.name), scene.object_style(view.id));
        let state = format!("{}{}", scene.t("picture-colon"), scene.words.object_state(view, scene.model));
        vec![mark, name, Span::new(state, scene.style(Slot::Text))]
    };
    table.middle.iter().filter_map(|object| scene.model.object(*object)).map(row).collect()
}

// ---- as a list ----

/// What lies on the table, and a row for each seat.
fn list(canvas: &mut Canvas<'_>, scene: &Scene<'_>, table: &Table) {
    let text = scene.style(Slot::Text);
    let mut rows = in_use(scene, table);
    rows.extend(free_rows(scene, table, canvas.width()));
    for seat in &table.seats {
        let Some(thread) = seat.thread else {
            if seat.name.is_some() {
                rows.push(vec![Span::new(" ", text), empty(scene, seat, 12)]);
            }
            continue;
        };
        let mut row = vec![
            Span::new(scene.mark(thread), scene.style(Slot::Now)),
            scene.tag_span(thread, 12),
            Span::new(" ", text),
            plate(scene, seat),
            Span::new(" ", text),
            doing(scene, table, seat, thread),
        ];
        for fork in &seat.has {
            let name = format!(" {}", fork_name(scene, table.forks[*fork].object));
            row.push(Span::new(name, scene.thread_style(thread)));
        }
        rows.push(row);
    }
    canvas.list(0, &rows, scene.words, scene.style(Slot::Dim));
}

/// The forks that nobody has, as many in a row as find room.
fn free_rows(scene: &Scene<'_>, table: &Table, width: u16) -> Vec<Vec<Span>> {
    let mut rows: Vec<Vec<Span>> = Vec::new();
    for (_, fork) in table.free() {
        let fork = [Span::new(" ", scene.style(Slot::Text)), free_fork(scene, fork)];
        match rows.last_mut() {
            Some(row) if width_of(row) + width_of(&fork) <= usize::from(width) => row.extend(fork),
            _ => rows.push(fork.into()),
        }
    }
    rows
}
