//! Accounts, what is on them, and who holds them.
//!
//! ```text
//!  ┌ alex ─────────┐  ┌ bella ────────┐
//!  │      90       │  │      100      │   190 in all
//!  └ lock: A ◌ B ──┘  └ free ─────────┘   10 on the move
//!   thread       on the move   next
//!   A to bella   10            store 110 into bella.balance
//!   B to alex    -             blocked: lock of alex  A
//! ```
//!
//! Money is on the move when a thread has taken more out of accounts than it has put into others: the model remembers
//! what every thread's stores have added to a place. Any places with whole numbers are accounts: variables, attributes,
//! entries of a dict.

use super::canvas::{narrow, width_of};
use super::place::{Place, places};
use super::table::{self, Row, pick};
use super::{Canvas, Scene, Span, graph};
use crate::event::{ObjectKind, Text, ThreadState};
use crate::ids::{ObjectId, ThreadId};
use crate::model::{ObjectView, Sight, ThreadView};
use crate::tui::text;
use crate::tui::theme::Slot;
use ratatui::layout::Rect;
use ratatui::style::Modifier;

/// An account: where its balance is, and the lock that belongs to it.
struct Account {
    /// `None` while the program has not made it.
    place: Option<Place>,
    name: String,
    balance: Option<i64>,
    lock: Option<ObjectId>,
}

const BOX_HEIGHT: u16 = 3;
const BOX_WIDTH_MAX: usize = 24;

pub(super) fn draw(canvas: &mut Canvas<'_>, scene: &Scene<'_>) {
    let accounts = accounts(scene);
    if accounts.is_empty() {
        return graph::draw(canvas, scene);
    }
    let threads = scene.threads("threads");
    let (width, height) = (canvas.width(), canvas.height());
    let rows = narrow(threads.len()).min(3);
    let fits = boxes_across(scene, &accounts, width).2 >= accounts.len() || height >= BOX_HEIGHT + rows + 2;
    let below = if height >= BOX_HEIGHT + rows && width >= 20 && fits {
        boxes(canvas, scene, &accounts)
    } else {
        line(canvas, scene, &accounts);
        1
    };
    let mut y = below;
    let sum = sums(scene, &accounts, &threads);
    let beside = boxes_right(scene, &accounts, width);
    if below >= BOX_HEIGHT && usize::from(width.saturating_sub(beside)) >= sum.width() {
        canvas.spans(beside, 1, width, &[sum]);
        y += u16::from(height.saturating_sub(y) > narrow(threads.len()) + 1);
    } else if height.saturating_sub(y) > rows {
        canvas.spans(0, y, width, &[sum]);
        y += 1;
        if height.saturating_sub(y) > narrow(threads.len()) + 1 {
            y += 1;
        }
    }
    let row = |thread: &ThreadId| Row {
        thread: *thread,
        cells: vec![vec![moving_span(scene, &accounts, *thread)]],
        warns: false,
    };
    let table: Vec<Row> = threads.iter().map(row).collect();
    table::draw(canvas, scene, y, &["account-moving", "register-next"], &table, |thread| {
        let moves = moving(scene, &accounts, thread).is_some_and(|sum| sum != 0);
        table::weight(scene, thread) | (u64::from(moves) << 39)
    });
}

// ---- who is an account ----

fn accounts(scene: &Scene<'_>) -> Vec<Account> {
    let objects = scene.objects_or("accounts", |object| {
        matches!(object.kind, ObjectKind::Variable | ObjectKind::Instance | ObjectKind::Dict)
    });
    let mut found = Vec::new();
    for place in places(scene, &objects) {
        let named = scene.is_named("accounts");
        let is_number = matches!(place.value, Some(Text::Int(_)));
        // A named variable is an account also before it has a value; an attribute must hold a number.
        if !(is_number || (named && place.key.is_none())) {
            continue;
        }
        let balance = if let Some(Text::Int(balance)) = place.value { Some(balance) } else { None };
        let name = account_name(scene, &place);
        found.push(Account { place: Some(place), name, balance, lock: None });
    }
    let missing = scene.missing("accounts");
    found.extend(missing.map(|name| Account { place: None, name: name.to_owned(), balance: None, lock: None }));
    found
        .sort_by_key(|account| scene.rank("accounts", account.place.as_ref().map(|place| place.object), &account.name));
    let locks = scene.objects_or("locks", |object| object.kind.is_lock());
    for (index, account) in found.iter_mut().enumerate() {
        account.lock = lock_of(scene, account, &locks).or_else(|| {
            // Named one after the other, accounts and locks belong together in this order.
            locks.get(index).copied().filter(|_| scene.is_named("locks"))
        });
    }
    found
}

