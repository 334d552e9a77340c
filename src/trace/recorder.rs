//! A file that is written while the run goes on.
//!
//! ```text
//!  the run ── emit ──> lines in memory ── every 40 ms, or when there are many ──> the recorder's OS thread ──> file
//! ```
//!
//! What happened is in the file at the latest a fifth of a second later, also when nothing happens any more: a run that
//! hangs, and is then killed, can be looked at. When the disk is slower than the run, the run waits.

use super::reader::limits;
use super::writer::Lines;
use super::{Header, Record};
use crate::event::{Decision, Event, Sink};
use crate::source::MAX_BYTES;
use flate2::Compression;
use flate2::write::GzEncoder;
use parking_lot::{Condvar, Mutex};
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

/// How long what happened may stay in memory.
const INTERVAL: Duration = Duration::from_millis(40);
/// This many bytes are written at once.
const MANY: usize = 1 << 20;
/// The run waits when so many bytes wait to be written.
const TOO_MANY: usize = 16 << 20;

/// How a trace stands in its file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Packing {
    Plain,
    /// As `gzip` packs.
    Gzip,
}

impl Packing {
    /// What the ending of a file name means: `.gz` is packed.
    #[must_use]
    pub fn of(path: &Path) -> Packing {
        let packed = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("gz"));
        if packed { Packing::Gzip } else { Packing::Plain }
    }
}

/// See the module. A failure to write is kept until [`Recorder::finish`] or [`Recorder::failure`]; nothing is written
/// after it. When it is dropped without being finished, the file lacks its end, and says so to whoever reads it.
pub struct Recorder {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

struct Shared {
    desk: Mutex<Desk>,
    /// There is much to be written, or nothing more comes.
    work: Condvar,
    /// There is room again.
    room: Condvar,
    deserted: Arc<AtomicBool>,
}

struct Desk {
    lines: Lines,
    closed: bool,
    failed: Option<io::Error>,
    /// Something has failed, whether it was asked for or not.
    broken: bool,
}

impl Recorder {
    /// Begins a file. One that exists is only written over when `force` says so; what is no ordinary file (`/dev/stdout`,
    /// a pipe) has nothing that could be lost and is simply written to.
    pub fn create(path: &Path, force: bool, header: &Header) -> io::Result<Recorder> {
        Recorder::start(Recorder::file(path, force)?, Packing::of(path), header)
    }

    /// The file that [`Recorder::create`] writes to, still empty.
    pub fn file(path: &Path, force: bool) -> io::Result<File> {
        match fs::metadata(path) {
            Ok(old) if old.is_dir() => Err(ErrorKind::IsADirectory.into()),
            Ok(old) if !old.is_file() => OpenOptions::new().write(true).open(path),
            _ if force => File::create(path),
            _ => OpenOptions::new().write(true).create_new(true).open(path),
        }
    }

    /// Records into anything that bytes can be written to.
    pub fn start(out: impl Write + Send + 'static, packing: Packing, header: &Header) -> io::Result<Recorder> {
        let lines = Lines::new(header);
        if header.source.len() > MAX_BYTES || lines.bytes.len() > limits::LINE_BYTES {
            return Err(io::Error::new(ErrorKind::InvalidInput, "the program is too long to be recorded"));
        }
        let desk = Mutex::new(Desk { lines, closed: false, failed: None, broken: false });
        let shared = Arc::new(Shared { desk, work: Condvar::new(), room: Condvar::new(), deserted: Arc::default() });
        let theirs = Arc::clone(&shared);
        let body = move || match packing {
            Packing::Plain => theirs.write(out, |mut out| out.flush()),
            Packing::Gzip => theirs.write(GzEncoder::new(out, Compression::fast()), |out| out.finish()?.flush()),
        };
        let thread = std::thread::Builder::new().name("recorder".into()).spawn(body)?;
        Ok(Recorder { shared, thread: Some(thread) })
    }

    /// Writes an event that no choice is told of.
    pub fn event(&self, event: &Event) {
        self.shared.add(|lines| lines.event(event));
    }

    /// Writes what was decided: a choice together with the event after it.
    pub fn decision(&self, decision: &Decision) {
        self.shared.add(|lines| lines.decided(decision));
    }

    /// True from the moment on in which it writes into a pipe that nobody reads any more.
    #[must_use]
    pub fn deserted(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.shared.deserted)
    }

    /// Writes a record. The [`Record::End`] comes by itself.
    pub fn record(&self, record: &Record) {
        self.shared.add(|lines| lines.record(record));
    }

    /// What has gone wrong, if anything has; once.
    #[must_use]
    pub fn failure(&self) -> Option<io::Error> {
        self.shared.desk.lock().failed.take()
    }

    /// Writes the end, waits until everything is in the file, and says how many events that were.
    pub fn finish(mut self) -> io::Result<u64> {
        self.shared.add(Lines::end);
        self.close();
        match self.failure() {
            Some(error) => Err(error),
            None => Ok(self.shared.desk.lock().lines.events),
        }
    }

    fn close(&mut self) {
        self.shared.desk.lock().closed = true;
        self.shared.work.notify_one();
        if let Some(thread) = self.thread.take() {
            // It catches nothing and panics nowhere; if it did, the file would end there.
            let _ = thread.join();
        }
    }
}

impl Drop for Recorder {
    fn drop(&mut self) {
        self.close();
    }
}

impl Sink for Recorder {
    const ENABLED: bool = true;

    fn emit(&mut self, event: Event) {
        self.event(&event);
    }

    fn decided(&mut self, decision: &Decision) {
        self.decision(decision);
    }
}

impl Shared {
    fn add(&self, write: impl FnOnce(&mut Lines)) {
        let mut desk = self.desk.lock();
        while desk.lines.bytes.len() > TOO_MANY && !desk.broken {
            self.room.wait(&mut desk);
        }
        if desk.broken {
            return;
        }
        let before = desk.lines.bytes.len();
        write(&mut desk.lines);
        if before < MANY && desk.lines.bytes.len() >= MANY {
            self.work.notify_one();
        }
    }

    /// The recorder's OS thread. `finish` writes what still has to be written at the end.
    fn write<W: Write>(&self, mut out: W, finish: impl FnOnce(W) -> io::Result<()>) {
        let mut bytes = Vec::new();
        // Whoever looks at the file finds the header as soon as can be.
        let mut interval = Duration::ZERO;
        loop {
            let last = self.take(&mut bytes, interval);
            interval = INTERVAL;
            self.room.notify_all();
            // Packed bytes are of use only when they are flushed.
            let written = if bytes.is_empty() { Ok(()) } else { out.write_all(&bytes).and_then(|()| out.flush()) };
            bytes.clear();
            if let Err(error) = written {
                return self.give_up(error);
            }
            if last {
                break;
            }
        }
        if let Err(error) = finish(out) {
            self.give_up(error);
        }
    }

    /// Waits, until there are many bytes to be written or the interval is over; true when these are the last.
    fn take(&self, bytes: &mut Vec<u8>, interval: Duration) -> bool {
        let mut desk = self.desk.lock();
        if !desk.closed && desk.lines.bytes.len() < MANY {
            self.work.wait_for(&mut desk, interval);
        }
        std::mem::swap(bytes, &mut desk.lines.bytes);
        desk.closed
    }

    fn give_up(&self, error: io::Error) {
        self.deserted.store(error.kind() == ErrorKind::BrokenPipe, Ordering::Relaxed);
        let mut desk = self.desk.lock();
        desk.failed = Some(error);
        desk.broken = true;
        desk.lines.bytes = Vec::new();
        drop(desk);
        self.room.notify_all();
    }
}
