//! Going through time: single steps, the run that goes on by itself, and asking the session for more.

use super::{Asked, Interrupted, Link, Metronome, Notice, Pane, Stage};
use crate::detect::Marks;
use crate::event::{Alternative, Candidate, Choice, EventKind, ThreadState};
use crate::ids::{Step, ThreadId};
use crate::session::{Control, Stop};
use crate::tui::msg::Effect;
use std::time::Duration;

impl Stage {
    /// Goes one step on: along the tape where there is one, else by a new step.
    pub(super) fn step(&mut self) -> Vec<Effect> {
        let mut effects = self.halt();
        if self.at_end() && self.is_live() {
            return self.let_through();
        }
        if self.at_end() {
            effects.extend(self.more(|from| Control::Run { from, count: 1 }, Asked::Steps));
        } else {
            self.move_to(Step(self.cursor().0 + 1));
        }
        effects
    }

    /// Goes one step back.
    pub(super) fn back(&mut self) -> Vec<Effect> {
        let effects = self.halt();
        self.move_to(Step(self.cursor().0.saturating_sub(1)));
        effects
    }

    /// Makes this thread's step the next one. Where another choice is recorded, time forks.
    pub(super) fn run_thread(&mut self, choice: Choice) -> Vec<Effect> {
        let mut effects = self.halt();
        if self.history.choice_after(self.cursor()) == Some(choice) {
            self.move_to(Step(self.cursor().0 + 1));
        } else if self.link == Link::Lost {
            self.notice = Some(Notice::Key("notice-session-gone"));
        } else if self.link == Link::Up {
            let from = self.cursor();
            self.ask(Asked::Steps);
            self.say_resuming();
            effects.push(Effect::Send(Control::Choose { from, choice }));
        }
        effects
    }

    /// How this thread can be made to go on: its ordinary step, or the end of its patience.
    #[must_use]
    pub fn choice_of(&self, thread: ThreadId) -> Option<Choice> {
        let view = self.model().thread(thread).filter(|_| !self.is_real() && !self.is_unattended())?;
        match view.state {
            ThreadState::Ready | ThreadState::Sleeping { .. } => Some(Candidate::go(thread)),
            ThreadState::Blocked { .. } | ThreadState::Waiting { .. } | ThreadState::Joining { .. } => {
                let timed = view.pending.as_ref().is_some_and(|action| action.timeout().is_some());
                timed.then_some(Candidate { thread, alternative: Alternative::Timeout })
            }
            _ => None,
        }
    }

    /// Goes to the next step at which something of interest happens.
    pub(super) fn next_event(&mut self) -> Vec<Effect> {
        let mut effects = self.halt();
        let turning = self.no_return().filter(|step| *step > self.cursor());
        if let Some(step) = self.history.next_mark(Marks::INTEREST).into_iter().chain(turning).min() {
            self.move_to(step);
            return effects;
        }
        if !self.comes_to_tape_end() {
            let control = |from| Control::Until { from, stop: Stop::Interest(Marks::INTEREST) };
            effects.extend(self.more(control, self.until()));
        }
        effects
    }

    /// Goes back to the last step at which something of interest happened.
    pub(super) fn previous_event(&mut self) -> Vec<Effect> {
        let effects = self.halt();
        let step = self.history.previous_mark(Marks::INTEREST).unwrap_or(Step(0));
        self.move_to(step);
        effects
    }

    /// Goes on until the selected thread stands on another line.
    pub(super) fn next_line(&mut self) -> Vec<Effect> {
        let mut effects = self.halt();
        let thread = self.thread;
        if let Some(step) = self.recorded_line_change(thread) {
            self.move_to(step);
            return effects;
        }
        if !self.comes_to_tape_end() {
            effects.extend(self.more(|from| Control::Until { from, stop: Stop::Line(thread) }, self.until()));
        }
        effects
    }

    /// Steps until something happens: real threads run on their own meanwhile, and can be held up.
    fn until(&self) -> Asked {
        if self.is_live() { Asked::Endless } else { Asked::Steps }
    }

