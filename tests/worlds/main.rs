//! One suite, two worlds: what real threads do, the simulator can do, too, and it comes to the same.
//!
//! | file | what |
//! |---|---|
//! | `program` | every program in the tree |
//! | `recording` | what is left of a run: its tape, and what it came to |
//! | `legal` | a recording is legal: the simulator makes the same steps, and ends the same |
//! | `generated` | small programs drawn at random |
//! | `live` | every program on real threads |
//! | `explored` | what they come to is among the explored outcomes |
//! | `sure` | what some programs must come to |
//! | `simulated` | runs of the simulator are legal, spoilt ones are not: the suite can fail |

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test may fail that way, its helpers too, and says what it skips"
)]

mod explored;
mod generated;
mod legal;
mod live;
#[path = "../visibility/pairs.rs"]
mod pairs;
mod program;
mod recording;
mod simulated;
mod sure;
