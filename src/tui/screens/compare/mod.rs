//! Two variants side by side under one schedule: what the one does wrong, the other does otherwise, and where they part.
//!
//! The runs are made beside the interface ([`crate::session::pair`]) and come as a whole. A row of theirs is one choice; the
//! *position* is the number of rows that were made.
//!
//! | file | what is in it |
//! |---|---|
//! | `other` | which variant stands on the other side |
//! | `act` | what keys and the mouse do |
//! | `sentence` | what is said |
//! | `place` | where everything stands |
//! | `draw`, `code`, `lists` | the screen |

mod act;
mod code;
mod draw;
mod lists;
mod other;
mod place;
mod sentence;

pub(in crate::tui) use act::{act, forget, leave, mouse, paired};
pub use draw::render;
pub(in crate::tui) use other::{loaded, open, pick, renew, with_file};

use super::stage::{Contender, Metronome, Speed};
use crate::event::Schedule;
use crate::model::{History, Model};
use crate::report::diff::{LinePair, Paired, Row, line_pairs};
use crate::session::{Duel, Origin};
use crate::tui::app::Screen;
use crate::words::Words;
use sentence::Sentences;
use std::time::Duration;

/// The state of the screen.
pub struct Compare {
    /// Left and right.
    sides: [Contender; 2],
    /// The lines of both programs.
    lines: Vec<LinePair>,
    /// What was run on the stage already, and the shortest schedule that goes wrong, as far as they are known.
    run: Option<Schedule>,
    losing: Option<Schedule>,
    /// Whether nothing goes wrong in a side, as far as is known: there is nothing to be looked for.
    proved: [bool; 2],
    /// Which of them both sides follow.
    along: Along,
    /// Where it goes back to.
    back: Screen,
    state: State,
    /// So many rows were made.
    position: usize,
    focus: Focus,
    /// The first row of the programs that is shown; `None`: where the threads stand.
    scroll: Option<usize>,
    /// Cells of the programs that are out of sight on the left.
    sideways: usize,
    playing: Option<Metronome>,
    speed: Speed,
    told: Sentences,
    /// What is said belongs to another position.
    stale: bool,
}

enum State {
    /// The runs are being made.
    Making,
    Made(Box<Paired>),
    /// A mistake of ours.
    Failed(String),
}

/// What both sides follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Along {
    /// The run that was on the stage.
    Run,
    /// The shortest schedule that goes wrong. When it is not known yet, it is looked for.
    Losing,
}

/// What is looked at: where there is no room for both sides, nothing else is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Focus {
    Both,
    Side(usize),
}

impl Focus {
    const fn next(self) -> Focus {
        match self {
            Focus::Both => Focus::Side(0),
            Focus::Side(0) => Focus::Side(1),
            Focus::Side(_) => Focus::Both,
        }
    }
}

impl Compare {
    fn new(sides: [Contender; 2], losing: Option<Schedule>, back: Screen, speed: Speed) -> Compare {
        let [left, right] = &sides;
        let run = left.start.schedule.clone();
        Compare {
            lines: line_pairs(&left.source.text, &right.source.text),
            along: if run.is_some() { Along::Run } else { Along::Losing },
            run,
            losing,
            sides,
            proved: [false; 2],
            back,
            state: State::Making,
            position: 0,
            focus: Focus::Both,
            scroll: None,
            sideways: 0,
            playing: None,
            speed,
            told: Sentences::default(),
            stale: true,
        }
    }

    /// The runs that are to be made.
    fn duel(&self) -> Duel {
        let mut starts = self.sides.each_ref().map(|side| side.start.clone());
        starts[0].schedule = match self.along {
            Along::Run => self.run.clone(),
            Along::Losing => self.losing.clone(),
        };
        Duel { starts, search: self.proved.map(|proved| self.along == Along::Losing && !proved) }
    }

    /// A schedule that goes wrong is looked for before anything can be run.
    fn is_looking(&self) -> bool {
        let duel = self.along == Along::Losing && self.losing.is_none();
        duel && self.proved != [true; 2]
    }

