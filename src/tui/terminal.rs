//! The terminal itself: taken over, drawn on, given back whole.
//!
//! It is given back after the end, after an error, after a panic of the interface's own thread, before the process
//! stops (Ctrl-Z), and while an editor runs. A panic of *another* thread must not touch it: the interface still runs,
//! and the thread's owner reports the panic as an event.

use super::app::App;
use super::view::render;
use ratatui::backend::CrosstermBackend;
use ratatui::crossterm::event::{DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture};
use ratatui::crossterm::terminal::{
    BeginSynchronizedUpdate, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode,
    enable_raw_mode,
};
use ratatui::crossterm::{cursor, execute};
use ratatui::layout::Rect;
use ratatui::{Frame, Terminal};
use std::io::{self, IsTerminal, Stdout};
use std::mem::ManuallyDrop;
use std::panic;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

/// True while the terminal is ours. Static, because the panic hook has nothing else to look at.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// True when both ends are a terminal, and one whose cursor can be moved. Without it there is no interface.
#[must_use]
pub fn is_there() -> bool {
    let dumb = std::env::var_os("TERM").is_some_and(|kind| kind == "dumb");
    !dumb && io::stdin().is_terminal() && io::stdout().is_terminal()
}

/// True when the interface can be shown while something else comes from the standard input: the keys are then read from the
/// terminal itself.
#[must_use]
pub fn is_there_beside_input() -> bool {
    let dumb = std::env::var_os("TERM").is_some_and(|kind| kind == "dumb");
    let tty = || std::fs::OpenOptions::new().read(true).write(true).open("/dev/tty").is_ok();
    !dumb && io::stdout().is_terminal() && (io::stdin().is_terminal() || tty())
}

/// How wide the terminal is on which standard output appears, if it does.
#[must_use]
pub fn columns() -> Option<usize> {
    let size = || ratatui::crossterm::terminal::size().ok().map(|(columns, _)| usize::from(columns));
    io::stdout().is_terminal().then(size).flatten().filter(|columns| *columns > 0)
}

/// The terminal while the interface runs; dropping it gives it back.
pub(super) struct Tty {
    /// Never dropped: it would show the cursor, which has been done by then, and complain to a terminal that may be gone,
    /// in a way that panics.
    terminal: ManuallyDrop<Terminal<CrosstermBackend<Stdout>>>,
    mouse: bool,
}

impl Tty {
    /// Takes the terminal over.
    pub(super) fn take(mouse: bool) -> io::Result<Tty> {
        enter(mouse)?;
        let terminal = Terminal::new(CrosstermBackend::new(io::stdout())).inspect_err(|_| give_back())?;
        Ok(Tty { terminal: ManuallyDrop::new(terminal), mouse })
    }

    /// Draws the app, as one update: a terminal that knows synchronized updates never shows half a picture.
    pub(super) fn draw(&mut self, app: &App) -> io::Result<()> {
        self.draw_with(|frame| render(frame, frame.area(), app))
    }

    /// Draws one picture of something else.
    pub(super) fn draw_with(&mut self, draw: impl FnOnce(&mut Frame<'_>)) -> io::Result<()> {
        execute!(self.terminal.backend_mut(), BeginSynchronizedUpdate)?;
        let drawn = self.terminal.draw(draw).map(|_| ());
        execute!(self.terminal.backend_mut(), EndSynchronizedUpdate)?;
        drawn
    }

    /// Columns and rows.
    pub(super) fn size(&self) -> io::Result<(u16, u16)> {
        self.terminal.size().map(|size| (size.width, size.height))
    }

    /// Listens to the mouse, or leaves it to the terminal.
    pub(super) fn set_mouse(&mut self, on: bool) -> io::Result<()> {
        self.mouse = on;
        if on { execute!(io::stdout(), EnableMouseCapture) } else { execute!(io::stdout(), DisableMouseCapture) }
    }

    /// Gives the terminal back for the time `meanwhile` takes, then takes it over again and forgets what was drawn.
    pub(super) fn lend<T>(&mut self, meanwhile: impl FnOnce() -> T) -> io::Result<T> {
        give_back();
        let result = meanwhile();
        enter(self.mouse)?;
        // `Terminal::clear` would ask where the cursor is, and wait for an answer that nobody reads. A change of size
        // clears as well.
        let size = self.terminal.size()?;
        self.terminal.resize(Rect::new(0, 0, size.width, size.height))?;
        Ok(result)
    }

    /// Writes an escape sequence that moves nothing on the screen (the clipboard's).
    pub(super) fn send(&mut self, sequence: &str) -> io::Result<()> {
        use io::Write;
        let backend = self.terminal.backend_mut();
        backend.write_all(sequence.as_bytes())?;
        Write::flush(backend)
    }
}

impl Drop for Tty {
    fn drop(&mut self) {
        give_back();
    }
}

fn enter(mouse: bool) -> io::Result<()> {
    enable_raw_mode()?;
    TAKEN.store(true, Ordering::SeqCst);
    let mut out = io::stdout();
    execute!(out, EnterAlternateScreen, EnableBracketedPaste, cursor::Hide).inspect_err(|_| give_back())?;
    if mouse { execute!(out, EnableMouseCapture).inspect_err(|_| give_back()) } else { Ok(()) }
}

/// Gives the terminal back, once. Errors are ignored: after a hang-up there is nobody to give it to.
fn give_back() {
    if !TAKEN.swap(false, Ordering::SeqCst) {
        return;
    }
    let mut out = io::stdout();
    let _ = execute!(
        out,
        EndSynchronizedUpdate,
        DisableMouseCapture,
        DisableBracketedPaste,
        LeaveAlternateScreen,
        cursor::Show
    );
    let _ = disable_raw_mode();
}

/// From now on a panic of the calling thread gives the terminal back before it is reported. A panic of any other thread
/// is not printed while the terminal is ours: its text would land in the picture, and whoever started the
/// thread catches it and says what happened.
pub(super) fn guard_panics() {
    let interface = thread::current().id();
    let previous = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        if thread::current().id() == interface {
            give_back();
        }
        if !TAKEN.load(Ordering::SeqCst) {
            previous(info);
        }
    }));
}
