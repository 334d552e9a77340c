//! The simulator: the whole world as one plain value.
//!
//! A [`World`] is everything a run consists of: the machine's memory, the tables of threads and primitives, the clock,
//! the generator of random numbers, the output. [`World::candidates`] says which steps are possible,
//! [`World::apply`] makes one. The same world and the same choice give the same events, byte for byte; a clone is a fork
//! in time.
//!
//! | file | what |
//! |---|---|
//! | `world` | the value, and what can be asked of it |
//! | `turn` | one step: perform, run on, settle |
//! | `system`, `outlook`, `perform` | who waits for what; who can go on; what each operation does |
//! | `choices`, `misfit` | the steps that are possible; why another one is not |
//! | `task`, `table`, `threads`, `clock` | the tables |
//! | `books`, `tell` | new things, and what came of a step, as events |
//! | `fingerprint`, `footprint`, `touch` | when two worlds are the same; what a step depends on; what it touches |
//! | `drive` | runs without an interface |

mod books;
mod choices;
mod clock;
mod drive;
mod exchange;
mod fingerprint;
mod footprint;
mod misfit;
mod outlook;
mod perform;
mod system;
mod table;
mod task;
mod tell;
#[cfg(test)]
mod tests;
mod threads;
mod touch;
mod turn;
mod world;

pub use clock::STEP;
pub use drive::{Drive, Input, StepMisfit, Watch, drive, replay};
pub use fingerprint::Fingerprint;
pub use footprint::{Drawing, Footprint};
pub use misfit::{Misfit, Reason};
pub use touch::{Life, Manner, Standing, Thing, Touch, Touches};
pub use world::{Status, World};
