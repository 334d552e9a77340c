//! How long it takes to draw the full stage at 200x60, with 32 threads and a million events behind it, and how long the
//! stage takes for a million events of real threads that arrive at full speed.
//!
//! ```text
//! cargo bench --bench draw
//! ```

#![allow(clippy::unwrap_used)]

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use lockstep::event::{
    Action, Candidate, Event, EventKind, ObjectInfo, ObjectKind, ObjectState, Outcome, ThreadInfo, ThreadState,
};
use lockstep::ids::{Nanos, ObjectId, Seq, Step, ThreadId};
use lockstep::lang::{Parameters, compile};
use lockstep::scenario::{Catalogue, Target};
use lockstep::sched::SchedulerKind;
use lockstep::session::{Batch, LiveOptions, Options, Pause, Start, Update};
use lockstep::tui::loader::{Loaded, Request};
use lockstep::tui::{App, Msg, render, update};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use std::sync::Arc;

const THREADS: u32 = 32;
const LOCKS: u32 = 16;
const EVENTS: usize = 1_000_000;

/// Threads that take and give back locks in turn.
fn long_run() -> Batch {
    let mut batch = Batch::default();
    let mut step = 0;
    let push = |batch: &mut Batch, step: u32, thread: u32, line: u32, kind: EventKind| {
        let seq = Seq(u32::try_from(batch.events.len()).unwrap());
        let at = Nanos(u64::from(step) * 10_000);
        batch.events.push(Event { seq, step: Step(step), at, thread: ThreadId(thread), line, kind });
    };
    for id in 0..THREADS {
        let parent = (id > 0).then_some(ThreadId::MAIN);
        let info = ThreadInfo { name: format!("Thread-{id} (work)").into(), daemon: false, parent };
        push(&mut batch, step, id, 0, EventKind::Thread(Arc::new(info)));
        push(&mut batch, step, id, 10, EventKind::State(ThreadState::Ready));
    }
    for id in 0..LOCKS {
        let state = ObjectState::Lock { owner: None, depth: 0 };
        let name = format!("locks[{id}]").into();
        let info = ObjectInfo { id: ObjectId(id), kind: ObjectKind::Lock, name, line: 6, state };
        push(&mut batch, step, 0, 6, EventKind::Object(Arc::new(info)));
    }
    while batch.events.len() < EVENTS {
        let (thread, object) = (step % THREADS, ObjectId(step / THREADS % LOCKS));
        let acquire = Action::Acquire { object, blocking: true, timeout: None };
        let release = Action::Release { object, count: 1 };
        for (action, next) in [(acquire.clone(), release.clone()), (release, acquire)] {
            step += 1;
            batch.choices.push(Candidate::go(ThreadId(thread)));
            push(&mut batch, step, thread, 12, EventKind::Did { action, outcome: Outcome::Done });
            push(&mut batch, step, thread, 13, EventKind::Pending(next));
            let other = (thread + 1) % THREADS;
            let state = if step % 2 == 0 { ThreadState::Ready } else { ThreadState::Blocked { on: object } };
            push(&mut batch, step, other, 12, EventKind::State(state));
        }
    }
    batch
}

fn loaded() -> Loaded {
    let target = Target::resolve("philosophers/naive", &Catalogue::embedded()).unwrap();
    let source = target.source();
    let compiled = compile(&source, &Parameters::default());
    let start = Start {
        program: compiled.program.unwrap(),
        options: Options::default(),
        scheduler: SchedulerKind::Random,
        seed: 7,
        schedule: None,
        inputs: Vec::new(),
        max_steps: u32::MAX,
        live: None,
        tape: None,
    };
    let request = Request { target: "philosophers/naive".to_owned(), parameters: Vec::new() };
    Loaded { request, target, path: None, source, tokens: compiled.tokens, parameters: Vec::new(), start, at: None }
}

fn draw(criterion: &mut Criterion) {
    let mut app = App::new((200, 60));
    update(&mut app, Msg::Opened(Box::new(loaded())));
    let batch = long_run();
    let at = batch.events.last().map_or(Step(0), |event| event.step);
    update(&mut app, Msg::Update(Update::Steps(Arc::new(batch))));
    update(&mut app, Msg::Update(Update::Idle { at, pause: Pause::Done }));
    let mut terminal = Terminal::new(TestBackend::new(200, 60)).unwrap();
    criterion.bench_function("the full stage at 200x60", |bencher| {
        bencher.iter(|| {
            terminal.draw(|frame| render(frame, frame.area(), &app)).unwrap();
        });
    });
}

/// The events in parts as the session sends them, the choices with them.
fn parts(batch: &Batch) -> Vec<Arc<Batch>> {
    const EVENTS_EACH: usize = 4096;
    let mut choices = batch.choices.iter();
    let part = |events: &[Event]| {
        let did = events.iter().filter(|event| matches!(event.kind, EventKind::Did { .. })).count();
        Arc::new(Batch { events: events.to_vec(), choices: choices.by_ref().take(did).copied().collect() })
    };
    batch.events.chunks(EVENTS_EACH).map(part).collect()
}

/// Real threads that run without a pace on a stage on which nothing has happened.
fn at_large() -> App {
    let mut app = App::new((200, 60));
    let mut loaded = loaded();
    loaded.start.live = Some(LiveOptions::default());
    update(&mut app, Msg::Opened(Box::new(loaded)));
    app
}

fn take_in(criterion: &mut Criterion) {
    let parts = parts(&long_run());
    let mut group = criterion.benchmark_group("stage");
    group.sample_size(10).throughput(Throughput::Elements(EVENTS as u64));
    group.bench_function("a million events of real threads", |bencher| {
        bencher.iter_batched_ref(
            at_large,
            |app| {
                for part in &parts {
                    update(app, Msg::Update(Update::Steps(Arc::clone(part))));
                }
            },
            BatchSize::PerIteration,
        );
    });
}

criterion_group!(benches, draw, take_in);
criterion_main!(benches);
