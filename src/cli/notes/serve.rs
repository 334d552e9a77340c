//! The end of the presentation: the newest state, and a thread for each reader that sends it on.

use super::place;
use crate::report::speech::{Speech, refusal};
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
pub(super) const READERS_MAX: u32 = 8;

/// A reader that takes nothing for so long is left.
const PATIENCE: Duration = Duration::from_secs(5);

/// Readers that cannot be let in for want of something that may come back: how long is waited each time, and how often
/// in a row.
const BREATH: Duration = Duration::from_millis(50);
const FAILURES_MAX: u32 = 1200;

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
    readers: u32,
    /// How often somebody was refused: each time all the others are asked whether they are there still.
    knocks: u64,
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
        thread::Builder::new().name("speaker's notes".into()).spawn(move || admit(listener.incoming(), &seen))?;
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
    pub(super) fn readers(&self) -> u32 {
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

/// Lets readers in. One that cannot be let in (no more files may be open, say) keeps out no other.
fn admit(streams: impl Iterator<Item = io::Result<UnixStream>>, board: &Arc<Board>) {
    let mut failures = 0;
    for stream in streams {
        if board.state.lock().over || failures >= FAILURES_MAX {
            return;
        }
        let Ok(stream) = stream else {
            failures += 1;
            thread::sleep(BREATH);
            continue;
        };
        failures = 0;
        if !place::is_from_me(&stream) {
            continue;
        }
        if !has_room(board) {
            refuse(stream);
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

/// Takes a place for one more reader, if there is one. Else all the others are asked whether they are there still, for
/// whoever comes next.
fn has_room(board: &Board) -> bool {
    let mut state = board.state.lock();
    if state.readers < READERS_MAX {
        state.readers += 1;
        return true;
    }
    state.knocks += 1;
    board.changed.notify_all();
    false
}

/// Says that there is no room. So little can be written at once; where it cannot, nobody waits.
fn refuse(mut stream: UnixStream) {
    if stream.set_nonblocking(true).is_ok() {
        let _ = stream.write_all(refusal(READERS_MAX).as_bytes());
    }
}

/// Sends the newest state, whenever there is one that was not sent.
fn send(mut stream: UnixStream, board: &Board) -> io::Result<()> {
    stream.set_write_timeout(Some(PATIENCE))?;
    let (mut sent, mut answered) = (0, board.state.lock().knocks);
    loop {
        let line = {
            let mut state = board.state.lock();
            while state.number == sent && state.knocks == answered && !state.over {
                board.changed.wait(&mut state);
            }
            if state.over {
                return Ok(());
            }
            answered = state.knocks;
            // A reader passes over an empty line; one that is gone does not take it.
            let nothing_new = state.number == sent;
            sent = state.number;
            if nothing_new { Arc::from("\n") } else { Arc::clone(&state.line) }
        };
        stream.write_all(line.as_bytes())?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    /// No file can be opened, and then one can.
    #[test]
    fn one_that_cannot_be_let_in_keeps_out_no_other() {
        let (mut reader, stream) = UnixStream::pair().unwrap();
        let board = Arc::new(Board::default());
        *board.state.lock() = State { number: 1, line: "here\n".into(), ..State::default() };
        let many_open = || io::Error::from_raw_os_error(24);
        admit([Err(many_open()), Err(many_open()), Ok(stream)].into_iter(), &board);
        let mut heard = [0; 5];
        reader.read_exact(&mut heard).unwrap();
        assert_eq!(&heard, b"here\n");
        board.state.lock().over = true;
        board.changed.notify_all();
    }
}
