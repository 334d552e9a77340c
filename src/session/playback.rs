//! The session's OS thread when the run was made before: reads it from its file and tells it.
//!
//! ```text
//!  file ── the reader's OS thread ── portions ──> playback ── updates ──> watcher
//!                                                  │    ↑
//!                              decisions, prints <─┘    └── controls
//! ```
//!
//! The file may be a stream that somebody else is still writing, so it is read on an OS thread of its own: whoever watches
//! is answered meanwhile. The watcher goes along what is there by itself. Only what is not on the tape is asked for here;
//! then the run is [made again](super::remake) in the simulator up to that place, and the ordinary worker goes on with it.

use super::desk::{Desk, Gone, Heard};
use super::ledger::Ledger;
use super::remake::{Remade, remake};
use super::run::Run;
use super::{BATCH_EVENTS, Batch, Control, Pause, Reading, Start, Tape, Unresumable, Update, worker};
use crate::event::{Choice, Event};
use crate::ids::Step;
use crate::said::Said;
use crate::sched::SchedulerKind;
use crate::trace::{Feed, Portion, Problem, Reader};
use crossbeam_channel::{Receiver, Sender, bounded, never};
use std::collections::VecDeque;
use std::sync::Arc;

/// Portions that may wait to be told before the reader waits.
const PORTIONS_WAITING: usize = 4;

/// What the reader says.
enum News {
    Portion(Portion),
    /// More is known about the file.
    Read(Reading),
}

/// See the module.
struct Playback<'a> {
    desk: &'a mut Desk,
    /// How the run was started; `None` when there is no program.
    start: Option<Start>,
    /// The lines of input that the run was started with.
    given: Vec<Arc<str>>,
    news: Receiver<News>,
    ledger: Ledger,
    reading: Reading,
    /// The scheduler that somebody wants from here on.
    scheduler: Option<(SchedulerKind, u64)>,
}

/// Tells a recorded run until another run is to begin.
pub(super) fn work(start: Start, desk: &mut Desk) -> Result<Start, Gone> {
    desk.say(Update::Reset(Arc::new(start.clone())))?;
    let reader = start.tape.as_ref().and_then(Tape::take);
    let given = start.inputs.clone();
    Playback::new(desk, Some(start), given, reader)?.serve()
}

/// The same when there is no program that could be run.
pub(super) fn recite(tape: &Tape, desk: &mut Desk) -> Result<Start, Gone> {
    let given = tape.header().inputs.clone();
    Playback::new(desk, None, given, tape.take())?.serve()
}

