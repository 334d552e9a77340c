//! Python's ways to write values as text, for plain numbers and strings.

pub mod field;
pub mod float;
pub mod literal;
pub mod percent;
pub mod quote;
pub mod spec;

use super::fault::Fault;
