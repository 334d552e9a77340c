//! Two runs under one schedule, row by row: a row is one choice, and what each run made of it.
//!
//! The runs are of two programs, so they are compared by what was done to what, not by lines:
//!
//! | | is compared | is not |
//! |---|---|---|
//! | threads | by number | |
//! | operations | kind, values, what came of it | lengths of time, addresses |
//! | objects | by kind and name | by number, by the line that made them |
//!
//! What is told in the same words is the same: whether an `acquire` that got the lock would have waited for it is no
//! difference yet.

use super::Both;
use super::twins::{neutral, text_of, without_object, without_times};
use crate::event::{Action, Choice, Event, EventKind, ObjectKind, Outcome};
use crate::ids::{Step, ThreadId};
use crate::model::History;
use crate::session::{Origin, Pair, PairRow};
use crate::words::{Lang, Words};
use std::collections::BTreeSet;

/// How two runs stand to each other in one row. Sides are 0 and 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// Both did the same.
    Same,
    /// Both did something, and not the same.
    Other,
    /// This side could not go on, the other one did.
    Passed(usize),
    /// The run of this side is over, the other one goes on.
    Over(usize),
}

/// One choice, and what came of it in both runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    pub choice: Choice,
    /// Whether the thread made a step.
    pub made: Both<bool>,
    /// The last step of each run after that.
    pub at: Both<Step>,
    pub relation: Relation,
    /// Something new begins to be different here, or a run ends.
    pub notable: bool,
}

/// Two runs under one schedule, ready to be looked at.
#[derive(Clone, Debug)]
pub struct Paired {
    pub histories: Both<History>,
    pub rows: Vec<Row>,
    pub origin: Origin,
    /// So many rows were made by the schedule, the rest by the rule that follows it.
    pub scheduled: usize,
    /// It was given up before both runs were over: they took too long.
    pub cut: bool,
}

impl Paired {
    /// Compares the runs of a pair.
    #[must_use]
    pub fn of(pair: Pair) -> Paired {
        let Pair { origin, runs, rows, scheduled, cut } = pair;
        let histories = runs.map(|run| {
            let mut history = History::new();
            history.push(&run.events, &run.choices);
            history
        });
        let mut stuck = Stuck::default();
        let words = Words::new(Lang::En);
        let rows = rows.iter().map(|row| stuck.row(*row, &histories, &words)).collect();
        Paired { histories, rows, origin, scheduled, cut }
    }

    /// The first row in which the runs differ.
    #[must_use]
    pub fn first_difference(&self) -> Option<usize> {
        self.rows.iter().position(|row| row.relation != Relation::Same)
    }

    /// The same with the sides exchanged.
    #[must_use]
    pub fn swapped(mut self) -> Paired {
        self.histories.swap(0, 1);
        for row in &mut self.rows {
            row.made.swap(0, 1);
            row.at.swap(0, 1);
            row.relation = match row.relation {
                Relation::Passed(side) => Relation::Passed(1 - side),
                Relation::Over(side) => Relation::Over(1 - side),
                relation => relation,
            };
        }
        self.origin = match self.origin {
            Origin::Losing(side) => Origin::Losing(1 - side),
            origin => origin,
        };
        self
    }
}

/// What was different already, so that only what is new is pointed out.
#[derive(Default)]
struct Stuck {
    last: Option<Relation>,
    /// The threads that could not go on when they were chosen last, and on which side.
    threads: BTreeSet<(usize, ThreadId)>,
    over: Both<bool>,
}

impl Stuck {
    fn row(&mut self, row: PairRow, histories: &Both<History>, words: &Words) -> Row {
        let relation = relation(row, histories, words);
        let thread = row.choice.thread;
        let ends = self.ends(row, histories);
        let news = match relation {
            Relation::Same => false,
            Relation::Other => !matches!(self.last, Some(Relation::Other | Relation::Passed(_))),
            Relation::Passed(side) => self.threads.insert((side, thread)),
            Relation::Over(_) => !matches!(self.last, Some(Relation::Over(_))),
        };
        for side in [0, 1].into_iter().filter(|side| row.made[*side]) {
            self.threads.remove(&(side, thread));
        }
        self.last = Some(relation);
        Row { choice: row.choice, made: row.made, at: row.at, relation, notable: news || ends }
    }

    /// True when a run ends in this row.
    fn ends(&mut self, row: PairRow, histories: &Both<History>) -> bool {
        let now = [0, 1].map(|side| row.at[side] == histories[side].last_step() && is_over(&histories[side]));
        std::mem::replace(&mut self.over, now) != now
    }
}

fn is_over(history: &History) -> bool {
    history.head().ended.is_some()
}

fn relation(row: PairRow, histories: &Both<History>, words: &Words) -> Relation {
    match row.made {
        [true, true] => {
            let [one, other] = [0, 1].map(|side| deeds(&histories[side], row.at[side]));
            let told = |side: usize| told(&histories[side], row.at[side], words);
            if one == other || told(0) == told(1) { Relation::Same } else { Relation::Other }
        }
        [made, _] => {
            let side = usize::from(made);
            let history = &histories[side];
            let over = is_over(history) && row.at[side] == history.last_step();
            if over { Relation::Over(side) } else { Relation::Passed(side) }
        }
    }
}

/// What a step did, as it is told.
fn told(history: &History, step: Step, words: &Words) -> Vec<(ThreadId, String)> {
    let told = history.events_of(step).filter_map(|event| match &event.kind {
        EventKind::Did { action, outcome } => {
            Some((event.thread, words.did(event.thread, action, outcome, history.head())))
        }
        _ => None,
    });
    told.collect()
}

/// An operation as far as it is compared.
#[derive(Debug, PartialEq)]
struct Deed {
    thread: ThreadId,
    action: Action,
    outcome: Outcome,
    object: Option<(ObjectKind, String)>,
}

/// What a step did.
fn deeds(history: &History, step: Step) -> Vec<Deed> {
    history.events_of(step).filter_map(|event| deed(history, &event)).collect()
}

fn deed(history: &History, event: &Event) -> Option<Deed> {
    let EventKind::Did { action, outcome } = &event.kind else { return None };
    let (mut action, mut outcome) = (action.clone(), outcome.clone());
    let object = action.object().and_then(|object| history.head().object(object));
    let object = object.map(|object| (object.kind, placeless(&object.name)));
    without_object(&mut action);
    without_times(&mut action);
    if let Some(text) = text_of(&mut action) {
        *text = neutral(text);
    }
    match &mut outcome {
        Outcome::Value(_) if action == Action::Now => outcome = Outcome::Done,
        Outcome::Value(text) | Outcome::Raised(text) => *text = neutral(text),
        _ => {}
    }
    Some(Deed { thread: event.thread, action, outcome, object })
}

/// A name without the line: `Lock at line 7` is `Lock`.
fn placeless(name: &str) -> String {
    let mut parts = name.split(" at line ");
    let mut placeless = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        placeless.push_str(part.trim_start_matches(|c: char| c.is_ascii_digit()));
    }
    placeless
}