impl<'a> Playback<'a> {
    fn new(
        desk: &'a mut Desk,
        start: Option<Start>,
        given: Vec<Arc<str>>,
        reader: Option<Reader>,
    ) -> Result<Playback<'a>, Gone> {
        let (out, news) = bounded(PORTIONS_WAITING);
        let spawned = match reader {
            Some(reader) => std::thread::Builder::new().name("trace reader".into()).spawn(move || read(reader, &out)),
            None => Err(std::io::Error::other("this recording is being shown already")),
        };
        if let Err(error) = spawned {
            desk.say(Update::Failed(error.to_string()))?;
            return Err(Gone);
        }
        let ledger = Ledger::default();
        Ok(Playback { desk, start, given, news, ledger, reading: Reading::default(), scheduler: None })
    }

    fn serve(mut self) -> Result<Start, Gone> {
        // Whoever watches can begin at once.
        self.idle(Pause::Done)?;
        loop {
            match self.desk.next_or(&self.news)? {
                Heard::News(Some(news)) => self.tell(news)?,
                Heard::News(None) => self.stop_reading()?,
                Heard::Control(Control::Restart(start)) => return Ok(*start),
                Heard::Control(Control::Quit) => return Err(Gone),
                Heard::Control(Control::Scheduler { kind, seed }) => self.scheduler = Some((kind, seed)),
                Heard::Control(Control::Breakpoints(breakpoints)) => self.desk.breakpoints = breakpoints,
                Heard::Control(Control::Pace(_)) => {}
                Heard::Control(Control::Stop | Control::Input { .. }) => self.idle(Pause::Done)?,
                Heard::Control(control) => {
                    if let Some(end) = self.wanted(control) {
                        return end;
                    }
                }
            }
        }
    }

    /// Tells what was read.
    fn tell(&mut self, news: News) -> Result<(), Gone> {
        match news {
            News::Read(reading) => {
                self.reading = reading.clone();
                self.desk.say(Update::Read(reading))
            }
            News::Portion(portion) => {
                self.ledger.take(&portion);
                if let Some((to, _)) = portion.cut {
                    self.desk.say(Update::Truncated { to })?;
                }
                // What is left after a cut is known here; whoever hears of the cut alone can only guess.
                if portion.cut.is_some() || !portion.inputs.is_empty() {
                    let lines = self.ledger.lines(&self.given).split_off(self.given.len());
                    self.desk.say(Update::Typed { lines })?;
                }
                if let Some(count) = portion.lost {
                    self.desk.say(Update::Lost { count })?;
                }
                if portion.events.is_empty() {
                    return Ok(());
                }
                self.desk.say(Update::Steps(Arc::new(Batch { events: portion.events, choices: portion.choices })))
            }
        }
    }

    /// There will be no more news.
    fn stop_reading(&mut self) -> Result<(), Gone> {
        self.news = never();
        if self.reading.over {
            return Ok(());
        }
        // The reader has not come to say so.
        self.desk.say(Update::Failed("the trace could not be read on".to_owned()))?;
        Err(Gone)
    }

    /// Somebody wants more than is on the tape. When another run is to begin after that, or nobody is there any more, it
    /// comes back with that.
    fn wanted(&mut self, control: Control) -> Option<Result<Start, Gone>> {
        let last = self.ledger.last_step().unwrap_or_default();
        let from = match control {
            Control::Choose { from, choice } if self.ledger.choice_after(from) == Some(choice) => None,
            Control::Choose { from, .. } => Some(from.min(last)),
            Control::Run { from, count } if Step(from.0.saturating_add(count)) <= last => None,
            // What is yet to come from the file comes first.
            _ if !self.reading.over => None,
            _ => Some(last),
        };
        match from {
            None => self.idle(Pause::Done).err().map(Err),
            Some(from) => self.resume(from, control),
        }
    }

    /// Makes the run again up to this step, and lets it go on from there.
    fn resume(&mut self, at: Step, control: Control) -> Option<Result<Start, Gone>> {
        let remade = match &self.start {
            None => Ok(Remade::No(Unresumable::NoProgram)),
            Some(start) if start.live.is_some() => Ok(Remade::No(Unresumable::Real)),
            Some(_) if self.ledger.last_step().is_none() => Ok(Remade::No(Unresumable::Empty)),
            Some(start) => remake(start, &self.ledger, at, self.desk),
        };
        match (remade, self.start.clone()) {
            (Ok(Remade::Run(run, _)), Some(_)) if let Some((choice, reason)) = misfit(&run, &control) => {
                let refused = Update::Refused { at, choice, reason };
                self.desk.say(refused).and_then(|()| self.idle(Pause::Done)).err().map(Err)
            }
            (Ok(Remade::Run(mut run, rest)), Some(mut start)) => {
                if let Err(gone) = self.announce(at, rest) {
                    return Some(Err(gone));
                }
                if let Some((kind, seed)) = self.scheduler {
                    run.set_scheduler(kind, seed);
                    start.scheduler = kind;
                }
                start.max_steps = start.max_steps.saturating_add(at.0);
                self.desk.waiting.push_front(control);
                // The rest of the file is of no use any more.
                (self.news, self.ledger) = (never(), Ledger::default());
                Some(worker::go_on(start, *run, self.desk))
            }
            (Ok(Remade::No(why)), _) => {
                self.desk.say(Update::NotResumed { at, why }).and_then(|()| self.idle(Pause::Done)).err().map(Err)
            }
            (Ok(_), _) => {
                self.take_back_stop();
                self.idle(Pause::Stopped).err().map(Err)
            }
            (Err(gone), _) => Some(Err(gone)),
        }
    }

    /// Says that the run goes on from this step, `rest` being what the file lacks of it.
    fn announce(&mut self, at: Step, rest: Vec<Event>) -> Result<(), Gone> {
        if self.ledger.last_step().is_some_and(|last| at < last) {
            self.desk.say(Update::Truncated { to: at })?;
        }
        if !rest.is_empty() {
            self.desk.say(Update::Steps(Arc::new(Batch { events: rest, choices: Vec::new() })))?;
        }
        self.desk.say(Update::Resumed { at })
    }

    /// The stop that was said has been obeyed.
    fn take_back_stop(&mut self) {
        let waiting: &mut VecDeque<Control> = &mut self.desk.waiting;
        if let Some(place) = waiting.iter().position(|control| matches!(control, Control::Stop)) {
            waiting.remove(place);
        }
    }

    fn idle(&mut self, pause: Pause) -> Result<(), Gone> {
        let at = self.ledger.last_step().unwrap_or_default();
        self.desk.say(Update::Candidates { at, list: Vec::new() })?;
        self.desk.say(Update::Idle { at, pause })
    }
}

/// Why the choice that is wanted cannot be made where the run stands.
fn misfit(run: &Run, control: &Control) -> Option<(Choice, Said)> {
    let Control::Choose { choice, .. } = control else { return None };
    let misfit = run.fits_after(run.step(), run.way(run.step(), *choice)).err()?;
    Some((*choice, misfit.said()))
}

/// The reader's OS thread. It ends when nobody wants to hear of it, or with the file.
fn read(reader: Reader, out: &Sender<News>) {
    let mut feed = Feed::new(reader);
    let mut known = 0;
    while let Some(portion) = feed.next_portion(BATCH_EVENTS) {
        let problems = feed.problems();
        if problems.len() > known {
            known = problems.len();
            let reading = Reading { problems: Arc::<[Problem]>::from(problems), ..Reading::default() };
            if out.send(News::Read(reading)).is_err() {
                return;
            }
        }
        if out.send(News::Portion(portion)).is_err() {
            return;
        }
    }
    let complete = feed.reader().is_complete();
    let reading = Reading { over: true, complete, problems: feed.problems().into() };
    // Nobody may be there any more.
    let _ = out.send(News::Read(reading));
}
