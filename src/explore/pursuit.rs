//! The shortest way from where somebody stands to what they want to bring about.
//!
//! Each question is a search from the state after a *prefix* of choices, in order of switches; the first switch is counted
//! from the thread that made the last of them. So what is left of a shortest way is a shortest way from wherever one
//! stands on it (R. Bellman, "Dynamic Programming", 1957: the principle of optimality; states are pairs of a state of the
//! program and who made the last step). Whoever follows a way that was told is not searched for again, and whoever has
//! lost stays lost.
//!
//! | question | how it is answered |
//! |---|---|
//! | this state, when nobody can go on | it is looked at |
//! | after a death that was wanted | it is reached, and was by the step of that death |
//! | a way, in a small space | in order of switches |
//! | whether there is one, in a larger one | every end, with reduction or with equal threads merged |
//! | a way there | in order of switches; when that takes too much, the way of the search before |
//!
//! A bug at which nothing ends stands in states that a graph of the whole space tells. It is made once, for programs with
//! schedules that go on for ever, before the first question.
//!
//! Reduction keeps the ends of runs. A death is kept as long as every run ends; where some go on for ever, whether there is
//! a way to one is answered without.
//!
//! Whoever has explored the program knows a way already ([`Pursuit::knowing`]). A shortest one is told without a search
//! to everybody who stands on it, another one when no better one is found.

use super::aim::{Aim, Target};
use super::bug::BugKind;
use super::cycles::Cycles;
use super::exploration::Stop;
use super::explorer::Settings;
use super::known::Known;
use super::passes::Passes;
use super::paths::{begin, settle};
use super::progress::Progress;
use super::search::{Budget, Cost, Goal, Order, Search, Space};
use super::traps::Traps;
use super::witness::{Stage, switches};
use crate::event::{NoSink, Schedule};
use crate::kernel::Options;
use crate::kernel::sim::{Status, World};
use crate::lang::Program;
use std::collections::HashSet;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// With so many states it is not worth knowing first whether there is a way at all.
const SMALL: u64 = 30_000;
/// So many lost places are remembered.
const LOST: usize = 256;

/// What is to be said of a place in a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// This is it, and was after so many steps, which took so many switches, at the latest.
    Reached { steps: u32, switches: u32 },
    /// There is a way.
    Reachable(Way),
    /// There is none: every state that can still be reached was looked at, so many of them.
    Unreachable { states: u64 },
    /// It is not known: a budget was used up, or the program asks for more than can be known.
    Unknown(Option<Stop>),
}

/// A way from a place in a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Way {
    /// The choices that are still to be made.
    pub schedule: Schedule,
    /// How often another thread makes a step than the one before, the thread that made the last step counting as before.
    pub switches: u32,
    pub steps: u32,
    /// There is no way with fewer switches, nor one with as many switches and fewer steps.
    pub shortest: bool,
}

/// Somebody wants to bring something about. See the module.
#[derive(Debug)]
pub struct Pursuit {
    stage: Stage,
    settings: Settings,
    aim: Aim,
    /// Schedules may go round for ever, as far as is known.
    cyclic: Option<bool>,
    /// How long a question may take.
    patience: Option<Duration>,
    prepared: Option<Prepared>,
    /// A way from the beginning of the program that somebody else has found.
    known: Option<Told>,
    told: Option<Told>,
    lost: Vec<(Schedule, u64)>,
}

/// A way that was told.
#[derive(Clone, Debug)]
struct Told {
    /// From the beginning of the program.
    whole: Schedule,
    /// So many of its choices were made before somebody asked.
    from: u64,
    shortest: bool,
}

/// What is known before the first question.
#[derive(Debug)]
struct Prepared {
    target: Arc<Target>,
    /// The states that are wanted beside ends are all known.
    complete: bool,
    /// Something is not known because time was over, or somebody wanted an end.
    interrupted: bool,
    /// What is wanted is among what reduction keeps.
    reducible: bool,
    merged: Known,
    apart: Known,
}

impl Prepared {
    /// Searches with what is known of steps.
    fn run(&mut self, search: &Search) -> Space {
        search.run_with(if self.target.states.is_empty() { &mut self.merged } else { &mut self.apart })
    }
}

/// A clone has the same aim, and has found nothing out yet.
impl Clone for Pursuit {
    fn clone(&self) -> Pursuit {
        let Stage { program, options, .. } = self.stage.clone();
        let fresh = Pursuit::new(program, options, self.settings.clone(), self.aim.clone());
        Pursuit { cyclic: self.cyclic, patience: self.patience, known: self.known.clone(), ..fresh }
    }
}

