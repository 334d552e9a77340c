//! What is not a step of its own must not be missed: no interleaving that leads somewhere else is hidden.
//!
//! `same` runs every interleaving of a program twice, as it is compiled and with the analysis of sharing overruled, and
//! wants the same outcomes. `reaches` names outputs that CPython can print, whatever both modes think.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "this is a test")]

mod common;
mod dial;
mod generated;
mod hidden;
mod pairs;
mod programs;
