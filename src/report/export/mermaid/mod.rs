//! Who did what to whom, as a sequence diagram for Mermaid.
//!
//! Threads stand on the left, what they touched on the right, in the order in which it was touched first. A solid arrow
//! is something done to a thing or to another thread, a dashed one what comes back from it: a value, an item, a wake-up.
//! A bar on the line of a lock lasts as long as it is held. Notes say who is held up and by whom, what was printed, and
//! what was found.
//!
//! A diagram is for looking at, so of a long run a part is drawn, and notes say so: without a wish for certain steps the
//! first [`STEPS_MAX`], or those that lead to the first finding, and in any case no more than Mermaid accepts.
//!
//! | module | what is in it |
//! |---|---|
//! | `script` | the fold over the events, which makes lines |
//! | `label` | what is written at an arrow |
//! | `text` | what comes from the program, escaped |

mod label;
mod script;
mod text;

use super::Steps;
use crate::event::Event;
use crate::ids::Step;
use crate::model::Recording;
use crate::words::Words;
use script::Script;
use std::io::{self, Write};

/// So many steps are drawn when nobody says which.
pub const STEPS_MAX: u32 = 200;
/// Mermaid takes 50,000 characters; some room is left for the participants and the last notes.
const TEXT_MAX: usize = 44_000;

/// What is drawn when nobody says what: the beginning, or what leads to the first finding.
fn usual(recording: &Recording) -> Steps {
    let found = recording.history.all_findings().first().map_or(Step(0), |finding| finding.step);
    let to = found.max(Step(STEPS_MAX));
    Steps { from: Step(to.0 - STEPS_MAX), to }
}

/// Writes these steps; all of them means as many as can be looked at.
pub fn write(recording: &Recording, steps: Steps, words: &Words, out: &mut dyn Write) -> io::Result<()> {
    let history = &recording.history;
    let last = history.last_step();
    let wanted = if steps == Steps::ALL { usual(recording) } else { steps };
    let mut script = Script::new(history.head(), words);
    let mut events: Vec<Event> = Vec::new();
    let mut left_out = None;
    if steps == Steps::ALL && wanted.from > Step(0) {
        let args = [("from", 0.into()), ("to", (wanted.from.0 - 1).into())];
        script.note_to_all(&words.with("seq-left-out", &args));
    }
    for step in (0..=last.0).map(Step) {
        events.clear();
        events.extend(history.events_of(step));
        if step < wanted.from {
            script.skip(&events);
            continue;
        }
        if step > wanted.to || script.length() > TEXT_MAX {
            left_out = Some(step);
            break;
        }
        script.step(&events, history.findings_of(step));
    }
    // Whoever asked for certain steps knows that there are others.
    let asked = steps != Steps::ALL && left_out.is_some_and(|from| from > wanted.to);
    if let Some(from) = left_out.filter(|_| !asked) {
        let args = [("from", from.0.into()), ("to", last.0.into())];
        script.note_to_all(&words.with("seq-left-out", &args));
    }
    out.write_all(script.finish(&recording.header.target).as_bytes())
}
