//! After these steps: who can go on, and what a variable holds.

use super::case::{Case, value_of, way};
use super::plausible;
use super::values::sort;
use super::{Answer, Basis, Flaw, OPTIONS_MOST, Sheet, Shown, Truth, What};
use crate::event::{Choice, Schedule, ThreadState};
use crate::kernel::sim::World;
use std::sync::Arc;

/// Wrong values that are offered.
const WRONG: usize = 3;

/// Which threads can make a step after these.
pub(super) fn next(case: &Case, after: &Schedule) -> Result<Sheet, Flaw> {
    let world = case.after(after)?;
    let mut candidates = Vec::new();
    world.candidates(&mut candidates);
    let started = world.threads().filter(|thread| thread.state != ThreadState::New);
    let mut threads: Vec<_> = started.collect();
    // Who is over gives way first where there are too many.
    threads.sort_by_key(|thread| (thread.state.is_over(), thread.id));
    threads.truncate(OPTIONS_MOST);
    threads.sort_by_key(|thread| thread.id);
    let options = threads.into_iter().map(|thread| {
        let choice = candidates.iter().find(|candidate| candidate.thread == thread.id);
        let truth = match choice {
            Some(choice) => Truth::Right(Some(Box::new(shown(after, Some(*choice))))),
            None => Truth::Wrong(world.fits(Choice::go(thread.id)).err().map(|misfit| misfit.reason)),
        };
        Answer { what: What::Thread { id: thread.id, name: thread.name, state: thread.state }, truth }
    });
    Ok(Sheet { options: options.collect(), several: true, more: 0, basis: basis(&world) })
}

/// Which value a variable has after these steps.
pub(super) fn now(case: &Case, of: &Arc<str>, after: &Schedule) -> Result<Sheet, Flaw> {
    let world = case.after(after)?;
    let Some(value) = value_of(&world, of) else { return Err(Flaw::NoVariable(Arc::clone(of))) };
    let steps = usize::try_from(after.len()).unwrap_or(usize::MAX);
    let before: Vec<Arc<str>> = case.values_along(after, of, steps.min(400)).into_iter().rev().collect();
    let wrong = plausible::values(std::slice::from_ref(&value), &before, WRONG);
    let right = Truth::Right(Some(Box::new(shown(after, None))));
    let mut options = vec![Answer { what: What::Value(Some(value)), truth: right }];
    options.extend(wrong.into_iter().map(|value| Answer { what: What::Value(Some(value)), truth: Truth::Wrong(None) }));
    sort(&mut options);
    Ok(Sheet { options, several: false, more: 0, basis: basis(&world) })
}

fn basis(world: &World) -> Basis {
    Basis::Run { steps: world.steps() }
}

/// The steps, and one more.
fn shown(after: &Schedule, next: Option<Choice>) -> Shown {
    let mut schedule = after.clone();
    if let Some(choice) = next {
        schedule.push(choice);
    }
    Shown::of(way(&schedule))
}
