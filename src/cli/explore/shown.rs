//! Witnesses, replayed in the ordinary simulator, so that they can be told with names.

use super::Explore;
use crate::cli::recipe::{Does, recipe};
use crate::event::Schedule;
use crate::explore::{Exploration, Explorer};
use crate::report;
use crate::report::explore::{Replay, Shown, Warning};
use std::collections::HashSet;
use std::sync::Arc;

/// How many outcomes' witnesses are looked through for warnings, and how many steps these have together.
const LOOKED_THROUGH: usize = 1000;
const STEPS: u64 = 1_000_000;

/// What is added to a command that would ask a person for more lines: there are none.
const NO_INPUT: &str = " < /dev/null";

/// What the witnesses of an exploration show.
#[derive(Default)]
pub(super) struct Seen {
    /// One for each bug.
    pub(super) bugs: Vec<Shown>,
    /// Each of them once.
    pub(super) warnings: Vec<Warning>,
}

/// Replays the witnesses.
pub(super) fn shown(explorer: &Explorer, found: &Exploration, asked: &Explore, target: &str) -> Seen {
    let mut seen = Seen::default();
    let commands = Commands { asked, target };
    let mut known = HashSet::new();
    let mut steps = 0;
    for bug in &found.bugs {
        let Replay { model, turning, input_ended } = Replay::of(explorer, bug);
        let schedule = &bug.witness.schedule;
        let again = commands.recipe(Does::Run, schedule) + if input_ended { NO_INPUT } else { "" };
        let stage = commands.recipe(Does::Show, schedule);
        seen.bugs.push(Shown { model, turning, input_ended, again, stage });
    }
    for row in found.outcomes.iter().take(LOOKED_THROUGH) {
        let schedule = &row.witness.schedule;
        steps += schedule.len();
        if steps > STEPS {
            break;
        }
        let mut witness = report::Witness::default();
        explorer.replay(schedule, &mut witness);
        let report::Witness { model, findings, .. } = witness;
        for finding in findings.into_iter().filter(|finding| !finding.kind.is_failure()) {
            if known.insert((finding.kind.name(), finding.objects.clone(), finding.lines.clone())) {
                let again = commands.recipe(Does::Run, schedule);
                seen.warnings.push(Warning { finding, model: model.clone(), schedule: schedule.clone(), again });
            }
        }
    }
    seen
}

/// What to type to see a witness.
struct Commands<'a> {
    asked: &'a Explore,
    target: &'a str,
}

impl Commands<'_> {
    fn recipe(&self, does: Does, schedule: &Schedule) -> String {
        let inputs: Vec<_> = self.asked.rules.input.iter().map(|line| Some(Arc::from(line.as_str()))).collect();
        recipe(does, self.target, &self.asked.rules, schedule, &inputs)
    }
}
