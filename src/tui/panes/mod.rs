//! The panes of the stage, one file each. A pane draws into its rectangle what the app says and changes nothing.

mod banner;
mod events;
mod findings;
mod footer;
mod frame;
mod header;
mod narration;
pub(in crate::tui) mod notes;
pub(in crate::tui) mod objects;
mod output;
mod pen;
mod picture;
mod presenter;
pub(in crate::tui) mod program;
pub(in crate::tui) mod threads;
pub(in crate::tui) mod timeline;
mod variables;
mod window;

pub(in crate::tui) use findings::sign as finding_sign;
pub(in crate::tui) use footer::{hit as footer_hit, render as footer};
pub(in crate::tui) use frame::Lines;
pub(in crate::tui) use narration::{paragraph, rows as narration_rows, rows_of};
pub(in crate::tui) use pen::Pen;
pub(in crate::tui) use program::{at_moment as program_at_moment, window_at_moment as program_window};
pub(in crate::tui) use window::{Window, scroll_marks};

use super::app::App;
use super::screens::stage::{Layout, Pane, Stage, inner};
use super::text;
use super::theme::Slot;
use crate::event::ObjectState;
use crate::ids::{ObjectId, ThreadId};
use crate::model::Model;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Draws the whole stage.
pub(in crate::tui) fn render(buffer: &mut Buffer, area: Rect, app: &App, stage: &Stage) {
    buffer.set_style(area, app.theme().style(Slot::Text));
    if let Some(board) = stage.board(area) {
        return presenter::render(buffer, app, stage, &board);
    }
    let layout = stage.layout(area);
    if let Some(header) = layout.header {
        header::render(buffer, header, app, stage);
    }
    if let Some(row) = layout.banner {
        banner::render(buffer, row, app, stage);
    }
    edges(buffer, area, app, stage, &layout);
    for (pane, outer) in &layout.panes {
        let body = inner(*outer);
        match pane {
            Pane::Program => program::render(buffer, body, app, stage),
            Pane::Threads => threads::render(buffer, body, app, stage),
            Pane::Objects => objects::render(buffer, body, app, stage),
            Pane::Timeline => timeline::render(buffer, body, app, stage),
            Pane::Picture => picture::render(buffer, body, app, stage),
            Pane::Output => output::render(buffer, body, app, stage),
            Pane::Events => events::render(buffer, body, app, stage),
            Pane::Findings => findings::render(buffer, body, app, stage),
            Pane::Variables => variables::render(buffer, body, app, stage),
            Pane::Notes => notes::render(buffer, body, app, stage),
        }
    }
    narration::render(buffer, layout.narration, app, stage, layout.header.is_none());
    if let Some(row) = layout.footer {
        footer(buffer, row, app);
    }
}

/// The lines around the panes and their titles.
fn edges(buffer: &mut Buffer, area: Rect, app: &App, stage: &Stage, layout: &Layout) {
    let mut lines = Lines::new(area);
    for (_, outer) in &layout.panes {
        lines.add(*outer);
    }
    let theme = app.theme();
    let focus = layout.pane(stage.focus());
    lines.draw(buffer, app.glyph_set, theme.style(Slot::Border), focus, theme.style(Slot::Focus));
    let last = layout.panes.len().saturating_sub(1);
    for (index, (pane, outer)) in layout.panes.iter().enumerate() {
        let tabs: &[Pane] = if index == last { layout.tabs } else { std::slice::from_ref(pane) };
        title(buffer, *outer, app, stage, *pane, tabs);
    }
}

/// A pane's title: its name, or all the names that share the place with the shown one marked.
fn title(buffer: &mut Buffer, outer: Rect, app: &App, stage: &Stage, shown: Pane, tabs: &[Pane]) {
    let theme = app.theme();
    for (pane, (start, end)) in tab_places(outer, app, stage, tabs) {
        let style = if pane == stage.focus() && pane == shown {
            theme.style(Slot::Focus)
        } else if pane == Pane::Findings && stage.finding_count() > 0 {
            theme.style(Slot::Error)
        } else if pane == Pane::Notes && pane != shown && stage.unread() > 0 {
            theme.style(Slot::Changed)
        } else if pane == shown {
            theme.style(Slot::Title)
        } else {
            theme.style(Slot::Dim)
        };
        let room = Rect { x: start, width: end - start, height: 1, ..outer };
        // The style of the line below must not shine through.
        text::clear(buffer, room);
        buffer.set_style(room, theme.style(Slot::Text));
        Pen::new(buffer, room, 0, app.glyphs().cut).put(&format!(" {} ", tab_name(app, stage, pane)), style);
    }
}

/// Where the names in a title stand: from the first column up to before the second.
pub(in crate::tui) fn tab_places(outer: Rect, app: &App, stage: &Stage, tabs: &[Pane]) -> Vec<(Pane, (u16, u16))> {
    let mut places = Vec::new();
    let mut x = outer.x + 1;
    let limit = outer.right().saturating_sub(1);
    // When not all names fit, the ones before the focused one give way.
    let widths: Vec<u16> = tabs.iter().map(|pane| cells(&tab_name(app, stage, *pane)) + 3).collect();
    let focused = tabs.iter().position(|pane| *pane == stage.focus()).unwrap_or(0);
    let mut first = 0;
    while first < focused && widths[first..=focused].iter().sum::<u16>() > limit.saturating_sub(x) {
        first += 1;
    }
    for (pane, width) in tabs.iter().zip(&widths).skip(first) {
        let end = (x + width - 1).min(limit);
        if end <= x + 2 {
            break;
        }
        places.push((*pane, (x, end)));
        x += width;
    }
    places
}

fn tab_name(app: &App, stage: &Stage, pane: Pane) -> String {
    let name = app.words.t(pane.words());
    match pane {
        Pane::Findings if stage.finding_count() > 0 => format!("{name} {}", stage.finding_count()),
        Pane::Notes if stage.unread() > 0 => {
            app.words.with("notes-unread", &[("name", name.into()), ("n", stage.unread().into())])
        }
        _ => name,
    }
}

fn cells(name: &str) -> u16 {
    u16::try_from(text::width(name)).unwrap_or(u16::MAX).min(200)
}

/// Who holds a lock, or the lock of a condition.
pub(in crate::tui) fn owner(model: &Model, object: ObjectId) -> Option<ThreadId> {
    match &model.object(object)?.state {
        ObjectState::Lock { owner, .. } => *owner,
        ObjectState::Condition { lock } => match &model.object(*lock)?.state {
            ObjectState::Lock { owner, .. } => *owner,
            _ => None,
        },
        _ => None,
    }
}
