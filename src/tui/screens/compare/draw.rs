//! The screen.

use super::place::{Column, Place, Told, Wish};
use super::{Compare, Contender, Focus, State, code, lists, sentence};
use crate::explore::Verdict as Explored;
use crate::report::diff::Relation;
use crate::scenario::Verdict;
use crate::tui::app::App;
use crate::tui::panes::objects::listed;
use crate::tui::panes::{self, Lines, Pen};
use crate::tui::pictures;
use crate::tui::screens::explore::verdict_sign;
use crate::tui::screens::stage::inner;
use crate::tui::text;
use crate::tui::theme::Slot;
use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

/// Draws the screen.
pub fn render(frame: &mut Frame<'_>, area: Rect, app: &App) {
    let buffer = frame.buffer_mut();
    buffer.set_style(area, app.theme().style(Slot::Text));
    let Some(compare) = &app.compare else { return };
    let place = place(app, area);
    if let Some(area) = place.header {
        header(buffer, area, app, compare);
    }
    frames(buffer, area, app, compare, &place);
    for (side, column) in place.columns.iter().enumerate() {
        let Some(column) = column else { continue };
        code::render(buffer, inner(column.code), app, compare, side, place.is_alone());
        if let Some(picture) = column.picture {
            draw_picture(buffer, inner(picture), app, compare, side);
        }
        if let Some(threads) = column.threads {
            lists::threads(buffer, inner(threads), app, compare, side);
        }
        if let Some(objects) = column.objects {
            lists::objects(buffer, inner(objects), app, compare, side);
        }
        panes::paragraph(buffer, inner(column.told), app, &compare.told.sides[side], theme_text(app));
    }
    for (side, area) in place.sentences.iter().enumerate() {
        let Some(area) = area else { continue };
        let told = app.words.with(sentence::SIDES[side], &[("told", compare.told.sides[side].as_str().into())]);
        panes::paragraph(buffer, *area, app, &told, theme_text(app));
    }
    let margin = u16::from(place.header.is_some());
    let body =
        Rect { x: place.relation.x + margin, width: place.relation.width.saturating_sub(2 * margin), ..place.relation };
    let style = app.theme().style(Slot::Narration);
    // Where they part is what one came to see.
    let parts = compare.position > 0 && compare.first() == Some(compare.position);
    let style = if parts { style.add_modifier(Modifier::BOLD) } else { style };
    panes::paragraph(buffer, body, app, &relation(app, compare), style);
    if let Some(area) = place.footer {
        panes::footer(buffer, area, app);
    }
}

/// The picture of a side.
fn draw_picture(buffer: &mut Buffer, area: Rect, app: &App, compare: &Compare, side: usize) {
    let Some(model) = compare.model(side) else { return };
    let contender = &compare.sides[side];
    let scene = pictures::Scene {
        model,
        picture: &contender.picture,
        source: &contender.source,
        words: &app.words,
        theme: app.theme(),
        glyphs: app.glyphs(),
    };
    pictures::draw(&mut pictures::Canvas::new(buffer, area, app.glyph_set), &scene);
}

/// Where everything stands in this area.
pub(super) fn place(app: &App, area: Rect) -> Place {
    let Some(compare) = &app.compare else { return Place::default() };
    let most = |count: fn(&Compare, usize) -> usize| count(compare, 0).max(count(compare, 1));
    let wish = Wish {
        threads: most(|compare, side| compare.history(side).map_or(1, |history| history.head().threads.len())),
        lines: compare.lines.len(),
        objects: most(|compare, side| compare.history(side).map_or(0, |history| listed(history.head()).len())),
    };
    let side = |side: usize, cells: u16| panes::rows_of(&compare.told.sides[side], cells);
    let told = Told {
        sides: |cells| side(0, cells).max(side(1, cells)),
        relation: |cells| panes::rows_of(&relation(app, compare), cells),
    };
    Place::new(area, wish, &told, compare.focus)
}

/// Both programs, how far it is, whether it goes on.
fn header(buffer: &mut Buffer, area: Rect, app: &App, compare: &Compare) {
    let bar = app.theme().style(Slot::Bar);
    let glyphs = app.glyphs();
    let status = match &compare.state {
        State::Making => format!("{} {}", glyphs.play, app.words.t("compare-making")),
        State::Failed(_) => format!("{} {}", glyphs.warning, app.words.t("explorer-failed")),
        State::Made(_) if compare.is_playing() => format!("{} {}", glyphs.play, app.words.t("status-playing")),
        State::Made(_) => {
            let (n, of) = (compare.position.to_string(), compare.last().to_string());
            app.words.with("compare-position", &[("n", n.into()), ("of", of.into())])
        }
    };
    let [left, right] = compare.sides.each_ref().map(super::Contender::title);
    let title = app.words.with("compare-title", &[("left", left.into()), ("right", right.into())]);
    let room = usize::from(area.width).saturating_sub(text::width(&status) + 3);
    let mut pen = Pen::new(buffer, area, 0, glyphs.cut);
    pen.put(" ", bar);
    pen.field(&title, room, bar);
    pen.put(" ", bar);
    pen.put(&status, bar.add_modifier(Modifier::BOLD));
    pen.rest(bar);
}

