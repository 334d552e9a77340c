//! A challenge: the person is the scheduler and wants to bring something about, with as few switches as possible.
//!
//! The run takes place in the simulator under the rules of the exploration, and nobody makes a step in it but the person.
//! Moves are the switches of the run up to the cursor: taking steps back takes moves back. At every place where the run
//! stands still, the way from there is asked for ([`Pursuit`](crate::explore::Pursuit)); from the answers come the hints,
//! and that something is reached, or lost.
//!
//! | file | what is in it |
//! |---|---|
//! | `objective` | what may be wanted of a program, from what an exploration found |
//! | `act` | the menu, the beginning and the end |
//! | `play` | what the keys do meanwhile |
//! | `tell` | how it stands, in words |

mod act;
mod objective;
mod play;
mod tell;

pub(in crate::tui) use act::{attend, begin, open, surveyed};
pub(in crate::tui) use objective::Objective;
pub(in crate::tui) use tell::Tone;

use super::Stage;
use crate::event::Schedule;
use crate::explore::{Answer, Way};
use crate::session::Start;
use objective::Par;

/// The challenge on the stage.
#[derive(Debug)]
pub(super) struct Challenge {
    pub(super) objective: Objective,
    /// How its runs are started.
    pub(super) start: Start,
    /// How a run is started that has nothing to do with it.
    pub(super) usual: Start,
    /// Its first run has not begun yet; what was on the stage before were real threads, or a recording.
    awaited: bool,
    displaced: bool,
    /// The place that was asked about last, and the number of that question.
    place: Option<Schedule>,
    question: u64,
    /// What is known of that place.
    standing: Standing,
    hint: Hint,
    hints: u32,
    impossible: Option<Impossible>,
    /// Where it was reached, and with how many moves: those that are made afterwards do not count.
    won: Option<(Schedule, u32)>,
    /// The attempt was counted as a success, with so many moves.
    scored: Option<u32>,
}

/// Whether somebody wants to know how to go on from a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Hint {
    Unwanted,
    /// As soon as it is known.
    Wanted,
    Shown,
}

/// It cannot be done.
#[derive(Clone, Copy, Debug)]
struct Impossible {
    /// So many were looked at.
    states: u64,
    /// It may be said.
    revealed: bool,
}

/// What is known of a place.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Standing {
    Asked,
    Told(Answer),
    /// A mistake of ours.
    Failed(String),
}

/// How a challenge stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Situation {
    /// It is not known yet.
    Thinking,
    Open,
    Won,
    /// Nothing leads there any more.
    Lost,
    /// The run is over, and it was not that.
    Missed,
    /// It never could be done: so many states were looked at.
    Impossible {
        states: u64,
    },
    /// It will not be known.
    Unknown,
}

/// A challenge that was won.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::tui) struct Victory {
    pub(in crate::tui) objective: String,
    pub(in crate::tui) moves: u32,
    pub(in crate::tui) par: Option<u32>,
}

impl Challenge {
    fn new(objective: Objective, start: Start, usual: Start, displaced: bool) -> Challenge {
        let impossible = match objective.par {
            Par::Impossible { states } => Some(Impossible { states, revealed: false }),
            Par::Switches { .. } | Par::Unknown => None,
        };
        Challenge {
            objective,
            start,
            usual,
            awaited: true,
            displaced,
            place: None,
            question: 0,
            standing: Standing::Asked,
            hint: Hint::Unwanted,
            hints: 0,
            impossible,
            won: None,
            scored: None,
        }
    }

    /// Whether a run that is started like this is one of its attempts.
    fn is_attempt(&self, start: &Start) -> bool {
        let Start { options, inputs, schedule, live, tape, .. } = start;
        *options == self.start.options
            && *inputs == self.start.inputs
            && schedule.is_none()
            && live.is_none()
            && tape.is_none()
    }

    /// An attempt begins. A hint that was wanted while it was still on its way is wanted of this one.
    fn begin_attempt(&mut self) {
        if !std::mem::take(&mut self.awaited) {
            self.hint = Hint::Unwanted;
        }
        self.place = None;
        self.standing = Standing::Asked;
        self.hints = 0;
        self.won = None;
        self.scored = None;
    }

    /// At this place it is reached, and was with so many moves at the latest. With how many it was.
    fn win(&mut self, moves: u32) -> u32 {
        let place = self.place.clone().unwrap_or_default();
        match &self.won {
            Some((since, moves)) if place.prefix(since.len()) == *since => *moves,
            _ => self.won.insert((place, moves)).1,
        }
    }

    /// Shows the next step.
    fn show_hint(&mut self) {
        self.hint = Hint::Shown;
        self.hints += 1;
    }

    /// Says that it cannot be done, when that is so.
    fn reveal(&mut self) {
        if let Some(impossible) = &mut self.impossible {
            impossible.revealed = true;
        }
    }

    /// The way from here, when there is one.
    fn way(&self) -> Option<&Way> {
        match &self.standing {
            Standing::Told(Answer::Reachable(way)) => Some(way),
            _ => None,
        }
    }
}

impl Stage {
    /// True while somebody is the scheduler and wants to bring something about.
    #[must_use]
    pub fn is_challenged(&self) -> bool {
        self.challenge.is_some()
    }

    /// It is won, or cannot be won any more.
    pub(in super::super) fn is_decided(&self) -> bool {
        let open = |situation| matches!(situation, Situation::Open | Situation::Thinking);
        self.situation().is_some_and(|situation| !open(situation))
    }

    /// How the challenge stands at the cursor.
    pub(super) fn situation(&self) -> Option<Situation> {
        let challenge = self.challenge.as_ref()?;
        let over = self.at_end() && self.end().is_some();
        Some(match (&challenge.standing, challenge.impossible) {
            (Standing::Told(Answer::Reached { .. }), _) => Situation::Won,
            (_, Some(Impossible { states, revealed: true })) => Situation::Impossible { states },
            (_, Some(_)) | (Standing::Told(Answer::Reachable(_)), _) => Situation::Open,
            (Standing::Asked, _) => Situation::Thinking,
            (Standing::Told(Answer::Unreachable { .. }), _) if over => Situation::Missed,
            (Standing::Told(Answer::Unreachable { .. }), _) => Situation::Lost,
            (Standing::Told(Answer::Unknown(_)) | Standing::Failed(_), _) => Situation::Unknown,
        })
    }

    /// A run begins that is started like this: another attempt, or the end of the challenge.
    pub(super) fn begin_attempt(&mut self, start: &Start) {
        match &mut self.challenge {
            Some(challenge) if challenge.is_attempt(start) => challenge.begin_attempt(),
            // What still comes from the session before is none of its business.
            Some(challenge) if challenge.awaited && start.tape.is_none() => {}
            Some(_) => {
                self.challenge = None;
                self.tell_challenge_left();
            }
            None => {}
        }
    }

    /// The challenge has ended, and nobody has said that it should.
    pub(in crate::tui) fn tell_challenge_left(&mut self) {
        self.notice = Some(super::Notice::Key("challenge-left"));
        self.stale = true;
    }

    /// Ends the challenge. False when there is none.
    pub fn leave_challenge(&mut self) -> bool {
        let Some(challenge) = self.challenge.take() else { return false };
        self.subject.set_start(challenge.usual);
        self.tell_challenge_left();
        true
    }
}
