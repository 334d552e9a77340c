//! What a reader promises of anything that comes out of it, checked from the outside. The fuzz target uses this file, too.

use lockstep::event::{Action, Event, EventKind, ObjectState, Outcome, ThreadState};
use lockstep::ids::{ObjectId, Step, ThreadId};
use lockstep::model::Recording;
use lockstep::trace::{Broken, Reader, Record, limits};
use std::io::Cursor;

/// Reads these bytes, whatever they are, and keeps the reader to its promises. Says whether there was a header.
pub(crate) fn hold(bytes: &[u8]) -> bool {
    let Ok(mut reader) = Reader::new(Cursor::new(bytes.to_vec())) else { return false };
    let mut seen = Seen::default();
    let mut records = 0u64;
    while let Some(record) = reader.next_record() {
        seen.check(&record);
        records += 1;
    }
    assert!(records <= reader.lines(), "more records than lines");
    assert!(reader.problems().len() <= limits::BROKEN + 1);
    for (place, problem) in reader.problems().iter().enumerate() {
        let text = problem.to_string();
        assert!(text.len() < 2000 && !text.chars().any(char::is_control), "{text:?}");
        assert!((1..=reader.lines()).contains(&problem.line), "{problem:?}");
        let is_last = place + 1 == reader.problems().len();
        assert!(is_last || !matches!(problem.broken, Broken::Stopped(_)), "something was read after {problem}");
    }
    assert!(reader.next_record().is_none(), "there was something after the end");
    recording(bytes);
    true
}

/// The same as a recording: the model, the detectors and the history take whatever comes.
fn recording(bytes: &[u8]) {
    let Ok(reader) = Reader::new(Cursor::new(bytes.to_vec())) else { return };
    let (mut recording, _) = Recording::read(reader);
    let history = &mut recording.history;
    let last = history.last_step().0;
    for step in [0, last / 2, last.saturating_sub(1), last] {
        history.seek(Step(step));
        assert!(history.at().0 <= last);
        for thread in &history.model().threads {
            assert!(thread.holds.len() <= 1000);
        }
        let _ = (history.output().tail(3), history.findings().len(), history.timeline().len());
    }
    let events: Vec<Event> = history.events(0..history.event_count()).collect();
    assert!(events.iter().zip(0..).all(|(event, number)| event.seq.0 == number), "gaps on the tape");
    assert_eq!(history.schedule(Step(last)).len(), u64::from(last), "each step has its choice");
}

/// What has been declared, and where the tape stands.
#[derive(Default)]
struct Seen {
    threads: u32,
    objects: u32,
    events: u32,
    step: Option<u32>,
    /// For each step, what there was before it.
    before: Vec<(u32, u32, u32)>,
    ended: bool,
}

impl Seen {
    fn check(&mut self, record: &Record) {
        assert!(!self.ended, "something comes after the end");
        match record {
            Record::Event { event, choice } => {
                if let Some(choice) = choice {
                    self.thread(choice.thread);
                }
                self.event(event);
            }
            Record::Cut { to } => self.cut(*to),
            Record::End { .. } => self.ended = true,
            Record::Input { .. } | Record::Lost { .. } => {}
        }
    }

    fn cut(&mut self, to: Step) {
        assert!(to.0 <= self.step.unwrap_or(0), "it is cut back to a step that is not there");
        if let Some(before) = self.before.get(to.0 as usize + 1).copied() {
            self.before.truncate(to.0 as usize + 1);
            (self.events, self.threads, self.objects) = before;
            self.step = Some(to.0);
        }
    }

    fn event(&mut self, event: &Event) {
        assert_eq!(event.seq.0, self.events, "events are numbered without gaps");
        let next = self.step.map_or(0, |step| step + 1);
        assert!(event.step.0 == next || Some(event.step.0) == self.step, "step {} comes before {next}", event.step.0);
        if event.step.0 == next {
            self.before.push((self.events, self.threads, self.objects));
        }
        self.events += 1;
        self.step = Some(event.step.0);
        self.mentions(event);
    }

    fn mentions(&mut self, event: &Event) {
        match &event.kind {
            EventKind::Thread(info) => {
                if let Some(parent) = info.parent {
                    self.thread(parent);
                }
                assert!(event.thread.0 <= self.threads, "threads are numbered without gaps");
                self.threads = self.threads.max(event.thread.0 + 1);
            }
            EventKind::Object(info) => {
                match &info.state {
                    ObjectState::Lock { owner: Some(owner), .. } => self.thread(*owner),
                    ObjectState::Condition { lock } => self.object(*lock),
                    _ => {}
                }
                assert_eq!(info.id.0, self.objects, "objects are numbered without gaps");
                self.objects += 1;
            }
            EventKind::Named { object, .. } | EventKind::Value { object, .. } => self.object(*object),
            EventKind::Did { action, outcome } => {
                self.action(action);
                if let Outcome::Woke(threads) = outcome {
                    threads.iter().for_each(|thread| self.thread(*thread));
                }
            }
            EventKind::Pending(action) => self.action(action),
            EventKind::State(ThreadState::Blocked { on } | ThreadState::Waiting { on }) => self.object(*on),
            EventKind::State(ThreadState::Joining { thread }) => self.thread(*thread),
            EventKind::State(_) | EventKind::Renamed { .. } | EventKind::Traceback(_) | EventKind::Ended(_) => {}
        }
        self.thread(event.thread);
    }

    fn action(&self, action: &Action) {
        if let Action::Start { thread } | Action::Join { thread, .. } | Action::IsAlive { thread } = action {
            self.thread(*thread);
        }
        if let Some(object) = action.object() {
            self.object(object);
        }
    }

    fn thread(&self, thread: ThreadId) {
        assert!(thread.0 < self.threads, "thread {} is mentioned and was not declared", thread.0);
    }

    fn object(&self, object: ObjectId) {
        assert!(object.0 < self.objects, "object {} is mentioned and was not declared", object.0);
    }
}
