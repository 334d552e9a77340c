//! All interleavings of the program on the stage: how far the search is, then the verdict, and a way to each bug and each
//! outcome that can be put on the stage.
//!
//! | file | what is in it |
//! |---|---|
//! | `quest` | what is explored, and what came of it |
//! | `act` | what keys and the mouse do |
//! | `place` | where everything stands |
//! | `draw` | the screen |
//! | `verdict` | how far it is, the verdict and what it rests on |
//! | `real` | runs on real threads beside it |
//! | `ways` | the bugs and the table of outcomes |

mod act;
mod draw;
mod place;
mod quest;
mod real;
mod verdict;
mod ways;

pub(in crate::tui) use act::{act, ask, leave, mouse, open};
pub use draw::render;
pub(in crate::tui) use quest::Known;
pub use quest::{Quest, Told};
pub use real::{Ran, Rehearsal};
pub(in crate::tui) use verdict::{sign as verdict_sign, whole as verdict_line};

use crate::explore::Phase;
use crate::tui::app::Screen;
use crate::tui::keys::Action;
use std::sync::Arc;
use std::time::Duration;

/// The state of the screen.
pub struct Explore {
    quest: Quest,
    /// Interleavings are counted.
    counts: bool,
    /// Where it goes back to.
    back: Screen,
    state: State,
    /// Runs on real threads, when some were made.
    real: Option<real::Real>,
    /// The bug or outcome that is selected.
    selected: usize,
    focus: Focus,
    /// The first line of the verdict that is shown.
    scroll: usize,
}

/// Which box gets the arrow keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Focus {
    Verdict,
    Ways,
}

enum State {
    Searching(Search),
    Found(Arc<Told>),
    /// A mistake of ours.
    Failed(String),
}

/// A search that goes on.
#[derive(Clone, Copy, Debug, Default)]
struct Search {
    sight: Sight,
    /// When its phase began.
    since: Duration,
    /// It was asked to stop.
    stopping: bool,
}

/// How far a search is, at one glance.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sight {
    pub phase: Phase,
    /// Of this phase.
    pub states: u64,
    pub open: u64,
    pub bytes: u64,
    /// Since the beginning.
    pub elapsed: Duration,
}

impl Explore {
    fn new(quest: Quest, back: Screen, state: State) -> Explore {
        Explore { quest, counts: false, back, state, real: None, selected: 0, focus: Focus::Ways, scroll: 0 }
    }

    /// True while the search goes on.
    #[must_use]
    pub const fn is_searching(&self) -> bool {
        matches!(self.state, State::Searching(_))
    }

    /// What is explored.
    #[must_use]
    pub const fn quest(&self) -> &Quest {
        &self.quest
    }

    /// How far the search is; `None` when it is over.
    #[must_use]
    pub(in crate::tui) fn sight(&self) -> Option<Sight> {
        match &self.state {
            State::Searching(search) => Some(search.sight),
            State::Found(_) | State::Failed(_) => None,
        }
    }

    /// What came of it, if that is known.
    #[must_use]
    pub fn told(&self) -> Option<&Told> {
        match &self.state {
            State::Found(told) => Some(told),
            State::Searching(_) | State::Failed(_) => None,
        }
    }

    /// Takes a look at the search.
    pub(in crate::tui) fn glance(&mut self, sight: Sight) {
        if let State::Searching(search) = &mut self.state {
            if sight.phase != search.sight.phase {
                search.since = sight.elapsed;
            }
            search.sight = sight;
        }
    }

    /// The search has ended.
    pub(in crate::tui) fn settle(&mut self, found: Result<Arc<Told>, String>) {
        self.state = match found {
            Ok(told) => State::Found(told),
            Err(reason) => State::Failed(reason),
        };
        let last = self.told().map_or(0, |told| told.ways().saturating_sub(1));
        self.selected = self.selected.min(last);
        self.scroll = 0;
        self.focus = Focus::Ways;
    }

    /// True when the action means nothing now: there is no result yet.
    pub(in crate::tui) fn refuses(&self, action: Action) -> bool {
        match action {
            Action::Enter | Action::CopyMoment => self.told().is_none_or(|told| told.ways() == 0),
            Action::RealRuns => self.told().is_none(),
            Action::Count => self.told().is_none_or(|told| told.counted),
            Action::Restart | Action::NextPane | Action::PreviousPane => self.is_searching(),
            _ => false,
        }
    }
}

impl Search {
    /// States a second in this phase; `None` while that means nothing.
    fn rate(&self) -> Option<u64> {
        let time = self.sight.elapsed.saturating_sub(self.since).as_millis();
        let rate = u128::from(self.sight.states) * 1000 / time.max(1);
        (time >= 100).then(|| u64::try_from(rate).unwrap_or(u64::MAX))
    }
}
