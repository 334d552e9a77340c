//! Scenarios: small programs that go wrong in one way each, with their stories.
//!
//! ```text
//! scenarios/counter/        a folder (docs/SCENARIOS.md describes every field)
//!   scenario.json      ──►  `manifest`  the file as it is written, checked strictly by serde
//!   race.py, locked.py ──►  `load`      the manifest against the other files: every name must lead somewhere
//!   story.en.md, …     ──►  `story`     an introduction and one section for each variant
//!                               │
//!                               ▼
//!                       `Scenario`, in a `Catalogue`, found by a `Target`
//! ```
//!
//! What somebody has done with all of it is in a [`Progress`], a text of its own.
//!
//! What is wrong with a folder is a list of [`Flaw`]s, each with file and line. Whoever opens a folder sees all of
//! them at once.

mod catalogue;
mod contradiction;
mod key;
mod load;
mod locate;
mod manifest;
mod nearest;
mod note;
mod outcomes;
mod picture;
mod progress;
mod question;
mod story;
mod target;
mod text;

pub use crate::explore::BugKind;
pub use catalogue::{Broken, Catalogue, CatalogueError};
pub use key::{usual_keys, with_keys, with_usual_keys};
pub use load::{Flaw, Lines, Origin, Parameter, Scenario, Setting, Variant, constants};
pub use manifest::{Ends, Expected, Level, RunEnd, SEEDS, Verdict, is_id};
pub use nearest::nearest;
pub use note::{Note, NoteEvent, When};
pub use outcomes::{Outcomes, StatedOutcome};
pub use picture::{Picture, PictureError, Role, Widget, fits};
pub use progress::{Best, Done, Journal, Odd, Progress, Score};
pub use question::{Asked, Question};
pub use story::{Section, Story};
pub use target::{Target, TargetError};
pub use text::{Localized, Tongue};
