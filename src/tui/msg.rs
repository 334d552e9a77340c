//! What comes into the interface and what goes out of it.

use ratatui::crossterm::event::{KeyEvent, MouseEvent};
use std::path::PathBuf;
use std::time::Duration;

/// Something happened outside.
#[derive(Clone, Debug)]
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
    /// Open the file in `$EDITOR` at this line, load it again afterwards.
    Edit { path: PathBuf, line: u32 },
    /// Put a program on the stage: a scenario (`philosophers`, `philosophers/ordered`) or a Python file.
    Open { target: String },
    /// Listen to the mouse, or leave it to the terminal.
    Mouse(bool),
}
