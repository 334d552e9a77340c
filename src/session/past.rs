//! Worlds kept along a run, so that any step can be returned to without beginning anew.

use super::scout::Scout;
use crate::ids::Step;
use crate::kernel::sim::World;
use crate::sched::Scheduler;

/// The world after some step, and everything that goes back in time with it.
pub(super) struct Moment {
    pub(super) world: World,
    pub(super) scheduler: Box<dyn Scheduler>,
    pub(super) scout: Scout,
}

impl Moment {
    pub(super) fn fork(&self) -> Moment {
        Moment { world: self.world.clone(), scheduler: self.scheduler.fork(), scout: self.scout.clone() }
    }
}

/// At most so many worlds are kept …
const COUNT_MAX: u64 = 64;
/// … which together take at most so many bytes, even if they share nothing …
const BYTES_MAX: u64 = 128 << 20;
/// … but never fewer than these.
const COUNT_MIN: u64 = 4;
/// The distance of the first ones, in steps.
const DISTANCE: u32 = 256;

/// Worlds at about equal distances; when there are too many, every second one goes and the distance doubles. Clones of a
/// world share what has not changed in between. The first one, after step 0, is always there.
pub(super) struct Past {
    moments: Vec<Moment>,
    distance: u32,
}

impl Past {
    pub(super) fn new() -> Past {
        Past { moments: Vec::new(), distance: DISTANCE }
    }

    /// Keeps the moment, between two steps, if the last one is far enough away.
    pub(super) fn offer(&mut self, moment: &Moment) {
        let at = moment.world.step().0;
        if self.moments.last().is_some_and(|last| at < last.world.step().0.saturating_add(self.distance)) {
            return;
        }
        self.moments.push(moment.fork());
        let bytes = moment.world.memory_bytes() + moment.scout.weight() as u64;
        let affordable = (BYTES_MAX / bytes.max(1)).clamp(COUNT_MIN, COUNT_MAX);
        while self.moments.len() as u64 > affordable {
            self.thin();
        }
    }

    fn thin(&mut self) {
        let mut number = 0;
        self.moments.retain(|_| {
            number += 1;
            number % 2 == 1
        });
        self.distance = self.distance.saturating_mul(2);
    }

    /// The last one at `step` or before; none after it are kept.
    pub(super) fn cut_off(&mut self, step: Step) -> Option<&Moment> {
        let place = self.moments.partition_point(|moment| moment.world.step() <= step);
        self.moments.truncate(place);
        self.moments.last()
    }

    /// The last one at `step` or before.
    pub(super) fn before(&self, step: Step) -> Option<&Moment> {
        let place = self.moments.partition_point(|moment| moment.world.step() <= step);
        self.moments[..place].last()
    }
}
