//! The Python library beneath the interpreter loop: what operators, built-in functions and built-in types do.
//!
//! The files at the bottom know nothing of the virtual machine: numbers in, text out. What stands above them works on
//! [`Value`](super::Value)s.

pub mod mt;
