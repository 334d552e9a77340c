//! What goes on beside a run: the clock on the wall, Ctrl-C, what is printed, what is typed.

use super::args::Simulation;
use super::exit::Failure;
use crate::event::Limit;
use crate::kernel::Output;
use crate::report;
use crate::said::Said;
use crossbeam_channel::{Receiver, TryRecvError, bounded};
use std::collections::VecDeque;
use std::io::{self, BufRead, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Looks at the clock and for Ctrl-C.
pub(super) struct Guard {
    timeout: Option<(u64, Instant)>,
    interrupted: Arc<AtomicBool>,
    /// Nobody reads any more what the run is recorded into.
    deserted: Option<Arc<AtomicBool>>,
}

impl Guard {
    pub(super) fn new(timeout_secs: Option<u64>) -> Result<Guard, Failure> {
        let end = |secs| Instant::now().checked_add(Duration::from_secs(secs)).map(|end| (secs, end));
        let interrupted = Arc::new(AtomicBool::new(false));
        listen(&interrupted)?;
        Ok(Guard { timeout: timeout_secs.and_then(end), interrupted, deserted: None })
    }

    /// The limit that was reached, if any.
    pub(super) fn look(&mut self) -> Option<Limit> {
        match self.timeout {
            Some((secs, end)) if Instant::now() >= end => Some(Limit::Time(secs)),
            _ if self.interrupted() || self.is_deserted() => Some(Limit::Time(0)),
            _ => None,
        }
    }

    /// From now on the run also ends when this becomes true.
    pub(super) fn end_with(&mut self, deserted: Arc<AtomicBool>) {
        self.deserted = Some(deserted);
    }

    fn is_deserted(&self) -> bool {
        self.deserted.as_ref().is_some_and(|deserted| deserted.load(Ordering::Relaxed))
    }

    /// From now on only Ctrl-C counts.
    pub(super) fn take_time(&mut self) {
        self.timeout = None;
    }

    pub(super) fn interrupted(&self) -> bool {
        self.interrupted.load(Ordering::Relaxed)
    }
}

/// The first Ctrl-C is noted, a second one ends the process: the run may be deep in a single long step.
#[cfg(unix)]
fn listen(interrupted: &Arc<AtomicBool>) -> Result<(), Failure> {
    use signal_hook::consts::SIGINT;
    use signal_hook::flag::{register, register_conditional_shutdown};
    let failed = |error| Failure::files(Said::new("file-interrupt").with("reason", &error));
    register_conditional_shutdown(SIGINT, 130, Arc::clone(interrupted)).map_err(failed)?;
    register(SIGINT, Arc::clone(interrupted)).map(|_| ()).map_err(failed)
}

#[cfg(not(unix))]
fn listen(_: &Arc<AtomicBool>) -> Result<(), Failure> {
    Ok(())
}

/// Prints what the program has printed since the last time, made harmless.
pub(super) struct Printer<'a> {
    out: &'a mut dyn Write,
    printed_bytes: usize,
    /// A prompt that was printed before it is part of the output.
    ahead: Option<Arc<str>>,
    failed: Option<io::Error>,
}