    /// The runs are made. What one came to see is the first difference.
    fn settle(&mut self, made: Result<Box<Paired>, String>) {
        self.state = match made {
            Ok(mut paired) => {
                if self.along == Along::Losing && paired.origin == Origin::Given {
                    paired.origin = Origin::Losing(0);
                }
                State::Made(paired)
            }
            Err(reason) => State::Failed(reason),
        };
        self.go_to(self.first().unwrap_or(0));
    }

    /// The position at which they have just parted.
    fn first(&self) -> Option<usize> {
        self.paired()?.first_difference().map(|row| row + 1)
    }

    /// Both runs, when they are made.
    #[must_use]
    pub fn paired(&self) -> Option<&Paired> {
        match &self.state {
            State::Made(paired) => Some(paired),
            State::Making | State::Failed(_) => None,
        }
    }

    /// The row that was made last.
    fn row(&self) -> Option<&Row> {
        self.paired()?.rows.get(self.position.checked_sub(1)?)
    }

    /// How many rows there are.
    fn last(&self) -> usize {
        self.paired().map_or(0, |paired| paired.rows.len())
    }

    fn history(&self, side: usize) -> Option<&History> {
        self.paired()?.histories.get(side)
    }

    fn model(&self, side: usize) -> Option<&Model> {
        self.history(side).map(History::model)
    }

    fn go_to(&mut self, position: usize) {
        self.position = position.min(self.last());
        self.scroll = None;
        self.stale = true;
        let at = self.row().map_or_else(Default::default, |row| row.at);
        if let State::Made(paired) = &mut self.state {
            for (history, step) in paired.histories.iter_mut().zip(at) {
                history.seek(step);
            }
        }
    }

    /// True while it goes on by itself.
    #[must_use]
    pub const fn is_playing(&self) -> bool {
        self.playing.is_some()
    }

    /// Time has passed. True when something on the screen changed.
    pub(in crate::tui) fn tick(&mut self, passed: Duration) -> bool {
        let Some(metronome) = &mut self.playing else { return false };
        let due = self.speed.per_second().map_or(u64::MAX, |speed| metronome.due(passed.as_secs_f64(), speed));
        if due == 0 {
            return false;
        }
        let target = self.position.saturating_add(usize::try_from(due).unwrap_or(usize::MAX)).min(self.last());
        // What is new is to be seen, unless it goes as fast as it can.
        let news = self.speed.per_second().and_then(|_| self.next_news()).filter(|news| *news <= target);
        self.go_to(news.unwrap_or(target));
        if news.is_some() || self.position == self.last() {
            self.playing = None;
        }
        true
    }

    /// The next position at which something new is different.
    fn next_news(&self) -> Option<usize> {
        let rows = &self.paired()?.rows;
        let ahead = rows.iter().skip(self.position).position(|row| row.notable)?;
        Some(self.position + ahead + 1)
    }

    /// The last one before this.
    fn previous_news(&self) -> Option<usize> {
        let rows = &self.paired()?.rows;
        let before = rows.get(..self.position.saturating_sub(1))?;
        before.iter().rposition(|row| row.notable).map(|row| row + 1)
    }

    /// Says what is to be said, if the position has changed since. `again`: the language is another one.
    pub(in crate::tui) fn tell(&mut self, words: &Words, again: bool) {
        if (self.stale || again)
            && let State::Made(paired) = &mut self.state
        {
            self.told = Sentences::of(paired, self.position, words);
            self.stale = false;
        }
    }

    /// What is on the left goes to the right.
    fn swap(&mut self) {
        self.sides.swap(0, 1);
        self.proved.swap(0, 1);
        for pair in &mut self.lines {
            pair.lines.swap(0, 1);
        }
        self.state = match std::mem::replace(&mut self.state, State::Making) {
            State::Made(paired) => State::Made(Box::new(paired.swapped())),
            state => state,
        };
        // A schedule on which the one goes wrong says little about the other.
        self.losing = None;
        self.focus = match self.focus {
            Focus::Side(side) => Focus::Side(1 - side),
            Focus::Both => Focus::Both,
        };
        self.stale = true;
    }
}
