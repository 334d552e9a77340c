//! A run that can be gone back in: the world, who chooses, and every decision so far.

use super::past::{Moment, Past};
use super::scout::{Recorder, Scout};
use super::{Breakpoint, Start};
use crate::event::{Alternative, Candidate, Choice, Event, Schedule};
use crate::ids::{Step, ThreadId};
use crate::kernel::Options;
use crate::kernel::sim::{Misfit, Status, World};
use crate::sched::{self, Replay, Scheduler, SchedulerKind, Situation};
use std::sync::Arc;

/// The world after the last decision, with the decisions that led to it. World, options and decisions determine every
/// event; whoever makes them again gets the same ones.
pub(super) struct Run {
    now: Moment,
    past: Past,
    /// The choice that made step `i + 1`.
    choices: Vec<Choice>,
    /// Lines that were typed, each with the step that read it.
    typed: Vec<(Step, Option<Arc<str>>)>,
    /// The lines that answer the first questions.
    known: Vec<Option<Arc<str>>>,
    /// Schedulers that took over, each with the step after which it did.
    changes: Vec<(Step, Box<dyn Scheduler>)>,
    /// How many steps the schedule that was to be replayed has, and who chooses without it.
    scheduled: u64,
    then: (SchedulerKind, u64),
    candidates: Vec<Candidate>,
}

/// Where the events of a step go, and what to stop at.
pub(super) struct Listener<'a> {
    pub(super) events: &'a mut Vec<Event>,
    pub(super) breakpoints: &'a [Breakpoint],
    pub(super) hit: &'a mut Option<Breakpoint>,
}

impl Listener<'_> {
    /// Lets the world do something while the scout and the listener look on.
    fn watch<T>(&mut self, now: &mut Moment, act: impl FnOnce(&mut World, &mut Recorder<'_>) -> T) -> T {
        let mut recorder = Recorder {
            scout: &mut now.scout,
            breakpoints: self.breakpoints,
            events: Some(&mut *self.events),
            hit: self.hit.take(),
        };
        let answer = act(&mut now.world, &mut recorder);
        *self.hit = recorder.hit;
        answer
    }
}

impl Run {
    /// Begins a run: step 0 is made, or at least begun.
    pub(super) fn new(start: &Start, listener: &mut Listener<'_>) -> Run {
        let options = Options { seed: start.seed, ..start.options.clone() };
        let scheduler = sched::build(start.scheduler, start.seed);
        let scheduler = match &start.schedule {
            Some(schedule) => Box::new(Replay::new(schedule, scheduler)),
            None => scheduler,
        };
        let mut scout = Scout::default();
        let mut recorder = Recorder {
            scout: &mut scout,
            breakpoints: listener.breakpoints,
            events: Some(&mut *listener.events),
            hit: None,
        };
        let world = World::new(Arc::clone(&start.program), options, &mut recorder);
        Run {
            now: Moment { world, scheduler, scout },
            past: Past::new(),
            choices: Vec::new(),
            typed: Vec::new(),
            known: start.inputs.iter().cloned().map(Some).collect(),
            changes: Vec::new(),
            scheduled: start.schedule.as_ref().map_or(0, Schedule::len),
            then: (start.scheduler, start.seed),
            candidates: Vec::new(),
        }
    }

    /// The last step, finished or not.
    pub(super) fn step(&self) -> Step {
        self.now.world.step()
    }

    pub(super) fn status(&self) -> Status {
        self.now.world.status()
    }

    pub(super) fn is_running(&self) -> bool {
        self.now.world.is_running()
    }

    pub(super) fn scout(&mut self) -> &mut Scout {
        &mut self.now.scout
    }

    /// The choice that made the step after this one, if it was made.
    pub(super) fn choice_after(&self, step: Step) -> Option<Choice> {
        self.choices.get(step.0 as usize).copied()
    }

    /// What could be done now.
    pub(super) fn candidates(&self) -> Vec<Candidate> {
        let mut candidates = Vec::new();
        self.now.world.candidates(&mut candidates);
        candidates
    }

    // ---- forward ----

    /// Makes one step, as the scheduler chooses, or with `prefer` if that thread can run. The step may be left
    /// unfinished: see the status.
    pub(super) fn advance(&mut self, prefer: Option<ThreadId>, listener: &mut Listener<'_>) -> Result<Choice, Misfit> {
        self.past.offer(&self.now);
        let scheduled = ask(&mut self.now, &mut self.candidates);
        let first_of = |thread| self.candidates.iter().find(|candidate| candidate.thread == thread).copied();
        let choice = prefer.and_then(first_of).unwrap_or(scheduled);
        let made = self.make(choice, listener);
        if made.is_err() {
            self.leave_schedule();
        }
        made.map(|()| choice)
    }

    /// Makes this step. The scheduler is asked all the same: its state then depends on how many steps were made, not on
    /// who chose them.
    pub(super) fn choose(&mut self, choice: Choice, listener: &mut Listener<'_>) -> Result<(), Misfit> {
        self.now.world.fits(choice)?;
        self.past.offer(&self.now);
        if u64::from(self.step().0) < self.scheduled {
            self.leave_schedule();
        }
        ask(&mut self.now, &mut self.candidates);
        self.make(choice, listener)
    }

    fn make(&mut self, choice: Choice, listener: &mut Listener<'_>) -> Result<(), Misfit> {
        self.now.scout.begin_step();
        listener.watch(&mut self.now, |world, recorder| world.apply(choice, recorder))?;
        self.choices.push(choice);
        Ok(())
    }

