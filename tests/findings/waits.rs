//! Lock order, lost wake-ups, starvation, busy waiting, misuse.
