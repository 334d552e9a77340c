//! What is wrong with a source file, as data.

use super::Span;
use crate::said::Said;

/// What kind of problem a diagnostic reports; the names are part of the command line's contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Problem {
    /// Not Python.
    Syntax,
    /// Python, but outside the subset that is simulated.
    Unsupported,
    /// A name that is bound nowhere.
    UnknownName,
    /// A module, or a name of a module, that does not exist here.
    UnknownModule,
    /// The file as a whole: too large, not text, empty.
    File,
    /// A parameter (`-p name=value`) that does not fit.
    Parameter,
    /// Not a mistake: there is nothing to run. The program is valid all the same.
    Empty,
    /// A comment that names a picture there is none of. The program runs with the usual one.
    Stage,
}

impl Problem {
    /// False for what is only worth saying.
    #[must_use]
    pub const fn is_error(self) -> bool {
        !matches!(self, Problem::Empty | Problem::Stage)
    }

    /// The name in `check --json`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Problem::Syntax => "syntax",
            Problem::Unsupported => "unsupported",
            Problem::UnknownName => "unknown_name",
            Problem::UnknownModule => "unknown_module",
            Problem::File => "file",
            Problem::Parameter => "parameter",
            Problem::Empty => "empty",
            Problem::Stage => "stage",
        }
    }
}

/// One problem of a source file: where, what, and what to write instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    pub span: Span,
    pub problem: Problem,
    /// The reason, one sentence without a full stop.
    pub message: Said,
    /// The remedy, one sentence without a full stop.
    pub help: Option<Said>,
}

impl Diagnostic {
    /// A problem for which there is no remedy to name.
    #[must_use]
    pub const fn new(span: Span, problem: Problem, message: Said) -> Diagnostic {
        Diagnostic { span, problem, message, help: None }
    }

    /// The same with a remedy.
    #[must_use]
    pub fn help(mut self, help: Said) -> Diagnostic {
        self.help = Some(help);
        self
    }
}
