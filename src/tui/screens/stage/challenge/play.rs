//! What the keys do while somebody is the scheduler.

use super::super::{Notice, Stage, Tools};
use super::{Hint, Situation};
use crate::event::Choice;
use crate::ids::ThreadId;
use crate::tui::keys::Action;
use crate::tui::msg::Effect;

impl Stage {
    /// Goes on with the same thread, which is no move. Nobody else is chosen, unless there is nobody else.
    pub(in super::super) fn go_on(&mut self, tools: &mut Tools<'_>) -> Vec<Effect> {
        if let Some(same) = self.model().last.filter(|last| self.choice_of(*last).is_some()) {
            return self.run(same, tools);
        }
        let mut able = self.model().threads.iter().map(|thread| thread.id).filter(|id| self.choice_of(*id).is_some());
        match (able.next(), able.next()) {
            (Some(only), None) => self.run(only, tools),
            (None, _) => {
                self.notice = self.end().is_some().then(|| Notice::Key(self.over()));
                Vec::new()
            }
            (Some(_), Some(_)) => {
                self.notice = Some(Notice::Key("challenge-choose"));
                Vec::new()
            }
        }
    }

    /// How the way that is wanted makes this thread go on, when it is its turn there: that may be a time-out, or a number
    /// that is drawn.
    pub(in super::super) fn wanted_choice(&self, thread: ThreadId) -> Option<Choice> {
        let next = self.challenge.as_ref()?.way()?.schedule.iter().next()?;
        (next.thread == thread).then_some(next)
    }

    /// Why a key means nothing while somebody is the scheduler, or because nobody is.
    pub(in super::super) fn refusal_of_challenge(&self, action: Action) -> Option<&'static str> {
        match action {
            Action::Hint if !self.is_challenged() => Some("challenge-none"),
            Action::PlayPause | Action::NextLine | Action::Scheduler if self.is_challenged() => {
                Some("challenge-choose")
            }
            _ => None,
        }
    }

    /// Shows the next step of a shortest way, or says that there is none.
    pub(in super::super) fn hint(&mut self) -> Vec<Effect> {
        let situation = self.situation();
        let Some(challenge) = &mut self.challenge else { return Vec::new() };
        self.notice = None;
        self.stale = true;
        match situation {
            _ if challenge.impossible.is_some() => challenge.reveal(),
            Some(Situation::Thinking) => challenge.hint = Hint::Wanted,
            Some(Situation::Open) if challenge.hint != Hint::Shown => challenge.show_hint(),
            _ => {}
        }
        Vec::new()
    }

    /// The thread whose turn it is on the way that was shown as a hint.
    #[must_use]
    pub fn hinted(&self) -> Option<ThreadId> {
        let challenge = self.challenge.as_ref().filter(|challenge| challenge.hint == Hint::Shown)?;
        challenge.way()?.schedule.iter().next().map(|choice| choice.thread)
    }
}
