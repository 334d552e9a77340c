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

/// How listening to a presentation ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// The presentation has.
    Over,
    /// It has, and nothing was told of it.
    Silent,
    /// There was no room; so many are listening.
    Refused(u32),
    /// Nobody wants to hear any more.
    Unheard,
}

/// Listens to presentations in this directory, one after the other. What is not a state is told once.
pub(super) fn follow(folder: PathBuf) -> io::Result<Receiver<Heard>> {
    let (sender, heard) = bounded(AHEAD);
    thread::Builder::new().name("listener".into()).spawn(move || {
        let mut before = Heard::Nothing;
        while let Some(now) = listened(&folder, &before, &sender) {
            before = now;
            thread::sleep(PAUSE);
        }
    })?;
    Ok(heard)
}

/// Looks for a presentation once, and listens to its end; what was told last. `None`: nobody wants to hear any more.
pub(super) fn listened(folder: &Path, before: &Heard, sender: &Sender<Heard>) -> Option<Heard> {
    let end = look(folder).map_or(End::Silent, |stream| listen(stream, sender));
    let now = match end {
        End::Over | End::Silent => Heard::Nothing,
        End::Refused(readers) => Heard::Full(readers),
        End::Unheard => return None,
    };
    let told_already = end != End::Over && now == *before;
    if told_already || sender.send(now.clone()).is_ok() { Some(now) } else { None }
}

/// The newest presentation of mine that goes on.
pub(super) fn look(folder: &Path) -> Option<UnixStream> {
    let streams = place::sockets(folder).into_iter().filter_map(|path| UnixStream::connect(path).ok());
    streams.into_iter().find(place::is_from_me)
}

/// Listens until the other end is gone.
pub(super) fn listen(mut stream: UnixStream, sender: &Sender<Heard>) -> End {
    let mut lines = SpeechLines::default();
    let mut bytes = [0; 8192];
    let mut end = End::Silent;
    loop {
        let count = match stream.read(&mut bytes) {
            Ok(0) => break,
            Ok(count) => count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(_) => break,
        };
        for speech in lines.take(&bytes[..count]) {
            if sender.send(Heard::State(Box::new(speech))).is_err() {
                return End::Unheard;
            }
            end = End::Over;
        }
    }
    lines.refused().map_or(end, End::Refused)
}
