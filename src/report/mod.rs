//! What is written for people and for other programs to read: text and JSON, to any [`std::io::Write`].
//!
//! Every JSON document is one object with `"lockstep": 1`, the version of the format; fields are only ever added.
//!
//! | module | what is in it |
//! |---|---|
//! | `list` | the catalogue |
//! | `progress` | what somebody has done with which program |
//! | `check` | what is wrong with programs |
//! | `verify` | whether scenarios are as they state |
//! | `run` | a finished run |
//! | `explore` | what can be said of all interleavings |
//! | `diff` | where two recorded runs part |
//! | `outcome` | what runs came to, counted |
//! | `repeat` | a program that was run many times |
//! | `cells` | what tables are made of |
//! | `witness` | listens to a run for the report |
//! | `narrator` | tells a run step by step |
//! | `tale` | the story of a scenario around that |
//! | `speech` | the speaker's notes of a presentation |
//! | `plain` | a program's output, made harmless |
//! | `export` | a recorded run in the formats of other programs |
//! | `screen` | what a terminal would show, as plain cells |

mod breaks;
mod cells;
pub mod check;
pub mod diff;
pub mod explore;
pub mod export;
pub mod list;
pub mod progress;
mod narrator;
mod outcome;
mod plain;
pub mod repeat;
pub mod run;
pub mod screen;
pub mod speech;
mod tale;
pub mod verify;
mod witness;

pub use cells::{assignments, end_key};
pub use narrator::Narrator;
pub use outcome::{OUTCOMES_KEPT, Outcome, Tally, without_addresses};
pub use plain::plain;
pub use tale::Tale;
pub use witness::Witness;
