//! Two programs under one schedule: the same choices, made in both.
//!
//! ```text
//! choice    M  A  B  A  …
//! first     ●──●──●──●          each choice is a row: in either world that thread makes a step,
//! second    ●──●──┤──●          or it cannot (B is held up there), and the choice is passed over
//! ```
//!
//! A choice names a thread by its number, which is the order in which threads were made: so it means the same thread in two
//! programs that make theirs alike. Where it says how an operation goes (a time-out, whom a `notify` wakes) and the other
//! program's thread stands before another operation, that thread goes the way it can.
//!
//! When the schedule is used up both runs are taken to their ends by one rule: round robin, the first world that still runs
//! naming the thread. So every run here is also one that a session makes, from the choices on its tape.

use super::{Start, message_of};
use crate::event::{Alternative, Candidate, Choice, Event, Schedule};
use crate::explore::{Budget, Explorer, Progress, Settings};
use crate::ids::Step;
use crate::kernel::Options;
use crate::kernel::sim::{Status, World};
use crate::sched::{self, Scheduler, SchedulerKind, Situation};
use crossbeam_channel::{Receiver, bounded};
use std::num::NonZeroU32;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

/// Rows that are made at most: of what the schedule says, and of what follows it.
const SCHEDULED_MAX: usize = 50_000;
const RULED_MAX: usize = 5_000;
/// Events of one run beyond which no more rows are made.
const EVENTS_MAX: usize = 500_000;

/// What looking for a schedule that goes wrong may take: the programs of a lesson are much smaller.
const SEARCH: Budget = Budget { max_states: 200_000, max_bytes: 256 << 20 };

/// Who chooses when the schedule is used up: turns long enough to be followed, and nobody is left out.
pub const AFTERWARDS: SchedulerKind = SchedulerKind::RoundRobin {
    quantum: match NonZeroU32::new(4) {
        Some(quantum) => quantum,
        None => NonZeroU32::MIN,
    },
};

/// Two programs that are to be run under one schedule.
#[derive(Clone, Debug)]
pub struct Duel {
    /// How the runs are started. Both are simulated, whatever else is said there; the schedule is that of the first.
    pub starts: [Start; 2],
    /// Where there is no schedule, one that goes wrong is looked for: whether in the first program, and then in the second.
    pub search: [bool; 2],
}

/// Where the schedule comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// It was given.
    Given,
    /// It is the shortest way to a bug of one of the programs (0 is the first).
    Losing(usize),
    /// Nobody knew one: the scheduler of the first run chose.
    Scheduler,
}

/// One choice, and what came of it in both runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PairRow {
    pub choice: Choice,
    /// Whether the thread made a step.
    pub made: [bool; 2],
    /// The last step of each run after that.
    pub at: [Step; 2],
}

/// One of the runs, as a session would tell it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    pub events: Vec<Event>,
    pub choices: Vec<Choice>,
}

/// Two runs under one schedule.
#[derive(Clone, Debug)]
pub struct Pair {
    pub origin: Origin,
    pub runs: [Told; 2],
    /// Row 0 is the first choice; before it both stand at step 0.
    pub rows: Vec<PairRow>,
    /// So many rows were made by the schedule, the rest by the rule.
    pub scheduled: usize,
    /// It was given up before both runs were over: they took too long.
    pub cut: bool,
}

/// A pair that is being made, or is made. Who drops it wants it no more.
#[derive(Debug)]
pub struct Pairing<T> {
    made: Receiver<Result<T, String>>,
    progress: Progress,
}

impl<T> Pairing<T> {
    /// Where the result comes, once. An error is a mistake in this program, never in those under study.
    #[must_use]
    pub fn made(&self) -> &Receiver<Result<T, String>> {
        &self.made
    }
}

impl<T> Drop for Pairing<T> {
    fn drop(&mut self) {
        self.progress.cancel();
    }
}

/// Makes a pair on an OS thread of its own; `finish` makes of it what somebody wants to see. A panic in there does not
/// spread: it becomes the result.
#[must_use]
pub fn pair<T: Send + 'static>(duel: Duel, finish: impl FnOnce(Pair) -> T + Send + 'static) -> Pairing<T> {
    let (out, made) = bounded(1);
    let complain = out.clone();
    let progress = Progress::default();
    let watched = progress.clone();
    let work = move || {
        let work = AssertUnwindSafe(|| finish(duel.run(&watched)));
        // Nobody may be there to hear it.
        let _ = out.send(catch_unwind(work).map_err(|panic| message_of(panic.as_ref())));
    };
    if let Err(error) = std::thread::Builder::new().name("pair".into()).spawn(work) {
        let _ = complain.send(Err(error.to_string()));
    }
    Pairing { made, progress }
}