/// An instance with one number is called by its own name, an entry by its key.
fn account_name(scene: &Scene<'_>, place: &Place) -> String {
    let whole = scene.name(place.object);
    match (&place.key, scene.model.object(place.object)) {
        (Some(_), Some(view)) if view.kind == ObjectKind::Instance => {
            let numbers = view.fields.values().filter(|field| matches!(field.value, Some(Text::Int(_))));
            if numbers.count() == 1 { whole } else { place.name.clone() }
        }
        (Some(key), Some(view)) if view.kind == ObjectKind::Dict => {
            let key = key.to_string();
            key.trim_matches(['[', ']', '\'', '"']).to_owned()
        }
        _ => place.name.clone(),
    }
}

/// The lock in whose name the account's stands as a word: `lock of Account 'alex'`, `lock_alex`, `locks['alex']`.
fn lock_of(scene: &Scene<'_>, account: &Account, locks: &[ObjectId]) -> Option<ObjectId> {
    let holder = account.place.as_ref().map(|place| scene.model.object_name(place.object));
    locks.iter().copied().rfind(|lock| {
        let name = scene.model.object_name(*lock);
        let mut words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.any(|word| *word == *account.name || holder.as_ref().is_some_and(|holder| *word == **holder))
    })
}

// ---- money on the move ----

/// How much more the thread has taken out of the accounts than it has put in; `None` when that is no longer known.
fn moving(scene: &Scene<'_>, accounts: &[Account], thread: ThreadId) -> Option<i64> {
    if scene.model.thread(thread)?.memory.forgot() {
        return None;
    }
    let added =
        accounts.iter().filter_map(|account| account.place.as_ref()?.memory(scene, thread)).map(|memory| memory.added);
    Some(added.fold(0i64, i64::saturating_add).saturating_neg())
}

fn moving_span(scene: &Scene<'_>, accounts: &[Account], thread: ThreadId) -> Span {
    match moving(scene, accounts, thread) {
        None | Some(0) => Span::new(scene.glyphs.none, scene.style(Slot::Dim)),
        Some(sum) => Span::new(sum.to_string(), scene.style(Slot::Warning).add_modifier(Modifier::BOLD)),
    }
}

/// All that is in the accounts, and what is on its way or has got lost; nothing before all of them have a balance.
fn sums(scene: &Scene<'_>, accounts: &[Account], threads: &[ThreadId]) -> Span {
    if accounts.iter().any(|account| account.balance.is_none()) {
        return Span::new("", scene.style(Slot::Text));
    }
    let total = accounts.iter().filter_map(|account| account.balance).fold(0i64, i64::saturating_add);
    let everybody = scene.model.threads.iter().map(|thread| moving(scene, accounts, thread.id));
    let off = everybody.collect::<Option<Vec<i64>>>().map_or(0, |off| off.into_iter().fold(0i64, i64::saturating_add));
    // Whoever is over will not bring anything any more.
    let on_the_way = |thread: &&ThreadId| scene.model.thread(**thread).is_some_and(ThreadView::is_alive);
    let alive = threads.iter().filter(on_the_way).filter_map(|thread| moving(scene, accounts, *thread));
    let carried = alive.fold(0i64, i64::saturating_add);
    let (key, slot) = match off {
        0 => ("account-total", Slot::Text),
        // Into a single account one may pay, and take from it; between several of them nothing should get lost.
        _ if accounts.len() == 1 => ("account-changed", Slot::Text),
        _ if carried == off => ("account-on-the-way", Slot::Warning),
        _ => ("account-wrong", Slot::Error),
    };
    let arguments = [
        ("sum", total.to_string().into()),
        ("first", total.saturating_add(off).to_string().into()),
        ("moving", off.to_string().into()),
    ];
    Span::new(scene.words.with(key, &arguments), scene.style(slot).add_modifier(Modifier::BOLD))
}

