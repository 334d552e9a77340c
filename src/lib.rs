//! Lockstep shows why concurrent programs go wrong.
//!
//! The modules are listed in pipeline order: a module uses only modules listed above it (`tests/layers.rs` holds the
//! rule).

pub mod ids;
pub mod said;
pub mod source;
pub mod lang;
pub mod vm;

pub mod event;

pub mod primitive;
pub mod sync;
pub mod sched;
pub mod kernel;
pub mod trace;

pub mod detect;
pub mod explore;

pub mod scenario;
pub mod quiz;
pub mod session;

pub mod model;
pub mod verify;
pub mod words;
pub mod report;

pub mod tui;
pub mod show;
pub mod cli;

pub use show::show;