    /// Goes on with a step that takes long.
    pub(super) fn resume(&mut self, listener: &mut Listener<'_>) {
        listener.watch(&mut self.now, |world, recorder| world.resume(recorder));
    }

    /// Gives the line that the unfinished step waits for.
    pub(super) fn give_input(&mut self, line: Option<Arc<str>>, listener: &mut Listener<'_>) {
        self.typed.push((self.step(), line.clone()));
        listener.watch(&mut self.now, |world, recorder| world.give_input(line, recorder));
    }

    /// The answer to the next question, when it was known from the beginning. It is given only when it is asked for: whether
    /// somebody types it or not, the run is the same.
    #[expect(clippy::option_option, reason = "the inner one says whether the input has ended")]
    pub(super) fn known_line(&self) -> Option<Option<Arc<str>>> {
        self.known.get(self.typed.len()).cloned()
    }

    /// Makes a step that was recorded. The scheduler is asked, and as long as it says the same it stays in charge.
    pub(super) fn repeat(&mut self, choice: Choice, listener: &mut Listener<'_>) -> Result<(), Misfit> {
        self.now.world.fits(choice)?;
        self.past.offer(&self.now);
        let scheduled = ask(&mut self.now, &mut self.candidates);
        if scheduled != choice && u64::from(self.step().0) < self.scheduled {
            self.leave_schedule();
            ask(&mut self.now, &mut self.candidates);
        }
        self.make(choice, listener)
    }

    /// From now on these lines answer the questions: the first ones are those that were given already.
    pub(super) fn know(&mut self, lines: Vec<Option<Arc<str>>>) {
        self.known = lines;
    }

    /// The schedule that was being replayed leads nowhere from here.
    fn leave_schedule(&mut self) {
        let (kind, seed) = self.then;
        self.set_scheduler(kind, seed);
    }

    /// Another scheduler chooses from now on.
    pub(super) fn set_scheduler(&mut self, kind: SchedulerKind, seed: u64) {
        self.then = (kind, seed);
        self.scheduled = 0;
        let scheduler = sched::build(kind, seed);
        self.changes.push((self.step(), scheduler.fork()));
        self.now.scheduler = scheduler;
    }

    // ---- back ----

    /// Whether this choice could be made after this step. Nothing changes.
    pub(super) fn fits_after(&self, step: Step, choice: Choice) -> Result<(), Misfit> {
        if step == self.step() {
            return self.now.world.fits(choice);
        }
        match self.past.before(step) {
            Some(moment) => self.remake(moment.fork(), step).world.fits(choice),
            None => self.now.world.fits(choice),
        }
    }

    /// How the thread can go on after this step: one whose time is up already can only give up.
    pub(super) fn way(&self, from: Step, choice: Choice) -> Choice {
        let give_up = Choice { alternative: Alternative::Timeout, ..choice };
        let only_gives_up = choice.alternative == Alternative::Go
            && self.fits_after(from, choice).is_err()
            && self.fits_after(from, give_up).is_ok();
        if only_gives_up { give_up } else { choice }
    }

    /// Forgets everything after this step.
    pub(super) fn go_back(&mut self, to: Step) {
        if to >= self.step() {
            return;
        }
        let Some(moment) = self.past.cut_off(to).map(Moment::fork) else { return };
        self.now = self.remake(moment, to);
        self.choices.truncate(to.0 as usize);
        self.typed.retain(|(step, _)| *step <= to);
        self.changes.retain(|(step, _)| *step <= to);
    }

    /// Makes the recorded steps again, up to this one.
    fn remake(&self, mut now: Moment, to: Step) -> Moment {
        let kept = now.world.step();
        let mut typed = self.typed.iter().skip_while(|(step, _)| *step <= kept);
        while now.world.step() < to || !now.world.is_running() {
            let at = now.world.step();
            let mut recorder = Recorder { scout: &mut now.scout, breakpoints: &[], events: None, hit: None };
            match now.world.status() {
                Status::Busy => now.world.resume(&mut recorder),
                Status::AwaitingInput { .. } => {
                    let line = typed.next().and_then(|(_, line)| line.clone());
                    now.world.give_input(line, &mut recorder);
                }
                Status::Ended(_) => break,
                Status::Running => {
                    self.replace_scheduler(&mut now.scheduler, at);
                    let Some(choice) = self.choices.get(at.0 as usize).copied() else { break };
                    ask(&mut now, &mut Vec::new());
                    let mut recorder = Recorder { scout: &mut now.scout, breakpoints: &[], events: None, hit: None };
                    if now.world.apply(choice, &mut recorder).is_err() {
                        break;
                    }
                }
            }
        }
        self.replace_scheduler(&mut now.scheduler, to);
        now
    }

    /// Lets the scheduler that took over after this step take over again.
    fn replace_scheduler(&self, scheduler: &mut Box<dyn Scheduler>, at: Step) {
        if let Some((_, change)) = self.changes.iter().rev().find(|(step, _)| *step == at) {
            *scheduler = change.fork();
        }
    }
}

/// What the scheduler would do next. The world is running.
fn ask(now: &mut Moment, candidates: &mut Vec<Candidate>) -> Choice {
    now.world.candidates(candidates);
    let (step, last) = (Step(now.world.step().0 + 1), now.world.last());
    now.scheduler.choose(Situation { step, last, candidates })
}