impl Pursuit {
    /// Of this aim, in a program under these rules.
    #[must_use]
    pub fn new(program: Arc<Program>, options: Options, settings: Settings, aim: Aim) -> Pursuit {
        let stage = Stage { program, options, inputs: settings.inputs.clone(), output: false };
        Pursuit {
            stage,
            settings,
            aim,
            cyclic: None,
            patience: None,
            prepared: None,
            known: None,
            told: None,
            lost: Vec::new(),
        }
    }

    /// Whether schedules may go round for ever is known from an exploration
    /// ([`Exploration::cyclic`](super::Exploration::cyclic)).
    #[must_use]
    pub fn cyclic(self, cyclic: bool) -> Pursuit {
        Pursuit { cyclic: Some(cyclic), ..self }
    }

    /// No question takes longer than this.
    #[must_use]
    pub fn patience(self, patience: Duration) -> Pursuit {
        Pursuit { patience: Some(patience), ..self }
    }

    /// This schedule, from the beginning of the program, reaches what is wanted by its last step; none that is
    /// shorter does, when that is said.
    #[must_use]
    pub fn knowing(self, whole: Schedule, shortest: bool) -> Pursuit {
        Pursuit { known: Some(Told { whole, from: 0, shortest }), ..self }
    }

    #[must_use]
    pub fn aim(&self) -> &Aim {
        &self.aim
    }

    /// What there is to be said after these choices. Those that do not fit make it [`Answer::Unknown`].
    pub fn ask(&mut self, prefix: &Schedule, progress: &Progress) -> Answer {
        let Some(world) = self.world(prefix) else { return Answer::Unknown(None) };
        if let Some(answer) = self.at_once(prefix, &world) {
            return answer;
        }
        self.prepare(progress);
        let deadline = self.patience.map(|patience| Instant::now() + patience);
        let deadline = deadline.into_iter().chain(self.settings.deadline).min();
        let Some(mut prepared) = self.prepared.take() else { return Answer::Unknown(None) };
        let question = Question { pursuit: self, world: &world, prefix, deadline, progress };
        let answer = question.answer(&mut prepared);
        self.prepared = Some(prepared);
        let answer = self.or_known(answer, prefix, &world);
        self.remember(prefix, &answer);
        answer
    }

    /// Whether there is something to be said after these choices without a search.
    #[must_use]
    pub fn knows(&self, prefix: &Schedule) -> bool {
        self.world(prefix).is_none_or(|world| self.at_once(prefix, &world).is_some())
    }

    /// What can be said without a search.
    fn at_once(&self, prefix: &Schedule, world: &World) -> Option<Answer> {
        if let Some(steps) = self.aim.died(&self.stage, world, prefix) {
            return Some(reached(&prefix.prefix(steps.into())));
        }
        if let Some(states) = self.lost_at(prefix) {
            return Some(Answer::Unreachable { states });
        }
        let known = self.known.iter().filter(|known| known.shortest);
        known.chain(&self.told).find_map(|told| told.rest(prefix, world))
    }

    /// A way that was known before where no better one was found.
    fn or_known(&self, answer: Answer, prefix: &Schedule, world: &World) -> Answer {
        let found = match &answer {
            Answer::Reachable(way) if !way.shortest => Some((way.switches, way.steps)),
            Answer::Unknown(_) => None,
            _ => return answer,
        };
        match self.known.as_ref().and_then(|known| known.rest(prefix, world)) {
            Some(Answer::Reachable(way)) if found.is_none_or(|found| (way.switches, way.steps) < found) => {
                Answer::Reachable(way)
            }
            _ => answer,
        }
    }

    /// The world after these choices, if they fit.
    fn world(&self, prefix: &Schedule) -> Option<World> {
        let Stage { program, options, inputs, .. } = &self.stage;
        let mut world = begin(Arc::clone(program), options.clone(), inputs, &mut NoSink);
        for choice in prefix {
            world.apply(choice, &mut NoSink).ok()?;
            settle(&mut world);
        }
        Some(world)
    }

    fn lost_at(&self, prefix: &Schedule) -> Option<u64> {
        let lost = |(place, _): &&(Schedule, u64)| prefix.prefix(place.len()) == *place;
        self.lost.iter().find(lost).map(|(_, states)| *states)
    }

