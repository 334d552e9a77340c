//! The end of the presentation: the newest state, and a thread for each reader that sends it on.

use super::place;
use crate::report::speech::Speech;
use crate::tui::Lectern;
use parking_lot::{Condvar, Mutex};
use std::fs::{self, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

/// So many may listen at once.
const READERS_MAX: usize = 8;

/// A reader that takes nothing for so long is left.
const PATIENCE: Duration = Duration::from_secs(5);

/// Serves the speaker's notes while something is presented.
#[derive(Default)]
pub(super) struct Server {
    open: Option<Open>,
    last: Option<Speech>,
    /// There is no place for a socket; `lockstep notes` says why.
    nowhere: bool,
}

/// A socket that is there.
pub(super) struct Open {
    path: PathBuf,
    board: Arc<Board>,
}

/// What all threads see.
#[derive(Default)]
struct Board {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    /// Counts the lines that were put down.
    number: u64,
    line: Arc<str>,
    over: bool,
    readers: usize,
}

impl Lectern for Server {
    fn show(&mut self, speech: Option<Speech>) {
        if speech == self.last {
            return;
        }
        match &speech {
            None => self.open = None,
            Some(speech) => {
                if self.open.is_none() && !self.nowhere {
                    self.open = place::folder().ok().and_then(|folder| Open::new(&folder).ok());
                    self.nowhere = self.open.is_none();
                }
                if let Some(open) = &self.open {
                    open.put(speech);
                }
            }
        }
        self.last = speech;
    }
}

impl Open {
    /// A socket in this directory, and somebody who waits for readers.
    pub(super) fn new(folder: &Path) -> io::Result<Open> {
        place::tidy(folder);
        let path = folder.join(place::name());
        // What is there was left by a process that had the same number.
        let _ = fs::remove_file(&path);
        let listener = UnixListener::bind(&path)?;
        fs::set_permissions(&path, Permissions::from_mode(0o600))?;
        let board = Arc::new(Board::default());
        let seen = Arc::clone(&board);
        thread::Builder::new().name("speaker's notes".into()).spawn(move || admit(&listener, &seen))?;
        Ok(Open { path, board })
    }

    /// This is how things stand now. Waits for nobody.
    pub(super) fn put(&self, speech: &Speech) {
        let line = speech.line().into();
        let mut state = self.board.state.lock();
        state.line = line;
        state.number += 1;
        self.board.changed.notify_all();
    }

    #[cfg(test)]
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    #[cfg(test)]
    pub(super) fn readers(&self) -> usize {
        self.board.state.lock().readers
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.board.state.lock().over = true;
        self.board.changed.notify_all();
        // Whoever waits for readers is woken by one.
        let _ = UnixStream::connect(&self.path);
        let _ = fs::remove_file(&self.path);
    }
}

fn admit(listener: &UnixListener, board: &Arc<Board>) {
    for stream in listener.incoming() {
        if board.state.lock().over {
            return;
        }
        let Ok(stream) = stream else { return };
        let admitted = place::is_from_me(&stream) && {
            let mut state = board.state.lock();
            let room = state.readers < READERS_MAX;
            state.readers += usize::from(room);
            room
        };
        if !admitted {
            continue;
        }
        let seen = Arc::clone(board);
        let reader = thread::Builder::new().name("a reader of the notes".into()).spawn(move || {
            // A reader that is gone is gone.
            let _ = send(stream, &seen);
            seen.state.lock().readers -= 1;
        });
        if reader.is_err() {
            board.state.lock().readers -= 1;
        }
    }
}

/// Sends the newest state, whenever there is one that was not sent.
fn send(mut stream: UnixStream, board: &Board) -> io::Result<()> {
    stream.set_write_timeout(Some(PATIENCE))?;
    let mut sent = 0;
    loop {
        let line = {
            let mut state = board.state.lock();
            while state.number == sent && !state.over {
                board.changed.wait(&mut state);
            }
            if state.over {
                return Ok(());
            }
            sent = state.number;
            Arc::clone(&state.line)
        };
        stream.write_all(line.as_bytes())?;
    }
}
