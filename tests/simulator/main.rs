//! Whole programs in the simulator: exact interleavings, exact ends, exact events.

#![allow(clippy::unwrap_used, reason = "a test may fail that way, its helpers too")]

mod choices;
mod common;
mod python;
mod recorded;
mod tape;
