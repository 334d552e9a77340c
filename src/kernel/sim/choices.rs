//! The choices: every step that is possible, and whether a step somebody names fits.

use super::misfit::{self, Reason};
use super::outlook::Outlook;
use super::system::System;
use super::table::Entry;
use super::task::{Stage, Standing, Task};
use crate::event::{Alternative, Candidate, Choice, ThreadState};
use crate::ids::{ObjectId, ThreadId};
use crate::kernel::Notify;
use crate::kernel::body::Primitive;
use crate::vm::{Draw, Op};
use std::sync::Arc;

/// A notify that could go in more ways than this offers only the first ones.
const MAX_WAYS: u32 = 1000;

impl System {
    /// Every step that is possible now, sorted.
    pub(crate) fn candidates(&self, out: &mut Vec<Candidate>) {
        out.clear();
        if self.early.is_empty() {
            self.free.iter().for_each(|thread| self.steps_of(thread, out));
            return;
        }
        let mut all = self.free.clone();
        self.early.iter().for_each(|thread| all.insert(thread));
        all.iter().for_each(|thread| self.steps_of(thread, out));
    }

    fn steps_of(&self, thread: ThreadId, out: &mut Vec<Candidate>) {
        let task = &self.tasks[thread.index()];
        let mut add = |alternative| out.push(Candidate { thread, alternative });
        match task.standing {
            Standing::Free => match self.ways_to_notify(task) {
                Some(ways) if ways > 1 => (0..ways.min(MAX_WAYS)).for_each(|way| add(Alternative::Wake(way))),
                _ => add(Alternative::Go),
            },
            Standing::Expired => {
                add(Alternative::Timeout);
                // Where time is abstracted, whether a deadline has come makes no difference.
                if self.options.abstract_time && self.options.spurious && matches!(task.stage, Stage::Parked { .. }) {
                    add(Alternative::Spurious);
                }
            }
            Standing::Held if self.early.contains(thread) => {
                if self.options.abstract_time && task.deadline.is_some() {
                    add(if matches!(task.op, Some(Op::Sleep(_))) { Alternative::Go } else { Alternative::Timeout });
                }
                if self.options.spurious && matches!(task.stage, Stage::Parked { .. }) {
                    add(Alternative::Spurious);
                }
            }
            Standing::Held | Standing::Absent => {}
        }
    }

    /// With `--notify any`, in how many ways the notify that the thread is about to make can go.
    fn ways_to_notify(&self, task: &Task) -> Option<u32> {
        if self.options.notify == Notify::First {
            return None;
        }
        let Some(Op::Notify { condition, count }) = task.op else { return None };
        self.ways(condition, count)
    }

    fn ways(&self, condition: ObjectId, count: Option<u32>) -> Option<u32> {
        match &self.table.get(condition)?.body {
            Primitive::Condition(condition) => Some(condition.ways(count)),
            _ => None,
        }
    }

    /// True when the thread can take an ordinary step, and there is only that one.
    pub(crate) fn goes_on(&self, thread: ThreadId) -> bool {
        self.task(thread).is_some_and(|task| {
            task.standing == Standing::Free && self.ways_to_notify(task).is_none_or(|ways| ways <= 1)
        })
    }

    /// Whether the choice can be made now, be it offered or not.
    pub(crate) fn fit(&self, choice: Choice) -> Result<(), Reason> {
        let task = self.task(choice.thread).ok_or(Reason::NoSuchThread)?;
        let Some(op) = &task.op else {
            return Err(if task.state == ThreadState::New { Reason::NotStarted } else { Reason::Over(task.state) });
        };
        match choice.alternative {
            Alternative::Go => match task.standing {
                Standing::Free => Ok(()),
                Standing::Held if matches!(op, Op::Sleep(_)) => Ok(()),
                _ => Err(self.held_up(choice.thread)),
            },
            Alternative::Timeout => match task.standing {
                Standing::Expired => Ok(()),
                Standing::Held if task.deadline.is_some() && !matches!(op, Op::Sleep(_)) => Ok(()),
                _ => Err(Reason::NoTimeout),
            },
            Alternative::Spurious if matches!(task.stage, Stage::Parked { .. }) => Ok(()),
            Alternative::Spurious => Err(Reason::NotWaiting),
            Alternative::Wake(way) => {
                let Op::Notify { condition, count } = op else { return Err(Reason::NoNotify) };
                let ways = self.ways(*condition, *count).unwrap_or(1);
                if way < ways { Ok(()) } else { Err(Reason::NoSuchWaiter { ways }) }
            }
            Alternative::Draw(index) => match op {
                Op::Random(Draw::Below(below)) if u64::from(index) < *below => Ok(()),
                Op::Random(Draw::Below(below)) => Err(Reason::DrawTooLarge { below: *below }),
                _ => Err(Reason::NoDraw),
            },
        }
    }

    fn held_up(&self, thread: ThreadId) -> Reason {
        let state = match self.outlook(thread, self.rank(thread)) {
            Outlook::Held { state, .. } => state,
            Outlook::Free => self.tasks[thread.index()].state,
        };
        let entry = misfit::object_of(state).and_then(|on| self.table.get(on));
        Reason::HeldUp { state, on: entry.map(|entry| Arc::clone(&entry.name)), owner: entry.and_then(Entry::owner) }
    }
}
