//! The session's OS thread: takes controls, makes steps, says what happened.
//!
//! Steps are made in a row as long as nobody says anything; between two of them, and now and then within a long one, the
//! worker looks whether somebody does. What was made goes out in batches. When the watcher is slower than the run, the
//! worker waits for it, and still listens.

use super::desk::{Desk, Gone};
use super::run::{Listener, Run};
use super::{BATCH_EVENTS, Batch, Breakpoint, Control, Pause, Start, Stop, Update};
use crate::event::Choice;
use crate::ids::{Step, ThreadId};
use crate::kernel::sim::{Status, StepMisfit};
use std::sync::Arc;

/// The worker looks whether somebody says something once in this many steps.
const LISTEN_STEPS: u32 = 64;

/// What is being done.
#[derive(Clone, Copy, Debug)]
struct Goal {
    /// Not beyond this step.
    to: Step,
    stop: Option<Stop>,
}

/// See the module.
struct Worker<'a> {
    desk: &'a mut Desk,
    start: Arc<Start>,
    run: Run,
    batch: Batch,
    /// The breakpoint that the step being made hit.
    hit: Option<Breakpoint>,
}

/// Runs a program in the simulator until another run is to begin.
pub(super) fn work(start: Start, desk: &mut Desk) -> Result<Start, Gone> {
    let start = Arc::new(start);
    desk.say(Update::Reset(Arc::clone(&start)))?;
    let (mut batch, mut hit) = (Batch::default(), None);
    let mut listener = Listener { events: &mut batch.events, breakpoints: &desk.breakpoints, hit: &mut hit };
    let run = Run::new(&start, &mut listener);
    let mut worker = Worker { desk, start, run, batch, hit };
    worker.finish_step(Pause::Done)?;
    worker.serve()
}

/// Goes on with a run that was made again, as far as the tape goes, until another one is to begin.
pub(super) fn go_on(start: Start, run: Run, desk: &mut Desk) -> Result<Start, Gone> {
    Worker { desk, start: Arc::new(start), run, batch: Batch::default(), hit: None }.serve()
}

