//! From searches to a verdict.
//!
//! | pass | what comes of it |
//! |---|---|
//! | every state, with reduction or with equal threads merged | the outcomes, whether that is all of them, whether there may be a cycle |
//! | if so, the graph of a reduced space | whether there is one: reduction leaves some way round for ever wherever there is one |
//! | if so, the whole graph | livelocks, services, busy waiting: which cycles there are does depend on the steps left out |
//! | if there was too much for that, single runs | what some of them come to |
//! | in order of switches | the shortest way to every outcome, to every bug that ends nothing, and on the way there to every death |
//! | replays | whether the ordinary simulator agrees; what is to blame |
//! | from the middle of a witness | the point of no return |

use super::blame::{Blame, Place, blame_at_end, crashes};
use super::bug::{Bug, BugKind, Witness};
use super::chances::Chances;
use super::cycles::Cycles;
use super::exploration::{Caution, Exploration, Row, Stop, Verdict};
use super::graph::Graph;
use super::no_return::{looked_up, searched};
use super::outcome::{Ending, Outcome};
use super::passes::Passes;
use super::search::{Cost, Space};
use super::traps::{Proof, Traps};
use super::trials::Trials;
use super::witness::Stage;
use crate::event::Schedule;
use std::collections::{BTreeMap, BTreeSet};

/// So many bugs are told, the shortest.
const BUGS_MAX: usize = 20;

/// The shortest ways to good outcomes are worth looking at so many states, or at four times as many as the proof took.
const WORTHWHILE: u64 = 30_000;
/// So many runs are tried when the space is too large, and when time is over already.
const TRIALS: u64 = 240;
const TRIALS_LATE: u64 = 24;

/// See the module.
pub(super) struct Judge<'a> {
    stage: Stage,
    passes: Passes<'a>,
    count: bool,
    cautions: BTreeSet<Caution>,
}

/// What was seen of the whole space.
struct Seen {
    space: Space,
    reduced: bool,
    /// The graph of all of it, where that is needed and could be had.
    whole: Option<(Graph, Cycles)>,
    /// There may be schedules that go on for ever.
    cyclic: bool,
    /// What became of schedules that go on for ever was to be found out and was not.
    open_cycles: Option<Stop>,
}

