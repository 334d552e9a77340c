//! All interleavings: every state that a program can come to, each once.
//!
//! A [`Search`] goes through the states of a world in order of their distance from the beginning. A state is a vector of
//! part numbers; its successors are looked up where their steps were made before, and really made in a
//! [`World`](crate::kernel::sim::World) otherwise. Time is abstracted, as [`Options::abstract_time`] says.
//!
//! | file | what |
//! |---|---|
//! | `explorer`, `exploration`, `bug` | a program, and what can be said of all its interleavings |
//! | `progress` | how far it is |
//! | `search` | a search as it is asked for, and what it found |
//! | `run` | the search itself, and the phases it works in |
//! | `layer`, `expand`, `make`, `insert` | states that wait; steps looked up, made, and what is new of where they lead |
//! | `choose` | which threads' steps are made |
//! | `merge` | threads that need not be told apart |
//! | `workers` | OS threads that share the work |
//! | `graph` | the states and steps, when they are kept |
//! | `known` | what searches of the same program need not find out again |
//! | `parts`, `memo` | states as vectors of parts; steps that were made before |
//! | `seen`, `paths` | the states that were seen; how they were reached, and their worlds |
//! | `outcome` | what a program can come to |
//! | `judge`, `passes` | which searches are made, and what is concluded from them |
//! | `witness`, `blame` | schedules as the ordinary simulator replays them; what went wrong at their ends |
//! | `trials` | single runs, for when there are too many states |
//! | `net`, `cycles` | the graph's components; livelocks, services, busy waiting |
//! | `traps` | bugs at which nothing ends |
//! | `deaths` | threads that an exception ends, noticed by the step that does it |
//! | `no_return` | from where on a witness nothing can save the program |
//! | `aim`, `pursuit` | what somebody wants to bring about, and the shortest way there from where they stand |
//! | `chances`, `absorption` | how many interleavings come to an outcome, and how probable it is |
//!
//! [`Options::abstract_time`]: crate::kernel::Options::abstract_time

mod absorption;
mod aim;
mod blame;
mod bug;
mod chances;
mod choose;
mod cycles;
mod deaths;
mod expand;
mod exploration;
mod explorer;
mod graph;
mod insert;
mod judge;
mod known;
mod layer;
mod make;
mod memo;
mod merge;
mod net;
mod no_return;
mod outcome;
mod parts;
mod passes;
mod paths;
mod progress;
mod pursuit;
mod reduce;
mod run;
mod search;
mod seen;
mod traps;
mod trials;
mod witness;
mod workers;

pub use aim::{Aim, Close, Target};
pub use bug::{Bug, BugKind, Witness};
pub use exploration::{Caution, Chance, Exploration, Row, Stop, Verdict};
pub use explorer::{Explorer, Settings};
pub use graph::{Edge, Graph};
pub use known::Known;
pub use outcome::{Ending, Outcome};
pub use progress::{Phase, Progress};
pub use pursuit::{Answer, Pursuit, Way};
pub use search::{Budget, Cost, Goal, MAX_DRAW, Order, Search, Space};