impl Duel {
    /// Makes both runs. Whoever cancels the progress gets what there is by then.
    #[must_use]
    pub fn run(&self, progress: &Progress) -> Pair {
        let (schedule, origin) = self.schedule(progress);
        let kind = if origin == Origin::Scheduler { self.starts[0].scheduler } else { AFTERWARDS };
        let mut match_ = Match {
            lanes: self.starts.each_ref().map(Lane::new),
            rows: Vec::new(),
            scheduler: sched::build(kind, self.starts[0].seed),
            progress,
        };
        for choice in schedule.iter().take(SCHEDULED_MAX) {
            if match_.is_over() || match_.is_too_long() {
                break;
            }
            match_.row(choice);
        }
        let scheduled = match_.rows.len();
        while !match_.is_over() && !match_.is_too_long() && match_.rows.len() < scheduled + RULED_MAX {
            match_.ruled();
        }
        let cut = !match_.is_over();
        Pair { origin, runs: match_.lanes.map(|lane| lane.told), rows: match_.rows, scheduled, cut }
    }

    /// The schedule, and where it comes from.
    fn schedule(&self, progress: &Progress) -> (Schedule, Origin) {
        if let Some(schedule) = self.starts[0].schedule.as_ref().filter(|schedule| !schedule.is_empty()) {
            return (schedule.clone(), Origin::Given);
        }
        for (side, start) in self.starts.iter().enumerate().filter(|(side, _)| self.search[*side]) {
            if let Some(schedule) = losing(start, progress) {
                return (schedule, Origin::Losing(side));
            }
        }
        (Schedule::new(), Origin::Scheduler)
    }
}

/// The shortest way to a bug.
fn losing(start: &Start, progress: &Progress) -> Option<Schedule> {
    let options = Options { seed: start.seed, abstract_time: true, ..start.options.clone() };
    let settings = Settings { inputs: start.inputs.clone(), budget: SEARCH, ..Settings::default() };
    let explorer = Explorer::new(Arc::clone(&start.program), options, settings);
    let found = explorer.run(progress);
    found.bugs.first().map(|bug| bug.witness.schedule.clone())
}

/// Both runs, in the making.
struct Match<'a> {
    lanes: [Lane; 2],
    rows: Vec<PairRow>,
    scheduler: Box<dyn Scheduler>,
    progress: &'a Progress,
}

impl Match<'_> {
    fn is_over(&self) -> bool {
        self.lanes.iter().all(|lane| !lane.world.is_running())
    }

    fn is_too_long(&self) -> bool {
        self.progress.is_cancelled() || self.lanes.iter().any(|lane| lane.told.events.len() >= EVENTS_MAX)
    }

    /// Lets the thread make its step wherever it can.
    fn row(&mut self, choice: Choice) {
        let progress = self.progress;
        let made = self.lanes.each_mut().map(|lane| lane.make(choice, progress));
        if made.contains(&true) {
            let at = self.lanes.each_ref().map(|lane| lane.world.step());
            self.rows.push(PairRow { choice, made, at });
        }
    }

    /// The next row by the rule.
    fn ruled(&mut self) {
        let Some(lane) = self.lanes.iter_mut().find(|lane| lane.world.is_running()) else { return };
        lane.world.candidates(&mut lane.candidates);
        let (step, last) = (Step(lane.world.step().0 + 1), lane.world.last());
        let choice = self.scheduler.choose(Situation { step, last, candidates: &lane.candidates });
        self.row(choice);
    }
}

/// One of the runs.
struct Lane {
    world: World,
    told: Told,
    inputs: std::vec::IntoIter<Arc<str>>,
    candidates: Vec<Candidate>,
}

impl Lane {
    fn new(start: &Start) -> Lane {
        let options = Options { seed: start.seed, ..start.options.clone() };
        let mut told = Told::default();
        let world = World::new(Arc::clone(&start.program), options, &mut told.events);
        let mut lane = Lane { world, told, inputs: start.inputs.clone().into_iter(), candidates: Vec::new() };
        lane.settle(&Progress::default());
        lane
    }

    /// Makes the step of the chosen thread, if it can make one.
    fn make(&mut self, choice: Choice, progress: &Progress) -> bool {
        let Some(choice) = self.way(choice) else { return false };
        if self.world.apply(choice, &mut self.told.events).is_err() {
            return false;
        }
        self.told.choices.push(choice);
        self.settle(progress);
        true
    }

    /// How the thread goes on here. It does not wake up by itself unless the choice says so.
    fn way(&mut self, choice: Choice) -> Option<Choice> {
        if !self.world.is_running() {
            return None;
        }
        if self.world.fits(choice).is_ok() {
            return Some(choice);
        }
        self.world.candidates(&mut self.candidates);
        let its_own = |way: &&Candidate| way.thread == choice.thread && way.alternative != Alternative::Spurious;
        self.candidates.iter().find(its_own).copied()
    }

    /// Finishes the step. Who asks for more lines than there are is at the end of the input.
    fn settle(&mut self, progress: &Progress) {
        while !self.world.is_running() && !progress.is_cancelled() {
            match self.world.status() {
                Status::AwaitingInput { .. } => self.world.give_input(self.inputs.next(), &mut self.told.events),
                Status::Busy => self.world.resume(&mut self.told.events),
                Status::Running | Status::Ended(_) => break,
            }
        }
    }
}
