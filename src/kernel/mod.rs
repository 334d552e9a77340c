//! Worlds: what performs the visible operations of a program.
//!
//! The virtual machine is a processor, a kernel is its operating system. A thread runs until it is about to touch something
//! that another thread can see; there the VM stops and says so, and the kernel decides when, and how, it happens.
//! [`sim`] is the kernel whose whole world is one plain value; [`live`] is the one that runs on real threads.
//!
//! | file | what every kernel needs |
//! |---|---|
//! | `options`, `facts`, `output` | its rules, its threads, what the program has written |
//! | `body` | the state machines behind the program's primitives, as new |
//! | `deed`, `fault` | what came of an operation, misuse as Python's exceptions |
//! | `render`, `declare` | operations and new things as events |

mod body;
mod declare;
mod deed;
mod facts;
mod fault;
pub mod live;
mod options;
mod output;
mod render;
pub mod sim;

pub use facts::ThreadFacts;
pub use options::{Atomicity, Notify, Options};
pub use output::Output;
