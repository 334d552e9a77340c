//! The reader's end: it looks for a presentation, listens, and looks again when that is over.

use super::place;
use crate::report::speech::SpeechLines;
use crate::tui::speaker::Heard;
use crossbeam_channel::{Receiver, Sender, bounded};
use std::io::{self, Read};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

/// Between two looks for a presentation.
const PAUSE: Duration = Duration::from_millis(300);

/// States that wait to be shown.
const AHEAD: usize = 4;

/// Listens to presentations in this directory, one after the other.
pub(super) fn follow(folder: PathBuf) -> io::Result<Receiver<Heard>> {
    let (sender, heard) = bounded(AHEAD);
    thread::Builder::new().name("listener".into()).spawn(move || {
        loop {
            if let Some(stream) = look(&folder)
                && !(listen(stream, &sender) && sender.send(None).is_ok())
            {
                return;
            }
            thread::sleep(PAUSE);
        }
    })?;
    Ok(heard)
}

/// The newest presentation of mine that goes on.
pub(super) fn look(folder: &Path) -> Option<UnixStream> {
    let streams = place::sockets(folder).into_iter().filter_map(|path| UnixStream::connect(path).ok());
    streams.into_iter().find(place::is_from_me)
}

/// Listens until the other end is gone. False when nobody wants to hear any more.
pub(super) fn listen(mut stream: UnixStream, sender: &Sender<Heard>) -> bool {
    let mut lines = SpeechLines::default();
    let mut bytes = [0; 8192];
    loop {
        let count = match stream.read(&mut bytes) {
            Ok(0) => return true,
            Ok(count) => count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(_) => return true,
        };
        for speech in lines.take(&bytes[..count]) {
            if sender.send(Some(speech)).is_err() {
                return false;
            }
        }
    }
}
