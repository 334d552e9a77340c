//! Five philosophers at a round table, each between two forks. Who wants to eat takes both, one after the other.
//!
//! `cargo run --example philosophers` shows the run while it happens: in a terminal on a stage, without one as a line for
//! each step. Each philosopher takes the left fork first, so when all sit down together, nobody ever eats.
//!
//! - `--ordered`: everybody takes the fork with the smaller number first, and all eat.
//! - `--plain`: no stage, only lines.

#![allow(clippy::print_stderr)]

use lockstep::sync::{Barrier, Builder, JoinHandle, Mutex};
use lockstep::words::Lang;
use std::io;
use std::process::ExitCode;
use std::sync::Arc;

const SEATS: u32 = 5;
const GUESTS: [&str; SEATS as usize] = ["Aristotle", "Confucius", "Hypatia", "Laozi", "Plato"];

/// What lies on the table: one fork to the left of each plate.
struct Table {
    forks: Vec<Mutex<Fork>>,
    /// Whether everybody takes the fork with the smaller number first, or the left one.
    ordered: bool,
    /// Nobody takes a second fork before everybody has a first one.
    manners: Barrier,
}

#[derive(Default)]
struct Fork {
    uses: u32,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let Some(unknown) = arguments.iter().find(|argument| !["--ordered", "--plain"].contains(&argument.as_str())) {
        eprintln!("philosophers: unknown argument {unknown:?}; there are --ordered and --plain");
        return ExitCode::from(2);
    }
    let is_given = |name: &str| arguments.iter().any(|argument| argument == name);
    let ordered = is_given("--ordered");
    let shown = if is_given("--plain") {
        lockstep::show::narrate(Lang::of_system(), &mut io::stdout().lock(), move || dinner(ordered)).map(drop)
    } else {
        lockstep::show("philosophers", include_str!("philosophers.rs"), move || dinner(ordered))
    };
    match shown {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("philosophers: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Everybody eats once, or nobody ever does.
pub(crate) fn dinner(ordered: bool) {
    let table = Arc::new(Table::laid(ordered));
    let guests: Vec<JoinHandle<()>> = (0..GUESTS.len()).map(|seat| table.seat(seat)).collect();
    for guest in guests {
        guest.join().expect("nobody panics at this table");
    }
}

impl Table {
    fn laid(ordered: bool) -> Table {
        let fork = |number| Mutex::new(Fork::default()).named(format!("forks[{number}]"));
        Table { forks: (0..GUESTS.len()).map(fork).collect(), ordered, manners: Barrier::new(SEATS).named("manners") }
    }

    fn seat(self: &Arc<Table>, seat: usize) -> JoinHandle<()> {
        let table = Arc::clone(self);
        let guest = Builder::new().name(GUESTS[seat]);
        guest.spawn(move || table.eat(seat)).expect("there are enough threads")
    }

    fn eat(&self, seat: usize) {
        let (left, right) = (seat, (seat + 1) % self.forks.len());
        let (first, second) = if self.ordered { (left.min(right), left.max(right)) } else { (left, right) };
        let mut first = self.forks[first].lock();
        if !self.ordered {
            self.manners.wait().expect("nobody leaves early");
        }
        let mut second = self.forks[second].lock();
        first.uses += 1;
        second.uses += 1;
    }
}
