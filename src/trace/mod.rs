//! A run as a file: who can be told of it, keep it, and open it again.
//!
//! A trace is text, one JSON object a line. The first line says how the run was started; each of the others is one
//! event, or one of the few things about a run that are no events (`docs/TRACE_FORMAT.md` describes every field).
//!
//! ```text
//! {"lockstep_trace":1,"world":"sim","target":"counter/race","sources":[…],"seed":7,…}
//! {"seq":0,"step":0,"at":0,"thread":0,"line":0,"event":"thread","name":"MainThread","daemon":false,"parent":null}
//! {"seq":9,"step":1,"at":0,"thread":0,"line":11,"choice":"M","event":"did","action":"start","other":1,"outcome":"done"}
//! …
//! {"record":"end","steps":37,"events":412}
//! ```
//!
//! | file | what |
//! |---|---|
//! | `header` | how a run was started |
//! | `moment` | a place in a run, as one line |
//! | `line` | a JSON object, written field by field |
//! | `encode` | records to lines |
//! | `wire`, `decode` | lines to records |
//! | `recall` | lines that say again what a line before them said |
//! | `input` | a stream of bytes, packed or not |
//! | `reader`, `check`, `memory` | a stream of bytes, which may be hostile, to records that make sense |
//! | `feed` | records in batches |
//! | `writer` | records to a stream of bytes |
//! | `recorder` | a file that is written while the run goes on |
//! | `recorded` | listening and recording at the same time |
//! | `whole` | a file that is written whole or not at all |
//!
//! Whatever comes out of a [`Reader`] keeps these promises: threads and objects are declared before they are mentioned,
//! and numbered without gaps; events are numbered from 0 without gaps; a step is never smaller than the one before, and
//! at most one larger; all texts together, and all lines, are of bounded size.

mod check;
mod decode;
mod encode;
mod feed;
mod header;
mod input;
mod line;
mod memory;
mod reader;
mod recall;
mod recorded;
mod recorder;
pub mod whole;
mod wire;
mod writer;
mod moment;

pub use feed::{Feed, Portion};
pub use header::{Header, Language, PICTURE_MAX, SCHEMA, VERSION, lines_read};
pub use moment::{Moment, MomentError};
pub use reader::{Broken, Problem, Reader, Unreadable, limits};
pub use recorded::Recorded;
pub use recorder::{Packing, Recorder};
pub use writer::Writer;

use crate::event::{Choice, Event};
use crate::ids::Step;
use std::sync::Arc;

/// One line of a trace after the first.
#[derive(Clone, Debug, PartialEq)]
pub enum Record {
    /// Something happened. In the simulator, the first event of a step carries the choice that made it.
    Event { event: Event, choice: Option<Choice> },
    /// A line of input was given; `None` is its end.
    Input { line: Option<Arc<str>> },
    /// Everything after this step is given up: the run went on from there another way.
    Cut { to: Step },
    /// So many facts about real threads were lost until now: the tape has gaps.
    Lost { count: u64 },
    /// Nothing comes after this. A trace without it was cut short.
    End { steps: u64, events: u64 },
}
