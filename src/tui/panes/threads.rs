//! The threads: who is in which state on which line, about to do what, holding what, held up by whom.

use super::pen::Pen;
use super::{Window, scroll_marks};
use crate::event::{Action, ThreadState};
use crate::ids::ThreadId;
use crate::model::{Model, ThreadView};
use crate::tui::app::App;
use crate::tui::screens::stage::{Pane, Stage};
use crate::tui::text;
use crate::tui::theme::Slot;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

/// `acquire forks[1] < B` must be readable in the smallest window.
const ABOUT_LEAST: usize = 20;

/// How wide the columns are.
#[derive(Clone, Copy)]
struct Columns {
    letter: usize,
    name: usize,
    state: usize,
    line: usize,
    about: usize,
    holds: usize,
}

impl Columns {
    /// The same without the last cell.
    fn narrowed(self) -> Columns {
        match self.holds {
            0 => Columns { about: self.about.saturating_sub(1), ..self },
            holds => Columns { holds: holds - 1, ..self },
        }
    }
}

pub(super) fn render(buffer: &mut Buffer, area: Rect, app: &App, stage: &Stage) {
    let model = stage.model();
    let window = window(area, stage);
    let columns = columns(area, app, model, window);
    head(buffer, area, app, &columns);
    for (y, index) in (1..area.height).zip(window.range()) {
        if let Some(thread) = model.threads.get(index) {
            // The mark that says that there are more threads has the last cell to itself.
            let marked = y == 1 && window.first > 0 || y + 1 == area.height && window.range().end < window.total;
            let columns = if marked { columns.narrowed() } else { columns };
            row(buffer, area, y, app, stage, thread, &columns);
        }
    }
    scroll_marks(buffer, area, app, window);
}

/// Which threads are shown: the selected one is always among them.
pub(in crate::tui) fn window(area: Rect, stage: &Stage) -> Window {
    let rows = usize::from(area.height.saturating_sub(1));
    Window::around(stage.model().threads.len(), rows, stage.thread().index())
}

fn columns(area: Rect, app: &App, model: &Model, window: Window) -> Columns {
    let shown = || window.range().filter_map(|index| model.threads.get(index));
    let letter = shown().map(|thread| thread.id.letter().len()).max().unwrap_or(1);
    let name = shown().map(|thread| text::width(&thread.name)).max().unwrap_or(4).clamp(4, 18);
    let word = shown().map(|thread| text::width(&app.words.state(thread.state))).max().unwrap_or(5);
    let state = 2 + word.max(text::width(&app.words.t("column-state")).saturating_sub(2));
    let line = text::width(&app.words.t("column-line")).max(4);
    let width = usize::from(area.width);
    let fixed = 2 + letter + 1 + state + 1 + line + 1;
    // What a thread is about to do matters most; then what it holds; then what it is called.
    let left = width.saturating_sub(fixed);
    let name = name.min(if left < 40 { left.saturating_sub(ABOUT_LEAST + 1) } else { left * 3 / 10 });
    // A letter or two of a name say nothing.
    let name = if name < 4 { 0 } else { name };
    let left = left.saturating_sub(name + usize::from(name > 0));
    let holds = if left < 30 { 0 } else { left / 3 };
    let about = left.saturating_sub(holds + usize::from(holds > 0));
    Columns { letter, name, state, line, about, holds }
}

fn head(buffer: &mut Buffer, area: Rect, app: &App, columns: &Columns) {
    let style = app.theme().style(Slot::Dim);
    let mut pen = Pen::new(buffer, area, 0, app.glyphs().cut);
    pen.skip(2 + columns.letter + 1);
    let mut title = |key: &str, cells: usize| {
        if cells > 0 {
            pen.field(&app.words.t(key), cells, style);
            pen.skip(1);
        }
    };
    title("column-thread", columns.name);
    title("column-state", columns.state);
    title("column-line", columns.line);
    title("column-about", columns.about);
    title("column-holds", columns.holds);
}

