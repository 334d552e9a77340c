//! The screens, one module each.

pub mod compare;
pub mod explore;
pub mod gallery;
pub mod predict;
pub mod stage;
