//! Every run on the stage as a file, while it goes on.
//!
//! What the session says is written down before the stage hears of it. A run that is begun anew gets a file of its own
//! (`x.jsonl`, `x-2.jsonl`, …), so that nothing is lost. A recorded run that is only looked at is in a file already; from the
//! moment on in which it is gone on with, it gets another one, with everything that was before.

use super::screens::stage::Stage;
use crate::event::Choice;
use crate::ids::Step;
use crate::session::{Batch, Update};
use crate::trace::{Header, Packing, Record, Recorder};
use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// See the module.
pub struct Recordings {
    path: PathBuf,
    /// The first file, until there is a run for it.
    first: Option<File>,
    current: Option<Current>,
    /// The files with runs in them, in order.
    files: Vec<PathBuf>,
}

/// A run that is being recorded.
struct Current {
    recorder: Recorder,
    /// The choices are told by the events themselves.
    live: bool,
    last: Step,
    /// The choices of steps whose first event is yet to come.
    choices: VecDeque<Choice>,
}

/// What a recording came to.
#[derive(Debug)]
pub struct Unrecorded {
    pub path: PathBuf,
    pub error: io::Error,
}

/// Files of earlier runs that are passed over before giving up.
const TRIES: usize = 10_000;

impl Recordings {
    /// The first run will be recorded in this file. One that exists is only written over when `force` says so.
    pub fn begin(path: &Path, force: bool) -> io::Result<Recordings> {
        let first = Recorder::file(path, force)?;
        Ok(Recordings { path: path.to_owned(), first: Some(first), current: None, files: Vec::new() })
    }

    /// The files with runs in them, in order.
    #[must_use]
    pub fn files(&self) -> &[PathBuf] {
        &self.files
    }

    /// Writes down what the session says about what is on this stage. What was wrong is said once.
    pub(super) fn hear(&mut self, update: &Update, stage: &Stage) -> Result<(), Unrecorded> {
        match update {
            Update::Reset(start) => {
                self.finish()?;
                if start.tape.is_some() {
                    return Ok(());
                }
                self.start(&stage.header_of(start))?;
                for line in &start.inputs {
                    self.record(&Record::Input { line: Some(Arc::clone(line)) });
                }
            }
            Update::Resumed { .. } => {
                let reel = stage.reel();
                self.start(reel.header())?;
                reel.records().for_each(|record| self.record(&record));
                if let Some(current) = &mut self.current {
                    current.last = stage.history().last_step();
                }
            }
            Update::Truncated { to } => {
                self.record(&Record::Cut { to: *to });
                if let Some(current) = &mut self.current {
                    current.choices.clear();
                    current.last = *to;
                }
            }
            Update::Lost { count } => self.record(&Record::Lost { count: *count }),
            Update::Steps(batch) => {
                if let Some(current) = &mut self.current {
                    current.take(batch);
                }
            }
            _ => {}
        }
        self.failure()
    }

    /// A line of input was given.
    pub(super) fn typed(&mut self, line: Option<Arc<str>>) {
        self.record(&Record::Input { line });
    }

    /// Ends the recording of the run there is.
    pub fn finish(&mut self) -> Result<(), Unrecorded> {
        let Some(current) = self.current.take() else { return Ok(()) };
        current.recorder.finish().map(drop).map_err(|error| self.unrecorded(error))
    }

    fn record(&self, record: &Record) {
        if let Some(current) = &self.current {
            current.recorder.record(record);
        }
    }

    fn failure(&mut self) -> Result<(), Unrecorded> {
        let failure = self.current.as_ref().and_then(|current| current.recorder.failure());
        match failure {
            Some(error) => Err(self.unrecorded(error)),
            None => Ok(()),
        }
    }

    fn unrecorded(&self, error: io::Error) -> Unrecorded {
        Unrecorded { path: self.files.last().unwrap_or(&self.path).clone(), error }
    }

    /// Begins the next file.
    fn start(&mut self, header: &Header) -> Result<(), Unrecorded> {
        let (path, file) = self.next_file()?;
        let recorder = Recorder::start(file, Packing::of(&path), header);
        self.files.push(path);
        let recorder = recorder.map_err(|error| self.unrecorded(error))?;
        self.current = Some(Current { recorder, live: header.is_live(), last: Step(0), choices: VecDeque::new() });
        Ok(())
    }

    fn next_file(&mut self) -> Result<(PathBuf, File), Unrecorded> {
        if let Some(file) = self.first.take() {
            return Ok((self.path.clone(), file));
        }
        let after = self.files.len() + 1;
        for number in after..after + TRIES {
            let path = numbered(&self.path, number);
            match Recorder::file(&path, false) {
                Ok(file) => return Ok((path, file)),
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) => return Err(Unrecorded { path, error }),
            }
        }
        Err(Unrecorded { path: self.path.clone(), error: ErrorKind::AlreadyExists.into() })
    }
}

impl Drop for Recordings {
    fn drop(&mut self) {
        let is_empty = |path: &Path| path.metadata().is_ok_and(|file| file.is_file() && file.len() == 0);
        if self.first.is_some() && is_empty(&self.path) {
            // Nothing has come of it; that it could be made was all that mattered.
            let _ = std::fs::remove_file(&self.path);
        }
    }
}

impl Current {
    fn take(&mut self, batch: &Batch) {
        if !self.live {
            self.choices.extend(&batch.choices);
        }
        for event in &batch.events {
            let choice = if event.step > self.last { self.choices.pop_front() } else { None };
            self.last = event.step;
            self.recorder.record(&Record::Event { event: event.clone(), choice });
        }
    }
}

/// `x-2.jsonl.gz` for `x.jsonl.gz`.
fn numbered(path: &Path, number: usize) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let ending = [".jsonl.gz", ".jsonl", ".gz"].into_iter().find(|ending| name.to_ascii_lowercase().ends_with(ending));
    let (stem, ending) = name.split_at(name.len() - ending.map_or(0, str::len));
    path.with_file_name(format!("{stem}-{number}{ending}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_stands_before_the_ending() {
        let names = [
            ("x.jsonl", "x-2.jsonl"),
            ("a/b.c.jsonl.gz", "a/b.c-2.jsonl.gz"),
            ("trace", "trace-2"),
            ("X.JSONL", "X-2.JSONL"),
        ];
        for (name, second) in names {
            assert_eq!(numbered(Path::new(name), 2), Path::new(second));
        }
    }
}
