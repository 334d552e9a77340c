//! States: when two of them are the same, and what merging them leaves of a program's interleavings.

// A test that cannot go on says so by panicking.
#![allow(clippy::unwrap_used)]

mod common;
mod endless;
mod fingerprint;
mod gallery;
mod merging;
mod pursuit;
mod reduce;
mod reference;
mod search;
mod shortest;
mod textbook;
mod verdicts;
