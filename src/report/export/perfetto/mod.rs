//! The run as tracks over time, in the JSON form of Chrome's trace events, which <https://ui.perfetto.dev> opens.
//!
//! ```text
//! threads            M MainThread   |running|ready        |running|joining A …
//!                                   |start A|             |join A |
//!                    A Plato        .       |ready|running      |blocked on fork[1] (unfinished)
//!                                                 |acquire fork[0]
//! locks and others   fork[0] (lock)               |A Plato (unfinished)
//!                    places              (a counter: how many are free)
//! findings                                                      ! Deadlock: …
//! ```
//!
//! A track of the first process has the states of a thread, and nested in them what it did. A track of the second one
//! has those who held a lock or a place of a semaphore; what several may hold at once has several tracks. Arrows (flow
//! events) go from what let somebody go on to what that made possible: from a release to the next acquire by another
//! thread, from a notify, set or put to the wake-up, from a start to the first moment of the new thread, from the last
//! operation of a thread to the end of the join that waited for it.
//!
//! **The time axis.** The virtual clock of the simulator hardly moves, so a step is drawn as one millisecond: step 7 lasts
//! from 7 ms to 8 ms, in which its operations are done one after the other, and a state that it brings about begins at
//! 8 ms. Real threads have real time: an operation lasts from when the thread stood before it (or could go on at last) to
//! when it took effect.
//!
//! **What the reader insists on.** Slices of a track must nest: one that overlaps another is dropped. An end of an arrow
//! belongs to the innermost slice there. Numbers are microseconds, and are made whole nanoseconds by cutting off, so
//! all times are multiples of an eighth of a microsecond, which binary fractions have exactly. A thread is known by
//! its number alone, whatever process it belongs to, and the number of a process counts as that of a thread.
//!
//! | module | what is in it |
//! |---|---|
//! | `clock` | events to moments on the axis |
//! | `drawing` | slices, arrows, counters: what there is to draw |
//! | `threads`, `holders` | the tracks of threads, and of what they hold |
//! | `draw` | the fold over the events |
//! | `emit` | the JSON |

mod clock;
mod draw;
mod drawing;
mod emit;
mod holders;
mod threads;

use crate::model::Recording;
use crate::words::Words;
use std::io::{self, Write};

/// Writes the whole run.
pub fn write(recording: &Recording, words: &Words, out: &mut dyn Write) -> io::Result<()> {
    let drawing = draw::draw(recording, words);
    emit::emit(&drawing, recording, words, out)
}
