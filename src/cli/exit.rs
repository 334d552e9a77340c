//! Exit codes, as the contract names them, and the failures that lead to them.

use std::fmt;
use std::process::ExitCode;

/// How the command ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Exit {
    /// It did what it was asked to, and found nothing wrong.
    Done = 0,
    /// A deadlock, a crash, a failed assertion.
    Finding = 1,
    /// The command line makes no sense.
    Usage = 2,
    /// The program does not parse, or is not in the subset.
    Refused = 3,
    /// A budget ran out before anything was found.
    Budget = 4,
    /// A file could not be read or written.
    Files = 5,
    Interrupted = 130,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(exit as u8)
    }
}

/// What kept a command from doing its work: one message for standard error, and the exit code.
#[derive(Debug)]
pub(super) struct Failure {
    pub exit: Exit,
    /// Place, reason, remedy.
    pub message: String,
}

impl Failure {
    pub(super) fn usage(message: impl Into<String>) -> Failure {
        Failure { exit: Exit::Usage, message: message.into() }
    }

    pub(super) fn refused(message: impl Into<String>) -> Failure {
        Failure { exit: Exit::Refused, message: message.into() }
    }

    pub(super) fn files(message: impl fmt::Display) -> Failure {
        Failure { exit: Exit::Files, message: message.to_string() }
    }
}

/// Writing to standard output failed. When the reader has gone (`lockstep list | head`), that is nobody's mistake.
impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Failure {
        if error.kind() == std::io::ErrorKind::BrokenPipe {
            return Failure { exit: Exit::Done, message: String::new() };
        }
        Failure::files(format!("standard output: {error}"))
    }
}

pub(super) type Outcome = Result<Exit, Failure>;
