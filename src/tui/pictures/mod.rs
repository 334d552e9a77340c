//! Pictures of a program: what stands next to its code.
//!
//! Which picture it is says the [`Picture`] of the program. A picture is a function of the model at the cursor and of
//! nothing else, so it moves with every step, backwards as well. Each widget has a file of its own with one function,
//! `draw(canvas, scene)`: the [`Scene`] says what there is, the [`Canvas`] is where it is drawn.
//!
//! | file | what is in it |
//! |---|---|
//! | `scene` | what there is to be drawn: the model, and who plays which role |
//! | `canvas` | where it is drawn: text, boxes, wires, lists, and nothing outside the area |
//! | `graph` | threads and objects, who holds and who waits; the picture of every program that names no other |
//! | `cycle` | a circle of waits, drawn as a circle |
//! | `ring` | seats around a table |
//! | `slots` | places, who is in them, who waits outside |
//! | `light` | a signal, who waits before it, who has passed |
//! | `register` | shared values, and every thread's own copy of them |
//! | `account` | accounts, who holds them, what is on its way between them |
//! | `buffer` | boxes between those who fill and those who empty them |
//! | `lanes` | a lane for each thread, and gates across |
//! | `place` | variables, attributes and elements as places with values |
//! | `table` | a row for each thread, in columns that fit |

mod account;
mod buffer;
mod canvas;
mod cycle;
mod graph;
mod lanes;
mod light;
mod place;
mod register;
mod ring;
mod scene;
mod slots;
mod table;
#[cfg(test)]
mod testing;

pub(in crate::tui) use canvas::{Canvas, Span};
pub(in crate::tui) use scene::Scene;

use super::app::App;
use super::panes::Pen;
use super::screens::stage::Stage;
use super::theme::Slot;
use crate::scenario::Widget;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Draws the picture of the program on the stage, as things are at the cursor.
pub(in crate::tui) fn render(buffer: &mut Buffer, area: Rect, app: &App, stage: &Stage) {
    let scene = Scene {
        model: stage.model(),
        picture: stage.picture(),
        source: stage.source(),
        words: &app.words,
        theme: app.theme(),
        glyphs: app.glyphs(),
    };
    let area = complain(buffer, area, app, stage);
    let area = miss(buffer, area, app, &scene);
    draw(&mut Canvas::new(buffer, area, app.glyph_set), &scene);
}

/// Says in the last row what is wrong with the comment that names the picture; what is left of the area.
fn complain(buffer: &mut Buffer, area: Rect, app: &App, stage: &Stage) -> Rect {
    let Some((line, said)) = stage.picture_flaw().filter(|_| area.height > 1) else { return area };
    let args = [("line", line.to_string().into()), ("why", app.words.said(said).into())];
    let row = Rect { y: area.bottom() - 1, height: 1, ..area };
    let style = app.theme().style(Slot::Warning);
    Pen::new(buffer, row, 0, app.glyphs().cut).put(&app.words.with("picture-flaw", &args), style);
    Rect { height: area.height - 1, ..area }
}

/// Says in the last row which names of the picture nothing has; what is left of the area.
fn miss(buffer: &mut Buffer, area: Rect, app: &App, scene: &Scene<'_>) -> Rect {
    let names = scene.absent();
    if names.is_empty() || area.height < 3 {
        return area;
    }
    let told = app.words.with("picture-absent", &[("names", names.join(", ").into())]);
    let row = Rect { y: area.bottom() - 1, height: 1, ..area };
    Pen::new(buffer, row, 0, app.glyphs().cut).put(&told, app.theme().style(Slot::Warning));
    Rect { height: area.height - 1, ..area }
}

/// Draws the picture that the scene asks for.
pub(in crate::tui) fn draw(canvas: &mut Canvas<'_>, scene: &Scene<'_>) {
    if canvas.width() == 0 || canvas.height() == 0 {
        return;
    }
    match scene.picture.widget {
        Widget::Ring => ring::draw(canvas, scene),
        Widget::Slots => slots::draw(canvas, scene),
        Widget::Light => light::draw(canvas, scene),
        Widget::Buffer => buffer::draw(canvas, scene),
        Widget::Register => register::draw(canvas, scene),
        Widget::Account => account::draw(canvas, scene),
        Widget::Lanes => lanes::draw(canvas, scene),
        Widget::Graph => graph::draw(canvas, scene),
    }
}

#[cfg(test)]
mod tests;
