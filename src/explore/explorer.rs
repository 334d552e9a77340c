//! A program, all of its interleavings, and the verdict.

use super::exploration::Exploration;
use super::judge::Judge;
use super::passes::Passes;
use super::paths::{begin, settle_telling};
use super::progress::Progress;
use super::search::Budget;
use super::witness::Stage;
use crate::event::{Schedule, Sink};
use crate::kernel::Options;
use crate::kernel::sim::World;
use crate::lang::Program;
use std::sync::Arc;
use std::time::Instant;

/// Looks at all interleavings of a program.
#[derive(Clone, Debug)]
pub struct Explorer {
    program: Arc<Program>,
    options: Options,
    settings: Settings,
}

/// What is looked at, and how hard.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Leave out orders of steps that no outcome depends on.
    pub reduce: bool,
    /// Count interleavings and compute probabilities.
    pub count: bool,
    /// Outcomes differ in what was printed, too.
    pub output: bool,
    /// The lines that answer `input()`; then comes the end of the input.
    pub inputs: Vec<Arc<str>>,
    /// OS threads that search; the result does not depend on it.
    pub workers: usize,
    pub budget: Budget,
    pub deadline: Option<Instant>,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            reduce: true,
            count: false,
            output: false,
            inputs: Vec::new(),
            workers: 1,
            budget: Budget::default(),
            deadline: None,
        }
    }
}

impl Explorer {
    /// Of a program under these rules. Time is abstracted as far as they say so.
    #[must_use]
    pub fn new(program: Arc<Program>, options: Options, settings: Settings) -> Explorer {
        Explorer { program, options, settings }
    }

    /// Explores. Equal explorers find the same, however many workers they have, unless time or a person stops them.
    #[must_use]
    pub fn run(&self, progress: &Progress) -> Exploration {
        let stage = Stage {
            program: Arc::clone(&self.program),
            options: self.options.clone(),
            inputs: self.settings.inputs.clone(),
            output: self.settings.output,
        };
        let passes = Passes::new(&stage, &self.settings, progress);
        Judge::new(stage, passes, self.settings.count).run()
    }

    /// Makes the steps of a schedule in the simulator, as far as they fit, and tells a sink what happens. This is how a
    /// witness is looked at.
    pub fn replay<S: Sink>(&self, schedule: &Schedule, sink: &mut S) -> World {
        let mut world = begin(Arc::clone(&self.program), self.options.clone(), &self.settings.inputs, sink);
        for choice in schedule {
            if world.apply(choice, sink).is_err() {
                break;
            }
            settle_telling(&mut world, sink);
        }
        world
    }
}

#[cfg(test)]
mod tests {
    use super::super::{BugKind, Verdict};
    use super::*;
    use crate::lang::{Parameters, compile};
    use crate::source::Source;

    fn explore(text: &str) -> Exploration {
        let program = compile(&Arc::new(Source::new("test.py", text)), &Parameters::default()).program.unwrap();
        let options = Options { abstract_time: true, ..Options::default() };
        Explorer::new(program, options, Settings::default()).run(&Progress::default())
    }

    #[test]
    fn a_race_has_two_outcomes_and_the_worse_one_takes_two_switches_more() {
        let text = "\
from threading import Thread
n = 0
def work():
    global n
    n += 1
threads = [Thread(target=work), Thread(target=work)]
for thread in threads: thread.start()
for thread in threads: thread.join()
";
        let found = explore(text);
        assert_eq!(found.verdict, Verdict::Proved);
        let table: Vec<_> =
            found.outcomes.iter().map(|row| (row.outcome.globals["n"].as_str(), row.witness.switches)).collect();
        assert_eq!(table, [("1", 4), ("2", 3)]);
    }

    #[test]
    fn opposite_locks_are_a_bug() {
        let text = "\
from threading import Lock, Thread
a, b = Lock(), Lock()
def work(first, second):
    with first:
        with second:
            pass
for pair in [(a, b), (b, a)]:
    Thread(target=work, args=pair).start()
";
        let found = explore(text);
        assert_eq!(found.verdict, Verdict::Bug);
        assert_eq!(found.bugs.iter().map(|bug| bug.kind).collect::<Vec<_>>(), [BugKind::Deadlock]);
    }
}