impl<'a> Judge<'a> {
    pub(super) fn new(stage: Stage, passes: Passes<'a>, count: bool) -> Judge<'a> {
        Judge { stage, passes, count, cautions: BTreeSet::new() }
    }

    pub(super) fn run(mut self) -> Exploration {
        let mut seen = self.look();
        let mut bugs = self.try_some(&mut seen);
        let mut outcomes = self.rows(&seen.space);
        self.caution(&seen.space);
        bugs.extend(self.bugs_at_ends(&outcomes));
        if let Some((graph, cycles)) = &seen.whole {
            bugs.extend(self.bugs_without_end(graph, cycles));
        }
        let bugs = bugs.into_iter().map(|(place, bug)| self.up_to_death(place, bug)).collect();
        let mut bugs = distinct(bugs);
        self.find_no_return(&mut bugs, &seen);
        let chances = seen.whole.as_ref().filter(|_| self.count).map(|(graph, _)| Chances::of(graph));
        let mut interleavings = None;
        if let Some(chances) = chances {
            interleavings = chances.interleavings();
            for row in &mut outcomes {
                row.chance = chances.of_outcome(&row.outcome);
            }
        }
        let cycles = seen.whole.as_ref().map(|(_, cycles)| cycles);
        let complete = seen.space.is_complete() && seen.open_cycles.is_none() && self.cautions.is_empty();
        let verdict = match (bugs.is_empty(), complete) {
            (false, _) => Verdict::Bug,
            (true, true) => Verdict::Proved,
            (true, false) => Verdict::NotFinished,
        };
        Exploration {
            verdict,
            states: seen.space.states,
            edges: seen.space.edges,
            open: seen.space.open,
            reduced: seen.reduced,
            timed: !self.stage.options.abstract_time,
            cyclic: seen.cyclic,
            never_ends: cycles.is_some_and(Cycles::never_ends),
            busy_waiting: cycles.is_some_and(Cycles::busy_waiting),
            stop: seen.space.stop.or(seen.open_cycles),
            cautions: self.cautions.into_iter().collect(),
            bugs,
            outcomes,
            interleavings,
        }
    }

    /// Looks at the whole space, as far as the budget goes, as often as it takes.
    fn look(&mut self) -> Seen {
        let space = self.passes.proof();
        let reduced = space.reduced || space.merged;
        let mut seen = Seen { reduced, cyclic: space.may_cycle, space, whole: None, open_cycles: None };
        if seen.space.stop.is_some() {
            return seen;
        }
        let cyclic = seen.space.may_cycle && self.has_cycle(seen.reduced);
        seen.cyclic = cyclic;
        if !cyclic && !self.count {
            return seen;
        }
        let mut whole = self.passes.graph();
        match (whole.stop, whole.graph.take()) {
            (None, Some(graph)) => {
                let cycles = Cycles::of(&graph);
                if cyclic {
                    // This is what the verdict rests on then.
                    let arrivals = seen.space.outcomes;
                    seen.space = Space { outcomes: arrivals, ..whole };
                    seen.reduced = false;
                }
                seen.whole = Some((graph, cycles));
            }
            (stop, _) if cyclic => {
                let Space { states, edges, open, .. } = whole;
                seen.space = Space { states, edges, open, ..seen.space };
                seen.reduced = false;
                seen.open_cycles = Some(stop.unwrap_or(Stop::Memory));
            }
            _ => {}
        }
        seen
    }

    /// Whether some schedule goes round for ever. When it cannot be known, the whole graph has to be looked at.
    fn has_cycle(&mut self, reduced: bool) -> bool {
        if !reduced {
            return true;
        }
        let space = self.passes.reduced_graph();
        let graph = space.graph.filter(|_| space.stop.is_none());
        graph.is_none_or(|graph| Cycles::of(&graph).any())
    }

    /// Adds what some runs come to, when not everything was looked at; what went wrong in those that go on.
    fn try_some(&mut self, seen: &mut Seen) -> Vec<(Place, Bug)> {
        let runs = match seen.space.stop.or(seen.open_cycles) {
            None | Some(Stop::Cancelled) => return Vec::new(),
            Some(Stop::Time) => TRIALS_LATE,
            Some(Stop::States | Stop::Memory) => TRIALS,
        };
        let Trials { ends, bugs } = Trials::make(&self.stage, runs);
        for (outcome, way) in ends {
            seen.space.outcomes.entry(outcome).or_insert(way);
        }
        bugs.into_iter().filter(|(_, bug)| self.stage.ordinary(&bug.witness.schedule).is_some()).collect()
    }

    fn caution(&mut self, space: &Space) {
        if space.sampled {
            self.cautions.insert(Caution::Sampled);
        }
        for outcome in space.outcomes.keys() {
            if let Ending::CutOff(end) = &outcome.ending {
                self.cautions.insert(Caution::CutOff(end.clone()));
            }
        }
    }

    // ---- outcomes ----

    /// The outcomes, each with the shortest way there that is known.
    fn rows(&mut self, space: &Space) -> Vec<Row> {
        let ways = self.ways(space);
        let mut rows: Vec<Row> = Vec::new();
        for (outcome, first) in &space.outcomes {
            let witness = match ways.get(outcome) {
                Some(way) => Witness::shortest(way),
                None => Witness::some(first.1.clone()),
            };
            let found = self.stage.outcome(&witness.schedule);
            expect(&mut self.cautions, found.as_ref() == Some(outcome), &witness.schedule);
            rows.push(Row { outcome: outcome.clone(), witness, chance: None });
        }
        rows.sort_by_key(|row| !row.outcome.is_good());
        rows
    }

    /// The shortest ways to the outcomes. Without reduction that may be far more work than the proof was: then only those
    /// to what is bad are worth it.
    fn ways(&mut self, space: &Space) -> BTreeMap<Outcome, (Cost, Schedule)> {
        let all: BTreeSet<Outcome> = space.outcomes.keys().cloned().collect();
        let bad: BTreeSet<Outcome> = all.iter().filter(|outcome| !outcome.is_good()).cloned().collect();
        let mut ways = BTreeMap::new();
        if space.open == 0 && !all.is_empty() {
            ways = self.passes.ways_to_outcomes(all, WORTHWHILE.max(space.states.saturating_mul(4))).outcomes;
        }
        if !bad.iter().all(|outcome| ways.contains_key(outcome)) {
            ways.extend(self.passes.ways_to_outcomes(bad, u64::MAX).outcomes);
        }
        ways
    }

    /// What is to blame for outcomes that are not good.
    fn bugs_at_ends(&self, outcomes: &[Row]) -> Vec<(Place, Bug)> {
        let bad = outcomes.iter().filter(|row| !row.outcome.is_good());
        bad.flat_map(|row| {
            let story = self.stage.story(&row.witness.schedule);
            blame_at_end(&story, &row.outcome.ending).into_iter().map(|one| bug(one, row.witness.clone()))
        })
        .collect()
    }

    /// A thread that dies has died by that step: what comes afterwards is no part of the way.
    fn up_to_death(&mut self, place: Place, bug: Bug) -> (Place, Bug) {
        let Some(finding) = bug.finding.as_ref().filter(|_| matches!(bug.kind, BugKind::Assertion | BugKind::Crash))
        else {
            return (place, bug);
        };
        let cut = Witness::some(bug.witness.schedule.prefix(finding.step.0.into()));
        let witness = match self.passes.way_to_death(&place).map(Witness::shortest) {
            Some(way) if (way.switches, way.steps) < (cut.switches, cut.steps) => way,
            Some(_) => Witness { shortest: true, ..cut },
            None => cut,
        };
        let story = self.stage.story(&witness.schedule);
        let same = crashes(&story.findings).find(|blame| blame.place() == place).map(|blame| blame.finding);
        let agrees = same.is_some() && self.stage.ordinary(&witness.schedule).is_some();
        expect(&mut self.cautions, agrees, &witness.schedule);
        let finding = same.or(bug.finding);
        (place, Bug { witness, finding, ..bug })
    }

    // ---- schedules without an end ----

    fn bugs_without_end(&mut self, graph: &Graph, cycles: &Cycles) -> Vec<(Place, Bug)> {
        let traps = Traps { stage: &self.stage, graph, cycles };
        let (found, healthy) = traps.blamed();
        let mut bugs: Vec<(Place, Bug)> = Vec::new();
        for one in found {
            let Proof { witness, blame, .. } = traps.prove(&one, &mut self.passes);
            let agrees = blame.is_some() && self.stage.ordinary(&witness.schedule).is_some();
            expect(&mut self.cautions, agrees, &witness.schedule);
            bugs.push(bug(blame.unwrap_or(one.blame), witness));
        }
        if cycles.can_end_well() && !healthy.is_empty() {
            let witness = traps.way_to(&cycles.lost(graph, &healthy), &mut self.passes);
            let agrees = self.stage.ordinary(&witness.schedule).is_some_and(|world| world.is_running());
            expect(&mut self.cautions, agrees, &witness.schedule);
            bugs.push((
                Place::of_livelock(),
                Bug { kind: BugKind::Livelock, witness, finding: None, no_return_step: None },
            ));
        }
        bugs
    }

    // ---- points of no return ----

    fn find_no_return(&mut self, bugs: &mut [Bug], seen: &Seen) {
        let can_end_well = seen.space.outcomes.keys().any(Outcome::is_good);
        let exact = !seen.space.sampled && !self.cautions.iter().any(|caution| matches!(caution, Caution::CutOff(_)));
        let max_states = WORTHWHILE.max(seen.space.states.saturating_mul(4));
        for bug in bugs {
            bug.no_return_step = match &seen.whole {
                _ if !exact => None,
                Some((graph, cycles)) => looked_up(&bug.witness.schedule, graph, cycles),
                None if !can_end_well && seen.space.open == 0 => Some(0),
                None => searched(&bug.witness.schedule, &mut self.passes, &self.stage, max_states),
            };
        }
    }
}

/// Says so when the ordinary simulator does not agree.
fn expect(cautions: &mut BTreeSet<Caution>, agrees: bool, schedule: &Schedule) {
    if !agrees {
        cautions.insert(Caution::Unvalidated(schedule.to_string()));
    }
}

fn bug(blame: Blame, witness: Witness) -> (Place, Bug) {
    let place = blame.place();
    (place, Bug { kind: blame.kind, witness, finding: Some(blame.finding), no_return_step: None })
}

/// The shortest of each kind at each place, the shortest first.
fn distinct(mut bugs: Vec<(Place, Bug)>) -> Vec<Bug> {
    bugs.sort_by_cached_key(|(place, bug)| {
        (bug.witness.switches, bug.witness.steps, place.clone(), bug.witness.schedule.to_string())
    });
    let mut known: BTreeSet<Place> = BTreeSet::new();
    bugs.retain(|(place, _)| known.insert(place.clone()));
    bugs.into_iter().map(|(_, bug)| bug).take(BUGS_MAX).collect()
}
