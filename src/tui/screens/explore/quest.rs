//! What is explored, and what came of it.

use crate::detect::FindingKind;
use crate::event::Schedule;
use crate::explore::{Aim, Budget, Exploration, Explorer, Pursuit, Row, Settings, Witness};
use crate::report::explore::{Hang, Replay, Shown, ended, same};
use crate::session::{Options, Start};
use crate::tui::screens::stage::{Way, WayEnd};
use crate::words::Words;
use std::collections::BTreeSet;
use std::num::NonZero;
use std::sync::Arc;
use std::time::Duration;

/// More bytes than these a search does not take: there is a person, and other programs, beside it.
pub(super) const MAX_BYTES: u64 = 1 << 30;

/// A question about a place in a run takes no longer.
const PATIENCE: Duration = Duration::from_secs(20);

/// So many bugs are told in full.
const BUGS_TOLD: usize = 20;

/// Results that are kept.
const KEPT: usize = 32;

/// A program and the rules by which it is explored.
#[derive(Clone, Debug)]
pub struct Quest {
    /// What it is called on the command line.
    pub title: String,
    pub parameters: Vec<(String, String)>,
    pub source: Arc<str>,
    /// How its runs are started, in the simulator and without a schedule.
    pub start: Start,
}

impl Quest {
    /// Whether an exploration of the one is an exploration of the other.
    pub(in crate::tui) fn is_same(&self, other: &Quest) -> bool {
        // A seed matters only where a draw is sampled, and then it is nobody's wish.
        let rules = |quest: &Quest| Options { seed: 0, ..quest.start.options.clone() };
        self.title == other.title
            && self.parameters == other.parameters
            && self.source == other.source
            && self.start.inputs == other.start.inputs
            && rules(self) == rules(other)
    }

    /// Whether these are the parameters and rules of a program about which nobody has said anything.
    pub(in crate::tui) fn is_usual(&self) -> bool {
        self.start.inputs.is_empty() && self.has_usual_rules()
    }

    /// The same, whatever was typed.
    pub(in crate::tui) fn has_usual_rules(&self) -> bool {
        let usual = Options { seed: self.start.options.seed, abstract_time: true, ..Options::default() };
        self.parameters.is_empty() && self.start.options == usual
    }

    /// Who explores it.
    #[must_use]
    pub fn explorer(&self, count: bool) -> Explorer {
        Explorer::new(Arc::clone(&self.start.program), self.start.options.clone(), self.settings(count))
    }

    fn settings(&self, count: bool) -> Settings {
        Settings {
            count,
            inputs: self.start.inputs.clone(),
            workers: std::thread::available_parallelism().map_or(1, NonZero::get),
            budget: Budget { max_bytes: MAX_BYTES, ..Budget::default() },
            ..Settings::default()
        }
    }

    /// Who finds the way to something in it. `cyclic`: whether its schedules may go round for ever, when that is known.
    #[must_use]
    pub fn pursuit(&self, aim: Aim, cyclic: Option<bool>) -> Pursuit {
        let settings = self.settings(false);
        let pursuit = Pursuit::new(Arc::clone(&self.start.program), self.start.options.clone(), settings, aim);
        let pursuit = pursuit.patience(PATIENCE);
        if let Some(cyclic) = cyclic { pursuit.cyclic(cyclic) } else { pursuit }
    }

    /// A run of it along this schedule.
    pub(in crate::tui) fn start_along(&self, schedule: &Schedule) -> Start {
        Start { schedule: Some(schedule.clone()), ..self.start.clone() }
    }
}

/// What an exploration came to, with everything that is needed to tell it.
#[derive(Debug)]
pub struct Told {
    pub exploration: Exploration,
    /// Interleavings were to be counted.
    pub counted: bool,
    /// How long it took; the interface has the clock.
    pub took: Duration,
    /// The first bugs, each as its witness shows it.
    pub(super) bugs: Vec<Shown>,
    /// For each outcome, who is left where nobody can go on.
    pub(super) hangs: Vec<Option<Hang>>,
    /// The variables that every outcome has with the same value.
    pub(super) same: BTreeSet<(String, String)>,
}

impl Told {
    /// Looks at the witnesses of what was found.
    #[must_use]
    pub fn of(explorer: &Explorer, exploration: Exploration, counted: bool) -> Told {
        let shown = |bug| {
            let Replay { model, turning, input_ended } = Replay::of(explorer, bug);
            Shown { model, turning, input_ended, again: String::new(), stage: String::new() }
        };
        let bugs = exploration.bugs.iter().take(BUGS_TOLD).map(shown).collect();
        let hangs = exploration.outcomes.iter().map(|row| Hang::of(explorer, row)).collect();
        let same = same(&exploration.outcomes);
        let same = same.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        Told { exploration, counted, took: Duration::ZERO, bugs, hangs, same }
    }

