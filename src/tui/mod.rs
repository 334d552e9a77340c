//! The terminal interface. The only place that knows ratatui and crossterm.
//!
//! It is built like an Elm program. Everything the screen shows is one plain value, [`App`]. Whatever happens outside
//! becomes a [`Msg`]; [`update`] changes the app and returns what is to be done outside as a list of [`Effect`]s;
//! [`render`] draws the app and changes nothing.
//!
//! ```text
//!  keys, mouse, ticks, session ── Msg ──> update(&mut App) ── Effect ──> session, clipboard, editor, files
//!                                              │
//!                                              └──> render(&App) ──> the screen, when something changed
//! ```
//!
//! | module | what is in it |
//! |---|---|
//! | `app` | the state of the interface |
//! | `diary` | what is noted of what somebody does |
//! | `msg` | what comes in, what goes out |
//! | `keys`, `keymap`, `chord` | the key table, what a person has changed in it, a key as it is written |
//! | `update` | one message, one change |
//! | `theme`, `glyph` | colours and signs, as tables |
//! | `pictures` | the picture of the program that stands next to its code |
//! | `screens` | the gallery, the stage, all interleavings, two variants side by side, the questions |
//! | `overlay` | what lies on top of a screen: help, palette, questions, menus, messages |
//! | `prose` | stories, laid out |
//! | `offstage` | the stage of a recording, drawn without a terminal |
//! | `run`, `input`, `terminal` | the loop that waits, what it waits for, and the terminal it has taken over |
//! | `lectern`, `speaker` | what the speaker of a presentation is told, and the screen that shows it |
//! | `reload`, `watch` | files that change on disk while they are open |
//! | `record` | writing every run into a file while it goes on |
//! | `save` | writing a run into a file, beside the loop |
//! | `field`, `text` | a text field; text made harmless, measured and cut |

mod app;
mod chord;
mod diary;
pub mod field;
mod find;
pub mod glyph;
mod input;
pub mod keymap;
pub mod keys;
pub mod lectern;
pub mod loader;
mod mouse;
mod msg;
pub mod offstage;
pub mod overlay;
mod panes;
mod pictures;
pub mod prose;
mod record;
mod reload;
mod run;
mod save;
pub mod screens;
pub mod speaker;
pub mod terminal;
#[cfg(test)]
pub(crate) mod testing;
pub mod text;
pub mod theme;
mod update;
mod view;
mod watch;

pub use app::{App, Screen};
pub use lectern::Lectern;
pub use msg::{Effect, Msg};
pub use record::{Recordings, Unrecorded};
pub use reload::Reloaded;
pub use run::{Leave, Left, run, show};
pub use screens::stage::{Recited, Watched};
pub use update::update;
pub use view::render;