// ---- boxes ----

/// What stands under an account: who has its lock, who waits for that, and who waits at a condition with this lock to be
/// notified, each with the sign of its state.
fn lock_spans(scene: &Scene<'_>, account: &Account) -> Vec<Span> {
    let Some(lock) = lock_view(scene, account) else { return Vec::new() };
    let style = scene.style(if scene.is_touched(lock.id) { Slot::Changed } else { Slot::Dim });
    let mut spans = match lock.owner() {
        None => vec![Span::new(scene.t("account-free"), style)],
        Some(owner) => vec![Span::new(
            scene.words.with("account-held", &[("thread", owner.letter().into())]),
            scene.thread_style(owner),
        )],
    };
    spans.extend(scene.times_span(lock.id));
    let sleeps = |owner: &ThreadId| {
        scene.model.thread(*owner).map(|view| view.state).filter(|state| matches!(state, ThreadState::Sleeping { .. }))
    };
    if let Some(state) = lock.owner().as_ref().and_then(sleeps) {
        spans.push(Span::new(format!(" {}", scene.glyphs.state(state)), scene.theme.state(state)));
    }
    // Whoever waits to be notified is named by the condition, and by the lock when it wants that again.
    let conditions =
        scene.model.objects().filter(|other| other.id != lock.id && scene.model.lock_of(other.id) == lock.id);
    let waiters = lock.waiters.iter().chain(conditions.flat_map(|condition| &condition.waiters));
    let waiters: Vec<ThreadId> = waiters.copied().collect();
    let mut before = None;
    for waiter in waiters.iter().take(4) {
        let state = scene.model.thread(*waiter).map_or(ThreadState::New, |view| view.state);
        let sign = scene.glyphs.state(state);
        let sign = if before.replace(sign) == Some(sign) { " ".to_owned() } else { format!(" {sign} ") };
        spans.push(Span::new(sign, scene.theme.state(state)));
        spans.push(Span::new(waiter.letter(), scene.thread_style(*waiter)));
    }
    if waiters.len() > 4 {
        spans.push(Span::new(format!(" +{}", waiters.len() - 4), scene.style(Slot::Dim)));
    }
    spans
}

/// The lock of an account; that of the condition where a condition is named.
fn lock_view<'a>(scene: &Scene<'a>, account: &Account) -> Option<&'a ObjectView> {
    scene.model.object(scene.model.lock_of(account.lock?))
}

fn balance(scene: &Scene<'_>, account: &Account) -> String {
    account.balance.map_or_else(|| scene.glyphs.none.to_owned(), |balance| balance.to_string())
}

/// How wide a box is, how many stand side by side, and the same as a number of things.
fn boxes_across(scene: &Scene<'_>, accounts: &[Account], width: u16) -> (u16, u16, usize) {
    let wide = |account: &Account| {
        let name = text::width(&text::safe(&account.name)) + 2;
        name.max(balance(scene, account).len() + 2).max(width_of(&lock_spans(scene, account)) + 2)
    };
    // The width for a lock with an owner and somebody who waits, so that boxes stand still while locks come and go.
    let usual = text::width(&scene.t("account-free"))
        .max(text::width(&scene.words.with("account-held", &[("thread", "A".into())])) + 4)
        + 2;
    let inner = accounts.iter().map(wide).max().unwrap_or(0).clamp(usual, BOX_WIDTH_MAX.max(usual));
    let each = (narrow(inner) + 2).min(width);
    let across = ((width + 1) / (each + 1)).max(1);
    (each, across, usize::from(across))
}

