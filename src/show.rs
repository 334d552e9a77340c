//! An ordinary Rust program over the primitives of [`sync`](crate::sync) shows its own run.
//!
//! ```no_run
//! use lockstep::sync::{Mutex, scope};
//!
//! fn main() -> std::io::Result<()> {
//!     lockstep::show("two threads", include_str!(file!()), || {
//!         let counter = Mutex::new(0).named("counter");
//!         scope(|scope| {
//!             scope.spawn_named("one", || *counter.lock() += 1);
//!             scope.spawn_named("two", || *counter.lock() += 1);
//!         });
//!     })
//! }
//! ```
//!
//! The program is not told how to run. It is watched, and at the end, or when its threads hang and whoever watches has
//! seen enough, it is stopped: every thread that is recorded leaves at its next operation, or from the one it hangs in.

use crate::event::{End, Event, EventKind, Sink};
use crate::kernel::live::LiveOptions;
use crate::report::{Narrator, Witness};
use crate::session;
use crate::source::Source;
use crate::sync::{Collector, Probe, note_places};
use crate::trace::{Header, Language, Record, Recorder};
use crate::tui::{self, App, Watched, terminal};
use crate::words::{Lang, Threads, Words};
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// How long an operation takes on the stage at first, for the eye.
const PACE: Duration = Duration::from_millis(400);
/// How often the narrator looks what has happened.
const LOOK: Duration = Duration::from_millis(2);
/// How long threads have to leave after everything was stopped, before nobody waits for them any more.
const LEAVING_MAX: Duration = Duration::from_secs(2);

/// Runs `body` on a thread of its own, which is recorded as the main thread, and shows what it does: on the stage if
/// there is a terminal, until that is left; otherwise as [`narrate`] does, on the standard output.
///
/// `source` is the text that the lines of the calls speak of; `include_str!(file!())` in a program of one file. While
/// the stage is there, the program should not print.
///
/// # Errors
/// The terminal, or the standard output, cannot be used; or the operating system gives no more threads.
pub fn show(title: &str, source: &str, body: impl FnOnce() + Send + 'static) -> io::Result<()> {
    if !terminal::is_there() {
        // Not locked: the program may print, too.
        return narrate(Lang::of_system(), &mut io::stdout(), body).map(drop);
    }
    // The interface sets a hook for panics, and the body begins on another thread.
    note_places();
    let (probe, collector) = Probe::new();
    probe.gate().set_pace(PACE);
    let watched = Watched {
        title: title.to_owned(),
        source: Arc::new(Source::new(title, source)),
        tokens: Vec::new(),
        picture: None,
        pace: PACE,
        paused: false,
    };
    let session = session::watch(collector, probe.clone());
    let running = start(&probe, body)?;
    // The terminal tells its size itself.
    let mut app = App::new((80, 24));
    app.words = Words::new(Lang::of_system());
    let shown = tui::show(app, watched, session);
    end(&probe, running);
    shown.map(drop)
}

/// Runs `body` on a thread of its own, which is recorded as the main thread, and writes a line for each step, and what
/// was found out about the run, in this language. It comes back when the program is over, or when all its threads hang: then they are
/// stopped.
///
/// # Errors
/// `out` cannot be written to, or the operating system gives no more threads.
pub fn narrate(lang: Lang, out: &mut dyn Write, body: impl FnOnce() + Send + 'static) -> io::Result<Witness> {
    let (probe, mut collector) = Probe::new();
    let running = start(&probe, body)?;
    let words = Words::new(lang);
    let mut narrator = Narrator::new(&words, Threads::Real, out);
    let told = follow(&mut collector, &mut narrator, Narrator::pause);
    end(&probe, running);
    told?;
    let witness = narrator.finish()?;
    for finding in &witness.findings {
        writeln!(out, "{}", words.finding(finding, &witness.model))?;
    }
    if collector.lost() > 0 {
        writeln!(out, "{}", words.with("notice-real-lost", &[("n", collector.lost().into())]))?;
    }
    Ok(witness)
}

/// Runs `body` as [`narrate`] does and records the run in a file, which `lockstep replay` opens and `lockstep export` turns
/// into pictures. A file that exists is not written over. What happened is in the file a moment later, also when the
/// program is killed.
///
/// Comes back with how the run ended; `None` when the program was over before it said so.
///
/// # Errors
/// The file cannot be made or written, or the operating system gives no more threads.
pub fn record(path: &Path, title: &str, source: &str, body: impl FnOnce() + Send + 'static) -> io::Result<Option<End>> {
    let header = Header {
        language: Language::Rust,
        target: title.into(),
        source_name: title.into(),
        source: source.into(),
        live: Some(LiveOptions::default()),
        ..Header::default()
    };
    let mut recorder = Recorder::create(path, false, &header)?;
    let (probe, mut collector) = Probe::new();
    let running = start(&probe, body)?;
    let followed = follow(&mut collector, &mut recorder, |_| Ok(()));
    end(&probe, running);
    if collector.lost() > 0 {
        recorder.record(&Record::Lost { count: collector.lost() });
    }
    recorder.finish()?;
    followed
}

/// Lets the sink hear everything until the run has ended, in whichever way, and says how. `pause` is called whenever there
/// is nothing new.
fn follow<S: Sink>(
    collector: &mut Collector,
    sink: &mut S,
    mut pause: impl FnMut(&mut S) -> io::Result<()>,
) -> io::Result<Option<End>> {
    let mut ear = Ear { sink, end: None };
    loop {
        // Asked first: whoever leaves has told everything before.
        let over = collector.is_deserted();
        if !collector.events(&mut ear) {
            pause(ear.sink)?;
        }
        if over || ear.end.is_some() {
            return Ok(ear.end);
        }
        thread::sleep(LOOK);
    }
}

/// Passes everything on, and hears the end.
struct Ear<'a, S> {
    sink: &'a mut S,
    end: Option<End>,
}

impl<S: Sink> Sink for Ear<'_, S> {
    const ENABLED: bool = true;

    fn emit(&mut self, event: Event) {
        if let EventKind::Ended(end) = &event.kind {
            self.end = Some(end.clone());
        }
        self.sink.emit(event);
    }
}

fn start(probe: &Probe, body: impl FnOnce() + Send + 'static) -> io::Result<JoinHandle<()>> {
    let probe = probe.clone();
    thread::Builder::new().name("main".to_owned()).spawn(move || {
        // That it was stopped is told by its tape.
        let _ = probe.run(body);
    })
}

/// Stops what still runs, and waits until it has left; not for ever, since it may be busy with something else.
fn end(probe: &Probe, running: JoinHandle<()>) {
    probe.stop();
    let begun = Instant::now();
    while probe.attached() > 0 && begun.elapsed() < LEAVING_MAX {
        thread::sleep(LOOK);
    }
    if running.is_finished() {
        // A panic in there was told where it happened.
        let _ = running.join();
    }
}
