//! The catalogue and the sentences: everything the program says about itself and about a run, in English and Chinese.
//!
//! [`Words`] looks up messages by key ([`Words::t`], [`Words::with`]) in the catalogues under `assets/locales`, which are
//! embedded in the binary, and builds sentences out of facts: what a thread is about to do ([`Words::action`]), what a
//! state means ([`Words::state`]), what a step did and why it matters ([`Words::narrate`]), what was found
//! ([`Words::finding`]). Panes, reports and the narration all ask here, so that one thing has one name
//! everywhere.
//!
//! Names, values and output come from the program under study. They are made harmless ([`safe`]) on their way in.

mod action;
mod call;
mod catalogue;
mod diagnostic;
mod did;
mod finding;
mod happening;
mod lang;
pub mod markdown;
mod name;
mod narrate;
mod others;
mod safe;
mod said;
mod shortfall;
mod state;
mod unread;
mod unwritten;

#[cfg(test)]
mod tests;

#[cfg(test)]
pub(crate) use catalogue::keys;
pub use catalogue::{Arg, Words};
pub use lang::Lang;
pub use narrate::{Scene, Threads};
pub use safe::{safe, shortened};
pub use state::grouped;
