//! The point of no return: the first state on a witness from which no good end can be reached.
//!
//! Once no good end can be reached, none can be later, so it is found by bisection.

use super::cycles::Cycles;
use super::graph::Graph;
use super::passes::Passes;
use super::witness::Stage;
use crate::event::Schedule;

/// The number of the first step after which no good end can be reached, 0 when that is so from the beginning; `None` when
/// it is not known, or there is no such step. `is_saved` says of the first so many choices whether one can be reached
/// after them.
fn first_lost(steps: u64, mut is_saved: impl FnMut(u64) -> Option<bool>) -> Option<u32> {
    let (mut low, mut high) = (0, steps);
    if is_saved(high)? {
        return None;
    }
    while low < high {
        let middle = low + (high - low) / 2;
        if is_saved(middle)? { low = middle + 1 } else { high = middle }
    }
    u32::try_from(low).ok()
}

/// By searches from states of the witness.
///
/// None of them looks at more than so many states: bisection is not to take much longer than everything else.
pub(super) fn searched(schedule: &Schedule, passes: &mut Passes<'_>, stage: &Stage, max_states: u64) -> Option<u32> {
    first_lost(schedule.len(), |steps| passes.is_saved(stage, &schedule.prefix(steps), max_states))
}

/// By looking it up in the graph of the whole space.
pub(super) fn looked_up(schedule: &Schedule, graph: &Graph, cycles: &Cycles) -> Option<u32> {
    let forced = graph.schedule(0).len();
    let mut nodes = vec![0];
    for choice in schedule.iter().skip(usize::try_from(forced).ok()?) {
        let edge = graph.edges(*nodes.last()?).find(|edge| edge.choice == choice)?;
        nodes.push(edge.target);
    }
    first_lost(schedule.len(), |steps| {
        // Before the first node there is nothing to choose.
        let place = usize::try_from(steps.saturating_sub(forced)).ok()?;
        Some(cycles.is_saved(*nodes.get(place)?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_lost_step_is_found_wherever_it_is() {
        for steps in 0..20 {
            for lost in 0..=steps {
                assert_eq!(first_lost(steps, |after| Some(after < lost)), Some(u32::try_from(lost).unwrap()));
            }
            assert_eq!(first_lost(steps, |_| Some(true)), None, "nothing is lost");
            assert_eq!(first_lost(steps, |_| None), None, "nothing is known");
        }
    }
}
