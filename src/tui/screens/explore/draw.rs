//! The screen.

use super::place::Place;
use super::{Explore, Focus, State, Told, verdict, ways};
use crate::session::Notify;
use crate::tui::app::App;
use crate::tui::panes::{self, Lines, Pen, Window};
use crate::tui::text;
use crate::tui::theme::Slot;
use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use ratatui::widgets::Widget;

/// Draws the screen.
pub fn render(frame: &mut Frame<'_>, area: Rect, app: &App) {
    let buffer = frame.buffer_mut();
    buffer.set_style(area, app.theme().style(Slot::Text));
    let Some(explore) = &app.explore else { return };
    let place = place(app, area);
    if let Some(area) = place.sentence {
        let told = format!("{}: {}", verdict::status(app, explore), sentence(app, explore));
        return panes::paragraph(buffer, area, app, &told, app.theme().style(Slot::Narration));
    }
    if let Some(area) = place.header {
        header(buffer, area, app, explore);
    }
    frames(buffer, area, app, explore, &place);
    if let Some(area) = place.verdict {
        let lines = verdict::lines(app, usize::from(area.width));
        let window = Window::from(lines.len(), usize::from(area.height), explore.scroll);
        for (y, line) in (area.y..).zip(&lines[window.range()]) {
            line.render(Rect { y, height: 1, ..area }, buffer);
        }
        panes::scroll_marks(buffer, area, app, window);
    }
    if let (Some(area), Some(told)) = (place.ways, explore.told()) {
        list(buffer, area, app, explore, told);
    }
    if let Some(area) = place.narration {
        let area = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
        panes::paragraph(buffer, area, app, &sentence(app, explore), app.theme().style(Slot::Narration));
    }
    if let Some(area) = place.footer {
        panes::footer(buffer, area, app);
    }
}

/// Where everything stands in this area.
pub(super) fn place(app: &App, area: Rect) -> Place {
    let Some(explore) = &app.explore else { return Place::default() };
    let ways = explore.told().is_some_and(|told| told.ways() > 0);
    Place::new(area, |cells| verdict::lines(app, cells).len(), ways, explore.focus)
}

/// How many rows a page has.
pub(super) fn page(app: &App) -> isize {
    let place = place(app, Rect::new(0, 0, app.size.0, app.size.1));
    let area = match app.explore.as_ref().map(|explore| explore.focus) {
        Some(Focus::Verdict) => place.verdict,
        _ => place.ways,
    };
    area.map_or(1, |area| isize::try_from(area.height.saturating_sub(2).max(1)).unwrap_or(1))
}

/// What is explored, by which rules; how it stands.
fn header(buffer: &mut Buffer, area: Rect, app: &App, explore: &Explore) {
    let bar = app.theme().style(Slot::Bar);
    let status = verdict::status(app, explore);
    let (words, options) = (&app.words, &explore.quest.start.options);
    let mut parts = vec![explore.quest.title.clone()];
    parts.extend(explore.quest.parameters.iter().map(|(name, value)| format!("{name}={value}")));
    parts.push(words.t("explorer-title"));
    parts.push(options.atomicity.to_string());
    parts.extend(options.fair.then(|| "fair".to_owned()));
    parts.extend(options.spurious.then(|| "spurious".to_owned()));
    parts.extend((options.notify == Notify::Any).then(|| "notify any".to_owned()));
    let room = usize::from(area.width).saturating_sub(text::width(&status) + 3);
    let mut pen = Pen::new(buffer, area, 0, app.glyphs().cut);
    pen.put(" ", bar);
    pen.field(&parts.join("  "), room, bar);
    pen.put(" ", bar);
    pen.put(&status, bar.add_modifier(Modifier::BOLD));
    pen.rest(bar);
}

