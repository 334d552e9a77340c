//! The screens, one file each.

pub mod gallery;
pub mod stage;
