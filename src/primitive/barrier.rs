//! `threading.Barrier`: nobody goes on before everybody is here.
//!
//! The state machine is that of CPython's `Lib/threading.py`, because its corners can be observed:
//!
//! | state | meaning | who arrives | who has arrived |
//! |---|---|---|---|
//! | Filling | not everybody is here | is counted and waits; the last one makes it Draining (with an action: Acting) | waits |
//! | Acting | the last party runs the action | waits outside | waits, time-outs included |
//! | Draining | everybody may go | waits outside until all have left | returns its index and leaves |
//! | Resetting | `reset` came while some had arrived | waits outside until all have left | raises and leaves |
//! | Broken | `abort`, a time-out, a failed action | raises | raises and leaves |
//!
//! Three parties, a fourth thread early for the next round:
//!
//! | A | B | C | D | state, arrived |
//! |---|---|---|---|---|
//! | `wait` | | | | Filling, 1 |
//! | | `wait` | | | Filling, 2 |
//! | | | `wait`: returns 2 | | Draining, 2 |
//! | | | | stands outside | Draining, 2 |
//! | returns 0 | | | stands outside | Draining, 1 |
//! | | returns 1 | | | Filling, 0 |
//! | | | | `wait` | Filling, 1 |
//!
//! A thread that has arrived finds out what became of the barrier when it gets to run, not when it changes: an `abort`
//! after the last arrival still breaks it for those who have not left.

/// A barrier.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Barrier {
    pub(crate) parties: u32,
    /// The last party runs an action before the others may go.
    action: bool,
    state: State,
    /// How many have arrived and not left.
    arrived: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum State {
    Filling,
    Acting,
    Draining,
    Resetting,
    Broken,
}

/// What becomes of a thread that arrives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Arrival {
    /// It is counted as this one (from 0) and waits.
    Waits(u32),
    /// It was the last one, with this index: all may go.
    Last(u32),
    /// It was the last one, and runs the action first.
    Acts(u32),
    Broken,
}

/// What a thread that has arrived does when it looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Departure {
    Stays,
    Goes,
    Broken,
}

impl Barrier {
    pub(crate) const fn new(parties: u32, action: bool) -> Barrier {
        Barrier { parties, action, state: State::Filling, arrived: 0 }
    }

    /// True when a thread that comes now is dealt with at once; false when it has to wait outside.
    pub(crate) const fn is_open(&self) -> bool {
        matches!(self.state, State::Filling | State::Broken)
    }

    /// A thread comes; the barrier is open.
    pub(crate) fn arrive(&mut self) -> Arrival {
        if self.state == State::Broken {
            return Arrival::Broken;
        }
        let index = self.arrived;
        self.arrived += 1;
        if self.arrived < self.parties {
            return Arrival::Waits(index);
        }
        if self.action {
            self.state = State::Acting;
            return Arrival::Acts(index);
        }
        self.state = State::Draining;
        self.leave();
        Arrival::Last(index)
    }

    /// The last party has run the action.
    pub(crate) fn release(&mut self, failed: bool) {
        if failed {
            self.state = State::Broken;
        } else if self.state == State::Acting {
            self.state = State::Draining;
        }
        self.leave();
    }

    /// What a thread that has arrived would do now.
    pub(crate) const fn look(&self) -> Departure {
        match self.state {
            State::Filling | State::Acting => Departure::Stays,
            State::Draining => Departure::Goes,
            State::Resetting | State::Broken => Departure::Broken,
        }
    }

    /// True while the time-outs of those who have arrived do not count: the action holds the barrier's lock.
    pub(crate) const fn is_acting(&self) -> bool {
        matches!(self.state, State::Acting)
    }

    /// A thread that had arrived leaves. The last one to leave opens the barrier again.
    pub(crate) fn leave(&mut self) {
        self.arrived = self.arrived.saturating_sub(1);
        if self.arrived == 0 && matches!(self.state, State::Draining | State::Resetting) {
            self.state = State::Filling;
        }
    }