    fn remember(&mut self, prefix: &Schedule, answer: &Answer) {
        match answer {
            Answer::Reachable(way) => {
                let mut whole = prefix.clone();
                way.schedule.iter().for_each(|choice| whole.push(choice));
                self.told = Some(Told { whole, from: prefix.len(), shortest: way.shortest });
            }
            Answer::Unreachable { states } => {
                if self.lost.len() >= LOST {
                    self.lost.remove(0);
                }
                self.lost.push((prefix.clone(), *states));
            }
            Answer::Reached { .. } | Answer::Unknown(_) => {}
        }
    }

    /// Finds out, before the first question, in which states the aim is reached although nothing ends there. When that is
    /// interrupted, the next question begins with it again.
    pub fn prepare(&mut self, progress: &Progress) {
        if self.prepared.as_ref().is_some_and(|prepared| !prepared.interrupted) {
            return;
        }
        let settings = Settings { count: false, output: false, ..self.settings.clone() };
        let mut passes = Passes::new(&self.stage, &settings, progress);
        let cyclic = match (&self.aim, self.cyclic) {
            // That is only a matter of ends.
            (Aim::End { .. }, _) | (_, Some(false)) => Some(false),
            // Nothing would be done with the answer.
            (Aim::Bug(BugKind::Assertion | BugKind::Crash), Some(true)) => Some(true),
            (Aim::Bug(_) | Aim::Failure, _) => passes.reaches_cycles(),
        };
        let states = match (&self.aim, cyclic) {
            (Aim::Bug(BugKind::Assertion | BugKind::Crash), _) | (_, Some(false)) => Some(HashSet::new()),
            (_, Some(true)) => standing(&self.stage, &self.aim, &mut passes),
            (_, None) => None,
        };
        let complete = states.is_some();
        let interrupted = (!complete || cyclic.is_none()) && passes.is_over();
        let states = states.unwrap_or_default();
        let reducible = states.is_empty() && (cyclic == Some(false) || !self.aim.wants_deaths());
        let (merged, apart) = passes.into_known();
        let target = Arc::new(Target { aim: self.aim.clone(), stage: self.stage.clone(), states });
        self.prepared = Some(Prepared { target, complete, interrupted, reducible, merged, apart });
    }
}

impl Told {
    /// What is left of it after these choices, which end in this world, for those who went along it.
    fn rest(&self, prefix: &Schedule, world: &World) -> Option<Answer> {
        if prefix.len() < self.from || self.whole.prefix(prefix.len()) != *prefix {
            return None;
        }
        Some(match rest(&self.whole, prefix, world, self.shortest) {
            Some(way) => Answer::Reachable(way),
            None => reached(prefix),
        })
    }
}

/// That it is reached by the last of these choices.
fn reached(schedule: &Schedule) -> Answer {
    let steps = u32::try_from(schedule.len()).unwrap_or(u32::MAX);
    Answer::Reached { steps, switches: switches(schedule) }
}

/// The states, by their digests, in which the aim is reached although nothing ends there; `None` when the budget does not
/// suffice to know.
fn standing(stage: &Stage, aim: &Aim, passes: &mut Passes<'_>) -> Option<HashSet<u128>> {
    let mut space = passes.graph();
    let graph = space.graph.take().filter(|_| space.stop.is_none())?;
    let cycles = Cycles::of(&graph);
    let traps = Traps { stage, graph: &graph, cycles: &cycles };
    let (found, healthy) = traps.blamed();
    // Who dies is noticed when they do.
    let dies = |kind: BugKind| matches!(kind, BugKind::Assertion | BugKind::Crash);
    let is_wanted = |kind: BugKind| !dies(kind) && (*aim == Aim::Failure || *aim == Aim::Bug(kind));
    let mut states = HashSet::new();
    for one in found.iter().filter(|one| is_wanted(one.blame.kind)) {
        states.extend(traps.prove(one, passes).states.iter().map(|node| graph.digest(*node)));
    }
    if is_wanted(BugKind::Livelock) && cycles.can_end_well() && !healthy.is_empty() {
        states.extend(cycles.lost(&graph, &healthy).iter().map(|node| graph.digest(*node)));
    }
    Some(states)
}

