//! A stream of bytes to records that make sense together.
//!
//! What is read may be anything: a trace that somebody was sent, a file that was cut short, one that was made to do harm.
//! Nothing of it is believed, everything is bounded ([`limits`]), and whatever does not fit is reported with its line.
//!
//! A line that cannot be read, or that mentions what was never declared, is passed over, and reading goes on: most of the
//! picture is still true. It stops where the rest would make no sense: at a step that does not follow on the one before,
//! and when too many lines were broken.

use super::check::Checker;
use super::header::{self, Header};
use super::input::Input;
use super::recall::{Recall, Recalled};
use super::{Record, VERSION};
use crate::said::Said;
use std::fs::File;
use std::io::{self, BufRead, ErrorKind, Read};
use std::path::Path;

/// What a trace may have at most.
pub mod limits {
    /// Bytes of a line.
    pub const LINE_BYTES: usize = 8 << 20;
    /// Lines, and bytes of all lines.
    pub const LINES: u64 = 40_000_000;
    pub const BYTES: u64 = 8 << 30;
    /// Bytes by which lines are longer than [`ORDINARY_BYTES`], together: what long texts take.
    pub const LONG_BYTES: u64 = 1 << 30;
    /// Longer lines are counted.
    pub const ORDINARY_BYTES: usize = 256;
    /// Events, those that are given up later included.
    pub const EVENTS: u64 = 20_000_000;
    /// Lines of input.
    pub const INPUTS: u64 = 1_000_000;
    /// Threads and objects that are declared.
    pub const THREADS: u32 = 30_000;
    pub const OBJECTS: u32 = 1_000_000;
    /// Work: an event counts once, and once more for every `THREADS_AT_ONCE` threads there are. Giving up what happened
    /// after some step counts like an event for each `PICTURES`th part of all there are.
    pub const WORK: u64 = 1 << 30;
    pub(in crate::trace) const THREADS_AT_ONCE: u64 = 128;
    pub(in crate::trace) const PICTURES: u64 = 128;
    /// About how many bytes of memory the run takes when somebody keeps all of it (`model::History` does).
    pub const MEMORY_BYTES: u64 = 2 << 30;
    /// Broken lines before reading stops.
    pub const BROKEN: usize = 100;
}

/// Why nothing at all can be read.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    #[error("{0}")]
    Input(#[from] io::Error),
    #[error("the file is empty: there is no trace in it")]
    Empty,
    #[error("this is no trace: its first line is no header ({0})")]
    NoTrace(Said),
    #[error(
        "this trace has version {0} of the format, and this program reads versions up to {VERSION}: it takes a newer Lockstep"
    )]
    Newer(u64),
    #[error("line 1, the header: {0}")]
    Header(Said),
}

/// Something that is wrong with a trace that can be read otherwise.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {broken}")]
pub struct Problem {
    /// From 1; the header is line 1.
    pub line: u64,
    pub broken: Broken,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    /// The line was passed over.
    #[error("{0}; the line is passed over")]
    Skipped(Said),
    /// The line was taken, and something that should be before it is not there.
    #[error("{0}")]
    Missing(Said),
    /// The rest of the trace was not read.
    #[error("{0}; nothing is read from here on")]
    Stopped(Said),
}

/// Reads a trace, record by record. See the module.
pub struct Reader {
    input: Input,
    header: Header,
    checker: Checker,
    recall: Recall,
    /// The line that was read last.
    line: u64,
    buffer: Vec<u8>,
    bytes: u64,
    long_bytes: u64,
    problems: Vec<Problem>,
    over: bool,
    complete: bool,
}

/// What came of an attempt to read a line.
enum Got {
    Line,
    /// The last line, without its end.
    Fragment,
    TooLong,
    Nothing,
}

impl Reader {
    /// Opens a file, and reads the header.
    pub fn open(path: &Path) -> Result<Reader, Unreadable> {
        Reader::new(File::open(path)?)
    }

    /// Reads the header from a stream, packed or not.
    pub fn new(stream: impl Read + Send + 'static) -> Result<Reader, Unreadable> {
        let mut reader = Reader {
            input: Input::new(Box::new(stream))?,
            header: Header::default(),
            checker: Checker::default(),
            recall: Recall::default(),
            line: 0,
            buffer: Vec::new(),
            bytes: 0,
            long_bytes: 0,
            problems: Vec::new(),
            over: false,
            complete: false,
        };
        match reader.read_line()? {
            Got::Nothing => return Err(Unreadable::Empty),
            Got::TooLong => return Err(Unreadable::NoTrace(Said::new("broken-header-long"))),
            Got::Line | Got::Fragment => {}
        }
        let line =
            std::str::from_utf8(&reader.buffer).map_err(|_| Unreadable::NoTrace(Said::new("broken-header-binary")))?;
        reader.header = header::read(line.trim_start_matches('\u{feff}'))?;
        Ok(reader)
    }

