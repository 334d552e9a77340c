//! Worlds: what performs the visible operations of a program.
//!
//! The virtual machine is a processor, a kernel is its operating system. A thread runs until it is about to touch something
//! that another thread can see; there the VM stops and says so, and the kernel decides when, and how, it happens.
//! [`sim`] is the kernel whose whole world is one plain value.

mod fault;
mod options;
pub mod sim;

pub use options::{Atomicity, Notify, Options};
