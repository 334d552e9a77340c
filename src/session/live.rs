//! The session's OS thread when threads are real: opens and closes their gate, reads what they have done, says it.
//!
//! ```text
//!              run, until ──> Open ──── breakpoint, stop, what was waited for ──┐
//!  Closed ──>                                                                   ├──> Closing ──> Closed, Idle
//!              run n ───────> Permitted ── all of them are used up ─────────────┘
//! ```
//!
//! Nobody is waited for but those who do something: a thread that sleeps, or waits for another one, is held up anyway. It
//! may still finish what it began, and the steps it makes are said although the gate is closed.
//!
//! The worker looks for news now and then. As long as the watcher has not taken what it was told, the worker does not look:
//! the records wait in the probe, and what is in there holds the threads up (or is dropped, where a program must not be).

use super::desk::{Desk, Gone};
use super::scout::Scout;
use super::threads::Threads;
use super::watch::Watched;
use super::{BATCH_EVENTS, Batch, Breakpoint, Control, Pause, Start, Stop, Update};
use crate::event::{Choice, Event, EventKind, Sink};
use crate::ids::Step;
use crate::kernel::Options;
use crate::kernel::live::{Live, alternative};
use crate::said::Said;
use std::collections::VecDeque;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How often the worker looks for news while something is going on, and while nothing should be.
const LOOK: Duration = Duration::from_millis(4);
const LOOK_SELDOM: Duration = Duration::from_millis(20);
/// So many events at once are a reason to look again at once.
const MANY: u32 = 1024;
/// Who does not come to the gate in this time computes, or waits for something that nobody knows of.
const PATIENCE: Duration = Duration::from_secs(1);
/// More steps than these of a program that cannot be ended are not watched.
const WATCHED_STEPS_MAX: u32 = 8_000_000;

/// See the module.
#[derive(Clone, Debug, PartialEq)]
enum Phase {
    Open {
        stop: Option<Stop>,
        /// The line on which the thread of [`Stop::Line`] stood.
        line: u32,
    },
    Permitted,
    Closing {
        pause: Pause,
        since: Instant,
    },
    Closed,
    Over(Pause),
}

/// See the module.
struct Worker<'a, T> {
    desk: &'a mut Desk,
    threads: T,
    /// Nobody looks any more after so many steps: who would keep all that happens?
    max_steps: u32,
    scout: Scout,
    phase: Phase,
    /// What is to be said.
    outbox: VecDeque<Update>,
    /// The end of what was said.
    at: Step,
    /// The last news were many.
    hurry: bool,
    /// A person was asked for a line of input.
    asked: bool,
    /// How much was said to be lost.
    lost: u64,
}

/// Runs a program on real threads until another run is to begin. Nothing of them is left then.
pub(super) fn work(start: Start, desk: &mut Desk) -> Result<Start, Gone> {
    let start = Arc::new(start);
    desk.say(Update::Reset(Arc::clone(&start)))?;
    let options = Options { seed: start.seed, ..start.options.clone() };
    let how = start.live.clone().unwrap_or_default();
    let mut threads = match Live::start(Arc::clone(&start.program), options, &how) {
        Ok(threads) => threads,
        Err(error) => {
            desk.say(Update::Failed(error.to_string()))?;
            return Err(Gone);
        }
    };
    threads.limit_steps(start.max_steps.into());
    for line in &start.inputs {
        threads.give_input(Some(Arc::clone(line)));
    }
    Worker::new(desk, threads, u32::MAX).serve()
}

/// Watches a program that runs by itself, until nobody is there any more.
pub(super) fn watch(threads: Watched, desk: &mut Desk) -> Result<Start, Gone> {
    Worker::new(desk, threads, WATCHED_STEPS_MAX).serve()
}

