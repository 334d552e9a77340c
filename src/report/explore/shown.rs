//! A witness, replayed in the ordinary simulator, so that it can be told with names.

use super::Turning;
use crate::event::{Decision, Event, Sink};
use crate::explore::{Bug, Explorer};
use crate::ids::Step;
use crate::model::Model;
use crate::report::Witness;

/// What the witness of a bug shows.
#[derive(Clone, Debug)]
pub struct Replay {
    /// The picture at its end.
    pub model: Model,
    /// The step after which nothing can save it; `None` when that is not known, or there is no such step.
    pub turning: Option<Turning>,
    /// Somebody asked for a line of input when there was none left.
    pub input_ended: bool,
}

impl Replay {
    /// Replays the witness.
    #[must_use]
    pub fn of(explorer: &Explorer, bug: &Bug) -> Replay {
        let step = bug.no_return_step.filter(|step| *step > 0).map(Step);
        let mut listener = Listener { step, ..Listener::default() };
        explorer.replay(&bug.witness.schedule, &mut listener);
        let Listener { witness, events, after, input_ended, .. } = listener;
        let turning = step.map(|step| {
            let after = after.unwrap_or_else(|| witness.model.clone());
            Turning { step, events, after }
        });
        Replay { model: witness.model, turning, input_ended }
    }
}

/// Listens to a witness; of one step it keeps everything.
#[derive(Default)]
struct Listener {
    witness: Witness,
    step: Option<Step>,
    events: Vec<Event>,
    /// The picture after that step.
    after: Option<Model>,
    input_ended: bool,
}

impl Sink for Listener {
    const ENABLED: bool = true;

    fn emit(&mut self, event: Event) {
        if self.step == Some(event.step) {
            self.events.push(event.clone());
        } else if !self.events.is_empty() && self.after.is_none() {
            self.after = Some(self.witness.model.clone());
        }
        self.witness.emit(event);
    }

    fn decided(&mut self, decision: &Decision) {
        self.input_ended |= *decision == Decision::Input(None);
    }
}