/// The boxes, with their titles.
fn frames(buffer: &mut Buffer, area: Rect, app: &App, explore: &Explore, place: &Place) {
    let theme = app.theme();
    let mut lines = Lines::new(area);
    for outer in [place.verdict_frame, place.ways_frame].into_iter().flatten() {
        lines.add(outer);
    }
    let (focus, other) = match explore.focus {
        _ if place.ways_frame.is_none() => (place.verdict_frame, None),
        Focus::Verdict => (place.verdict_frame, place.ways_frame),
        Focus::Ways => (place.ways_frame, place.verdict_frame),
    };
    lines.draw(buffer, app.glyph_set, theme.style(Slot::Border), focus, theme.style(Slot::Focus));
    for (outer, style) in [(focus, Slot::Focus), (other, Slot::Title)] {
        let Some(outer) = outer else { continue };
        let key = match Some(outer) == place.ways_frame {
            true => "explorer-ways",
            false if explore.is_searching() => "explorer-progress",
            false => "explorer-verdict",
        };
        let row = Rect { x: outer.x + 1, width: outer.width.saturating_sub(2), height: 1, ..outer };
        Pen::new(buffer, row, 0, app.glyphs().cut).put(&format!(" {} ", app.words.t(key)), theme.style(style));
    }
}

/// What stands in which row of the list: lines above the table, then a row for each outcome.
struct Rows {
    upper: Vec<ways::Upper>,
    window: Window,
}

fn rows(app: &App, area: Rect, explore: &Explore, told: &Told) -> Rows {
    let upper = ways::upper(app, told, usize::from(area.width));
    let total = upper.len() + told.exploration.outcomes.len();
    let last_of_bug = upper.iter().rposition(|line| line.way == Some(explore.selected));
    let matters = match (told.outcome(explore.selected), last_of_bug) {
        (Some(outcome), _) => upper.len() + outcome,
        (None, last) => last.unwrap_or(0),
    };
    let height = usize::from(area.height);
    let mut window = Window::around(total, height, matters.min(total.saturating_sub(1)));
    // A bug is read from its first line on.
    if let Some(first) =
        upper.iter().position(|line| line.way == Some(explore.selected)).filter(|first| *first < window.first)
    {
        window = Window::from(total, height, first);
    }
    Rows { upper, window }
}

fn list(buffer: &mut Buffer, area: Rect, app: &App, explore: &Explore, told: &Told) {
    let theme = app.theme();
    let Rows { upper, window } = rows(app, area, explore, told);
    let columns = ways::Columns::new(app, explore, told, usize::from(area.width));
    for (y, index) in (0..area.height).zip(window.range()) {
        let row = Rect { y: area.y + y, height: 1, ..area };
        let way = if let Some(line) = upper.get(index) {
            if index + 1 == upper.len() && !told.exploration.outcomes.is_empty() {
                ways::head(buffer, area, y, app, &columns);
            } else {
                (&line.line).render(row, buffer);
            }
            line.way
        } else {
            let place = index - upper.len();
            ways::outcome(buffer, (area, y), app, (explore, told), place, &columns);
            Some(told.ways() - told.exploration.outcomes.len() + place)
        };
        if way == Some(explore.selected) {
            let is_first = index == 0 || upper.get(index).is_none() || upper[index - 1].way != way;
            let style = theme.style(if explore.focus == Focus::Ways { Slot::Selected } else { Slot::Title });
            if is_first {
                buffer.set_style(row, style);
                Pen::new(buffer, row, 0, "").put(app.glyphs().cursor, style);
            }
        }
    }
    panes::scroll_marks(buffer, area, app, window);
}

/// The way whose row this is.
pub(super) fn way_at(app: &App, area: Rect, row: u16) -> Option<usize> {
    let explore = app.explore.as_ref()?;
    let told = explore.told()?;
    let Rows { upper, window } = rows(app, area, explore, told);
    let index = window.first + usize::from(row.checked_sub(area.y)?);
    if !window.range().contains(&index) {
        return None;
    }
    match upper.get(index) {
        Some(line) => line.way,
        None => Some(told.ways() - told.exploration.outcomes.len() + index - upper.len()),
    }
}

/// What the narration says.
fn sentence(app: &App, explore: &Explore) -> String {
    let said = match &explore.state {
        State::Searching(search) if search.stopping => app.words.t("explorer-stopping"),
        State::Searching(_) => app.words.t("explorer-wait"),
        State::Found(told) => ways::narration(app, told, explore.selected),
        State::Failed(_) => app.words.t("explorer-failed-hint"),
    };
    app.told(&said)
}
