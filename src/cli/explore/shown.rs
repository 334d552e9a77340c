//! Witnesses, replayed in the ordinary simulator, so that they can be told with names.

use super::Explore;
use crate::cli::recipe::{Does, recipe};
use crate::detect::Finding;
use crate::event::Schedule;
use crate::explore::{Bug, BugKind, Exploration, Explorer};
use crate::ids::ObjectId;
use crate::report;
use crate::report::explore::{Replay, Shown, Warning};
use std::collections::HashSet;
use std::sync::Arc;

/// How many outcomes' witnesses are looked through for warnings, and how many steps these have together.
const LOOKED_THROUGH: usize = 1000;
const STEPS: u64 = 1_000_000;

/// What is added to a command that would ask a person for more lines: there are none.
const NO_INPUT: &str = " < /dev/null";

/// How many steps a run goes on in a livelock.
const AFTER_A_LIVELOCK: u64 = 100;

/// What the witnesses of an exploration show.
pub(super) struct Seen {
    /// One for each bug.
    pub(super) bugs: Vec<Shown>,
    /// Each of them once.
    pub(super) warnings: Vec<Warning>,
}

/// Replays the witnesses.
pub(super) fn shown(explorer: &Explorer, found: &Exploration, asked: &Explore, target: &str) -> Seen {
    let commands = Commands { asked, target };
    let bugs = found.bugs.iter().map(|bug| commands.shown(explorer, bug)).collect();
    Seen { bugs, warnings: warnings(explorer, found, &commands) }
}

/// What the detectors find along the witnesses besides bugs: each thing at each place once, and something of each kind
/// first.
fn warnings(explorer: &Explorer, found: &Exploration, commands: &Commands<'_>) -> Vec<Warning> {
    let mut known = HashSet::new();
    let (mut firsts, mut others) = (Vec::new(), Vec::new());
    let mut steps = 0;
    let schedules = found.outcomes.iter().map(|row| &row.witness.schedule);
    let schedules = schedules.chain(found.bugs.iter().map(|bug| &bug.witness.schedule));
    for schedule in schedules.take(LOOKED_THROUGH) {
        steps += schedule.len();
        if steps > STEPS {
            break;
        }
        let mut witness = report::Witness::default();
        explorer.replay(schedule, &mut witness);
        let report::Witness { model, findings, .. } = witness;
        for finding in findings.into_iter().filter(|finding| !finding.kind.is_failure()) {
            if known.insert(place(&finding)) {
                let kind = finding.kind.name();
                let is_first = !firsts.iter().any(|first: &Warning| first.finding.kind.name() == kind);
                let again = commands.recipe(Does::Run, schedule);
                let warning = Warning { finding, model: model.clone(), schedule: schedule.clone(), again };
                if is_first { firsts.push(warning) } else { others.push(warning) }
            }
        }
    }
    firsts.append(&mut others);
    firsts
}

/// What a warning is about, whichever threads it was that showed it.
fn place(finding: &Finding) -> (&'static str, Vec<ObjectId>, Vec<u32>) {
    let (mut objects, mut lines) = (finding.objects.clone(), finding.lines.clone());
    objects.sort_unstable();
    lines.sort_unstable();
    (finding.kind.name(), objects, lines)
}

/// What to type to see a witness.
struct Commands<'a> {
    asked: &'a Explore,
    target: &'a str,
}

impl Commands<'_> {
    fn shown(&self, explorer: &Explorer, bug: &Bug) -> Shown {
        let Replay { model, turning, input_ended } = Replay::of(explorer, bug);
        let schedule = &bug.witness.schedule;
        let mut again = self.recipe(Does::Run, schedule);
        if bug.kind == BugKind::Livelock {
            // Nothing else would end it.
            again += " --max-steps ";
            again += &(schedule.len() + AFTER_A_LIVELOCK).to_string();
        }
        if input_ended {
            again += NO_INPUT;
        }
        Shown { model, turning, input_ended, again, stage: self.recipe(Does::Show, schedule) }
    }

    fn recipe(&self, does: Does, schedule: &Schedule) -> String {
        let inputs: Vec<_> = self.asked.rules.input.iter().map(|line| Some(Arc::from(line.as_str()))).collect();
        recipe(does, self.target, &self.asked.rules, schedule, &inputs)
    }
}
