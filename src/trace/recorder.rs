//! A file that is written while the run goes on.
//!
//! ```text
//!  the run ── emit ──> lines in memory ── every 100 ms, or when there are many ──> the recorder's OS thread ──> file
//! ```
//!
//! What happened is in the file at the latest a fifth of a second later, also when nothing happens any more: a run that
//! hangs, and is then killed, can be looked at. When the disk is slower than the run, the run waits.

use super::writer::Lines;
use super::{Header, Record};
use crate::event::{Decision, Event, Sink};
use flate2::Compression;
use flate2::write::GzEncoder;
use parking_lot::{Condvar, Mutex};
use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

/// How long what happened may stay in memory.
const INTERVAL: Duration = Duration::from_millis(100);
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
}

struct Desk {
    lines: Lines,
    closed: bool,
    failed: Option<io::Error>,
    /// Something has failed, whether it was asked for or not.
    broken: bool,
}

impl Recorder {
    /// Begins a file. One that exists is only written over when `force` says so.
    pub fn create(path: &Path, force: bool, header: &Header) -> io::Result<Recorder> {
        let file =
            if force { File::create(path)? } else { OpenOptions::new().write(true).create_new(true).open(path)? };
        Recorder::start(file, Packing::of(path), header)
    }

    /// Records into anything that bytes can be written to.
    pub fn start(out: impl Write + Send + 'static, packing: Packing, header: &Header) -> io::Result<Recorder> {
        let desk = Desk { lines: Lines::new(header), closed: false, failed: None, broken: false };
        let shared = Arc::new(Shared { desk: Mutex::new(desk), work: Condvar::new(), room: Condvar::new() });
        let theirs = Arc::clone(&shared);
        let body = move || match packing {
            Packing::Plain => theirs.write(out),
            Packing::Gzip => theirs.write(GzEncoder::new(out, Compression::fast())),
        };
        let thread = std::thread::Builder::new().name("recorder".into()).spawn(body)?;
        Ok(Recorder { shared, thread: Some(thread) })
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

    /// Writes the end, and waits until everything is in the file.
    pub fn finish(mut self) -> io::Result<()> {
        self.shared.add(Lines::end);
        self.close();
        self.failure().map_or(Ok(()), Err)
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
        self.shared.add(|lines| lines.event(event));
    }

    fn decided(&mut self, decision: &Decision) {
        self.shared.add(|lines| lines.decided(decision));
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

    /// The recorder's OS thread.
    fn write(&self, mut out: impl Write) {
        let mut bytes = Vec::new();
        loop {
            let closed = {
                let mut desk = self.desk.lock();
                if !desk.closed && desk.lines.bytes.len() < MANY {
                    self.work.wait_for(&mut desk, INTERVAL);
                }
                std::mem::swap(&mut bytes, &mut desk.lines.bytes);
                desk.closed
            };
            self.room.notify_all();
            // Packed bytes are of use only when they are flushed.
            let written = if bytes.is_empty() { Ok(()) } else { out.write_all(&bytes).and_then(|()| out.flush()) };
            bytes.clear();
            if let Err(error) = written {
                self.give_up(error);
                return;
            }
            if closed && self.desk.lock().lines.bytes.is_empty() {
                return;
            }
        }
    }

    fn give_up(&self, error: io::Error) {
        let mut desk = self.desk.lock();
        desk.failed = Some(error);
        desk.broken = true;
        desk.lines.bytes = Vec::new();
        drop(desk);
        self.room.notify_all();
    }
}