    /// The next recorded step after which the thread stands on another line or is over.
    fn recorded_line_change(&self, thread: ThreadId) -> Option<Step> {
        let line = self.model().thread(thread)?.line;
        let mut events = self.history.events(self.history.event_count()..usize::MAX);
        let changed = events.find(|event| {
            event.thread == thread
                && match event.kind {
                    EventKind::Pending(_) => event.line != line,
                    EventKind::State(state) => state.is_over(),
                    _ => false,
                }
        });
        changed.map(|event| event.step)
    }

    pub(super) fn go_to_start(&mut self) -> Vec<Effect> {
        let effects = self.halt();
        self.move_to(Step(0));
        effects
    }

    /// Goes to the end: of the tape, and from there to the end of the run.
    pub(super) fn go_to_end(&mut self) -> Vec<Effect> {
        let mut effects = self.halt();
        self.follow = true;
        if self.is_live() {
            self.go_to_newest();
            return effects;
        }
        if !self.comes_to_tape_end() {
            effects.extend(self.more(|from| Control::Until { from, stop: Stop::End }, Asked::Endless));
        }
        effects
    }

    /// Space.
    pub(super) fn play_or_pause(&mut self) -> Vec<Effect> {
        if self.is_at_large() {
            return self.hold();
        }
        if self.status().is_moving() {
            return self.halt();
        }
        if self.at_end() && self.end().is_some() {
            self.notice = Some(Notice::Key(self.over()));
            return Vec::new();
        }
        if self.at_end() && self.is_live() {
            return self.let_go();
        }
        self.notice = None;
        self.playing = Some(Metronome::default());
        if self.at_end() && self.tape_is_over() {
            return self.more(|from| Control::Run { from, count: 1 }, Asked::Steps);
        }
        self.keep_playing(1)
    }

    /// Time has passed. True when something on the screen changed.
    pub fn tick(&mut self, passed: Duration) -> (bool, Vec<Effect>) {
        let per_second = self.per_second();
        let Some(metronome) = &mut self.playing else { return (false, Vec::new()) };
        let due = match per_second {
            Some(speed) => metronome.due(passed.as_secs_f64(), speed),
            None => u64::MAX,
        };
        if due == 0 {
            return (false, Vec::new());
        }
        let before = self.cursor();
        let effects = self.keep_playing(due);
        (self.cursor() != before || !self.is_playing(), effects)
    }

    /// How many steps or operations a second the recording is played with; `None` is as fast as it goes.
    fn per_second(&self) -> Option<f64> {
        if self.is_live() { self.pace.per_second() } else { self.speed.per_second() }
    }

    /// Makes this many steps more: recorded ones at once, the rest by asking for them.
    fn keep_playing(&mut self, due: u64) -> Vec<Effect> {
        let ahead = u64::from(self.history.last_step().0.saturating_sub(self.cursor().0));
        let recorded = u32::try_from(due.min(ahead)).unwrap_or(u32::MAX);
        if recorded > 0 {
            let target = Step(self.cursor().0 + recorded);
            let events = self.history.events(self.history.event_count()..usize::MAX);
            let events = events.take_while(|event| event.step <= target);
            let hit = self.breaks.first_hit(self.history.model(), events);
            let stood = self.cursor();
            self.move_to(hit.unwrap_or(target));
            if hit.is_some() {
                self.playing = None;
            }
            self.stop_at_finding(stood);
        }
        let rest = due - u64::from(recorded);
        if rest == 0 || !self.is_playing() || self.asked.is_some() && !self.is_live() {
            return Vec::new();
        }
        if self.end().is_some() || self.prompt.is_some() {
            self.playing = None;
            return Vec::new();
        }
        if self.is_recorded() {
            self.pause_at_tape_end();
            return Vec::new();
        }
        if self.is_live() {
            // What follows on the recording are the threads themselves.
            self.playing = None;
            return self.let_go();
        }
        if self.per_second().is_none() {
            return self.more(|from| Control::Until { from, stop: Stop::End }, Asked::Endless);
        }
        let count = u32::try_from(rest).unwrap_or(u32::MAX);
        self.more(|from| Control::Run { from, count }, Asked::Steps)
    }