    /// The same, when it took so long.
    #[must_use]
    pub fn after(self, took: Duration) -> Told {
        Told { took, ..self }
    }

    /// A thread has asked for a line that nobody had typed, and died of that.
    pub(in crate::tui) fn is_want_of_input(&self, bug: usize) -> bool {
        let asked = self.bugs.get(bug).is_some_and(|shown| shown.input_ended);
        let finding = self.exploration.bugs.get(bug).and_then(|bug| bug.finding.as_ref());
        asked
            && finding.is_some_and(|finding| match &finding.kind {
                FindingKind::Crash { exception } => exception.starts_with("EOFError"),
                _ => false,
            })
    }

    /// How many ways can be put on the stage: one for each bug that is told, one for each outcome.
    pub(super) fn ways(&self) -> usize {
        self.bugs.len() + self.exploration.outcomes.len()
    }

    /// The bug at this place in the list of ways.
    pub(super) fn bug(&self, way: usize) -> Option<usize> {
        (way < self.bugs.len()).then_some(way)
    }

    /// The outcome at this place in the list of ways.
    pub(super) fn outcome(&self, way: usize) -> Option<usize> {
        way.checked_sub(self.bugs.len()).filter(|place| *place < self.exploration.outcomes.len())
    }

    /// How the outcome in this row ends, and whom that befalls.
    pub(super) fn ended(&self, row: usize, words: &Words) -> String {
        let Some(Row { outcome, .. }) = self.exploration.outcomes.get(row) else { return String::new() };
        ended(outcome, self.hangs.get(row).and_then(Option::as_ref), words)
    }

    fn witness(&self, way: usize) -> Option<&Witness> {
        match (self.bug(way), self.outcome(way)) {
            (Some(bug), _) => self.exploration.bugs.get(bug).map(|bug| &bug.witness),
            (None, Some(outcome)) => self.exploration.outcomes.get(outcome).map(|row| &row.witness),
            (None, None) => None,
        }
    }

    /// This way, to be put on the stage.
    pub(super) fn way(&self, quest: &Quest, way: usize) -> Option<Way> {
        let witness = self.witness(way)?;
        // A bug leads to one of the outcomes: who picks that wants to see the point of no return as well.
        let leads = |bug: &&crate::explore::Bug| {
            let way = &bug.witness.schedule;
            witness.schedule.prefix(way.len()) == *way
        };
        let bug = match self.bug(way) {
            Some(bug) => self.exploration.bugs.get(bug),
            None => self.exploration.bugs.iter().find(leads),
        };
        Some(Way {
            start: quest.start_along(&witness.schedule),
            steps: witness.steps,
            switches: witness.switches,
            shortest: witness.shortest,
            no_return: bug.and_then(|bug| bug.no_return_step),
            // Who asks for too many lines does so in every order.
            input_ends: self.bugs.iter().any(|shown| shown.input_ended),
            bug: bug.map(|bug| bug.kind),
            end: WayEnd::Outcome,
        })
    }
}

/// The results of this session, the newest last.
#[derive(Default)]
pub(in crate::tui) struct Known(Vec<(Quest, Arc<Told>)>);

impl Known {
    pub(in crate::tui) fn find(&self, quest: &Quest) -> Option<&Arc<Told>> {
        self.0.iter().rev().find(|(known, _)| known.is_same(quest)).map(|(_, told)| told)
    }

    /// The shortest way to a bug, when one is known.
    pub(in crate::tui) fn losing(&self, quest: &Quest) -> Option<Schedule> {
        self.find(quest)?.exploration.bugs.first().map(|bug| bug.witness.schedule.clone())
    }

    pub(in crate::tui) fn add(&mut self, quest: Quest, told: Arc<Told>) {
        self.0.retain(|(known, _)| !known.is_same(&quest));
        if self.0.len() >= KEPT {
            self.0.remove(0);
        }
        self.0.push((quest, told));
    }

    /// What is known of a variant by the usual rules.
    pub(in crate::tui) fn of_target(&self, target: &str) -> Option<&Told> {
        let wanted = |(quest, _): &&(Quest, Arc<Told>)| quest.title == target && quest.is_usual();
        self.0.iter().rev().find(wanted).map(|(_, told)| &**told)
    }
}
