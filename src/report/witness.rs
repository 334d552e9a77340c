//! Listens to a run and keeps what a report needs: the last picture, and the findings.

use crate::detect::{Detectors, Finding};
use crate::event::{Event, Sink};
use crate::model::Model;

/// Folds a run while it goes on; the events themselves are not kept.
#[derive(Clone, Debug, Default)]
pub struct Witness {
    pub model: Model,
    /// In the order in which they were proved.
    pub findings: Vec<Finding>,
    detectors: Detectors,
}

impl Sink for Witness {
    const ENABLED: bool = true;

    fn emit(&mut self, event: Event) {
        self.model.apply(&event);
        self.detectors.fold(&event, &mut self.findings);
    }
}
