//! Data races, lost updates, inconsistent guards.
