//! Threads that an exception ends, noticed by the step that does it.
//!
//! That a thread dies is a matter of safety: the run is bad from that step on, whatever comes afterwards (L. Lamport,
//! "Proving the correctness of multiprocess programs", IEEE TSE 3, 1977; B. Alpern and F. Schneider, "Recognizing safety and
//! liveness", Distributed Computing 2, 1987: a bad prefix). So the shortest way to a death is not a way to an end, and
//! whoever looks for one need not go on.
//!
//! Steps are looked at before their states are: two threads that die differently can leave the same state behind. What a
//! remembered way is to blame for is found out once, by a replay; in order of switches, the first step to be blamed for
//! something is the cheapest. Whoever only collects what there is replays no more than one step from each place where a
//! thread stands: others from there seldom die of something else, and then the way that is told is not called the shortest.

use super::blame::{Place, crashes};
use super::known::Known;
use super::layer::{Record, Segment, Sheet, Step};
use super::parts::PartId;
use super::run::Run;
use super::search::{Cost, Goal, Order, Search};
use super::witness::Stage;
use crate::event::Schedule;
use hashbrown::{HashMap, HashSet};
use rustc_hash::FxBuildHasher;
use std::sync::Arc;

/// What a search knows of steps by which threads die.
#[derive(Debug)]
pub(super) struct Deaths {
    /// Somebody wants to know of them.
    wanted: bool,
    /// For each remembered way, whether some thread is dead after it by an exception.
    suspects: Vec<bool>,
    /// What remembered ways are to blame for.
    ways: HashMap<u32, Arc<[Place]>, FxBuildHasher>,
    /// The parts of threads from which a step was replayed.
    looked: HashSet<PartId, FxBuildHasher>,
}

impl Deaths {
    pub(super) fn new(search: &Search) -> Deaths {
        let wanted = match &search.goal {
            Goal::Outcomes(_) | Goal::States(_) => search.order == Order::Switches,
            Goal::Target(target) => target.aim.wants_deaths(),
            Goal::Everything | Goal::GoodEnd => false,
        };
        Deaths { wanted, suspects: Vec::new(), ways: HashMap::default(), looked: HashSet::default() }
    }
}

/// What the last step of a schedule, or what comes before the first one, is to blame for.
fn deaths_at_end(stage: &Stage, schedule: &Schedule) -> Arc<[Place]> {
    let story = stage.story(schedule);
    let at_end = crashes(&story.findings).filter(|blame| u64::from(blame.finding.step.0) == schedule.len());
    at_end.map(|blame| blame.place()).collect()
}

