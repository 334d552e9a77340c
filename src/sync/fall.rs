//! What a panic leaves behind: its message, and where it was.
//!
//! A thread that is caught at the bottom of its stack has the message only; the place is known to the panic hook alone.
//! So a hook is put in front of the one that is there. It notes the place if the thread is recorded, and does nothing
//! else; what the other hook prints is its own affair.

use super::probe;
use std::any::Any;
use std::cell::RefCell;
use std::panic;
use std::sync::{Arc, Once};
use std::thread;

thread_local! {
    /// File, line and column of the last panic of this thread.
    static PLACE: RefCell<Option<Place>> = const { RefCell::new(None) };
}

#[derive(Debug)]
struct Place {
    file: Box<str>,
    line: u32,
    column: u32,
}

/// A panic, as it is told.
#[derive(Debug)]
pub(super) struct Fall {
    pub(super) text: Arc<str>,
    /// The line, if the hook saw it.
    pub(super) line: Option<u32>,
}

/// From now on the places of panics are noted. To be called before another thread could set a hook, too: one of the two
/// might get lost.
pub(crate) fn note_places() {
    static ONCE: Once = Once::new();
    if thread::panicking() {
        // The hook cannot be changed now.
        return;
    }
    ONCE.call_once(|| {
        let previous = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if probe::is_recorded() {
                let place = info.location().map(|location| Place {
                    file: location.file().into(),
                    line: location.line(),
                    column: location.column(),
                });
                // Without the storage of the thread, which may be gone, there is no place.
                let _ = PLACE.try_with(|noted| noted.replace(place));
            }
            previous(info);
        }));
    });
}

/// The panic of the calling thread that was caught with this payload.
pub(super) fn describe(name: &str, payload: &(dyn Any + Send)) -> Fall {
    let message = payload.downcast_ref::<String>().map(String::as_str);
    let message = message.or_else(|| payload.downcast_ref::<&str>().copied()).unwrap_or("a value that is no text");
    // The last line says it all, as that of a traceback does.
    let message = message.lines().map(str::trim).collect::<Vec<_>>().join(", ");
    let place = PLACE.with(RefCell::take);
    let at =
        place.as_ref().map_or_else(String::new, |Place { file, line, column }| format!(" at {file}:{line}:{column}"));
    let text = format!("thread '{name}' panicked{at}:\npanic: {message}\n").into();
    Fall { text, line: place.map(|place| place.line) }
}
