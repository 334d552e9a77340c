//! Who holds what: a lock has one lane, a semaphore one for each of its places that were taken at the same time.

use crate::event::ObjectState;
use crate::ids::{ObjectId, Step, ThreadId};
use crate::model::History;
use std::ops::Range;

/// More lanes than these has no semaphore.
const PLACES_MAX: usize = 8;
/// Of more threads nobody could tell the lanes apart.
const THREADS_MAX: usize = 200;

/// A lane: who held this, column by column.
pub(super) struct Lane {
    pub object: ObjectId,
    /// False for the second place of a semaphore, and for those after it.
    pub is_first: bool,
    pub holders: Vec<Option<ThreadId>>,
}

/// The lanes of this lock or semaphore. Where a column is several steps, there is only one: of all who held it then, the
/// one who took it last.
pub(super) fn lanes(history: &History, object: ObjectId, steps: &Range<Step>, columns: usize) -> Vec<Lane> {
    let model = history.head();
    let is_semaphore = model.object(object).is_some_and(|view| matches!(view.state, ObjectState::Semaphore { .. }));
    let is_near = columns == (steps.end.0 - steps.start.0) as usize;
    if !(is_semaphore && is_near && model.threads.len() <= THREADS_MAX) {
        return vec![one(history, object, steps, columns)];
    }
    let held = model.threads.iter().map(|thread| thread.id);
    let held = held.map(|id| (id, history.timeline().held_row(id, object, steps.clone(), columns)));
    let held: Vec<(ThreadId, Vec<bool>)> = held.filter(|(_, row)| row.contains(&true)).collect();
    let lane = |(place, holders)| Lane { object, is_first: place == 0, holders };
    places(&held, columns).into_iter().enumerate().map(lane).collect()
}

/// A single lane, with whoever took the lock or a place last.
pub(super) fn one(history: &History, object: ObjectId, steps: &Range<Step>, columns: usize) -> Lane {
    Lane { object, is_first: true, holders: history.timeline().holder_row(object, steps.clone(), columns) }
}

/// Gives everybody a place for as long as they hold one: the first that is free. There is at least one.
fn places(held: &[(ThreadId, Vec<bool>)], columns: usize) -> Vec<Vec<Option<ThreadId>>> {
    let mut places: Vec<Vec<Option<ThreadId>>> = vec![vec![None; columns]];
    let mut taken: Vec<Option<ThreadId>> = vec![None];
    for column in 0..columns {
        let holds = |id: ThreadId| held.iter().any(|(other, row)| *other == id && row[column]);
        for place in &mut taken {
            *place = place.filter(|id| holds(*id));
        }
        for (id, _) in held.iter().filter(|(_, row)| row[column]) {
            if taken.contains(&Some(*id)) {
                continue;
            }
            if let Some(free) = taken.iter_mut().find(|place| place.is_none()) {
                *free = Some(*id);
            } else if taken.len() < PLACES_MAX {
                taken.push(Some(*id));
                places.push(vec![None; columns]);
            }
        }
        for (place, holder) in places.iter_mut().zip(&taken) {
            place[column] = *holder;
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_comes_takes_the_first_free_place_and_stays_there() {
        let row = |text: &str| text.chars().map(|c| c == 'x').collect::<Vec<bool>>();
        let held = [(ThreadId(1), row(".xxx..x")), (ThreadId(2), row("..xxxx.")), (ThreadId(3), row("....xx."))];
        let drawn: Vec<String> = places(&held, 7)
            .iter()
            .map(|place| place.iter().map(|id| id.map_or(".".to_owned(), ThreadId::letter)).collect())
            .collect();
        assert_eq!(drawn, [".AAACCA", "..BBBB."]);
        assert_eq!(places(&[], 2), [[None, None]]);
    }

    #[test]
    fn the_places_are_bounded() {
        let held: Vec<(ThreadId, Vec<bool>)> = (0..50).map(|id| (ThreadId(id), vec![true])).collect();
        assert_eq!(places(&held, 1).len(), PLACES_MAX);
    }
}
