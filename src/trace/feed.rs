//! Records in batches, as whoever shows a run wants them.

use super::{Problem, Reader, Record};
use crate::event::{Choice, Event, EventKind};
use crate::ids::Step;
use crate::kernel::live::alternative;
use std::sync::Arc;

/// What happened next, in one go.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Portion {
    pub events: Vec<Event>,
    /// The choices that made the steps which begin in this portion.
    pub choices: Vec<Choice>,
    /// Lines of input that were given.
    pub inputs: Vec<Option<Arc<str>>>,
    /// Before anything else: everything after this step is given up, and so many of all lines of input stay.
    pub cut: Option<(Step, usize)>,
    /// How many facts were lost until now, when that is said.
    pub lost: Option<u64>,
}

/// Bytes of lines in a portion.
const PORTION_BYTES: u64 = 8 << 20;

/// Reads portions. It remembers what a cut wants to know.
pub struct Feed {
    reader: Reader,
    /// A record that belongs to the next portion.
    kept: Option<Record>,
    last_step: Option<Step>,
    /// After which step each line of input was given.
    typed: Vec<Step>,
}

impl Feed {
    #[must_use]
    pub fn new(reader: Reader) -> Feed {
        Feed { reader, kept: None, last_step: None, typed: Vec::new() }
    }

    #[must_use]
    pub fn reader(&self) -> &Reader {
        &self.reader
    }

    /// What was wrong so far.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        self.reader.problems()
    }

    /// The next portion, of at most `most` events (at least 1) and whatever comes with them; `None` at the end. It
    /// is smaller when more would have to be waited for: a stream that grows is shown as far as it is there. It is smaller,
    /// too, when events are large: no portion is much larger than 8 MiB of the file.
    pub fn next_portion(&mut self, most: usize) -> Option<Portion> {
        let mut portion = Portion::default();
        let mut empty = true;
        let enough = self.reader.bytes() + PORTION_BYTES;
        while portion.events.len() < most && self.reader.bytes() < enough {
            let Some(record) = self.kept.take().or_else(|| self.reader.next_record()) else { break };
            if matches!(record, Record::Cut { .. }) && !empty {
                self.kept = Some(record);
                break;
            }
            empty = false;
            self.add(record, &mut portion);
            if self.reader.must_wait() {
                break;
            }
        }
        (!empty).then_some(portion)
    }

    fn add(&mut self, record: Record, portion: &mut Portion) {
        match record {
            Record::Event { event, choice } => {
                if self.begins_step(&event) {
                    portion.choices.push(choice.unwrap_or_else(|| made_by(&event)));
                }
                self.last_step = Some(event.step);
                portion.events.push(event);
            }
            Record::Input { line } => {
                self.typed.push(self.last_step.unwrap_or_default());
                portion.inputs.push(line);
            }
            Record::Cut { to } => {
                self.last_step = Some(to);
                self.typed.retain(|step| *step <= to);
                portion.cut = Some((to, self.typed.len()));
            }
            Record::Lost { count } => portion.lost = Some(count),
            Record::End { .. } => {}
        }
    }

    fn begins_step(&self, event: &Event) -> bool {
        event.step > Step(0) && self.last_step.is_none_or(|last| event.step > last)
    }
}

/// The choice that led to a step which begins with this event.
fn made_by(event: &Event) -> Choice {
    match &event.kind {
        EventKind::Did { action, outcome } => {
            Choice { thread: event.thread, alternative: alternative(action, outcome) }
        }
        _ => Choice::go(event.thread),
    }
}
