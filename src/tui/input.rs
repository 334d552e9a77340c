//! Keys, mouse and signals, each from a thread of its own into one channel.
//!
//! The thread that reads the terminal can be told to keep its hands off it, while an editor or the shell has it.

use super::msg::Msg;
use crate::said::Said;
use crossbeam_channel::{Receiver, Sender, unbounded};
use ratatui::crossterm::event::{self, Event, KeyEventKind, MouseEventKind};
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

/// What comes in from the terminal and the system.
pub(super) enum Incoming {
    Msg(Msg),
    /// The process was asked to end by this signal.
    End(i32),
    /// The process was asked to stop (Ctrl-Z from outside).
    Stop,
    /// The terminal cannot be read any more.
    Lost(io::Error),
}

/// How long the reader sleeps at most. On Unix it is woken up by a signal when it is to pause; elsewhere it has to look
/// now and then.
const NAP: Duration = if cfg!(unix) { Duration::from_hours(1) } else { Duration::from_millis(50) };

/// The thread that reads the terminal.
pub(super) struct Reader {
    paused: Arc<AtomicBool>,
    /// The reader says here that it has stopped reading.
    parked: Receiver<()>,
    resume: Sender<()>,
}

impl Reader {
    /// Starts reading.
    pub(super) fn start(out: Sender<Incoming>) -> io::Result<Reader> {
        let paused = Arc::new(AtomicBool::new(false));
        let (parked_sender, parked) = unbounded();
        let (resume, resumed) = unbounded();
        let flag = Arc::clone(&paused);
        thread::Builder::new().name("terminal reader".into()).spawn(move || {
            let caught = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
                read_all(&out, &flag, &parked_sender, &resumed)
            }));
            let error = caught.unwrap_or_else(|_| Err(io::Error::other(Said::new("terminal-unread"))));
            if let Err(error) = error {
                // The interface may have ended before us.
                let _ = out.send(Incoming::Lost(error));
            }
        })?;
        Ok(Reader { paused, parked, resume })
    }

    /// Runs `meanwhile` while nobody reads the terminal.
    pub(super) fn paused<T>(&self, meanwhile: impl FnOnce() -> T) -> T {
        self.paused.store(true, Ordering::SeqCst);
        wake_reader();
        // When the reader is gone there is nothing to wait for.
        let _ = self.parked.recv();
        let result = meanwhile();
        self.paused.store(false, Ordering::SeqCst);
        let _ = self.resume.send(());
        result
    }
}

/// Reads until the interface is gone.
fn read_all(
    out: &Sender<Incoming>,
    paused: &AtomicBool,
    parked: &Sender<()>,
    resumed: &Receiver<()>,
) -> io::Result<()> {
    loop {
        if paused.load(Ordering::SeqCst) {
            if parked.send(()).is_err() || resumed.recv().is_err() {
                return Ok(());
            }
            continue;
        }
        if !event::poll(NAP)? {
            continue;
        }
        if let Some(msg) = message(event::read()?)
            && out.send(Incoming::Msg(msg)).is_err()
        {
            return Ok(());
        }
    }
}

/// The message for an event; key releases and mere movements of the mouse are none.
fn message(event: Event) -> Option<Msg> {
    match event {
        Event::Key(key) if key.kind != KeyEventKind::Release => Some(Msg::Key(key)),
        Event::Mouse(mouse) if mouse.kind != MouseEventKind::Moved => Some(Msg::Mouse(mouse)),
        Event::Paste(text) => Some(Msg::Paste(text)),
        Event::Resize(columns, rows) => Some(Msg::Resize(columns, rows)),
        _ => None,
    }
}

/// Makes a blocked `poll` return: the reader takes the signal for a change of size.
#[cfg(unix)]
fn wake_reader() {
    // It fails only for signals that may not be sent.
    let _ = signal_hook::low_level::raise(signal_hook::consts::SIGWINCH);
}

#[cfg(not(unix))]
fn wake_reader() {}

/// Turns signals into messages from now on. A second one that asks for the end is obeyed at once: the interface cannot hear
/// of the first one while it waits for a terminal that takes nothing.
#[cfg(unix)]
pub(super) fn watch_signals(out: Sender<Incoming>) -> io::Result<()> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM, SIGTSTP};
    let mut signals = signal_hook::iterator::Signals::new([SIGTERM, SIGHUP, SIGINT, SIGTSTP])?;
    thread::Builder::new().name("signals".into()).spawn(move || {
        let mut asked = false;
        for signal in signals.forever() {
            if signal != SIGTSTP && std::mem::replace(&mut asked, true) {
                std::process::exit(130);
            }
            let incoming = if signal == SIGTSTP { Incoming::Stop } else { Incoming::End(signal) };
            if out.send(incoming).is_err() {
                return;
            }
        }
    })?;
    Ok(())
}

#[cfg(not(unix))]
pub(super) fn watch_signals(_out: Sender<Incoming>) -> io::Result<()> {
    Ok(())
}

/// Stops the process, as Ctrl-Z does when nobody handles it. Comes back when the process is continued.
#[cfg(unix)]
pub(super) fn stop_process() {
    // It fails only for signals without a default action.
    let _ = signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGTSTP);
}

#[cfg(not(unix))]
pub(super) fn stop_process() {}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent};

    #[test]
    fn releases_and_movements_are_no_messages() {
        let mut key = KeyEvent::new(KeyCode::Char('l'), KeyModifiers::NONE);
        assert!(message(Event::Key(key)).is_some());
        key.kind = KeyEventKind::Repeat;
        assert!(message(Event::Key(key)).is_some());
        key.kind = KeyEventKind::Release;
        assert!(message(Event::Key(key)).is_none());
        let mouse = |kind| Event::Mouse(MouseEvent { kind, column: 0, row: 0, modifiers: KeyModifiers::NONE });
        assert!(message(mouse(MouseEventKind::Moved)).is_none());
        assert!(message(mouse(MouseEventKind::Down(MouseButton::Left))).is_some());
    }
}
