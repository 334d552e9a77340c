//! What the top line says about the run.

use super::{Asked, Link, Stage};
use crate::detect::FindingKind;
use crate::event::{End, ThreadState};

/// What is said about the run in the top line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    Playing,
    Running,
    Paused,
    Input,
    Past,
    /// On a way that an exploration found.
    Witness,
    Finished,
    Crashed,
    /// Threads wait for each other in a circle.
    Deadlock,
    /// Nobody can run, but there is no circle: the one who could help is gone.
    Stuck,
    /// Real threads can never go on, and do not end either.
    Hangs,
    CutOff,
    /// More may come from the file.
    Reading,
    /// There is no more in the file, and the run was not over.
    TapeEnds,
}

impl Status {
    /// The catalogue key of the word.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Status::Playing => "status-playing",
            Status::Running => "status-running",
            Status::Paused => "status-paused",
            Status::Input => "status-input",
            Status::Past => "status-past",
            Status::Witness => "status-witness",
            Status::Finished => "status-finished",
            Status::Crashed => "status-crashed",
            Status::Deadlock => "status-deadlock",
            Status::Stuck => "status-stuck",
            Status::Hangs => "status-hangs",
            Status::CutOff => "status-cut-off",
            Status::Reading => "status-reading",
            Status::TapeEnds => "status-tape-ends",
        }
    }

    /// True while the picture changes by itself.
    #[must_use]
    pub const fn is_moving(self) -> bool {
        matches!(self, Status::Playing | Status::Running)
    }
}

impl Stage {
    /// What the top line says about the run.
    #[must_use]
    pub fn status(&self) -> Status {
        if self.is_playing() {
            return Status::Playing;
        }
        if self.asked == Some(Asked::Endless) && !self.is_live() {
            return Status::Running;
        }
        if !self.at_end() {
            // Of a recording everything is past.
            return match () {
                () if self.is_recorded() => Status::Paused,
                () if self.is_on_way() => Status::Witness,
                () => Status::Past,
            };
        }
        match (&self.prompt, self.end()) {
            (Some(_), _) => Status::Input,
            (None, Some(End::Finished)) if self.has_crashed() => Status::Crashed,
            (None, Some(End::Finished)) => Status::Finished,
            (None, Some(End::Deadlock)) if self.is_real() => Status::Hangs,
            (None, Some(End::Deadlock)) if self.has_cycle() => Status::Deadlock,
            (None, Some(End::Deadlock)) => Status::Stuck,
            (None, Some(End::Limit(_) | End::Unmodelled { .. })) => Status::CutOff,
            (None, None) if self.link == Link::Lost => Status::CutOff,
            (None, None) if self.is_unattended() => Status::Paused,
            (None, None) if self.is_recorded() => self.tape_status(),
            (None, None) if self.is_at_large() => Status::Playing,
            (None, None) => Status::Paused,
        }
    }

    /// True when an exception has ended a thread.
    fn has_crashed(&self) -> bool {
        self.model().threads.iter().any(|thread| thread.state == ThreadState::Failed)
    }

    /// True when threads wait for each other in a circle.
    fn has_cycle(&self) -> bool {
        self.history.findings().iter().any(|finding| finding.kind == FindingKind::Deadlock)
    }
}
