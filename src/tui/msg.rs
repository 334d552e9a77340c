//! What comes into the interface and what goes out of it.

use super::loader::{Loaded, Refusal, Request};
use super::reload::Reloaded;
use super::screens::explore::{Ran, Rehearsal, Sight, Told};
use super::screens::stage::Recited;
use crate::event::Schedule;
use crate::explore::{Explorer, Pursuit};
use crate::model::Reel;
use crate::report::diff::Paired;
use crate::said::Said;
use crate::scenario::{Localized, Progress};
use crate::session::{Answered, Control, Duel, Start, Tape, Update};
use crate::trace::whole::{Existing, Unwritten};
use ratatui::crossterm::event::{KeyEvent, MouseEvent};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// Something happened outside.
#[derive(Clone)]
pub enum Msg {
    /// A key was pressed (or repeated; releases never get here).
    Key(KeyEvent),
    Mouse(MouseEvent),
    /// Text was pasted.
    Paste(String),
    /// The terminal has this many columns and rows now.
    Resize(u16, u16),
    /// This much time has passed since the last tick. Ticks come only while something moves by itself
    /// ([`App::moves`](super::App::moves)).
    Tick(Duration),
    /// The session says something.
    Update(Update),
    /// The session has ended without being told to.
    SessionGone,
    /// How far the search is.
    Surveying(Sight),
    /// The search has ended. An error is a mistake of ours.
    Surveyed(Result<Arc<Told>, String>),
    /// There is an answer to whoever is the scheduler.
    Answered(Answered),
    /// A run on real threads was made, or cannot be; `None`: all of them were made.
    Ran(Option<Result<Ran, String>>),
    /// The program of the other side is ready to be compared.
    OtherOpened(Box<Loaded>),
    /// Both runs of a comparison are made. An error is a mistake of ours.
    Paired(Result<Box<Paired>, String>),
    /// The program that was asked for is ready to run.
    Opened(Box<Loaded>),
    /// The recording that was asked for can be looked at, and nothing else.
    Recited(Box<Recited>),
    /// It is not, and this is why.
    Refused(Refusal),
    /// A file of this name is not there yet: the run can be saved in it.
    SaveAs(String),
    /// The run was saved in this file, or was not.
    Saved(PathBuf, Result<(), Arc<Unwritten>>),
    /// A run is not recorded any more, though it should be: finished text.
    Unrecorded(Localized<Vec<String>>),
    /// This is in the file of what was done now, or why it could not be written.
    Kept(Result<Progress, Said>),
    /// The editor was closed, or could not be started.
    Edited(Result<(), Said>),
    /// Files that programs and scenarios are made of have changed.
    Changed,
    /// They were looked at again.
    Reloaded(Box<Reloaded>),
}

/// Something to be done outside.
#[derive(Clone, Debug)]
pub enum Effect {
    /// End the interface.
    Quit,
    /// Give the terminal back and stop, as Ctrl-Z does everywhere; come back when told to go on.
    Suspend,
    /// Put this text into the clipboard of the terminal.
    Copy(String),
    /// Open the file in the person's editor at this line.
    Edit { path: PathBuf, line: u32 },
    /// Find a name for a file that is not there yet, beginning with these words.
    NameFile(String),
    /// Write the run into this file.
    Save { path: PathBuf, existing: Existing, reel: Arc<Reel> },
    /// Load a program: a scenario (`philosophers`, `philosophers/ordered`) or a Python file.
    Open(Request),
    /// Look again at the scenarios, and at this program.
    Reload(Option<Request>),
    /// Load a program to compare with.
    OpenOther(Request),
    /// Make two runs under one schedule, in place of those that are being made.
    Pair(Box<Duel>),
    /// Nobody wants them any more.
    EndPair,
    /// Start a session in place of the one there is.
    Begin(Box<Start>),
    /// Tell a recorded run whose program cannot be run, in place of the session there is.
    Recite(Tape),
    /// Tell the session something.
    Send(Control),
    /// Explore, in place of what is being explored; the interleavings are counted.
    Survey(Box<Explorer>, bool),
    /// Ask the search for an early end.
    StopSurvey,
    /// Nobody wants to know any more what the search comes to.
    EndSurvey,
    /// Look for ways to what somebody wants to bring about, in place of what was wanted before.
    Pursue(Box<Pursuit>),
    /// Ask for the way from the place after these choices.
    Seek(u64, Schedule),
    /// Nobody wants anything any more.
    EndPursuit,
    /// Make runs on real threads.
    Rehearse(Box<Rehearsal>),
    /// Make no more of them.
    EndRehearsal,
    /// Add this to the file of what was done.
    Keep(Progress),
    /// Forget what was done: with a variant, with all variants of a scenario, with everything.
    Forget(Option<String>),
    /// Listen to the mouse, or leave it to the terminal.
    Mouse(bool),
}
