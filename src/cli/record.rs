//! `--record`: the run becomes a file while it goes on.

use super::exit::Failure;
use crate::said::Said;
use crate::trace::whole::Unwritten;
use crate::trace::{Header, Packing, Recorder, limits};
use crate::tui::{Recordings, Unrecorded};
use crate::words::{Arg, Words, grouped, safe};
use clap::Args;
use std::fs::File;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// Where the run is recorded.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "The run")]
pub(super) struct Recording {
    /// Record the run in this file (.jsonl, or .jsonl.gz, which is packed); - is standard output
    #[arg(long, value_name = "FILE")]
    pub record: Option<PathBuf>,
    /// With --record: replace the file when there is one already
    #[arg(long, requires = "record")]
    pub force: bool,
}

impl Recording {
    /// The trace goes to standard output, so that nothing else may.
    pub(super) fn takes_output(&self) -> bool {
        self.record.as_deref() == Some(Path::new("-"))
    }

    /// Begins the recording, if one is wanted. `program` is the file that is run: it is not what should be written over.
    pub(super) fn begin(
        &self,
        program: Option<&Path>,
        header: &Header,
        words: &Words,
    ) -> Result<Option<Tape>, Failure> {
        let Some(path) = self.path(program, words)? else { return Ok(None) };
        let begun = if self.takes_output() {
            standard_output().and_then(|out| Recorder::start(out, Packing::Plain, header))
        } else {
            Recorder::create(path, self.force, header)
        };
        match begun {
            Ok(recorder) => Ok(Some(Tape { recorder, path: path.to_owned() })),
            Err(error) => Err(Failure::files(unbegun(path, error, words))),
        }
    }
}

impl Recording {
    /// The file, unless it is that of the program.
    fn path(&self, program: Option<&Path>, words: &Words) -> Result<Option<&Path>, Failure> {
        self.spare(program, "unrecorded-program", words)?;
        Ok(self.record.as_deref())
    }

    /// Refuses to write over this file, with the message of this key.
    fn spare(&self, file: Option<&Path>, key: &str, words: &Words) -> Result<(), Failure> {
        let (Some(file), Some(path)) = (file, &self.record) else { return Ok(()) };
        if matches!((file.canonicalize(), path.canonicalize()), (Ok(a), Ok(b)) if a == b) {
            return Err(Failure::usage(words.with(key, &[("path", path.display().to_string().into())])));
        }
        Ok(())
    }

    /// The same for a recording that is shown: what is made of it is recorded.
    pub(super) fn begin_on_recording(&self, trace: &Path, words: &Words) -> Result<Option<Recordings>, Failure> {
        self.spare(Some(trace), "unrecorded-trace", words)?;
        self.begin_on_stage(None, words)
    }

    /// The same for the interface, in which every run is recorded.
    pub(super) fn begin_on_stage(&self, program: Option<&Path>, words: &Words) -> Result<Option<Recordings>, Failure> {
        let Some(path) = self.path(program, words)? else { return Ok(None) };
        if self.takes_output() {
            return Err(Failure::usage(Said::new("option-interface-output")));
        }
        let begun = Recordings::begin(path, self.force);
        begun.map(Some).map_err(|error| Failure::files(unbegun(path, error, words)))
    }

    /// In the gallery there is no run yet that could be recorded.
    pub(super) fn refuse_gallery(&self) -> Result<(), Failure> {
        match self.record {
            Some(_) => Err(Failure::usage(Said::new("option-record-target"))),
            None => Ok(()),
        }
    }
}

/// Ends the recordings of the interface and says where they are.
pub(super) fn tell(mut recordings: Recordings, words: &Words) -> Result<(), Failure> {
    let finished = recordings.finish();
    let mut err = io::stderr().lock();
    for path in recordings.files() {
        let path = ("path", safe(&path.display().to_string()).into_owned().into());
        // Whoever does not read this knows the name.
        let _ = writeln!(err, "lockstep: {}", words.with("recorded-in", &[path]));
    }
    finished.map_err(|Unrecorded { path, error }| {
        Failure::files(words.with("unrecorded-rest", &place_and_reason(&path, &error, words)))
    })
}

/// Standard output, past whoever holds its lock.
#[cfg(unix)]
fn standard_output() -> io::Result<File> {
    use std::os::fd::AsFd;
    Ok(File::from(io::stdout().as_fd().try_clone_to_owned()?))
}

#[cfg(windows)]
fn standard_output() -> io::Result<File> {
    use std::os::windows::io::AsHandle;
    Ok(File::from(io::stdout().as_handle().try_clone_to_owned()?))
}

#[cfg(not(any(unix, windows)))]
fn standard_output() -> io::Result<File> {
    Err(ErrorKind::Unsupported.into())
}

fn unbegun(path: &Path, error: io::Error, words: &Words) -> String {
    match Unwritten::from(error) {
        Unwritten::Other(error) => words.with("unrecorded-begin", &place_and_reason(path, &error, words)),
        why => words.unwritten(path, &why),
    }
}

fn place_and_reason<'a>(path: &Path, error: &io::Error, words: &Words) -> [(&'static str, Arg<'a>); 2] {
    [("path", path.display().to_string().into()), ("reason", words.failed(error).into())]
}

/// The file that is being written.
pub(super) struct Tape {
    pub recorder: Recorder,
    path: PathBuf,
}

impl Tape {
    /// Writes the rest. What is wrong is a failure even when the run went well: a recording was wanted.
    pub(super) fn finish(self, words: &Words) -> Result<(), Unfinished> {
        match self.recorder.finish() {
            Ok(events) if events > limits::EVENTS => {
                let numbers = [("n", grouped(events).into()), ("most", grouped(limits::EVENTS).into())];
                // Whoever does not read this will be told by the reader.
                let _ = writeln!(io::stderr(), "lockstep: {}", words.with("recorded-long", &numbers));
                Ok(())
            }
            Ok(_) => Ok(()),
            Err(error) if error.kind() == ErrorKind::BrokenPipe => Err(Unfinished::NobodyReads(error.into())),
            Err(error) => {
                let message = words.with("unrecorded-rest", &place_and_reason(&self.path, &error, words));
                Err(Unfinished::Failed(Failure::files(message)))
            }
        }
    }
}

/// Why a recording lacks its end.
pub(super) enum Unfinished {
    /// Whoever read it from a pipe has gone, and is told nothing more.
    NobodyReads(Failure),
    Failed(Failure),
}
