//! Exit codes, as the contract names them, and the failures that lead to them.

use crate::said::Said;
use crate::words::Words;
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
    pub message: Told,
}

/// What is written to standard error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Told {
    /// In the language of the words already.
    Text(String),
    /// To be told in it, a line for each.
    Said(Vec<Said>),
}

impl Told {
    /// In this language.
    pub(super) fn text(&self, words: &Words) -> String {
        match self {
            Told::Text(text) => text.clone(),
            Told::Said(lines) => lines.iter().map(|line| words.said(line)).collect::<Vec<_>>().join("\n"),
        }
    }
}

impl From<String> for Told {
    fn from(text: String) -> Told {
        Told::Text(text)
    }
}

impl From<Said> for Told {
    fn from(said: Said) -> Told {
        Told::Said(vec![said])
    }
}

impl From<Vec<Said>> for Told {
    fn from(lines: Vec<Said>) -> Told {
        Told::Said(lines)
    }
}

impl Failure {
    pub(super) fn usage(message: impl Into<Told>) -> Failure {
        Failure { exit: Exit::Usage, message: message.into() }
    }

    pub(super) fn files(message: impl Into<Told>) -> Failure {
        Failure { exit: Exit::Files, message: message.into() }
    }
}

/// Writing to standard output failed. When the reader has gone (`lockstep list | head`), that is nobody's mistake.
impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Failure {
        if error.kind() == std::io::ErrorKind::BrokenPipe {
            return Failure { exit: Exit::Done, message: Told::Said(Vec::new()) };
        }
        Failure::files(Said::new("file-output").with("reason", &error))
    }
}

pub(super) type Outcome = Result<Exit, Failure>;
