//! Yes or no: whether something can go wrong.

use super::{Answer, Basis, Sheet, Shown, Truth, What};
use crate::explore::{BugKind, Ending, Exploration, Outcome, Witness};

/// Whether some interleaving ends with threads that can never go on.
pub(super) fn deadlock(found: Option<&Exploration>) -> Sheet {
    let kinds = [BugKind::Deadlock, BugKind::Stuck];
    yes_or_no(found, &kinds, |outcome| outcome.ending == Ending::Deadlock)
}

/// Whether an exception can end a thread.
pub(super) fn crash(found: Option<&Exploration>) -> Sheet {
    let kinds = [BugKind::Assertion, BugKind::Crash];
    yes_or_no(found, &kinds, |outcome| !outcome.failed.is_empty())
}

fn yes_or_no(found: Option<&Exploration>, kinds: &[BugKind], is: impl Fn(&Outcome) -> bool) -> Sheet {
    let basis = found.map_or(Basis::Nothing, Basis::of);
    let (yes, no) = match (found.and_then(|found| way(found, kinds, is)), basis) {
        (Some(shown), _) => (Truth::Right(Some(Box::new(shown))), Truth::Wrong(None)),
        (None, Basis::All { .. }) => (Truth::Wrong(None), Truth::Right(None)),
        (None, _) => (Truth::Open, Truth::Open),
    };
    let options = vec![Answer { what: What::Yes, truth: yes }, Answer { what: What::No, truth: no }];
    Sheet { options, several: false, more: 0, basis }
}

/// The shortest way there. That to a bug says from where on nothing can save the program.
fn way(found: &Exploration, kinds: &[BugKind], is: impl Fn(&Outcome) -> bool) -> Option<Shown> {
    let bug = found.bugs.iter().filter(|bug| kinds.contains(&bug.kind)).min_by_key(|bug| cost(&bug.witness));
    if let Some(bug) = bug {
        let (kind, no_return_step) = (Some(bug.kind), bug.no_return_step);
        return Some(Shown { bug: kind, no_return_step, ..Shown::of(bug.witness.clone()) });
    }
    let row = found.outcomes.iter().filter(|row| is(&row.outcome)).min_by_key(|row| cost(&row.witness))?;
    Some(Shown::of(row.witness.clone()))
}

/// What makes one way longer than another.
pub(super) fn cost(witness: &Witness) -> (u32, u32) {
    (witness.switches, witness.steps)
}