impl Run<'_> {
    /// Notices the deaths before the search begins: that of a thread which was started by the last step.
    pub(super) fn begin_with_deaths(&mut self, schedule: &Schedule, vector: &[PartId], cost: Cost) {
        let threads = &vector[self.known.parts.first_thread()..];
        if self.deaths.wanted && threads.iter().any(|part| self.known.parts.is_failed(*part)) {
            let places = deaths_at_end(&self.stage(), schedule);
            self.note_deaths(&places, cost, || schedule.clone());
        }
    }

    /// Notices the steps of a block by which threads die, before it is known whether they lead to anything new.
    pub(super) fn notice_deaths(&mut self, cost: Cost, segments: &[Segment], sheets: &[Sheet]) {
        if !self.deaths.wanted || self.enough || !self.known.parts.has_failed() {
            return;
        }
        self.suspect();
        let records = sheets.iter().flat_map(|sheet| sheet.records.iter().flatten());
        let suspects = records.filter(|record| match record.step() {
            Step::Made(_) => true,
            Step::Remembered(way) => self.deaths.suspects[way as usize],
        });
        let mut deadly: Vec<Record> = suspects
            .filter(|record| self.is_news(**record, segments) && self.kills(**record, segments))
            .copied()
            .collect();
        // Of several that cost the same, the first in order of threads is shown, whatever the order of the tables.
        deadly.sort_by_cached_key(|record| (record.parent(), self.choice_of(*record)));
        let next = Cost { steps: cost.steps + 1, ..cost };
        for record in deadly {
            if self.enough {
                return;
            }
            if self.is_news(record, segments) {
                self.look_into(record, segments, next);
            }
        }
    }

    /// Looks at the ways that are remembered since the last block.
    fn suspect(&mut self) {
        let Known { parts, memo, .. } = &*self.known;
        let first = u32::try_from(self.deaths.suspects.len()).unwrap_or(u32::MAX);
        let is_suspect = |way: u32| {
            let mut changes = memo.changes(memo.row(way)).iter();
            changes.any(|(place, part)| *place as usize >= parts.first_thread() && parts.is_failed(*part))
        };
        self.deaths.suspects.extend((first..memo.rows()).map(is_suspect));
    }

    /// Whether something may be found out from a step that was not found out from another one.
    fn is_news(&self, record: Record, segments: &[Segment]) -> bool {
        let Goal::Target(target) = &self.search.goal else {
            return !self.deaths.looked.contains(&self.stood(record, segments));
        };
        let Step::Remembered(way) = record.step() else { return true };
        let places = self.deaths.ways.get(&way);
        places.is_none_or(|places| places.iter().any(|place| target.aim.wants_death(place.kind())))
    }

    /// Where the thread stood that makes the step.
    fn stood(&self, record: Record, segments: &[Segment]) -> PartId {
        let (segment, item) = record.parent();
        let thread = self.choice_of(record).thread.0 as usize;
        segments[segment].vector(item)[self.known.parts.first_thread() + thread]
    }

    /// A thread lives before this step, and is dead after it.
    fn kills(&self, record: Record, segments: &[Segment]) -> bool {
        let parts = &self.known.parts;
        let (segment, item) = record.parent();
        let before = segments[segment].vector(item);
        let died = |place: usize, part: PartId| {
            let lived = || !before.get(place).is_some_and(|part| parts.is_failed(*part));
            place >= parts.first_thread() && parts.is_failed(part) && lived()
        };
        match record.step() {
            Step::Made(number) => {
                self.made[number as usize].vector.iter().enumerate().any(|(place, part)| died(place, *part))
            }
            Step::Remembered(way) => {
                let memo = &self.known.memo;
                memo.changes(memo.row(way)).iter().any(|(place, part)| died(*place as usize, *part))
            }
        }
    }

    fn choice_of(&self, record: Record) -> crate::event::Choice {
        let memo = &self.known.memo;
        memo.choice(match record.step() {
            Step::Made(number) => self.made[number as usize].choice,
            Step::Remembered(way) => memo.row(way).choice,
        })
    }

    /// Who died of this step, and whether that is wanted.
    fn look_into(&mut self, record: Record, segments: &[Segment], cost: Cost) {
        let (segment, item) = record.parent();
        let mut schedule = self.schedule(segments[segment].heads[item].node);
        schedule.push(self.choice_of(record));
        let places = match record.step() {
            Step::Remembered(way) => {
                let stage = self.stage();
                Arc::clone(self.deaths.ways.entry(way).or_insert_with(|| deaths_at_end(&stage, &schedule)))
            }
            Step::Made(_) => deaths_at_end(&self.stage(), &schedule),
        };
        let stood = self.stood(record, segments);
        self.deaths.looked.insert(stood);
        self.note_deaths(&places, cost, || schedule.clone());
    }

    fn note_deaths(&mut self, places: &[Place], cost: Cost, schedule: impl Fn() -> Schedule) {
        if let Goal::Target(target) = &self.search.goal {
            if places.iter().any(|place| target.aim.wants_death(place.kind())) {
                self.arrive_along(cost, schedule());
            }
            return;
        }
        for place in places {
            self.space.deaths.entry(place.clone()).or_insert_with(|| (cost, schedule()));
        }
    }

    fn stage(&self) -> Stage {
        let Search { program, options, inputs, .. } = self.search;
        Stage { program: Arc::clone(program), options: options.clone(), inputs: inputs.clone(), output: false }
    }
}
