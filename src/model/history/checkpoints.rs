//! Pictures kept along the tape, so that any position is near one of them.
//!
//! They stand at about equal distances. When there are too many, every second one goes and the distance doubles: their
//! number stays bounded however long the run, and it takes at most one distance of events to get anywhere.

use crate::detect::{Detectors, Interest};
use crate::ids::Step;
use crate::model::Model;

/// The picture after some event, and what the folds that only look forward know then.
#[derive(Clone, Debug, Default)]
pub(super) struct Picture {
    pub(super) model: Model,
    pub(super) detectors: Detectors,
    pub(super) interest: Interest,
}

/// A picture at the end of a step.
#[derive(Clone, Debug)]
pub(super) struct Checkpoint {
    /// The number of events it contains.
    pub(super) events: usize,
    /// The last step it contains; `None` for the blank picture before everything.
    pub(super) step: Option<Step>,
    pub(super) picture: Picture,
}

/// At most so many pictures are kept …
const COUNT_MAX: usize = 256;
/// … which together take about so many bytes …
const BYTES_MAX: usize = 48 << 20;
/// … but never fewer than these.
const COUNT_MIN: usize = 8;
/// The distance of the first ones, in events.
const DISTANCE: usize = 256;

/// See the module. The first one is the blank picture.
#[derive(Clone, Debug)]
pub(super) struct Checkpoints {
    kept: Vec<Checkpoint>,
    /// The distance between two of them, in events.
    distance: usize,
}

impl Checkpoints {
    pub(super) fn new() -> Checkpoints {
        let blank = Checkpoint { events: 0, step: None, picture: Picture::default() };
        Checkpoints { kept: vec![blank], distance: DISTANCE }
    }

    /// Keeps the picture after `step`, which ends with event number `events`, if the last one is far enough away.
    pub(super) fn offer(&mut self, step: Step, events: usize, picture: &Picture) {
        if events < self.last().events + self.distance {
            return;
        }
        self.kept.push(Checkpoint { events, step: Some(step), picture: picture.clone() });
        let affordable = BYTES_MAX / (picture.model.weight() + picture.detectors.weight()).max(1);
        if self.kept.len() > affordable.clamp(COUNT_MIN, COUNT_MAX) {
            self.thin();
        }
    }

    fn thin(&mut self) {
        let mut number = 0;
        self.kept.retain(|_| {
            number += 1;
            number % 2 == 1
        });
        self.distance *= 2;
    }

    pub(super) fn last(&self) -> &Checkpoint {
        &self.kept[self.kept.len() - 1]
    }

    /// The last one that contains nothing after `step`.
    pub(super) fn before(&self, step: Step) -> &Checkpoint {
        let place = self.kept.partition_point(|checkpoint| checkpoint.step.is_none_or(|at| at <= step));
        &self.kept[place.max(1) - 1]
    }

    /// Forgets those that contain anything after `step`.
    pub(super) fn truncate(&mut self, step: Step) {
        let place = self.kept.partition_point(|checkpoint| checkpoint.step.is_none_or(|at| at <= step));
        self.kept.truncate(place.max(1));
    }

    #[cfg(test)]
    pub(super) fn count(&self) -> usize {
        self.kept.len()
    }
}
