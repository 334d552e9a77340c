//! The Python library beneath the interpreter loop: what operators, built-in functions and built-in types do.
//!
//! | part | what it knows |
//! |---|---|
//! | [`text`], [`number`], [`container`], [`mt`], [`calendar`], [`siphash`] | nothing of the virtual machine: numbers in, text out |
//! | [`entry`] | what the interpreter asks for: operators, iteration, text, hashing |
//! | the rest | [`Value`](super::Value)s and the heap |

#![allow(clippy::similar_names, reason = "start, stop and step are Python's names")]
#![allow(clippy::single_match_else, reason = "what is there and what is said otherwise stand side by side")]
#![allow(clippy::unnecessary_wraps, reason = "natives share one signature")]

pub mod arguments;
pub mod attribute;
mod builtins;
pub mod bytes;
pub mod calendar;
pub mod compare;
pub mod container;
pub mod entry;
pub mod fault;
pub mod format;
pub mod iterate;
pub mod keys;
mod methods;
mod modules;
pub mod mt;
pub mod number;
pub mod operator;
pub mod python;
pub mod peek;
pub mod repr;
pub mod sets;
pub mod siphash;
pub mod slice;
pub mod subscript;
pub mod text;
pub mod truth;
pub mod view;

use crate::vm::native::Registry;
use text::{field, percent, spec};

/// Puts everything of the library into the tables.
pub fn register(registry: &mut Registry) {
    builtins::register(registry);
    methods::register(registry);
    modules::register(registry);
}