/// What is left of a whole way after some choices, which end in this world; `None` when nothing is.
fn rest(whole: &Schedule, prefix: &Schedule, world: &World, shortest: bool) -> Option<Way> {
    let mut schedule = Schedule::new();
    let done = usize::try_from(prefix.len()).unwrap_or(usize::MAX);
    let mut last = world.last();
    let (mut switches, mut steps) = (0, 0);
    for choice in whole.iter().skip(done) {
        switches += u32::from(last.is_some_and(|last| last != choice.thread));
        steps += 1;
        last = Some(choice.thread);
        schedule.push(choice);
    }
    (steps > 0).then_some(Way { schedule, switches, steps, shortest })
}

/// A question, as it is being answered.
struct Question<'a> {
    pursuit: &'a Pursuit,
    world: &'a World,
    prefix: &'a Schedule,
    deadline: Option<Instant>,
    progress: &'a Progress,
}

impl Question<'_> {
    fn answer(&self, prepared: &mut Prepared) -> Answer {
        if self.is_over() {
            let is_end = prepared.target.is_end(self.world, || self.prefix.clone());
            if is_end {
                return reached(self.prefix);
            }
            // Nobody goes on, and who does not go on is in no state in which others do.
            return Answer::Unreachable { states: 1 };
        }
        let near = self.by_switches(prepared, SMALL);
        if let Some(answer) = self.settled(&near, prepared) {
            return answer;
        }
        let any = prepared.reducible.then(|| self.reaches(prepared));
        if let Some(answer) = any.as_ref().filter(|space| !space.reached).and_then(|none| self.settled(none, prepared))
        {
            return answer;
        }
        let far = self.by_switches(prepared, u64::MAX);
        if let Some(answer) = self.settled(&far, prepared) {
            return answer;
        }
        let found = any.and_then(|space| space.arrival);
        let stop = far.stop.or(near.stop);
        found.map_or(Answer::Unknown(stop), |arrival| self.reachable(&arrival, false, prepared))
    }

    /// Nobody can make a step.
    fn is_over(&self) -> bool {
        let mut candidates = Vec::new();
        self.world.candidates(&mut candidates);
        candidates.is_empty() || matches!(self.world.status(), Status::Ended(_))
    }

    /// What a search says, when it says anything.
    fn settled(&self, space: &Space, prepared: &Prepared) -> Option<Answer> {
        match &space.arrival {
            // As long as not every state is known in which the aim is reached, another one may be nearer.
            Some(arrival) => Some(self.reachable(arrival, prepared.complete, prepared)),
            None if space.is_complete() && prepared.complete => {
                Some(Answer::Unreachable { states: space.states.saturating_sub(self.prefix.len()) })
            }
            // There is more than can be looked at, with any budget.
            None if space.open == 0 => Some(Answer::Unknown(None)),
            None => None,
        }
    }

    /// A way that was found, if the ordinary simulator can go it, too.
    fn reachable(&self, (_, whole): &(Cost, Schedule), shortest: bool, prepared: &Prepared) -> Answer {
        let Some(way) = rest(whole, self.prefix, self.world, shortest) else { return reached(self.prefix) };
        let Some(end) = self.pursuit.stage.ordinary(whole) else { return Answer::Unknown(None) };
        let Prepared { target, .. } = prepared;
        let is_death = || target.aim.died(&target.stage, &end, whole) == u32::try_from(whole.len()).ok();
        let agrees = !target.states.is_empty() || target.is_end(&end, || whole.clone()) || is_death();
        if agrees { Answer::Reachable(way) } else { Answer::Unknown(None) }
    }

    fn by_switches(&self, prepared: &mut Prepared, max_states: u64) -> Space {
        let search = self.search(prepared, max_states).order(Order::Switches);
        prepared.run(&search)
    }

    /// Whether there is a way at all.
    fn reaches(&self, prepared: &mut Prepared) -> Space {
        let search = self.search(prepared, u64::MAX).reduce(self.pursuit.settings.reduce);
        prepared.run(&search)
    }

    fn search(&self, prepared: &Prepared, max_states: u64) -> Search {
        let Pursuit { stage, settings, .. } = self.pursuit;
        // What lies before counts as seen.
        let max_states = max_states.saturating_add(self.prefix.len()).min(settings.budget.max_states);
        Search::new(Arc::clone(&stage.program), stage.options.clone())
            .inputs(stage.inputs.clone())
            .budget(Budget { max_states, ..settings.budget })
            .deadline(self.deadline)
            .progress(self.progress)
            .workers(settings.workers)
            .merge_threads(settings.reduce)
            .from(self.prefix.clone())
            .until(Goal::Target(Arc::clone(&prepared.target)))
    }
}
