//! A film of the interface in the format of asciinema: asciicast, version 2.
//!
//! ```text
//! {"version":2,"width":120,"height":32,"title":"counter/race","theme":{…}}
//! [0.0,"o","\u001b[?25l\u001b[H\u001b[2J…"]
//! [1.0,"o","\u001b[5;12H\u001b[0;1;31mblocked"]
//! [3.5,"m","deadlock: …"]
//! ```
//!
//! One line is one event: its time in seconds, its kind, its data. `o` is output of the terminal, `m` a marker, at which
//! players can stop.
//!
//! | file | what |
//! |---|---|
//! | `pace` | which steps are shown, and when |
//! | `paint` | from one screen to the next with as little output as possible |

mod pace;
mod paint;

pub use pace::{Frame, Mark, Pace};

use crate::ids::Step;
use crate::model::Recording;
use crate::report::export::palette::Shade;
use crate::report::screen::Screen;
use crate::words::{Words, safe};
use serde_json::json;
use std::io::{self, Write};

/// Whoever can draw the interface at any step of the recording.
pub trait Film {
    /// Goes to this step. Steps are asked for in ascending order.
    fn go_to(&mut self, step: Step);
    /// What is told about the step.
    fn narration(&self) -> String;
    /// Draws it.
    fn draw(&mut self, screen: &mut Screen);
}

/// How long the last picture stays, in microseconds.
const LAST_US: u64 = 4_000_000;

/// Writes the film. At no time is there more than two screens of it in memory.
pub fn write(
    recording: &Recording,
    film: &mut dyn Film,
    pace: Pace,
    shade: Shade,
    words: &Words,
    out: &mut dyn Write,
) -> io::Result<()> {
    let (mut shown, mut next) = (Screen::default(), Screen::default());
    let mut painter = paint::Painter::default();
    let mut time_us = 0;
    for frame in pace.frames(&recording.history) {
        film.go_to(frame.step);
        film.draw(&mut next);
        time_us = frame.at_us;
        if frame.step == Step(0) {
            header(recording, &next, shade, out)?;
            event(time_us, "o", painter.begin(&next), out)?;
        } else {
            event(time_us, "o", painter.change(&shown, &next), out)?;
        }
        if let Some(mark) = frame.mark {
            event(time_us, "m", &label(mark, &film.narration(), words), out)?;
        }
        std::mem::swap(&mut shown, &mut next);
    }
    event(time_us + LAST_US, "o", painter.end(&shown), out)
}

/// The first line: the size, and the colours that the 16 stand for.
fn header(recording: &Recording, screen: &Screen, shade: Shade, out: &mut dyn Write) -> io::Result<()> {
    let palette: Vec<String> = shade.sixteen().iter().map(ToString::to_string).collect();
    let header = json!({
        "version": 2,
        "width": screen.width(),
        "height": screen.height(),
        "title": safe(&recording.header.target),
        "theme": {
            "fg": shade.ink().to_string(),
            "bg": shade.ground().to_string(),
            "palette": palette.join(":"),
        },
    });
    writeln!(out, "{header}")
}

/// One event. What changes nothing is not written.
fn event(time_us: u64, kind: &str, data: &str, out: &mut dyn Write) -> io::Result<()> {
    if data.is_empty() {
        return Ok(());
    }
    writeln!(out, "[{}.{:06},{},{}]", time_us / 1_000_000, time_us % 1_000_000, json!(kind), json!(data))
}

/// What a marker says.
fn label(mark: Mark, narration: &str, words: &Words) -> String {
    let key = match mark {
        Mark::Finding => "cast-finding",
        Mark::Note => "cast-note",
    };
    words.with(key, &[("told", narration.into())])
}