fn row(buffer: &mut Buffer, area: Rect, y: u16, app: &App, stage: &Stage, thread: &ThreadView, columns: &Columns) {
    let (theme, model) = (app.theme(), stage.model());
    let selected = stage.thread() == thread.id;
    let base = base_style(app, stage, thread, selected);
    let mut pen = Pen::new(buffer, area, y, app.glyphs().cut);
    // A digit can be pressed to run the thread.
    let digit = (thread.id.0 <= 9 && stage.choice_of(thread.id).is_some()).then(|| thread.id.0.to_string());
    let last = model.last == Some(thread.id);
    pen.field(if last { app.glyphs().cursor } else { " " }, 1, theme.style(Slot::Now));
    pen.field(digit.as_deref().unwrap_or(" "), 1, theme.style(Slot::Key));
    pen.field(&thread.id.letter(), columns.letter, theme.thread(thread.id));
    let hinted = stage.hinted() == Some(thread.id);
    pen.field(if hinted { app.glyphs().hint } else { "" }, 1, if hinted { theme.style(Slot::Key) } else { base });
    if columns.name > 0 {
        pen.field(&thread.name, columns.name, base);
        pen.field("", 1, base);
    }
    let sign_and_word = format!("{} {}", app.glyphs().state(thread.state), app.words.state(thread.state));
    pen.field(&sign_and_word, columns.state, base.patch(theme.state(thread.state)));
    pen.field("", 1, base);
    let line = if thread.line == 0 || thread.state.is_over() { String::new() } else { thread.line.to_string() };
    pen.field(&format!("{line:>width$}", width = columns.line), columns.line, base);
    pen.field("", 1, base);
    if let Some(exception) = &thread.exception {
        // A thread that was ended by an exception holds what it holds for ever; why it ended matters more.
        pen.field(exception, columns.about + 1 + columns.holds, base);
    } else {
        pen.field(&about(app, model, thread, columns.about), columns.about, base);
        if columns.holds > 0 {
            pen.field("", 1, base);
            pen.field(&holds(app, model, thread, columns.holds), columns.holds, base);
        }
    }
    pen.rest(base);
}

fn base_style(app: &App, stage: &Stage, thread: &ThreadView, selected: bool) -> Style {
    let theme = app.theme();
    if selected && stage.is_focused(Pane::Threads) {
        theme.style(Slot::Selected)
    } else if thread.state.is_over() || thread.state == ThreadState::New {
        theme.style(Slot::Dim)
    } else if selected {
        theme.style(Slot::Text).add_modifier(Modifier::BOLD)
    } else {
        theme.style(Slot::Text)
    }
}

/// What the thread will do when it runs next, and who keeps it from doing so.
/// The middle of a long name gives way first.
pub(in crate::tui) fn about(app: &App, model: &Model, thread: &ThreadView, cells: usize) -> String {
    let action = match (gil_first(model, thread), &thread.pending) {
        (Some(take), _) => app.words.action(&take, model),
        (None, Some(pending)) => app.words.action(pending, model),
        (None, None) => return String::new(),
    };
    match keeper(model, thread) {
        Some(keeper) => {
            let keeper = format!(" {} {keeper}", app.glyphs().held_by);
            let room = cells.saturating_sub(text::width(&keeper));
            format!("{}{keeper}", text::fit_middle(&action, room, app.glyphs().cut))
        }
        None => text::fit_middle(&action, cells, app.glyphs().cut).into_owned(),
    }
}

/// Before what a thread is about to do it may have to wait for the lock of the interpreter. Whoever has that need not
/// have what the thread wants afterwards.
fn gil_first(model: &Model, thread: &ThreadView) -> Option<Action> {
    let ThreadState::Blocked { on } = thread.state else { return None };
    let take = Action::Acquire { object: on, blocking: true, timeout: None };
    model.object(on)?.is_gil().then_some(take)
}

/// Who has to do something before the thread can go on: the letter of who holds the lock.
fn keeper(model: &Model, thread: &ThreadView) -> Option<String> {
    let ThreadState::Blocked { on } = thread.state else { return None };
    super::owner(model, on).map(ThreadId::letter)
}

/// The names of what it holds.
fn holds(app: &App, model: &Model, thread: &ThreadView, cells: usize) -> String {
    if thread.holds.is_empty() {
        return if thread.state.is_over() { String::new() } else { app.glyphs().none.to_owned() };
    }
    let names: Vec<_> = thread.holds.iter().map(|(object, _)| app.words.name(&model.object_name(*object))).collect();
    match &names[..] {
        [one] => text::fit_middle(one, cells, app.glyphs().cut).into_owned(),
        _ => names.join(", "),
    }
}
