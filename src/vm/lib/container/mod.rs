//! The tables beneath `dict` and `set`.
//!
//! They do not know when two keys are equal: that may need the heap, or a method of the user's. Whoever looks a key up says
//! so, either with a closure or by going through [`Dict::candidates`] first.

mod dict;
mod set;

pub use dict::{Dict, Entry};
pub use set::{Member, Set};