impl Worker<'_> {
    fn serve(&mut self) -> Result<Start, Gone> {
        loop {
            match self.desk.next()? {
                Control::Restart(start) => return Ok(*start),
                control => self.obey(control)?,
            }
        }
    }

    fn obey(&mut self, control: Control) -> Result<(), Gone> {
        match control {
            Control::Run { from, count } => self.pursue(Goal { to: Step(from.0.saturating_add(count)), stop: None }),
            Control::Until { stop, .. } => self.pursue(Goal { to: Step(u32::MAX), stop: Some(stop) }),
            Control::Choose { from, choice } => self.choose(from, choice),
            Control::Input { line } => self.input(line),
            Control::Scheduler { .. } | Control::Breakpoints(_) | Control::Pace(_) => {
                self.adjust(control);
                Ok(())
            }
            Control::Stop => self.rest(Pause::Done),
            // The one was dealt with before it came here.
            Control::Restart(_) | Control::Quit => Err(Gone),
        }
    }

    /// The controls that take effect in passing.
    fn adjust(&mut self, control: Control) {
        match control {
            Control::Scheduler { kind, seed } => self.run.set_scheduler(kind, seed),
            Control::Breakpoints(breakpoints) => self.desk.breakpoints = breakpoints,
            _ => {}
        }
    }

    // ---- making steps ----

    /// Makes steps until the goal is reached or something else ends it.
    fn pursue(&mut self, goal: Goal) -> Result<(), Gone> {
        let line = match goal.stop {
            Some(Stop::Line(thread)) => self.run.scout().line(thread),
            _ => 0,
        };
        let mut quiet = 0;
        let pause = loop {
            if self.run.step() >= goal.to && self.run.is_running() {
                break Pause::Done;
            }
            if quiet == 0 && self.is_interrupted()? {
                break Pause::Stopped;
            }
            quiet = (quiet + 1) % LISTEN_STEPS;
            let pause = self.one_step(goal)?;
            if let Some(hit) = self.hit.take() {
                break Pause::Hit(hit);
            }
            if let Some(pause) = pause {
                break pause;
            }
            if goal.stop.is_some_and(|stop| self.run.scout().reached(stop, line)) {
                break Pause::Done;
            }
        };
        self.rest(pause)
    }

    /// Makes a step to its end; why that was not possible.
    fn one_step(&mut self, goal: Goal) -> Result<Option<Pause>, Gone> {
        match self.run.status() {
            Status::Running if self.run.step().0 >= self.start.max_steps => return Ok(Some(Pause::MaxSteps)),
            Status::Running => {
                self.hit = None;
                let prefer = prefers(goal.stop);
                let made = self.act(|run, listener| run.advance(prefer, listener));
                match made {
                    Ok(choice) => self.batch.choices.push(choice),
                    Err(misfit) => {
                        let step = Step(self.run.step().0 + 1);
                        return Ok(Some(Pause::Misfit(StepMisfit { step, misfit }.said())));
                    }
                }
            }
            Status::AwaitingInput { .. } | Status::Busy | Status::Ended(_) => {}
        }
        self.complete()
    }

    /// Goes on with a step that takes long, until it is finished. Why it cannot be.
    fn complete(&mut self) -> Result<Option<Pause>, Gone> {
        loop {
            if self.batch.events.len() >= BATCH_EVENTS {
                self.send()?;
            }
            if self.run.is_running() {
                return Ok(None);
            }
            match self.run.status() {
                Status::Running => return Ok(None),
                Status::Ended(end) => return Ok(Some(Pause::Ended(end))),
                Status::AwaitingInput { .. } => match self.run.known_line() {
                    Some(line) => self.act(|run, listener| run.give_input(line, listener)),
                    None => return Ok(Some(Pause::Input)),
                },
                Status::Busy => {
                    // Whoever watches need not wait for the end of a long step to see what led to it.
                    self.send()?;
                    if self.is_interrupted()? {
                        return Ok(Some(Pause::Stopped));
                    }
                    self.act(Run::resume);
                }
            }
        }
    }

    fn act<T>(&mut self, act: impl FnOnce(&mut Run, &mut Listener<'_>) -> T) -> T {
        let mut listener =
            Listener { events: &mut self.batch.events, breakpoints: &self.desk.breakpoints, hit: &mut self.hit };
        act(&mut self.run, &mut listener)
    }

    fn choose(&mut self, from: Step, choice: Choice) -> Result<(), Gone> {
        let from = from.min(self.run.step());
        if from < self.run.step() && self.run.choice_after(from) == Some(choice) {
            return self.rest(Pause::Done);
        }
        let choice = self.run.way(from, choice);
        if let Err(misfit) = self.run.fits_after(from, choice) {
            self.desk.say(Update::Refused { at: from, choice, reason: misfit.said() })?;
            return self.rest(Pause::Done);
        }
        if from < self.run.step() {
            self.run.go_back(from);
            self.desk.say(Update::Truncated { to: from })?;
        }
        if self.run.step().0 >= self.start.max_steps {
            return self.rest(Pause::MaxSteps);
        }
        self.hit = None;
        if self.act(|run, listener| run.choose(choice, listener)).is_ok() {
            self.batch.choices.push(choice);
        }
        self.finish_step(Pause::Done)
    }

    fn input(&mut self, line: Option<Arc<str>>) -> Result<(), Gone> {
        if let Status::AwaitingInput { .. } = self.run.status() {
            self.act(|run, listener| run.give_input(line, listener));
        }
        self.finish_step(Pause::Done)
    }

    /// Finishes the step, if it can be, and rests.
    fn finish_step(&mut self, otherwise: Pause) -> Result<(), Gone> {
        let pause = self.complete()?.unwrap_or(otherwise);
        self.rest(pause)
    }

    // ---- talking ----

    /// Says what was made, what could be done next, and that nothing is being done any more.
    fn rest(&mut self, pause: Pause) -> Result<(), Gone> {
        self.send()?;
        let at = self.run.step();
        let pause = match self.run.status() {
            Status::Ended(_) if matches!(pause, Pause::Hit(_)) => pause,
            Status::Ended(end) => Pause::Ended(end),
            Status::AwaitingInput { thread, prompt } => {
                self.desk.say(Update::AwaitingInput { at, thread, prompt })?;
                Pause::Input
            }
            Status::Running => {
                let list = self.run.candidates();
                self.desk.say(Update::Candidates { at, list })?;
                pause
            }
            Status::Busy => pause,
        };
        self.desk.say(Update::Idle { at, pause })
    }

    fn send(&mut self) -> Result<(), Gone> {
        if self.batch.events.is_empty() && self.batch.choices.is_empty() {
            return Ok(());
        }
        let batch = std::mem::take(&mut self.batch);
        self.desk.say(Update::Steps(Arc::new(batch)))
    }

    /// Whether somebody wants something else. What takes effect in passing does so.
    fn is_interrupted(&mut self) -> Result<bool, Gone> {
        self.desk.listen()?;
        while let Some(Control::Scheduler { .. } | Control::Breakpoints(_) | Control::Pace(_)) =
            self.desk.waiting.front()
        {
            if let Some(control) = self.desk.waiting.pop_front() {
                self.adjust(control);
            }
        }
        if let Some(Control::Stop) = self.desk.waiting.front() {
            self.desk.waiting.pop_front();
            return Ok(true);
        }
        Ok(!self.desk.waiting.is_empty())
    }
}

/// The thread that is to run whenever it can.
const fn prefers(stop: Option<Stop>) -> Option<ThreadId> {
    match stop {
        Some(Stop::Line(thread)) => Some(thread),
        _ => None,
    }
}
