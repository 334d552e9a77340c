//! What is on the stage, as one of two programs that are compared.

use super::Stage;
use crate::event::Schedule;
use crate::scenario::{Picture, Target};
use crate::session::Start;
use crate::source::{Source, Token};
use crate::tui::loader::{Loaded, Request};
use std::sync::Arc;

/// One of two programs that are compared.
#[derive(Clone)]
pub struct Contender {
    pub target: Target,
    pub request: Request,
    pub source: Arc<Source>,
    /// For colouring, in order.
    pub tokens: Vec<Token>,
    /// What is drawn next to it.
    pub picture: Picture,
    /// A run in the simulator. Its schedule is what was run already.
    pub start: Start,
}

impl Contender {
    /// A program that was loaded, to be run like `start`.
    #[must_use]
    pub fn like(loaded: Loaded, start: &Start) -> Contender {
        let start = Start { program: loaded.start.program, schedule: None, live: None, tape: None, ..start.clone() };
        let Loaded { request, target, source, tokens, .. } = loaded;
        Contender { picture: target.picture(), target, request, source, tokens, start }
    }

    /// What it is called on the command line.
    #[must_use]
    pub fn title(&self) -> String {
        self.target.name()
    }
}

impl Stage {
    /// What is on the stage, to be compared; `None` when it is no program that could be run again.
    #[must_use]
    pub fn contender(&self) -> Option<Contender> {
        let loaded = self.subject.program()?;
        let typed = if self.way.is_some() { &[][..] } else { &self.typed[..] };
        let start = Start {
            schedule: self.run_so_far(),
            inputs: loaded.start.inputs.iter().chain(typed).cloned().collect(),
            ..loaded.start.clone()
        };
        let contender = Contender::like(loaded.clone(), &start);
        Some(Contender { start: Start { schedule: start.schedule, ..contender.start }, ..contender })
    }

    /// The way that is being shown, else everything that was run.
    fn run_so_far(&self) -> Option<Schedule> {
        if let Some(on) = self.way.as_ref().filter(|on| on.left_after.is_none()) {
            return on.way.start.schedule.clone();
        }
        let run = self.whole_schedule();
        let given = || self.subject.start().and_then(|start| start.schedule.clone());
        if run.is_empty() { given() } else { Some(run) }
    }
}
