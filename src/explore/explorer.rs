//! A program, all of its interleavings, and the verdict.

use super::bug::{Bug, BugKind, Witness};
use super::exploration::{Caution, Exploration, Row, Stop, Verdict};
use super::outcome::{Ending, Outcome};
use super::paths::{begin, settle_telling};
use super::progress::{Phase, Progress};
use super::search::{Budget, Cost, Order, Search, Space};
use crate::detect::{Detectors, Finding, FindingKind};
use crate::event::{Event, Schedule, Sink};
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
        progress.enter(Phase::Searching);
        let search = Search::new(Arc::clone(&self.program), self.options.clone())
            .inputs(self.settings.inputs.clone())
            .budget(self.settings.budget);
        let space = search.clone().run();
        progress.enter(Phase::Shortening);
        let ways = search.order(Order::Switches).run();
        let outcomes: Vec<Row> = space.outcomes.iter().map(|found| row(found, &ways)).collect();
        let bugs = self.bugs(&outcomes);
        let cautions = cautions(&space);
        let verdict = match (bugs.is_empty(), space.is_complete()) {
            (false, _) => Verdict::Bug,
            (true, true) => Verdict::Proved,
            (true, false) => Verdict::NotFinished,
        };
        Exploration {
            verdict,
            states: space.states,
            edges: space.edges,
            open: space.open,
            reduced: false,
            timed: !self.options.abstract_time,
            never_ends: false,
            busy_waiting: false,
            stop: (space.open > 0).then_some(Stop::States),
            cautions,
            bugs,
            outcomes,
            interleavings: None,
        }
    }

    fn bugs(&self, outcomes: &[Row]) -> Vec<Bug> {
        let mut bugs: Vec<Bug> = Vec::new();
        for row in outcomes.iter().filter(|row| !row.outcome.is_good()) {
            for finding in self.findings(&row.witness.schedule) {
                let Some(kind) = kind(&finding) else { continue };
                let known = bugs.iter().any(|bug| {
                    bug.kind == kind && bug.finding.as_ref().is_some_and(|other| other.lines == finding.lines)
                });
                if !known {
                    let witness = row.witness.clone();
                    bugs.push(Bug { kind, witness, finding: Some(finding), no_return_step: None });
                }
            }
        }
        bugs.sort_by_key(|bug| (bug.witness.switches, bug.witness.steps));
        bugs
    }

    /// What the detectors find along a schedule that the ordinary simulator replays.
    fn findings(&self, schedule: &Schedule) -> Vec<Finding> {
        let mut found = Found::default();
        self.replay(schedule, &mut found);
        found.findings
    }

    /// Makes the steps of a schedule in the simulator, as far as they fit, and tells a sink what happens. This is how a
    /// witness is looked at.
    pub fn replay<S: Sink>(&self, schedule: &Schedule, sink: &mut S) -> World {
        let mut world = begin(Arc::clone(&self.program), self.options.clone(), &self.settings.inputs, sink);
        for choice in schedule.iter() {
            if world.apply(choice, sink).is_err() {
                break;
            }
            settle_telling(&mut world, sink);
        }
        world
    }
}

#[derive(Default)]
struct Found {
    detectors: Detectors,
    findings: Vec<Finding>,
}

impl Sink for Found {
    const ENABLED: bool = true;

    fn emit(&mut self, event: Event) {
        self.detectors.fold(&event, &mut self.findings);
    }
}

fn row((outcome, first): (&Outcome, &(Cost, Schedule)), ways: &Space) -> Row {
    let shortest = ways.outcomes.contains_key(outcome);
    let (cost, schedule) = ways.outcomes.get(outcome).unwrap_or(first);
    let witness = Witness { schedule: schedule.clone(), steps: cost.steps, switches: cost.switches, shortest };
    Row { outcome: outcome.clone(), witness, chance: None }
}

fn kind(finding: &Finding) -> Option<BugKind> {
    match &finding.kind {
        FindingKind::Deadlock => Some(BugKind::Deadlock),
        FindingKind::Stuck => Some(BugKind::Stuck),
        FindingKind::Crash { exception } if exception.starts_with("AssertionError") => Some(BugKind::Assertion),
        FindingKind::Crash { .. } => Some(BugKind::Crash),
        // What cuts a run off, and warnings, are no bugs.
        _ => None,
    }
}

fn cautions(space: &Space) -> Vec<Caution> {
    let cut_off = space.outcomes.keys().filter_map(|outcome| match &outcome.ending {
        Ending::CutOff(what) => Some(Caution::CutOff(what.clone())),
        _ => None,
    });
    let mut cautions: Vec<Caution> = space.sampled.then_some(Caution::Sampled).into_iter().chain(cut_off).collect();
    cautions.sort();
    cautions.dedup();
    cautions
}

#[cfg(test)]
mod tests {
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
