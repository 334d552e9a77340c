//! Findings in programs: each kind with a program in which it is found and a near twin in which it is not.

#![allow(clippy::unwrap_used)]

mod common;
mod races;
mod waits;
