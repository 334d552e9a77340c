//! The tracks of threads: their states, and in them what they did.

use super::clock::{At, Span};
use super::drawing::{Drawing, Name, Shade, Slice, Track};
use crate::event::ThreadState;
use crate::ids::{Step, ThreadId};
use crate::model::Model;
use crate::words::Words;

/// A thread on its track.
#[derive(Clone, Copy, Debug, Default)]
struct Lane {
    /// The state it is in, drawn when it ends.
    open: Option<Open>,
    /// Where its last operation ended.
    done: At,
}

#[derive(Clone, Copy, Debug)]
struct Open {
    from: At,
    shade: Shade,
    name: Name,
    step: Step,
    line: u32,
}

/// All threads.
#[derive(Debug, Default)]
pub(super) struct Lanes {
    lanes: Vec<Lane>,
}

/// What happens, when, where.
#[derive(Clone, Copy, Debug)]
pub(super) struct Moment {
    pub(super) thread: ThreadId,
    pub(super) at: At,
    pub(super) step: Step,
    pub(super) line: u32,
}

impl Lanes {
    fn lane(&mut self, thread: ThreadId) -> &mut Lane {
        if self.lanes.len() <= thread.index() {
            self.lanes.resize(thread.index() + 1, Lane::default());
        }
        &mut self.lanes[thread.index()]
    }

    /// From this moment on the thread looks like this; `None` when there is nothing to be seen of it.
    pub(super) fn change(&mut self, moment: Moment, look: Option<(Shade, Name)>, drawing: &mut Drawing) {
        let lane = self.lane(moment.thread);
        if lane.open.map(|open| (open.shade, open.name)) == look {
            return;
        }
        if let Some(open) = lane.open.take() {
            push(open, moment.thread, moment.at, false, drawing);
        }
        let Moment { at, step, line, .. } = moment;
        lane.open = look.map(|(shade, name)| Open { from: at, shade, name, step, line });
    }

    /// An operation of a real thread, which may have begun at `begun` and took effect now. It stands in the last state of
    /// the thread: what it waited before that is a state of its own.
    pub(super) fn clipped(&mut self, thread: ThreadId, begun: At, to: At) -> Span {
        let lane = self.lane(thread);
        let least = lane.open.map_or(to, |open| open.from).max(lane.done);
        lane.done = to;
        Span { from: begun.max(least).min(to), to }
    }

    /// How deep an operation of this thread stands.
    pub(super) fn depth(&mut self, thread: ThreadId) -> u16 {
        u16::from(self.lane(thread).open.is_some())
    }

    /// The recording ends here.
    pub(super) fn finish(&mut self, at: At, drawing: &mut Drawing) {
        for (thread, lane) in (0..).map(ThreadId).zip(&mut self.lanes) {
            if let Some(open) = lane.open.take() {
                push(open, thread, at, true, drawing);
            }
        }
    }
}

fn push(open: Open, thread: ThreadId, to: At, unfinished: bool, drawing: &mut Drawing) {
    if open.from == to {
        return;
    }
    drawing.slices.push(Slice {
        track: Track::Thread(thread),
        span: Span { from: open.from, to },
        depth: 0,
        shade: open.shade,
        name: open.name,
        step: open.step,
        line: open.line,
        about: None,
        unfinished,
    });
}

/// What a thread in this state looks like. Who could run in the simulator runs only when it is chosen; a real thread that
/// can run does.
pub(super) fn look(state: ThreadState, live: bool, names: &Model, words: &Words) -> Option<(Shade, String)> {
    let on = |key, object| words.with(key, &[("object", words.object_name(object, names).into())]);
    Some(match state {
        ThreadState::New | ThreadState::Finished | ThreadState::Failed | ThreadState::Killed => return None,
        ThreadState::Ready if live => (Shade::Running, words.t("track-running")),
        ThreadState::Ready => (Shade::Ready, words.t("track-ready")),
        ThreadState::Blocked { on: object } => (Shade::HeldUp, on("track-blocked", object)),
        ThreadState::Waiting { on: object } => (Shade::HeldUp, on("track-waiting", object)),
        ThreadState::Joining { thread } => {
            (Shade::HeldUp, words.with("track-joining", &[("thread", words.thread(thread, names).into())]))
        }
        ThreadState::Sleeping { .. } => (Shade::Sleeping, words.t("track-sleeping")),
        ThreadState::Reading => (Shade::Sleeping, words.t("track-reading")),
    })
}