    /// How the run was started.
    #[must_use]
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// What was wrong so far.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// True when the last record was there: nothing is missing at the end.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.complete
    }

    /// How many lines were read.
    #[must_use]
    pub fn lines(&self) -> u64 {
        self.line
    }

    /// How many bytes, unpacked.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// True when the next line may have to be waited for.
    #[must_use]
    pub fn must_wait(&self) -> bool {
        !self.input.has_line()
    }

    /// The next record that makes sense; `None` when there are no more. It waits as long as the input does.
    pub fn next_record(&mut self) -> Option<Record> {
        while !self.over {
            let got = self.read_line();
            match got {
                Ok(Got::Nothing) => self.over = true,
                Ok(Got::Line) => {
                    if let Some(record) = self.take() {
                        return Some(record);
                    }
                }
                Ok(Got::Fragment) => {
                    self.over = true;
                    // A line that was being written when the run was cut short is no mistake.
                    let recalled = self.recall.record(&self.buffer).ok()?;
                    return self.checked(recalled);
                }
                Ok(Got::TooLong) => {
                    let reason = Said::new("broken-line-long").with("most", limits::LINE_BYTES);
                    self.problem(Broken::Skipped(reason));
                }
                // A packed file that was cut short ends like this.
                Err(error) if error.kind() == ErrorKind::UnexpectedEof => self.over = true,
                Err(error) => self.stop(Said::new("broken-reading").with("reason", &error)),
            }
        }
        None
    }

    /// Makes a record of the line that was read.
    fn take(&mut self) -> Option<Record> {
        self.long_bytes += self.buffer.len().saturating_sub(limits::ORDINARY_BYTES) as u64;
        if self.long_bytes > limits::LONG_BYTES {
            self.stop(Said::new("broken-texts-long").with("most", limits::LONG_BYTES));
            return None;
        }
        match self.recall.record(&self.buffer) {
            Ok(recalled) => self.checked(recalled),
            Err(_) if self.buffer.trim_ascii().is_empty() => None,
            Err(reason) => {
                self.problem(Broken::Skipped(reason));
                None
            }
        }
    }

    /// The record, when it fits to those before it.
    fn checked(&mut self, recalled: Recalled) -> Option<Record> {
        let Recalled { mut record, known } = recalled;
        if let Record::End { .. } = record {
            self.complete = true;
            self.over = true;
        }
        match self.checker.check(&mut record, known) {
            Ok(None) => Some(record),
            Ok(Some(missing)) => {
                self.problem(missing);
                Some(record)
            }
            Err(broken) => {
                self.problem(broken);
                None
            }
        }
    }

    /// Notes that the line is broken.
    fn problem(&mut self, broken: Broken) {
        match broken {
            Broken::Skipped(_) => self.checker.pass_over(),
            Broken::Missing(_) => {}
            Broken::Stopped(_) => self.over = true,
        }
        self.problems.push(Problem { line: self.line, broken });
        if !self.over && self.problems.len() >= limits::BROKEN {
            self.stop(Said::new("broken-lines").with("n", limits::BROKEN));
        }
    }

    fn stop(&mut self, reason: Said) {
        self.problem(Broken::Stopped(reason));
    }

    /// Reads a line into the buffer, without its end. Of a line that is too long the rest is passed over.
    fn read_line(&mut self) -> io::Result<Got> {
        self.buffer.clear();
        self.line += 1;
        let limit = limits::LINE_BYTES as u64 + 1;
        let read = (&mut self.input).take(limit).read_until(b'\n', &mut self.buffer)?;
        self.count(read)?;
        if read == 0 {
            return Ok(Got::Nothing);
        }
        if self.buffer.last() == Some(&b'\n') {
            self.buffer.pop();
            return Ok(Got::Line);
        }
        if (read as u64) < limit {
            return Ok(Got::Fragment);
        }
        self.skip_line()?;
        Ok(Got::TooLong)
    }

    fn skip_line(&mut self) -> io::Result<()> {
        loop {
            let bytes = match self.input.fill_buf() {
                Ok(bytes) => bytes,
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            let (length, ended) = match bytes.iter().position(|byte| *byte == b'\n') {
                Some(place) => (place + 1, true),
                None => (bytes.len(), bytes.is_empty()),
            };
            self.input.consume(length);
            self.count(length)?;
            if ended {
                return Ok(());
            }
        }
    }

    /// Counts what was read.
    fn count(&mut self, bytes: usize) -> io::Result<()> {
        self.bytes += bytes as u64;
        if self.bytes > limits::BYTES {
            return Err(io::Error::other(Said::new("broken-bytes").with("most", limits::BYTES)));
        }
        if self.line > limits::LINES {
            return Err(io::Error::other(Said::new("broken-line-count").with("most", limits::LINES)));
        }
        Ok(())
    }
}
