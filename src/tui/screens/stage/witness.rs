//! A way through the program that an exploration found, on the stage.
//!
//! The session makes it again from the first step to the last, and then the stage stands at its beginning: whoever steps
//! goes along it. Until somebody chooses another step, what lies ahead is known, and so is the step after which nothing
//! can save it.

use super::{Notice, Stage, Tools};
use crate::event::Schedule;
use crate::explore::BugKind;
use crate::ids::{Step, ThreadId};
use crate::session::{Options, Start};
use crate::tui::loader::{Loaded, Place};
use crate::tui::msg::Effect;
use crate::tui::screens::explore::Quest;
use crate::words::Words;
use std::sync::Arc;

/// A way that can be put on the stage.
#[derive(Clone, Debug)]
pub struct Way {
    /// A run along it.
    pub start: Start,
    pub steps: u32,
    pub switches: u32,
    /// There is no way with fewer switches, nor one with as many and fewer steps.
    pub shortest: bool,
    /// The step after which nothing good can be reached any more; 0: from the beginning.
    pub no_return: Option<u32>,
    /// It asks for more lines of input than there are.
    pub input_ends: bool,
    /// What goes wrong at its end, if something does.
    pub bug: Option<BugKind>,
    /// What is at its end.
    pub end: WayEnd,
}

/// Where a way leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WayEnd {
    /// To an end of the program, or to what is wrong with it.
    Outcome,
    /// To the moment that a question is about, and one step further, if somebody's step is to be seen.
    Asked(Option<ThreadId>),
}

/// The way that is on the stage.
#[derive(Clone, Debug)]
pub(super) struct OnWay {
    pub(super) way: Way,
    /// How a run is started that has nothing to do with it.
    usual: Start,
    /// The last step of it that is on the tape, as soon as somebody has chosen another one.
    pub(super) left_after: Option<Step>,
}

impl Stage {
    /// What is explored from here: the program by the rules of its runs. `None` when there is no program.
    #[must_use]
    pub fn quest(&self) -> Option<Quest> {
        let loaded = self.subject.program()?;
        if let Some(challenge) = &self.challenge {
            return Some(self.quest_from(loaded, challenge.start.clone()));
        }
        let start = self.usual_start()?;
        let inputs = if self.way.is_some() { Vec::new() } else { self.typed.clone() };
        let start = Start {
            options: Options { seed: start.seed, abstract_time: true, ..start.options.clone() },
            inputs: start.inputs.iter().cloned().chain(inputs).collect(),
            schedule: None,
            live: None,
            tape: None,
            ..start.clone()
        };
        Some(self.quest_from(loaded, start))
    }

    fn quest_from(&self, loaded: &Loaded, start: Start) -> Quest {
        Quest {
            title: self.title(),
            parameters: loaded.request.parameters.clone(),
            source: Arc::clone(&loaded.source.text),
            start,
        }
    }

    /// How a run is started that has nothing to do with a way that is being shown.
    pub(super) fn usual_start(&self) -> Option<&Start> {
        let way = self.way.as_ref().map(|on| &on.usual);
        way.or_else(|| self.challenge.as_ref().map(|challenge| &challenge.usual)).or_else(|| self.subject.start())
    }

    /// Puts a way on the stage.
    pub fn show_way(&mut self, way: Way) -> Vec<Effect> {
        let Some(usual) = self.usual_start().cloned() else { return Vec::new() };
        let start = way.start.clone();
        self.way = Some(OnWay { way, usual, left_after: None });
        let live = self.is_live();
        let mut effects = if live { Vec::new() } else { self.halt() };
        effects.extend(self.begin_again(start));
        effects
    }

    /// A run begins that is started like this: along the way, or elsewhere.
    pub(super) fn set_out(&mut self, start: &Start) {
        let Some(on) = &mut self.way else { return };
        if start.schedule.is_none() || start.schedule != on.way.start.schedule {
            self.way = None;
            return;
        }
        on.left_after = None;
        let step = start.schedule.as_ref().map_or(0, Schedule::len);
        self.bound = Some(Place { step: Step(u32::try_from(step).unwrap_or(u32::MAX)), input_ends: true });
    }

    /// The way is on the tape as far as it goes: its beginning is shown.
    pub(super) fn stand_before_way(&mut self) {
        let Some(on) = &self.way else { return };
        let told = Notice::told(|words| way_sentence(&on.way, words));
        self.move_to(Step(0));
        self.notice = Some(told);
    }

    /// Another step than that of the way was chosen after this one.
    pub(super) fn leave_way(&mut self, to: Step) {
        if let Some(on) = &mut self.way
            && to.0 < on.way.steps
            && on.left_after.is_none_or(|left| to < left)
        {
            on.left_after = Some(to);
        }
    }

    /// True while the cursor stands on a way that nobody has left.
    pub(super) fn is_on_way(&self) -> bool {
        self.way.as_ref().is_some_and(|on| on.left_after.is_none()) && self.bound.is_none()
    }

    /// The step after which nothing can save the run, as long as it is on the tape.
    #[must_use]
    pub fn no_return(&self) -> Option<Step> {
        let on = self.way.as_ref()?;
        let step = on.way.no_return.map(Step)?;
        on.left_after.is_none_or(|left| step <= left).then_some(step)
    }

    /// What is said when that step is reached: `told` and what it means.
    pub(super) fn tell_no_return(&self, told: String, words: &Words) -> String {
        match self.no_return() {
            Some(step) if step == self.cursor() && step.0 > 0 => words.sentences(&[told, words.t("told-no-return")]),
            _ => told,
        }
    }

    /// Copies a way, as a line that leads to its end.
    pub fn copy_way(&mut self, way: &Way, tools: &mut Tools<'_>) -> Vec<Effect> {
        let Some(schedule) = way.start.schedule.clone() else { return Vec::new() };
        let end = way.input_ends.then_some(None);
        let inputs = way.start.inputs.iter().cloned().map(Some).chain(end).collect();
        let moment = self.moment_along(&way.start, schedule, inputs);
        moment.map_or_else(Vec::new, |moment| self.copy_line(&moment.to_string(), tools))
    }
}

/// The same of a way to the moment that a question is about.
fn asked_sentence(way: &Way, next: Option<ThreadId>, words: &Words) -> String {
    let steps = way.steps.saturating_sub(u32::from(next.is_some()));
    let steps = ("steps", words.with("explore-steps", &[("n", steps.into())]).into());
    match next {
        Some(thread) => words.with("way-asked-step", &[steps, ("thread", thread.letter().into())]),
        None => words.with("way-asked", &[steps]),
    }
}

/// Where the way leads, how long it is, and from where on nothing else is possible.
fn way_sentence(way: &Way, words: &Words) -> String {
    if let WayEnd::Asked(next) = way.end {
        return asked_sentence(way, next, words);
    }
    let what = words.with("way-what", &[("kind", way.bug.map_or("none", BugKind::name).into())]);
    let args = [
        ("what", what.into()),
        ("steps", words.with("explore-steps", &[("n", way.steps.into())]).into()),
        ("switches", words.with("explore-switches", &[("n", way.switches.into())]).into()),
    ];
    let told = words.with(if way.shortest { "way-shortest" } else { "way-some" }, &args);
    let no_return = match way.no_return {
        None => return told,
        Some(0) => words.t("way-no-return-ever"),
        Some(step) => words.with("way-no-return", &[("step", step.into())]),
    };
    words.sentences(&[told, no_return])
}