    /// `abort`, or the time of a waiter is over.
    pub(crate) fn break_up(&mut self) {
        self.state = State::Broken;
    }

    /// `reset`: whoever has arrived gets an error, the barrier is as new.
    pub(crate) fn reset(&mut self) {
        match self.state {
            _ if self.arrived == 0 => self.state = State::Filling,
            State::Filling | State::Broken => self.state = State::Resetting,
            // Those who may go already still go.
            State::Acting | State::Draining | State::Resetting => {}
        }
    }

    pub(crate) const fn is_broken(&self) -> bool {
        matches!(self.state, State::Broken)
    }

    /// `n_waiting`: 0 as soon as they may go.
    pub(crate) const fn waiting(&self) -> u32 {
        if matches!(self.state, State::Filling) { self.arrived } else { 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_round_of_the_table() {
        let mut barrier = Barrier::new(3, false);
        assert_eq!(barrier.arrive(), Arrival::Waits(0));
        assert_eq!(barrier.arrive(), Arrival::Waits(1));
        assert_eq!((barrier.look(), barrier.waiting()), (Departure::Stays, 2));
        assert_eq!(barrier.arrive(), Arrival::Last(2));
        assert_eq!((barrier.look(), barrier.waiting()), (Departure::Goes, 0));
        assert!(!barrier.is_open());
        barrier.leave();
        assert!(!barrier.is_open());
        barrier.leave();
        assert!(barrier.is_open());
        assert_eq!(barrier.arrive(), Arrival::Waits(0));
    }

    #[test]
    fn a_barrier_for_one_never_waits() {
        let mut barrier = Barrier::new(1, false);
        assert_eq!(barrier.arrive(), Arrival::Last(0));
        assert_eq!(barrier.arrive(), Arrival::Last(0));
    }

    #[test]
    fn the_others_wait_for_the_action() {
        let mut barrier = Barrier::new(2, true);
        assert_eq!(barrier.arrive(), Arrival::Waits(0));
        assert_eq!(barrier.arrive(), Arrival::Acts(1));
        assert!(barrier.is_acting() && !barrier.is_open());
        assert_eq!(barrier.look(), Departure::Stays);
        barrier.release(false);
        assert_eq!(barrier.look(), Departure::Goes);
        barrier.leave();
        assert!(barrier.is_open());
    }

    #[test]
    fn a_failed_action_breaks_it() {
        let mut barrier = Barrier::new(2, true);
        barrier.arrive();
        barrier.arrive();
        barrier.release(true);
        assert_eq!(barrier.look(), Departure::Broken);
        barrier.leave();
        assert!(barrier.is_broken());
        assert_eq!(barrier.arrive(), Arrival::Broken);
    }

    #[test]
    fn abort_breaks_it_even_for_those_who_could_have_gone() {
        let mut barrier = Barrier::new(2, false);
        barrier.arrive();
        barrier.arrive();
        barrier.break_up();
        assert_eq!(barrier.look(), Departure::Broken);
    }

    #[test]
    fn reset_makes_it_new_once_all_have_left() {
        let mut barrier = Barrier::new(3, false);
        barrier.arrive();
        barrier.arrive();
        barrier.reset();
        assert_eq!((barrier.look(), barrier.is_open(), barrier.is_broken()), (Departure::Broken, false, false));
        barrier.leave();
        barrier.leave();
        assert!(barrier.is_open());
        barrier.break_up();
        barrier.reset();
        assert_eq!(barrier.arrive(), Arrival::Waits(0), "a reset mends a broken barrier");
    }

    #[test]
    fn reset_does_not_hold_up_those_who_may_go() {
        let mut barrier = Barrier::new(2, false);
        barrier.arrive();
        barrier.arrive();
        barrier.reset();
        assert_eq!(barrier.look(), Departure::Goes);
    }
}
