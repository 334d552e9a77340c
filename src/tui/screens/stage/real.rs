//! Holding real threads up and letting them go.
//!
//! Real threads run by themselves as long as the gate is open that each of their operations passes; the interface opens
//! and closes it. Where the person looks on the tape has nothing to do with that: looking back stops nobody.

use super::{Asked, Notice, Pace, Pane, Speed, Stage, Status};
use crate::event::End;
use crate::ids::Step;
use crate::session::Control;
use crate::tui::msg::Effect;

/// So many operations are made before an answer to a key gives way to them.
const FADING_STEPS: u32 = 5;

impl Stage {
    /// True while real threads run as they like.
    pub(super) fn is_at_large(&self) -> bool {
        self.is_live() && self.asked == Some(Asked::Endless)
    }

    /// A run begins: real threads run at once or are held up, as its options say.
    pub(super) fn open(&mut self) {
        let Some((pace, running)) = self.subject.opening().filter(|_| !self.is_recorded()) else { return };
        self.pace = pace;
        if running {
            self.asked = Some(Asked::Endless);
        } else {
            self.asked = None;
            self.notice = Some(Notice::Key("notice-real-paused"));
        }
    }

    /// Lets the threads run.
    pub(super) fn let_go(&mut self) -> Vec<Effect> {
        self.follow = true;
        self.stale = true;
        self.more(|from| Control::Run { from, count: u32::MAX }, Asked::Endless)
    }

    /// Holds every thread before its next operation.
    pub(super) fn hold(&mut self) -> Vec<Effect> {
        self.playing = None;
        self.notice = None;
        self.stale = true;
        // The answer comes when they stand there.
        self.asked = Some(Asked::Steps);
        vec![Effect::Send(Control::Stop)]
    }

    /// Lets one operation through, whoever comes first.
    pub(super) fn let_through(&mut self) -> Vec<Effect> {
        let mut effects = if self.is_at_large() { self.hold() } else { Vec::new() };
        let asked = self.more(|from| Control::Run { from, count: 1 }, Asked::Steps);
        if !asked.is_empty() {
            self.notice = Some(Notice::Key("notice-real-let-through"));
        }
        effects.extend(asked);
        effects
    }

    /// Goes to the newest event; says so when it is what is shown already.
    pub(super) fn go_to_newest(&mut self) {
        if self.at_end() && !self.is_at_large() {
            let key = if self.end().is_some() { self.over() } else { "notice-real-newest" };
            self.notice = Some(Notice::Key(key));
        }
        self.move_to(self.history.last_step());
    }

    /// The key of what is said when something is to go on that is over.
    pub(super) fn over(&self) -> &'static str {
        match self.end() {
            _ if self.is_recorded() => self.tape_over(),
            _ if !self.is_real() => "notice-over",
            Some(End::Deadlock) if self.is_alone() => "notice-watched-hangs",
            _ if self.is_alone() => "notice-watched-over",
            Some(End::Deadlock) => "notice-real-hangs",
            _ => "notice-real-over",
        }
    }

    /// Another speed in the simulator, another pace among real threads.
    pub(super) fn change_speed(
        &mut self,
        speed: impl FnOnce(Speed) -> Speed,
        pace: impl FnOnce(Pace) -> Pace,
    ) -> Vec<Effect> {
        if !self.is_live() {
            self.speed = speed(self.speed);
            return Vec::new();
        }
        self.pace = pace(self.pace);
        self.stale = true;
        self.notice = Some(Notice::told(|words| self.pace_sentence(words)));
        vec![Effect::Send(Control::Pace(self.pace.length()))]
    }

    /// Real threads have done something: what was said while nothing had happened no longer holds, and what has gone
    /// wrong is shown. `last` and `known` are the last step and the number of findings before it.
    pub(super) fn grown(&mut self, last: Step, known: usize) {
        let over = match self.notice {
            // On their way to their first operation they may pass the GIL on.
            Some(Notice::Key("notice-real-paused")) => self.asked.is_some() && self.history.last_step() > last,
            // Whoever was let through may have come to wait instead of making a step: that is told as well.
            Some(Notice::Key("notice-real-let-through")) => true,
            _ => false,
        };
        if over {
            self.notice = None;
        }
        let news = (known..self.history.all_findings().len()).find(|number| self.is_news(*number));
        if news.is_some() && self.at_end() {
            self.tabs.offer(Pane::Findings);
            self.scroll[Pane::Findings as usize] = news;
        }
        if self.status() == Status::Hangs {
            self.notice = None;
        }
        self.fade();
    }

    /// While threads run slowly enough to be told of, an answer to a key gives way to them after a few operations.
    fn fade(&mut self) {
        let now = self.history.last_step();
        let Some(notice) = self.notice.clone().filter(|_| self.is_at_large() && self.pace.is_readable()) else {
            self.fading = None;
            return;
        };
        match &self.fading {
            Some((faded, since)) if *faded == notice && now.0 - since.0 >= FADING_STEPS => self.notice = None,
            Some((faded, _)) if *faded == notice => {}
            _ => self.fading = Some((notice, now)),
        }
    }
}