impl<'a, T: Threads> Worker<'a, T> {
    fn new(desk: &'a mut Desk, threads: T, max_steps: u32) -> Worker<'a, T> {
        let phase = if threads.gate().is_closed() { closing(Pause::Done) } else { Phase::Open { stop: None, line: 0 } };
        Worker {
            desk,
            threads,
            max_steps,
            scout: Scout::default(),
            phase,
            outbox: VecDeque::new(),
            at: Step(0),
            hurry: false,
            asked: false,
            lost: 0,
        }
    }

    fn serve(&mut self) -> Result<Start, Gone> {
        loop {
            let mut control = self.desk.hand_over(&mut self.outbox)?;
            if control.is_none() && self.outbox.is_empty() {
                control = self.rest()?;
            }
            match control {
                Some(Control::Restart(start)) => return Ok(*start),
                Some(Control::Quit) => return Err(Gone),
                Some(control) => self.obey(control),
                None => {}
            }
            if self.outbox.is_empty() {
                self.look();
            }
        }
    }

    /// Waits until it is time to look for news, or somebody says something.
    fn rest(&mut self) -> Result<Option<Control>, Gone> {
        match self.phase {
            Phase::Over(_) => self.desk.next().map(Some),
            Phase::Closed => self.desk.next_within(LOOK_SELDOM),
            _ => self.desk.next_within(if self.hurry { Duration::ZERO } else { LOOK }),
        }
    }

    // ---- what is said to it ----

    fn obey(&mut self, control: Control) {
        match control {
            Control::Run { count: u32::MAX, .. } | Control::Until { stop: Stop::End, .. } => self.open(None),
            Control::Until { stop, .. } => self.open(Some(stop)),
            Control::Run { count, .. } => self.permit(count),
            Control::Stop => self.stop(),
            Control::Pace(pace) => self.threads.gate().set_pace(pace),
            Control::Breakpoints(breakpoints) => self.desk.breakpoints = breakpoints,
            Control::Input { line } => {
                self.asked = false;
                self.threads.give_input(line);
            }
            Control::Choose { from, choice } => self.refuse(from, choice),
            // Nobody schedules real threads; the others were dealt with before.
            Control::Scheduler { .. } | Control::Restart(_) | Control::Quit => {}
        }
    }

    /// Lets everybody go on.
    fn open(&mut self, stop: Option<Stop>) {
        if !self.give_way() {
            return;
        }
        let line = match stop {
            Some(Stop::Line(thread)) => self.scout.line(thread),
            _ => 0,
        };
        self.scout.begin_step();
        self.phase = Phase::Open { stop, line };
        self.threads.gate().open();
    }

    /// Lets so many operations pass.
    fn permit(&mut self, count: u32) {
        if !self.give_way() {
            return;
        }
        self.phase = Phase::Permitted;
        // What is left of an earlier permission goes.
        self.threads.gate().close();
        self.threads.gate().permit(count.into());
    }

    /// Ends what is being done, because something else is to be done. False when nothing can be: the run is over.
    fn give_way(&mut self) -> bool {
        match self.phase.clone() {
            Phase::Over(pause) => {
                self.idle(pause);
                false
            }
            Phase::Open { .. } | Phase::Permitted => {
                self.idle(Pause::Stopped);
                true
            }
            Phase::Closing { pause, .. } => {
                self.idle(pause);
                true
            }
            Phase::Closed => true,
        }
    }

    fn stop(&mut self) {
        match self.phase.clone() {
            Phase::Open { .. } | Phase::Permitted => self.close(Pause::Stopped),
            // It is being done.
            Phase::Closing { .. } => {}
            Phase::Closed => self.idle(Pause::Done),
            Phase::Over(pause) => self.idle(pause),
        }
    }

    fn refuse(&mut self, at: Step, choice: Choice) {
        let reason = Said::new("misfit-live");
        self.outbox.push_back(Update::Refused { at, choice, reason });
        match self.phase.clone() {
            Phase::Closed => self.idle(Pause::Done),
            Phase::Over(pause) => self.idle(pause),
            Phase::Open { .. } | Phase::Permitted | Phase::Closing { .. } => {}
        }
    }

    // ---- what the threads do ----

    /// Takes in the news and says them.
    fn look(&mut self) {
        if let Phase::Over(_) = self.phase {
            return;
        }
        // Whoever stands before a closed gate stays there, and has told everything before.
        let (closed, standing) = (self.threads.gate().is_closed(), self.threads.gate().standing());
        let (hit, reached) = self.take_in();
        self.ask();
        self.complain();
        if let Some(pause) = self.over() {
            self.idle(pause.clone());
            self.phase = Phase::Over(pause);
            return;
        }
        match &self.phase {
            Phase::Open { .. } | Phase::Permitted => match hit {
                Some(hit) => self.close(Pause::Hit(hit)),
                None if reached => self.close(Pause::Done),
                None if self.phase == Phase::Permitted && closed => self.phase = closing(Pause::Done),
                None => {}
            },
            Phase::Closing { pause, since } if closed && (self.is_quiet(standing) || since.elapsed() > PATIENCE) => {
                let pause = pause.clone();
                self.idle(pause);
                self.phase = Phase::Closed;
            }
            _ => {}
        }
    }

    /// Why there will be no more news, if that is so.
    fn over(&self) -> Option<Pause> {
        if let Some(end) = self.threads.end() {
            return Some(Pause::Ended(end));
        }
        if self.at.0 < self.max_steps {
            return None;
        }
        self.threads.gate().set_pace(Duration::ZERO);
        self.threads.gate().open();
        Some(Pause::MaxSteps)
    }

    /// Takes in the news: a breakpoint that they hit, and whether what was waited for has happened.
    fn take_in(&mut self) -> (Option<Breakpoint>, bool) {
        let goal = match self.phase {
            Phase::Open { stop: Some(stop), line } => Some((stop, line)),
            _ => None,
        };
        let mut news = News {
            scout: &mut self.scout,
            breakpoints: &self.desk.breakpoints,
            goal,
            outbox: &mut self.outbox,
            at: &mut self.at,
            batch: Batch::default(),
            count: 0,
            hit: None,
            reached: false,
        };
        self.threads.drain(&mut news);
        news.send();
        self.hurry = news.count >= MANY;
        (news.hit, news.reached)
    }

    /// Whether everybody who does something stands before the gate. So many stood there before the news were taken in.
    fn is_quiet(&self, standing: usize) -> bool {
        self.threads.is_drained() && self.scout.busy() == Some(standing)
    }

    fn close(&mut self, pause: Pause) {
        self.threads.gate().close();
        self.phase = closing(pause);
    }

    /// Asks a person for the line that a thread waits for.
    fn ask(&mut self) {
        if self.asked {
            return;
        }
        if let Some((thread, prompt)) = self.threads.asks() {
            self.asked = true;
            self.outbox.push_back(Update::AwaitingInput { at: self.at, thread, prompt });
        }
    }

    /// Says that something was lost.
    fn complain(&mut self) {
        let count = self.threads.lost();
        if count > self.lost {
            self.lost = count;
            self.outbox.push_back(Update::Lost { count });
        }
    }

    fn idle(&mut self, pause: Pause) {
        self.outbox.push_back(Update::Candidates { at: self.at, list: Vec::new() });
        self.outbox.push_back(Update::Idle { at: self.at, pause });
    }
}

fn closing(pause: Pause) -> Phase {
    Phase::Closing { pause, since: Instant::now() }
}

/// What has happened, on its way to the watcher.
struct News<'a> {
    scout: &'a mut Scout,
    breakpoints: &'a [Breakpoint],
    /// What is waited for, and where its thread stood at first.
    goal: Option<(Stop, u32)>,
    outbox: &'a mut VecDeque<Update>,
    at: &'a mut Step,
    batch: Batch,
    count: u32,
    /// The first breakpoint that was hit.
    hit: Option<Breakpoint>,
    reached: bool,
}

impl News<'_> {
    fn send(&mut self) {
        if !self.batch.events.is_empty() {
            self.outbox.push_back(Update::Steps(Arc::new(std::mem::take(&mut self.batch))));
        }
    }
}

impl Sink for News<'_> {
    const ENABLED: bool = true;

    fn emit(&mut self, event: Event) {
        self.count = self.count.saturating_add(1);
        let hit = self.scout.fold(&event, self.breakpoints);
        self.hit = self.hit.or(hit);
        self.reached |= self.goal.is_some_and(|(stop, line)| self.scout.reached(stop, line));
        *self.at = event.step;
        if let EventKind::Did { action, outcome } = &event.kind {
            self.batch.choices.push(Choice { thread: event.thread, alternative: alternative(action, outcome) });
        }
        self.batch.events.push(event);
        if self.batch.events.len() >= BATCH_EVENTS {
            self.send();
        }
    }
}
