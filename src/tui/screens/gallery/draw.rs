//! The gallery on the screen.

use super::place::Place;
use super::{Focus, Gallery, Row, standing};
use crate::tui::app::App;
use crate::tui::panes::{self, Lines, Pen};
use crate::tui::prose;
use crate::tui::text;
use crate::tui::theme::Slot;
use crate::words::safe;
use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::Widget;

/// Draws the gallery.
pub fn render(frame: &mut Frame<'_>, area: Rect, app: &App) {
    let place = Place::new(area, &app.gallery);
    let buffer = frame.buffer_mut();
    buffer.set_style(area, app.theme().style(Slot::Text));
    if let Some(area) = place.sentence {
        return sentence(buffer, area, app);
    }
    if let Some(area) = place.header {
        header(buffer, area, app);
    }
    frames(buffer, area, app, &place);
    if let Some(area) = place.list {
        list(buffer, area, app, &place);
    }
    if let Some(area) = place.story {
        story(buffer, area, app);
    }
    if let Some(area) = place.footer {
        panes::footer(buffer, area, app);
    }
    if let Some(outer) = place.list_frame
        && app.gallery.filtering
    {
        let row = filter_row(outer);
        app.gallery.filter.render(frame, row, app.theme().style(Slot::Field));
    }
}

fn header(buffer: &mut Buffer, area: Rect, app: &App) {
    let bar = app.theme().style(Slot::Bar);
    let mut pen = Pen::new(buffer, area, 0, app.glyphs().cut);
    pen.put(&format!(" {}", app.words.t("gallery-header")), bar);
    pen.rest(bar);
}

/// The boxes around the list and the story, with their titles.
fn frames(buffer: &mut Buffer, area: Rect, app: &App, place: &Place) {
    let theme = app.theme();
    let mut lines = Lines::new(area);
    for outer in [place.list_frame, place.story_frame].into_iter().flatten() {
        lines.add(outer);
    }
    let (focus, other) = match app.gallery.focus {
        Focus::List => (place.list_frame, place.story_frame),
        Focus::Story => (place.story_frame, place.list_frame),
    };
    lines.draw(buffer, app.glyph_set, theme.style(Slot::Border), focus, theme.style(Slot::Focus));
    for (outer, style) in [(focus, Slot::Focus), (other, Slot::Title)] {
        let Some(outer) = outer else { continue };
        let is_list = Some(outer) == place.list_frame;
        let title = if is_list { list_title(app) } else { app.words.t("gallery-story") };
        let row = Rect { x: outer.x + 1, width: outer.width.saturating_sub(2), height: 1, ..outer };
        Pen::new(buffer, row, 0, app.glyphs().cut).put(&format!(" {title} "), theme.style(style));
    }
}

/// The name of the list, or the filter.
fn list_title(app: &App) -> String {
    if app.gallery.filtering || !app.gallery.filter.value().is_empty() {
        return format!("/ {}", app.gallery.filter.value());
    }
    app.words.t("gallery-list")
}

/// Where the filter is typed: in the title of the list, behind the slash.
fn filter_row(outer: Rect) -> Rect {
    Rect { x: outer.x + 4, width: outer.width.saturating_sub(6), height: 1, ..outer }
}

fn list(buffer: &mut Buffer, area: Rect, app: &App, place: &Place) {
    let gallery = &app.gallery;
    if gallery.rows.is_empty() {
        let style = app.theme().style(Slot::Dim);
        Pen::new(buffer, area, 0, app.glyphs().cut).put(&format!(" {}", app.words.t("gallery-nothing")), style);
        return;
    }
    let window = place.window(gallery);
    for (y, index) in (0..area.height).zip(window.range()) {
        entry(buffer, area, y, app, index);
    }
    panes::scroll_marks(buffer, area, app, window);
}

fn entry(buffer: &mut Buffer, area: Rect, y: u16, app: &App, index: usize) {
    let theme = app.theme();
    let gallery: &Gallery = &app.gallery;
    let lang = app.words.lang();
    let selected = index == gallery.selected;
    let style = |slot| if selected { theme.style(Slot::Selected) } else { theme.style(slot) };
    let scenarios = gallery.catalogue.scenarios();
    let mut pen = Pen::new(buffer, area, y, app.glyphs().cut);
    pen.put(if selected { app.glyphs().cursor } else { " " }, style(Slot::Text));
    match gallery.rows[index] {
        Row::Topic(at) => pen.put(lang.text(&scenarios[at].topic), style(Slot::Dim)),
        Row::Scenario(at) => {
            let count = standing::count(app, &scenarios[at]);
            let count = count.map(|done| format!("{done}/{}", scenarios[at].variants.len())).unwrap_or_default();
            pen.put(" ", style(Slot::Text));
            beside(&mut pen, lang.text(&scenarios[at].title), style(Slot::Title), &count, style(Slot::Dim));
        }
        Row::Variant(at, n) => {
            let variant = &scenarios[at].variants[n];
            let (sign, slot) = super::story::sign(app, &scenarios[at], variant);
            pen.put("   ", style(Slot::Text));
            pen.put(sign, style(slot));
            pen.put(" ", style(Slot::Text));
            let state = standing::of(app, &scenarios[at], variant).sign(app);
            let (state, slot) = state.map_or((String::new(), Slot::Text), |(sign, word, slot)| {
                (format!("{sign} {}", app.words.t(word)), slot)
            });
            beside(&mut pen, lang.text(&variant.title), style(Slot::Text), &state, style(slot));
        }
        Row::Broken(at) => {
            let broken = &gallery.catalogue.broken()[at];
            let word = format!("{} {}", app.glyphs().warning, app.words.t("gallery-broken"));
            pen.put(" ", style(Slot::Text));
            beside(&mut pen, &safe(&broken.id), style(Slot::Title), &word, style(Slot::Warning));
        }
    }
    if selected {
        pen.rest(style(Slot::Text));
    }
}

/// A text, and another one at the right end of the row.
fn beside(pen: &mut Pen<'_>, left: &str, style: Style, right: &str, right_style: Style) {
    if right.is_empty() {
        return pen.put(left, style);
    }
    let cells = text::width(right) + 2;
    let room = pen.room().saturating_sub(cells);
    pen.field(left, room, style);
    pen.put(" ", style);
    pen.put(right, right_style);
    pen.put(" ", style);
}

fn story(buffer: &mut Buffer, area: Rect, app: &App) {
    let lines = super::story::lines(app, usize::from(area.width));
    let window = panes::Window::from(lines.len(), usize::from(area.height), app.gallery.scroll);
    for (y, line) in (area.y..).zip(&lines[window.range()]) {
        line.render(Rect { y, height: 1, ..area }, buffer);
    }
    let edge = Rect { width: area.width + 1, ..area };
    panes::scroll_marks(buffer, edge, app, window);
}

fn sentence(buffer: &mut Buffer, area: Rect, app: &App) {
    let style = app.theme().style(Slot::Narration);
    let lines = prose::wrap(&super::story::sentence(app), usize::from(area.width));
    for (y, line) in (0..area.height).zip(lines) {
        Pen::new(buffer, area, y, app.glyphs().cut).put(&line, style);
    }
}
