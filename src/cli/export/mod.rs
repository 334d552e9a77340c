//! `lockstep export`: a recorded run as a picture, a page or a table.
//!
//! | module | what is in it |
//! |---|---|
//! | `options` | the options, and which formats they mean something for |
//! | `reading` | the recording |
//! | `picture` | exports for which the interface is drawn |

mod options;
mod picture;
mod reading;

pub(super) use options::Export;
pub(super) use reading::{open as open_trace, read};

use super::Context;
use super::exit::{Exit, Failure, Outcome};
use super::watch::Guard;
use crate::model::Recording;
use crate::report::export::{self, Format};
use crate::trace::whole;
use std::io::{self, Write};

pub(super) fn export(context: &Context, asked: &Export, out: &mut dyn Write) -> Outcome {
    let format = asked.format()?;
    asked.refuse_useless(format)?;
    asked.spare_the_trace()?;
    let recording = reading::read(&asked.trace, &context.words)?;
    asked.check_steps(recording.history.last_step())?;
    let guard = Guard::new(None)?;
    let fill = |out: &mut dyn Write| {
        let mut out = Interruptible { out, guard: &guard };
        write(format, &recording, asked, context, &mut out)
    };
    let written = match asked.file() {
        None => fill(out).map_err(Failure::from),
        Some(path) => whole::write(path, asked.existing(), &fill)
            .map_err(|why| Failure::files(context.words.unwritten(path, &why))),
    };
    match written {
        Err(_) if guard.interrupted() => Ok(Exit::Interrupted),
        written => written.map(|()| Exit::Done),
    }
}

/// Writes the recording in this format.
fn write(
    format: Format,
    recording: &Recording,
    asked: &Export,
    context: &Context,
    out: &mut dyn Write,
) -> io::Result<()> {
    let words = &context.words;
    match format {
        Format::Perfetto => export::perfetto::write(recording, words, out),
        Format::Mermaid => export::mermaid::write(recording, asked.steps(), words, out),
        Format::Dot => export::dot::write(recording, asked.at(), words, out),
        Format::Csv => export::csv::write(recording, asked.steps(), words, out),
        Format::Html => export::html::write(recording, words, out),
        Format::Svg => picture::svg(recording, asked, context, out),
        Format::Cast => picture::cast(recording, asked, context, out),
    }
}

/// Fails after Ctrl-C, so that whoever writes stops and cleans up.
struct Interruptible<'a> {
    out: &'a mut dyn Write,
    guard: &'a Guard,
}

impl Interruptible<'_> {
    fn look(&self) -> io::Result<()> {
        // Not `Interrupted`: that would make `write_all` try again.
        if self.guard.interrupted() { Err(io::Error::other("interrupted")) } else { Ok(()) }
    }
}

impl Write for Interruptible<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.look()?;
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.look()?;
        self.out.flush()
    }
}