impl<'a> Printer<'a> {
    pub(super) fn new(out: &'a mut dyn Write) -> Printer<'a> {
        Printer { out, printed_bytes: 0, ahead: None, failed: None }
    }

    /// A failure ends the run: nobody reads what it prints.
    pub(super) fn print(&mut self, output: &Output) -> Option<Limit> {
        if self.failed.is_none() {
            self.failed = self.write(output).err();
        }
        self.failed.is_some().then_some(Limit::Time(0))
    }

    fn write(&mut self, output: &Output) -> io::Result<()> {
        let mut skip = self.printed_bytes;
        for piece in output.pieces() {
            let fresh = piece.get(skip.min(piece.len())..).unwrap_or("");
            skip = skip.saturating_sub(piece.len());
            self.printed_bytes += fresh.len();
            let ahead = self.ahead.take_if(|ahead| fresh.contains(&**ahead));
            let (before, after) = ahead.and_then(|ahead| fresh.split_once(&*ahead)).unwrap_or((fresh, ""));
            for text in [before, after] {
                self.out.write_all(report::plain(text).as_bytes())?;
            }
        }
        self.out.flush()
    }

    /// Prints a prompt now: on real threads it is part of the output only when it is answered.
    pub(super) fn prompt(&mut self, prompt: &Arc<str>) {
        if self.failed.is_none() && self.ahead.is_none() {
            self.ahead = Some(Arc::clone(prompt));
            let shown = self.out.write_all(report::plain(prompt).as_bytes()).and_then(|()| self.out.flush());
            self.failed = shown.err();
        }
    }

    pub(super) fn finish(self) -> io::Result<()> {
        self.failed.map_or(Ok(()), Err)
    }
}

/// Where the lines for `input()` come from: the command line first, then standard input.
pub(super) struct Inputs {
    first: VecDeque<Option<Arc<str>>>,
    /// The lines are all known: standard input is not asked.
    closed: bool,
    /// A line that standard input was asked for.
    asked: Option<Receiver<Option<Arc<str>>>>,
    /// Every line that was given.
    pub(super) given: Vec<Option<Arc<str>>>,
}

impl Inputs {
    /// The lines of the command line, then those of standard input.
    pub(super) fn of(how: &Simulation) -> Inputs {
        Inputs::new(some(&how.rules.input), how.input_ends)
    }

    /// These lines, then the end of the input.
    pub(super) fn only(lines: &[String]) -> Inputs {
        Inputs::new(some(lines), true)
    }

    /// The lines that were given when the same run was made before.
    pub(super) fn known(lines: Vec<Option<Arc<str>>>) -> Inputs {
        Inputs::new(lines.into(), true)
    }

    fn new(first: VecDeque<Option<Arc<str>>>, closed: bool) -> Inputs {
        Inputs { first, closed, asked: None, given: Vec::new() }
    }

    /// The next line. It may take as long as a person takes.
    pub(super) fn next(&mut self) -> Option<Arc<str>> {
        let line = match self.known_line() {
            Answer::Line(line) => line,
            Answer::NotYet => read_line(),
        };
        self.given.push(line.clone());
        line
    }

    /// The next line, if it is there already. Standard input is read beside the run: who waits for a line still hears
    /// Ctrl-C.
    pub(super) fn poll(&mut self) -> Answer {
        let answer = match &self.asked {
            Some(asked) => match asked.try_recv() {
                Ok(line) => Answer::Line(line),
                Err(TryRecvError::Disconnected) => Answer::Line(None),
                Err(TryRecvError::Empty) => return Answer::NotYet,
            },
            None => self.known_line(),
        };
        match &answer {
            Answer::Line(line) => {
                self.asked = None;
                self.given.push(line.clone());
            }
            Answer::NotYet => self.asked = Some(ask()),
        }
        answer
    }

    /// The next line, when standard input is not needed for it.
    fn known_line(&mut self) -> Answer {
        match self.first.pop_front() {
            Some(line) => Answer::Line(line),
            None if self.closed => Answer::Line(None),
            None => Answer::NotYet,
        }
    }
}

/// What [`Inputs::poll`] has to say.
pub(super) enum Answer {
    /// A line, or the end of the input.
    Line(Option<Arc<str>>),
    NotYet,
}

/// Reads a line on a thread of its own. When it cannot be started, the channel is closed: there is no line.
fn ask() -> Receiver<Option<Arc<str>>> {
    let (out, asked) = bounded(1);
    let read = move || drop(out.send(read_line()));
    drop(std::thread::Builder::new().name("input".into()).spawn(read));
    asked
}

fn some(lines: &[String]) -> VecDeque<Option<Arc<str>>> {
    lines.iter().map(|line| Some(line.as_str().into())).collect()
}

fn read_line() -> Option<Arc<str>> {
    let mut line = Vec::new();
    match io::stdin().lock().read_until(b'\n', &mut line) {
        Ok(0) | Err(_) => None,
        Ok(_) => Some(String::from_utf8_lossy(&line).trim_end_matches(['\n', '\r']).into()),
    }
}