/// The column behind the boxes.
fn boxes_right(scene: &Scene<'_>, accounts: &[Account], width: u16) -> u16 {
    let (each, across, _) = boxes_across(scene, accounts, width);
    let used = narrow(accounts.len()).min(across).saturating_mul(each + 1);
    (width.saturating_sub(used) / 2).saturating_add(used + 1)
}

/// The boxes of the accounts, in rows; as many as there is room for. Gives the row below.
fn boxes(canvas: &mut Canvas<'_>, scene: &Scene<'_>, accounts: &[Account]) -> u16 {
    let (width, height) = (canvas.width(), canvas.height());
    let (each, across, _) = boxes_across(scene, accounts, width);
    let threads = narrow(scene.threads("threads").len()).min(3);
    let down = ((height - threads.min(height)) / BOX_HEIGHT).max(1);
    let room = usize::from(across) * usize::from(down.min(4));
    let shown = pick(accounts.len(), room, |index| {
        let lock = lock_view(scene, &accounts[index]).and_then(|lock| lock.last);
        let sight = accounts[index].place.as_ref().and_then(|place| place.sight(scene)).and_then(Sight::written);
        u64::from(lock.into_iter().chain(sight).map(|(_, step)| step.0).max().unwrap_or(0))
    });
    let count = narrow(shown.len());
    let left = width.saturating_sub(count.min(across) * (each + 1)) / 2;
    for (place, index) in (0u16..).zip(&shown) {
        let area = Rect::new(left + place % across * (each + 1), place / across * BOX_HEIGHT, each, BOX_HEIGHT);
        account_box(canvas, scene, area, &accounts[*index]);
    }
    let below = count.div_ceil(across) * BOX_HEIGHT;
    if shown.len() < accounts.len() && below < height {
        canvas.put(0, below, &table::more(scene, accounts.len() - shown.len()), scene.style(Slot::Dim));
        return below + 1;
    }
    below
}

fn account_box(canvas: &mut Canvas<'_>, scene: &Scene<'_>, area: Rect, account: &Account) {
    let new = account.place.as_ref().is_some_and(|place| place.is_new(scene));
    let held = lock_view(scene, account).and_then(ObjectView::owner);
    let edge = held.map_or_else(|| scene.style(Slot::Border), |owner| scene.theme.thread(owner));
    canvas.boxed(area, edge);
    let room = area.width.saturating_sub(2);
    canvas.put_within(area.x + 1, area.y, room, &format!(" {} ", account.name), scene.style(Slot::Title));
    let slot = if new { Slot::Changed } else { Slot::Text };
    let style = scene.style(slot).add_modifier(Modifier::BOLD);
    canvas.centred(area.x + 1, area.y + 1, room, &balance(scene, account), style);
    let mut under = lock_spans(scene, account);
    if !under.is_empty() {
        under.insert(0, Span::new(" ", edge));
        under.push(Span::new(" ", edge));
        canvas.spans(area.x + 1, area.y + 2, room, &under);
    }
}

/// The balances in one line, where there is no room for boxes.
fn line(canvas: &mut Canvas<'_>, scene: &Scene<'_>, accounts: &[Account]) {
    let mut spans = Vec::new();
    for account in accounts {
        let new = account.place.as_ref().is_some_and(|place| place.is_new(scene));
        let slot = if new { Slot::Changed } else { Slot::Text };
        spans.push(Span::new(format!("{} ", account.name), scene.style(Slot::Title)));
        spans.push(Span::new(balance(scene, account), scene.style(slot).add_modifier(Modifier::BOLD)));
        if let Some(owner) = lock_view(scene, account).and_then(ObjectView::owner) {
            spans.push(Span::new(format!(" {} ", scene.glyphs.held_by), scene.style(Slot::Dim)));
            spans.push(Span::new(owner.letter(), scene.thread_style(owner)));
        }
        spans.push(Span::new("  ", scene.style(Slot::Text)));
    }
    canvas.spans(0, 0, canvas.width(), &spans);
}
