//! Rust programs, as their tapes tell of them.

mod lives;
mod operations;
mod reading;

use super::story::Story;
use super::thread::Birth;
use super::{
    Collector, Condvar, Mutex, Place, Probe, Queue, Record, ReentrantMutex, RwLock, Semaphore, Shared, Span, Stopped,
    Times, scope, spawn,
};
use crate::event::{Action, End, Event, EventKind, ObjectKind, ObjectState, Outcome, ThreadState};
use crate::ids::{Nanos, ObjectId, ThreadId};
use crossbeam_channel::{Sender, unbounded};
use std::cell::RefCell;
use std::collections::HashMap;
use std::panic::Location;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Barrier};
use std::thread;
use std::time::{Duration, Instant};

/// The events as short lines.
fn shown(events: &[Event]) -> Vec<String> {
    events.iter().map(|event| format!("{} {}", event.thread, what(&event.kind))).collect()
}

fn what(kind: &EventKind) -> String {
    match kind {
        EventKind::Thread(info) => format!("is {}", info.name),
        EventKind::Object(info) => format!("declares {:?} {}", info.kind, info.name),
        EventKind::Did { action, outcome: Outcome::Done } => named(action),
        EventKind::Did { action, outcome } => format!("{} {outcome:?}", named(action)),
        EventKind::Pending(action) => format!("wants {}", named(action)),
        EventKind::State(state) => format!("{state:?}").split(' ').next().unwrap_or_default().to_owned(),
        EventKind::Traceback(text) => text.lines().last().unwrap_or_default().to_owned(),
        other => format!("{other:?}"),
    }
}

fn named(action: &Action) -> String {
    format!("{action:?}").split(' ').next().unwrap_or_default().to_owned()
}

/// What a program told until all its threads were over.
fn told(body: impl FnOnce()) -> Vec<Event> {
    let (probe, mut collector) = Probe::new();
    assert_eq!(probe.run(body), Ok(()));
    let mut events = Vec::new();
    collector.events(&mut events);
    events
}

/// Waits until the tape says this.
fn wait_for(collector: &mut Collector, events: &mut Vec<Event>, said: impl Fn(&[Event]) -> bool) {
    let deadline = Instant::now() + Duration::from_mins(1);
    while !said(events) {
        assert!(Instant::now() < deadline, "{:#?}", shown(events));
        collector.events(events);
        thread::yield_now();
    }
}

fn count(events: &[Event], line: &str) -> usize {
    shown(events).iter().filter(|shown| *shown == line).count()
}
