//! Runs as files: what is written is read again, what was not written by us does no harm.

// A test that cannot go on says so by panicking.
#![allow(clippy::unwrap_used, clippy::print_stdout)]
#![allow(dead_code)]

#[path = "../exports/common.rs"]
mod common;
mod broken;
mod doc;
mod mutated;
mod promises;
mod roundtrip;
mod samples;
mod schema;
mod worlds;
