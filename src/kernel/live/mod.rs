//! The live world: the same programs on threads of the operating system.
//!
//! Each thread of the program is an OS thread. The machine is one for all, guarded by the GIL; locks and all that threads
//! wait on are the real ones of [`sync`](crate::sync). Nobody chooses who runs: the operating system does.
//!
//! | | A | B | the tape |
//! |---|---|---|---|
//! | 1 | has the GIL, runs to `x.acquire()` | waits for the GIL | A Pending |
//! | 2 | performs it: `x` is A's | | A Did acquire |
//! | 3 | runs on; its time is over: gives the GIL away | takes the GIL, runs to `x.acquire()` | B Pending |
//! | 4 | waits for the GIL | `x` is taken: joins its queue | B Blocked |
//! | 5 | takes the GIL | has put the GIL down and is parked | |
//! | 6 | `x.release()`: takes B out of the queue | | A Did release, B Ready |
//! | 7 | | wakes up, takes the GIL, then `x` | B Did acquire |
//!
//! Who has to wait puts the GIL down and has it again before it looks whether it can go on. So every operation takes effect
//! under the GIL, is told at that moment, and the thread keeps the GIL until it stands before its next operation: each is
//! a step as the simulator makes it, which can therefore make the same ones ([`Transcript`]).
//!
//! | file | what |
//! |---|---|
//! | `gil` | the lock, with the switch interval |
//! | `inside`, `objects` | what it guards; the primitives |
//! | `worker`, `perform`, `primitives` | what an OS thread does; what each operation does |
//! | `options` | what can be chosen |
//! | `tempo` | the program's time and the real one |
//! | `crew` | the OS threads, from the first to the last |
//! | `tape`, `legal` | what happened, as events; as a schedule for the simulator |
//! | `run` | a running program, from outside |

mod crew;
mod gil;
mod inside;
mod legal;
mod objects;
mod options;
mod perform;
mod primitives;
mod run;
mod tape;
mod tempo;
#[cfg(test)]
mod tests;
mod worker;

pub use legal::Transcript;
pub(crate) use legal::alternative;
pub use options::LiveOptions;
pub use run::{Live, LiveStatus, Stopped};
