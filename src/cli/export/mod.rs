//! `lockstep export`: a recorded run as a picture, a page or a table.
//!
//! | module | what is in it |
//! |---|---|
//! | `options` | the options, and which formats they mean something for |
//! | `reading` | the recording |
//! | `whole` | a file that is written whole or not at all |

mod options;
mod reading;
mod whole;

pub(super) use options::Export;

use super::Context;
use super::exit::{Exit, Failure, Outcome};
use crate::model::Recording;
use crate::report::export::Format;
use std::io::{self, Write};
use std::path::Path;

pub(super) fn export(context: &Context, asked: &Export, out: &mut dyn Write) -> Outcome {
    let format = asked.format()?;
    asked.refuse_useless(format)?;
    let recording = reading::read(&asked.trace, &context.words)?;
    asked.check_steps(recording.history.last_step())?;
    match asked.file() {
        None => write(format, &recording, asked, context, out)?,
        Some(path) => {
            let fill = |out: &mut dyn Write| write(format, &recording, asked, context, out);
            whole::write(path, asked.replacing(), &fill).map_err(|error| failure(&error, path, context))?;
        }
    }
    Ok(Exit::Done)
}

/// Writes the recording in this format.
fn write(
    format: Format,
    recording: &Recording,
    asked: &Export,
    context: &Context,
    out: &mut dyn Write,
) -> io::Result<()> {
    let _ = (recording, asked, context, out);
    match format {
        Format::Perfetto | Format::Cast | Format::Svg | Format::Html | Format::Mermaid | Format::Dot | Format::Csv => {
            Err(io::Error::new(io::ErrorKind::Unsupported, format!("{} is not there yet", format.name())))
        }
    }
}

/// Place, reason, remedy.
fn failure(error: &whole::Error, path: &Path, context: &Context) -> Failure {
    let place = [("path", path.display().to_string().into())];
    Failure::files(match error {
        whole::Error::Exists => context.words.with("unwritten-exists", &place),
        whole::Error::IsDirectory => context.words.with("unwritten-directory", &place),
        whole::Error::NoDirectory => context.words.with("unwritten-nowhere", &place),
        whole::Error::Denied => context.words.with("unwritten-denied", &place),
        whole::Error::Other(error) => {
            let [place] = place;
            context.words.with("unwritten-other", &[place, ("reason", error.to_string().into())])
        }
    })
}
