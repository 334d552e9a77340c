//! What can be said of all interleavings of a program.
//!
//! | module | what is in it |
//! |---|---|
//! | `verdict` | the verdict, and what it rests on |
//! | `bugs` | each bug, each warning: a sentence, and how to see it |
//! | `shown` | a witness, replayed |
//! | `table` | the outcomes |
//! | `hang` | how an outcome ends, and whom that befalls |
//! | `live` | what testing would have found |
//! | `json` | for other programs |

mod bugs;
mod hang;
mod json;
mod live;
mod shown;
mod table;
mod verdict;

pub use bugs::{message, no_return};
pub use hang::{Hang, ended};
pub use json::json;
pub use live::{count, is_among, is_same, live_lines};
pub use shown::Replay;
pub use table::{number, probability, same, title, total};
pub use verdict::{caution, kind_key, only_unfair};

use super::cells::{blanks, wrapped};
use super::repeat::Side;
use crate::detect::Finding;
use crate::event::{Event, Schedule};
use crate::explore::{Ending, Exploration, Outcome};
use crate::ids::Step;
use crate::model::Model;
use crate::scenario::RunEnd;
use crate::words::{Words, safe};
use std::io::{self, Write};
use std::time::Duration;
use unicode_width::UnicodeWidthStr;

/// How many columns the word at the beginning of a paragraph has.
const LABEL_COLUMNS: usize = 14;

/// Everything that is said about an exploration.
pub struct Explored<'a> {
    /// What to type to get there again.
    pub target: &'a str,
    pub exploration: &'a Exploration,
    pub took: Duration,
    pub workers: usize,
    /// Interleavings were to be counted.
    pub count: bool,
    /// The exploration's bugs, each as its witness shows it.
    pub bugs: &'a [Shown],
    /// For each outcome, who is left where nobody can go on.
    pub hangs: &'a [Option<Hang>],
    /// What the detectors found along the witnesses besides.
    pub warnings: &'a [Warning],
    /// Runs on real threads; `None` when there were none.
    pub live: Option<&'a Live>,
    /// How wide the terminal is; `None` when it is none: then lines are not broken.
    pub columns: Option<usize>,
}

/// A witness, replayed.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The picture at its end.
    pub model: Model,
    /// The step after which nothing can save it; `None` when that is not known, or there is no such step.
    pub turning: Option<Turning>,
    /// It asks for more lines of input than there are.
    pub input_ended: bool,
    /// The command that makes the run, and the one that shows it.
    pub again: String,
    pub stage: String,
}

/// A step that matters.
#[derive(Clone, Debug)]
pub struct Turning {
    pub step: Step,
    pub events: Vec<Event>,
    /// The picture after it.
    pub after: Model,
}

/// Something that is not in order, although it need not go wrong.
#[derive(Clone, Debug)]
pub struct Warning {
    pub finding: Finding,
    /// The picture at the end of the witness along which it was found.
    pub model: Model,
    pub schedule: Schedule,
    pub again: String,
}

/// Runs on real threads, beside the exploration.
#[derive(Clone, Debug, Default)]
pub struct Live {
    pub side: Side,
    /// Runs that came to something which is not among the outcomes, although these are all there are. That is a mistake of
    /// ours.
    pub unexplored: u64,
    /// How the first of them went.
    pub example: Option<Schedule>,
}

/// For people: the verdict, each bug, the outcomes, what else is not in order.
pub fn text(explored: &Explored<'_>, words: &Words, out: &mut dyn Write) -> io::Result<()> {
    verdict::write(explored, words, out)?;
    bugs::write(explored, words, out)?;
    table::write(explored, words, out)?;
    bugs::warnings(explored, words, out)?;
    live::write(explored, words, out)
}

/// How an outcome is called in one word.
#[must_use]
pub fn end(outcome: &Outcome) -> RunEnd {
    match outcome.ending {
        Ending::Finished if outcome.failed.is_empty() => RunEnd::Finished,
        Ending::Finished => RunEnd::Crash,
        Ending::Deadlock => RunEnd::Deadlock,
        Ending::CutOff(_) => RunEnd::Limit,
    }
}

/// A paragraph: a word in the first columns, and lines beside it.
fn paragraph(label: &str, lines: &[String], columns: Option<usize>, out: &mut dyn Write) -> io::Result<()> {
    let label = safe(label);
    let mut margin = format!("{label}{}", blanks(LABEL_COLUMNS.saturating_sub(label.width()).max(1)));
    for line in lines {
        let room = columns.map(|columns| columns.saturating_sub(LABEL_COLUMNS).max(20));
        for piece in wrapped(line, room) {
            writeln!(out, "{margin}{piece}")?;
            margin = blanks(LABEL_COLUMNS);
        }
    }
    Ok(())
}
