//! The choice of the threads whose steps are enough.

use super::futures::{Futures, Held};
use super::learned::{Learned, PlaceId, ThingId};
use super::manners;
use crate::explore::choose::Mask;
use crate::kernel::sim::Life;
use std::sync::atomic::Ordering;

/// A state, as far as the choice needs it.
#[derive(Debug, Default)]
pub(super) struct Seats {
    /// Where each thread stands, and whether it can make a step; `None` when it is over, or not there.
    threads: Vec<Option<(PlaceId, bool)>>,
    /// Locks, and who holds them.
    holders: Vec<(ThingId, usize)>,
}

impl Seats {
    pub(super) fn clear(&mut self) {
        self.threads.clear();
        self.holders.clear();
    }

    pub(super) fn sit(&mut self, place: Option<PlaceId>, enabled: bool) {
        self.threads.push(place.map(|place| (place, enabled)));
    }

    pub(super) fn hold(&mut self, lock: ThingId, thread: usize) {
        self.holders.push((lock, thread));
    }

    fn enabled(&self) -> Mask {
        let bits = self.threads.iter().enumerate();
        bits.fold(0, |mask, (number, seat)| mask | Mask::from(matches!(seat, Some((_, true)))) << number)
    }
}

/// A choice in the making.
pub(super) struct Choice<'a> {
    pub(super) learned: &'a Learned,
    pub(super) futures: &'a mut Futures,
    pub(super) seats: &'a Seats,
}

impl Choice<'_> {
    /// The fewest threads found whose steps are enough in this state, among those that can make one.
    pub(super) fn persistent(&mut self) -> Mask {
        let enabled = self.seats.enabled();
        let mut best = enabled;
        let mut open = enabled;
        while open != 0 && best.count_ones() > 1 {
            let thread = open.trailing_zeros() as usize;
            open &= open - 1;
            let set = self.close(thread, enabled, best.count_ones());
            if set.count_ones() < best.count_ones() {
                best = set;
            }
        }
        best
    }

    /// The threads that can make a step in the smallest set that the rules allow around one of them; given up when there
    /// are no fewer than in the best set so far.
    fn close(&mut self, first: usize, enabled: Mask, best: u32) -> Mask {
        let mut set: Mask = 1 << first;
        let mut open: Mask = set;
        while open != 0 {
            let thread = open.trailing_zeros() as usize;
            open &= open - 1;
            let added = self.needs(thread, set);
            set |= added;
            open |= added;
            if (set & enabled).count_ones() >= best {
                return enabled;
            }
        }
        set & enabled
    }

    /// What stands still with a thread: the locks it holds, and the end of the thread itself.
    fn held(&self, thread: usize, place: PlaceId) -> Held {
        let mut held: Held =
            self.seats.holders.iter().filter(|(_, owner)| *owner == thread).map(|(lock, _)| *lock).collect();
        if self.learned.places[place as usize].life == Life::Alive {
            held.push(self.learned.name(thread));
        }
        held.sort_unstable();
        held
    }

    /// The threads outside a set that may get in the way of the next step of one in it.
    fn needs(&mut self, thread: usize, chosen: Mask) -> Mask {
        let Some(seat) = self.seats.threads[thread] else { return 0 };
        let mut held = self.held(thread, seat.0);
        loop {
            match self.needs_under(seat, chosen, &held) {
                Ok(added) => return added,
                // A lock that others may give back protects nothing.
                Err(open) => drop(held.remove(open)),
            }
        }
    }

    /// The same while these gates are closed; the place of one that others may open.
    fn needs_under(&mut self, seat: (PlaceId, bool), chosen: Mask, held: &Held) -> Result<Mask, usize> {
        let number = self.futures.held(held);
        let (mut active, mut dormant): (Mask, Mask) = (0, 0);
        for (other, (place, _)) in self.seats.threads.iter().enumerate().filter_map(|(n, seat)| Some((n, (*seat)?))) {
            let bit = 1 << other;
            match self.learned.places[place as usize].life {
                _ if chosen & bit != 0 => {}
                Life::Alive => active |= bit,
                Life::New => dormant |= bit,
                Life::Over => {}
            }
        }
        let mut added: Mask = 0;
        while active != 0 {
            let other = active.trailing_zeros() as usize;
            active &= active - 1;
            let Some((place, _)) = self.seats.threads[other] else { continue };
            let number = self.futures.future(self.learned, place, held, number);
            let future = self.futures.get(number);
            if future.is_empty {
                continue;
            }
            if let Some(open) = held.iter().position(|lock| future.releases.contains(lock)) {
                return Err(open);
            }
            for started in future.starts.iter().filter_map(|name| self.learned.named(*name)) {
                let bit = dormant & 1 << started;
                dormant ^= bit;
                active |= bit;
            }
            if self.meets(seat, number) {
                added |= 1 << other;
            }
        }
        Ok(added)
    }

    /// Whether what somebody may do concerns the next step of a thread.
    fn meets(&self, (place, enabled): (PlaceId, bool), future: u32) -> bool {
        let place = &self.learned.places[place as usize];
        let future = self.futures.get(future);
        place.used.store(true, Ordering::Relaxed);
        if place.opaque || future.opaque {
            return true;
        }
        place.touches.iter().any(|(thing, manners)| {
            let there = future.manners(*thing);
            if enabled {
                return manners::conflict(*manners) & there != 0;
            }
            place.gate.is_none_or(|gate| gate == *thing) && manners::enables(*manners) & there != 0
        })
    }
}
