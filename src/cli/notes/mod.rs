//! `lockstep notes`: the speaker's notes of a presentation, in a second terminal.
//!
//! ```text
//! first terminal                                                second terminal
//! tui ── Speech ──> serve: a thread for each reader ── socket ──> listen ──> tui::speaker, or plain lines
//! ```
//!
//! The socket stands in a directory that only its owner can enter (`place`), and each end looks who is at the other one. It
//! is there while presenter mode is on. What goes over it are lines of [`Speech`](crate::report::speech::Speech), from the
//! presentation to its readers and never back: what a reader sends is never looked at. The interface puts down the newest
//! state and goes on; a reader that is slow misses what was put down meanwhile, one that does not read at all is left.

#[cfg(unix)]
mod listen;
#[cfg(unix)]
mod place;
mod plain;
#[cfg(unix)]
mod serve;

use super::Context;
use super::exit::{Exit, Failure, Outcome};
use crate::tui::Lectern;
use std::io::Write;

/// What the interface tells its state while it is presented; not every system has the sockets for it.
#[cfg_attr(unix, allow(clippy::unnecessary_wraps))]
pub(super) fn lectern() -> Option<Box<dyn Lectern>> {
    #[cfg(unix)]
    return Some(Box::new(serve::Server::default()));
    #[cfg(not(unix))]
    return None;
}

#[cfg(not(unix))]
pub(super) fn notes(context: &Context, _: bool, _: &mut dyn Write) -> Outcome {
    Err(Failure::usage(context.words.t("presenter-none-here")))
}

/// Shows the notes until somebody leaves them.
#[cfg(unix)]
pub(super) fn notes(context: &Context, plain: bool, out: &mut dyn Write) -> Outcome {
    use crate::said::Said;
    use crate::tui::{Leave, speaker, terminal};
    let folder =
        place::folder().map_err(|reason| Failure::files(Said::new("presenter-no-place").with("reason", reason)))?;
    let heard = listen::follow(folder)?;
    if plain || !terminal::is_there() {
        return plain::tell(&context.words, &heard, out);
    }
    let left = speaker::read(super::open::bare(context, super::settings::keymap()?), &heard);
    match left.map_err(|error| Failure::files(Said::new("file-terminal").with("reason", &error)))? {
        Leave::Quit => Ok(Exit::Done),
        Leave::Signal(_) => Ok(Exit::Interrupted),
    }
}

#[cfg(unix)]
#[cfg(test)]
mod tests;