    /// When something has gone wrong since `stood`, playing stops there and shows what: it is what one came to see.
    /// A run at full speed goes on.
    pub(super) fn stop_at_finding(&mut self, stood: Step) {
        let now = self.cursor();
        let found = self.history.all_findings();
        let between = found.partition_point(|finding| finding.step <= stood)
            ..found.partition_point(|finding| finding.step <= now);
        // A warning of which there are many stops it once.
        let Some(number) = between.into_iter().find(|number| self.is_news(*number)) else { return };
        let step = found[number].step;
        if self.per_second().is_none() {
            return;
        }
        self.move_to(step);
        self.playing = None;
        self.tabs.offer(Pane::Findings);
        self.scroll[Pane::Findings as usize] = Some(number);
    }

    /// True when the finding is worth being shown at once: the run has gone wrong, or it is the first warning of its kind.
    pub(super) fn is_news(&self, number: usize) -> bool {
        let found = self.history.all_findings();
        let Some(finding) = found.get(number) else { return false };
        let name = finding.kind.name();
        finding.kind.is_failure() || found[..number].iter().all(|earlier| earlier.kind.name() != name)
    }

    /// Asks the session for what comes after the end of the tape, unless nothing can come.
    pub(super) fn more(&mut self, control: impl FnOnce(Step) -> Control, asked: Asked) -> Vec<Effect> {
        if self.end().is_some() {
            self.notice = Some(Notice::Key(self.over()));
            return Vec::new();
        }
        if self.is_challenged() {
            // Nobody chooses but the person.
            self.playing = None;
            self.notice = Some(Notice::Key("challenge-choose"));
            return Vec::new();
        }
        if self.link == Link::Renewing || self.lacks_more() {
            self.playing = None;
            return Vec::new();
        }
        if self.link == Link::Lost {
            self.playing = None;
            self.notice = Some(Notice::Key("notice-session-gone"));
            return Vec::new();
        }
        self.ask(asked);
        self.say_resuming();
        vec![Effect::Send(control(self.history.last_step()))]
    }

    /// Goes on with what a question of the program has interrupted.
    pub(super) fn carry_on(&mut self) -> Vec<Effect> {
        match self.interrupted.take() {
            Some(Interrupted::Running) => self.more(|from| Control::Until { from, stop: Stop::End }, Asked::Endless),
            Some(Interrupted::Playing) => {
                self.playing = Some(Metronome::default());
                Vec::new()
            }
            None => Vec::new(),
        }
    }

    /// Notes that the session is about to be asked for something.
    pub(super) fn ask(&mut self, asked: Asked) {
        self.asked = Some(asked);
        self.answers_due = self.answers_due.saturating_add(1);
        self.pause = None;
        self.notice = None;
    }

    /// The stage is left: nothing is made any more. Real threads end, also those that hang.
    pub fn pause(&mut self) -> Vec<Effect> {
        if self.is_live() {
            self.playing = None;
            return vec![Effect::Send(Control::Quit)];
        }
        self.halt()
    }

    /// Something else is looked at for a while: nothing goes on by itself.
    pub fn rest(&mut self) -> Vec<Effect> {
        if self.is_at_large() { self.hold() } else { self.halt() }
    }

    /// Stops what goes on by itself, but for real threads: they are none of the cursor's business.
    pub(super) fn halt(&mut self) -> Vec<Effect> {
        self.playing = None;
        self.notice = None;
        self.forget_wanted();
        match self.asked {
            Some(Asked::Endless) if !self.is_live() => vec![Effect::Send(Control::Stop)],
            _ => Vec::new(),
        }
    }

    /// Puts the cursor on this step; the selection goes along with whoever made it.
    pub(super) fn move_to(&mut self, step: Step) {
        self.history.seek(step);
        self.unscroll();
        // Before the first step it is the turn of the main thread, and the others are not there yet.
        self.thread = self.model().last.unwrap_or(ThreadId::MAIN);
        if let Some(line) = self.model().thread(self.thread).map(|thread| thread.line).filter(|line| *line > 0) {
            self.line = line;
        }
        self.stale = true;
    }
}
