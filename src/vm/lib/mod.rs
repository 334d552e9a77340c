//! The Python library beneath the interpreter loop: what operators, built-in functions and built-in types do.
//!
//! | part | what it knows |
//! |---|---|
//! | [`text`], [`number`], [`container`], [`mt`], [`calendar`], [`siphash`] | nothing of the virtual machine: numbers in, text out |
//! | [`entry`] | what the interpreter asks for: operators, iteration, text, hashing |
//! | the rest | [`Value`](super::Value)s and the heap |

pub mod calendar;
pub mod container;
pub mod entry;
pub mod fault;
pub mod mt;
pub mod number;
pub mod siphash;
pub mod text;

pub use entry::register;