/// The boxes, with their titles.
fn frames(buffer: &mut Buffer, area: Rect, app: &App, compare: &Compare, place: &Place) {
    let theme = app.theme();
    let mut lines = Lines::new(area);
    for column in place.columns.iter().flatten() {
        column.boxes().for_each(|outer| lines.add(outer));
    }
    let focus = match compare.focus {
        Focus::Side(side) => place.columns[side].map(|column| column.outer),
        Focus::Both => None,
    };
    lines.draw(buffer, app.glyph_set, theme.style(Slot::Border), focus, theme.style(Slot::Focus));
    for (side, column) in place.columns.iter().enumerate() {
        if let Some(column) = column {
            titles(buffer, app, compare, side, column);
        }
    }
}

fn titles(buffer: &mut Buffer, app: &App, compare: &Compare, side: usize, column: &Column) {
    let theme = app.theme();
    let own = theme.style(if compare.focus == Focus::Side(side) { Slot::Focus } else { Slot::Title });
    let name = compare.sides[side].title();
    let (sign, slot, word) = verdict(app, compare, side);
    let verdict = format!("{sign} {word}");
    title(buffer, column.code, app, &[(&name, own), (&verdict, theme.style(slot))]);
    for (outer, key) in
        [(column.picture, "pane-picture"), (column.threads, "pane-threads"), (column.objects, "pane-objects")]
    {
        if let Some(outer) = outer {
            title(buffer, outer, app, &[(&app.words.t(key), own)]);
        }
    }
    let (state, style) = state(app, compare, side);
    title(buffer, column.told, app, &[(&state, style)]);
}

/// Words in the upper edge of a box.
fn title(buffer: &mut Buffer, outer: Rect, app: &App, parts: &[(&str, Style)]) {
    let mut row = Rect { x: outer.x + 1, width: outer.width.saturating_sub(2), height: 1, ..outer };
    for (part, style) in parts.iter().filter(|(part, _)| !part.trim().is_empty()) {
        let shown = text::fit(part, usize::from(row.width.saturating_sub(2)), app.glyphs().cut);
        let cells = u16::try_from(text::width(&shown) + 2).unwrap_or(u16::MAX).min(row.width);
        let place = Rect { width: cells, ..row };
        text::clear(buffer, place);
        buffer.set_style(place, app.theme().style(Slot::Text));
        Pen::new(buffer, place, 0, app.glyphs().cut).put(&format!(" {shown} "), *style);
        row = Rect { x: row.x + cells, width: row.width - cells, ..row };
    }
}

/// What is known of all orders of steps: what was explored, else what the scenario promises.
pub(super) fn known(app: &App, contender: &Contender) -> Option<Explored> {
    let known = app.known.of_target(&contender.title()).filter(|_| contender.request.parameters.is_empty());
    let promised = contender.target.variant().map(|variant| match variant.expected.verdict {
        Verdict::Proved => Explored::Proved,
        Verdict::Bug(_) => Explored::Bug,
    });
    known.map(|told| told.exploration.verdict).or(promised)
}

/// The same as a sign and a word.
fn verdict(app: &App, compare: &Compare, side: usize) -> (&'static str, Slot, String) {
    let Some(verdict) = known(app, &compare.sides[side]) else {
        return (" ", Slot::Dim, String::new());
    };
    let (sign, slot) = verdict_sign(verdict, app.glyphs());
    let word = match verdict {
        Explored::Proved => "explore-proved",
        Explored::Bug => "explore-bug",
        Explored::NotFinished => "explore-not-finished",
    };
    (sign, slot, app.words.t(word))
}

/// How far a side is, and whether it is held up or over.
fn state(app: &App, compare: &Compare, side: usize) -> (String, Style) {
    let (theme, glyphs) = (app.theme(), app.glyphs());
    let (Some(paired), Some(history)) = (compare.paired(), compare.history(side)) else {
        return (String::new(), theme.style(Slot::Dim));
    };
    let step = app.words.with("compare-step", &[("n", history.at().0.to_string().into())]);
    let word = |sign: &str, word: &str| format!("{step}  {sign} {word}");
    if history.model().ended.is_some() {
        let ending = sentence::ending(history, &app.words);
        let finished = history.model().ended == Some(crate::event::End::Finished)
            && history.model().threads.iter().all(|thread| thread.exception.is_none());
        let (sign, slot) = if finished { (glyphs.yes, Slot::Good) } else { (glyphs.no, Slot::Error) };
        return (word(sign, &ending), theme.style(slot));
    }
    let relation = compare.position.checked_sub(1).and_then(|place| paired.rows.get(place)).map(|row| row.relation);
    if relation == Some(Relation::Passed(side)) {
        return (word(glyphs.blocked, &app.words.t("compare-held-up")), theme.style(Slot::Blocked));
    }
    (step, theme.style(Slot::Dim))
}

/// The line that says how the sides stand to each other.
fn relation(app: &App, compare: &Compare) -> String {
    match &compare.state {
        State::Making if compare.is_looking() => app.told(&app.words.t("compare-looking")),
        State::Making => app.words.t("compare-wait"),
        State::Failed(reason) => app.words.with("compare-broken", &[("reason", reason.as_str().into())]),
        State::Made(_) => compare.told.relation.clone(),
    }
}

fn theme_text(app: &App) -> Style {
    app.theme().style(Slot::Text)
}
