//! Sessions over real programs: what is watched, gone back in and forked is what a run from the beginning gives.

#![expect(clippy::unwrap_used, reason = "a test may")]

use lockstep::detect::{FindingKind, Marks};
use lockstep::event::{Action, Choice, End, Event, EventKind, Schedule};
use lockstep::ids::{ObjectId, Step, ThreadId};
use lockstep::kernel::sim::{Status, World};
use lockstep::lang::{Parameters, Program, compile};
use lockstep::model::{History, Model};
use lockstep::sched::SchedulerKind;
use lockstep::session::{Breakpoint, Control, Handle, Pause, Start, Stop, Update, spawn};
use lockstep::source::Source;
use std::sync::Arc;
use std::time::Duration;

/// Two threads that lose updates, and print.
const COUNTER: &str = "
import threading
n = 0
def work():
    global n
    for i in range(5):
        n = n + 1
    print('done')
threads = [threading.Thread(target=work) for _ in range(2)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(n)
";

/// Two locks in opposite order.
const OPPOSITE: &str = "
import threading
a = threading.Lock()
b = threading.Lock()
def one():
    with a:
        with b:
            print('one')
def two():
    with b:
        with a:
            print('two')
t = threading.Thread(target=one)
u = threading.Thread(target=two)
t.start()
u.start()
t.join()
u.join()
";

const ENDLESS: &str = "
import threading
lock = threading.Lock()
def work():
    while True:
        with lock:
            pass
threading.Thread(target=work).start()
work()
";

const ASKS: &str = "
name = input('name? ')
print('hello', name)
again = input('again? ')
print('bye', again)
";

fn program(text: &str) -> Arc<Program> {
    let source = Arc::new(Source::new("test.py", text));
    let compiled = compile(&source, &Parameters::default());
    compiled.program.unwrap_or_else(|| panic!("{:?}", compiled.diagnostics))
}

/// Whoever watches a session, with the tape it keeps.
struct Watcher {
    handle: Handle,
    history: History,
    /// What was said besides steps, since last asked.
    said: Vec<Update>,
}

impl Watcher {
    fn new(start: Start) -> Watcher {
        let mut watcher = Watcher { handle: spawn(start), history: History::new(), said: Vec::new() };
        watcher.until_idle();
        watcher
    }

    fn of(text: &str, seed: u64) -> Watcher {
        Watcher::new(Start { seed, ..Start::new(program(text)) })
    }

    fn tell(&mut self, control: Control) -> Pause {
        self.said.clear();
        self.handle.controls.send(control).unwrap();
        self.until_idle()
    }

    fn next(&mut self) -> Update {
        self.handle.updates.recv_timeout(Duration::from_mins(1)).expect("the session is silent")
    }

    fn until_idle(&mut self) -> Pause {
        loop {
            match self.next() {
                Update::Reset(_) => self.history = History::new(),
                Update::Truncated { to } => {
                    self.history.truncate(to);
                    self.said.push(Update::Truncated { to });
                }
                Update::Steps(batch) => self.history.push(&batch.events, &batch.choices),
                Update::Idle { at, pause } => {
                    assert_eq!(at, self.history.last_step());
                    return pause;
                }
                Update::Failed(reason) => panic!("{reason}"),
                update => self.said.push(update),
            }
        }
    }

    fn run(&mut self, count: u32) -> Pause {
        self.tell(Control::Run { from: self.history.last_step(), count })
    }

    fn finish(&mut self) -> Pause {
        self.tell(Control::Until { from: self.history.last_step(), stop: Stop::End })
    }

    fn candidates(&self) -> Vec<Choice> {
        let list = self.said.iter().rev().find_map(|update| match update {
            Update::Candidates { list, .. } => Some(list.clone()),
            _ => None,
        });
        list.unwrap_or_default()
    }

    fn tape(&self) -> Vec<Event> {
        self.history.events(0..usize::MAX).collect()
    }

    fn output(&self) -> String {
        let lines = self.history.output().lines(0..usize::MAX);
        lines.into_iter().map(|line| line.text + "\n").collect()
    }
}

/// The events of a run made from the beginning, by this schedule.
fn fresh(text: &str, seed: u64, schedule: &Schedule) -> Vec<Event> {
    let mut events = Vec::new();
    let options = lockstep::session::Options { seed, ..Default::default() };
    let mut world = World::new(program(text), options, &mut events);
    for choice in schedule {
        while world.status() == Status::Busy {
            world.resume(&mut events);
        }
        world.apply(choice, &mut events).unwrap();
    }
    events
}

#[test]
fn what_is_watched_is_what_a_run_from_the_beginning_gives() {
    for seed in 0..5 {
        let mut watcher = Watcher::of(COUNTER, seed);
        assert_eq!(watcher.finish(), Pause::Ended(End::Finished));
        let schedule = watcher.history.schedule(watcher.history.last_step());
        assert_eq!(watcher.tape(), fresh(COUNTER, seed, &schedule));
        let again: Schedule = schedule.to_string().parse().unwrap();
        assert_eq!(again, schedule);
    }
}

#[test]
fn the_picture_at_any_step_is_that_of_a_run_that_ends_there() {
    let mut watcher = Watcher::of(OPPOSITE, 3);
    watcher.finish();
    for step in (0..=watcher.history.last_step().0).map(Step) {
        watcher.history.seek(step);
        let mut model = Model::default();
        for event in &fresh(OPPOSITE, 3, &watcher.history.schedule(step)) {
            model.apply(event);
        }
        assert_eq!(format!("{:?}", watcher.history.model()), format!("{model:?}"), "{step:?}");
    }
}

/// Two locks, wanted in opposite order, but not for long.
const IMPATIENT: &str = include_str!("narration/impatient.py");

#[test]
fn another_choice_forks_time_and_the_same_one_does_not() {
    let mut watcher = Watcher::of(COUNTER, 1);
    watcher.finish();
    let end = watcher.history.last_step();
    let mut forks = 0;
    for at in (5..end.0).step_by(3) {
        let at = Step(at);
        let recorded = watcher.history.choice_after(at).unwrap();
        watcher.tell(Control::Choose { from: at, choice: recorded });
        assert!(!watcher.said.iter().any(|update| matches!(update, Update::Truncated { .. })));
        watcher.history.seek(at);
        let others = watcher
            .history
            .model()
            .threads
            .iter()
            .filter(|thread| thread.id != recorded.thread && thread.state == lockstep::event::ThreadState::Ready);
        let Some(other) = others.map(|thread| thread.id).next() else { continue };
        forks += 1;
        watcher.history.seek(watcher.history.last_step());
        watcher.tell(Control::Choose { from: at, choice: Choice::go(other) });
        assert!(watcher.said.iter().any(|update| matches!(update, Update::Truncated { to } if *to == at)));
        assert_eq!(watcher.history.last_step(), Step(at.0 + 1));
        assert_eq!(watcher.finish(), Pause::Ended(End::Finished));
        let schedule = watcher.history.schedule(watcher.history.last_step());
        assert_eq!(watcher.tape(), fresh(COUNTER, 1, &schedule));
        if watcher.history.last_step() <= at {
            break;
        }
    }
    assert!(forks > 3);
}

#[test]
fn what_does_not_fit_is_refused_and_changes_nothing() {
    let mut watcher = Watcher::of(COUNTER, 1);
    watcher.run(4);
    let tape = watcher.tape();
    for from in [Step(0), Step(4), Step(4000)] {
        watcher.tell(Control::Choose { from, choice: Choice::go(ThreadId(9)) });
        let refused = watcher.said.iter().find_map(|update| match update {
            Update::Refused { reason, .. } => Some(reason.clone()),
            _ => None,
        });
        assert_eq!(refused.map(|said| said.to_string()).as_deref(), Some("there is no thread I"));
    }
    assert_eq!(watcher.tape(), tape);
}

#[test]
fn a_thread_whose_time_is_up_gives_up_when_it_is_chosen() {
    let mut watcher = Watcher::of(IMPATIENT, 1);
    // Each holds one lock and wants the other; the clock has jumped to the end of their patience.
    let mut at = Step(0);
    for thread in [0, 0, 1, 2, 1, 2] {
        watcher.tell(Control::Choose { from: at, choice: Choice::go(ThreadId(thread)) });
        at = Step(at.0 + 1);
        assert_eq!(watcher.history.last_step(), at);
    }
    let schedule = watcher.history.schedule(at);
    assert_eq!(schedule.to_string(), "v1/M2.A1.B1.A!timeout.B!timeout");
    assert_eq!(watcher.tape(), fresh(IMPATIENT, 1, &schedule));
}

#[test]
fn a_person_can_choose_every_step() {
    let mut watcher = Watcher::of(COUNTER, 0);
    let mut last = ThreadId::MAIN;
    for _ in 0..500 {
        let candidates = watcher.candidates();
        // Never the same thread twice in a row, when that can be avoided.
        let Some(choice) = candidates.iter().rev().find(|choice| choice.thread != last).or(candidates.first()).copied()
        else {
            break;
        };
        last = choice.thread;
        watcher.tell(Control::Choose { from: watcher.history.last_step(), choice });
    }
    assert_eq!(watcher.history.model().ended, Some(End::Finished));
    assert_eq!(watcher.output(), "done\ndone\n5\n", "every other update is lost");
}

#[test]
fn a_deadlock_is_found_at_once_and_stepped_out_of() {
    let mut watcher = Watcher::new(Start {
        schedule: Some("v1/M2.A.B".parse().unwrap()),
        scheduler: SchedulerKind::Manual,
        ..Start::new(program(OPPOSITE))
    });
    watcher.run(4);
    let findings = watcher.history.findings();
    assert_eq!(findings.len(), 1);
    assert_eq!(
        (&findings[0].kind, &findings[0].threads[..]),
        (&FindingKind::Deadlock, &[ThreadId(1), ThreadId(2)][..])
    );
    let names: Vec<_> =
        findings[0].objects.iter().map(|object| watcher.history.model().object_name(*object).to_string()).collect();
    assert_eq!(names, ["b", "a"]);
    assert_eq!(watcher.finish(), Pause::Ended(End::Deadlock));
    assert_eq!(watcher.history.all_findings().len(), 1, "the main thread waits for one of them: nothing new");
    watcher.tell(Control::Choose { from: Step(3), choice: Choice::go(ThreadId(1)) });
    assert!(watcher.history.all_findings().is_empty());
    assert_eq!(watcher.finish(), Pause::Ended(End::Finished));
    assert_eq!(watcher.output(), "one\ntwo\n");
}

#[test]
fn breakpoints_stop_a_run() {
    let mut watcher = Watcher::of(COUNTER, 1);
    watcher.tell(Control::Stop);
    watcher.handle.controls.send(Control::Breakpoints(vec![Breakpoint::Line(8)])).unwrap();
    assert_eq!(watcher.finish(), Pause::Hit(Breakpoint::Line(8)));
    let last = watcher.history.model().last.unwrap();
    assert_eq!(watcher.history.model().thread(last).unwrap().line, 8);
    watcher.handle.controls.send(Control::Breakpoints(vec![Breakpoint::Object(ObjectId(0))])).unwrap();
    let pause = watcher.finish();
    if pause == Pause::Hit(Breakpoint::Object(ObjectId(0))) {
        let touches =
            |event: Event| matches!(event.kind, EventKind::Did { action, .. } if action.object() == Some(ObjectId(0)));
        assert!(watcher.history.events_of(watcher.history.last_step()).any(touches));
    }
    let mut watcher =
        Watcher::new(Start { schedule: Some("v1/M2.A.B".parse().unwrap()), ..Start::new(program(OPPOSITE)) });
    watcher.handle.controls.send(Control::Breakpoints(vec![Breakpoint::Finding])).unwrap();
    assert_eq!(watcher.finish(), Pause::Hit(Breakpoint::Finding));
    assert_eq!(watcher.history.last_step(), Step(4));
}

#[test]
fn one_line_of_one_thread() {
    let mut watcher = Watcher::of(COUNTER, 1);
    watcher.run(6);
    let thread = ThreadId(1);
    for _ in 0..5 {
        let line = watcher.history.model().thread(thread).unwrap().line;
        let pause = watcher.tell(Control::Until { from: watcher.history.last_step(), stop: Stop::Line(thread) });
        let model = watcher.history.model();
        let view = model.thread(thread).unwrap();
        assert!(view.line != line || view.state.is_over(), "{pause:?}");
        assert_eq!(model.last, Some(thread));
        if view.state.is_over() {
            return;
        }
    }
}

#[test]
fn the_next_event_of_interest_stops_a_run() {
    let mut watcher = Watcher::of(OPPOSITE, 2);
    let mut stops = Vec::new();
    while watcher.tell(Control::Until { from: watcher.history.last_step(), stop: Stop::Interest(Marks::BLOCK) })
        == Pause::Done
    {
        stops.push(watcher.history.last_step());
        assert!(watcher.history.marks(watcher.history.last_step()).intersects(Marks::BLOCK));
    }
    let all = (0..=watcher.history.last_step().0).map(Step);
    let marked: Vec<Step> = all.filter(|step| watcher.history.marks(*step).intersects(Marks::BLOCK)).collect();
    assert!(marked.len() - stops.len() <= 1 && !stops.is_empty(), "{marked:?} {stops:?}");
}

#[test]
fn input_is_asked_for_and_remembered() {
    let mut watcher = Watcher::of(ASKS, 0);
    assert_eq!(watcher.finish(), Pause::Input);
    let asked = |watcher: &Watcher| {
        watcher.said.iter().find_map(|update| match update {
            Update::AwaitingInput { prompt, .. } => Some(prompt.to_string()),
            _ => None,
        })
    };
    assert_eq!(asked(&watcher).as_deref(), Some("name? "));
    watcher.tell(Control::Input { line: Some("你".into()) });
    assert_eq!(watcher.finish(), Pause::Input);
    assert_eq!(asked(&watcher).as_deref(), Some("again? "));
    let second = watcher.history.last_step();
    watcher.tell(Control::Input { line: Some("no".into()) });
    assert_eq!(watcher.finish(), Pause::Ended(End::Finished));
    assert_eq!(watcher.output(), "name? hello 你\nagain? bye no\n");
    // Back before the second question: the first line is not asked for again, the second one is.
    let before = Step(second.0 - 2);
    let recorded = watcher.history.choice_after(before).unwrap();
    let other = Choice { alternative: lockstep::event::Alternative::Timeout, ..recorded };
    watcher.tell(Control::Choose { from: before, choice: other });
    assert_eq!(watcher.history.last_step(), Step(second.0 + 1).max(watcher.history.last_step()), "nothing changed");
    let mut given = Watcher::new(Start { inputs: vec!["a".into(), "b".into()], ..Start::new(program(ASKS)) });
    assert_eq!(given.finish(), Pause::Ended(End::Finished));
    assert_eq!(given.output(), "name? hello a\nagain? bye b\n");
}

#[test]
fn a_run_without_end_is_stopped_at_once() {
    let mut watcher = Watcher::of(ENDLESS, 0);
    watcher.handle.controls.send(Control::Run { from: Step(0), count: u32::MAX }).unwrap();
    loop {
        if let Update::Steps(batch) = watcher.next() {
            watcher.history.push(&batch.events, &batch.choices);
            break;
        }
    }
    assert_eq!(watcher.tell(Control::Stop), Pause::Stopped);
    let schedule = watcher.history.schedule(watcher.history.last_step());
    assert_eq!(watcher.tape().len(), fresh(ENDLESS, 0, &schedule).len());
}

#[test]
fn a_run_ends_at_the_most_steps_it_may_make() {
    let mut watcher = Watcher::new(Start { max_steps: 1000, ..Start::new(program(ENDLESS)) });
    assert_eq!(watcher.finish(), Pause::MaxSteps);
    assert_eq!(watcher.history.last_step(), Step(1000));
    assert_eq!(watcher.run(1), Pause::MaxSteps);
}

#[test]
fn restarting_gives_the_same_run_or_another() {
    let mut watcher = Watcher::of(COUNTER, 7);
    watcher.finish();
    let first = watcher.tape();
    watcher.tell(Control::Restart(Box::new(Start { seed: 7, ..Start::new(program(COUNTER)) })));
    assert_eq!(watcher.history.last_step(), Step(0));
    watcher.finish();
    assert_eq!(watcher.tape(), first);
    watcher.tell(Control::Restart(Box::new(Start { seed: 8, ..Start::new(program(COUNTER)) })));
    watcher.finish();
    assert_ne!(watcher.tape(), first);
}

#[test]
fn a_scheduler_that_took_over_does_so_again_after_going_back() {
    let mut watcher = Watcher::of(ENDLESS, 7);
    watcher.run(600);
    watcher.handle.controls.send(Control::Scheduler { kind: SchedulerKind::ROUND_ROBIN, seed: 1 }).unwrap();
    watcher.run(600);
    let schedule = watcher.history.schedule(Step(1200));
    let at = Step(900);
    let other = ThreadId(1 - watcher.history.choice_after(at).unwrap().thread.0.min(1));
    watcher.tell(Control::Choose { from: at, choice: Choice::go(other) });
    let forked = watcher.history.schedule(Step(900));
    assert_eq!(forked, schedule.prefix(900));
    watcher.run(300);
    let schedule = watcher.history.schedule(watcher.history.last_step());
    assert_eq!(watcher.tape(), fresh(ENDLESS, 7, &schedule));
}

#[test]
fn a_schedule_that_does_not_fit_names_the_step() {
    let mut watcher =
        Watcher::new(Start { schedule: Some("v1/M2.C".parse().unwrap()), ..Start::new(program(COUNTER)) });
    let Pause::Misfit(reason) = watcher.finish() else { panic!("it fitted") };
    assert_eq!(reason.to_string(), "step 3: there is no thread C");
    assert_eq!(watcher.history.last_step(), Step(2));
    assert_eq!(watcher.finish(), Pause::Ended(End::Finished), "the scheduler goes on");
}

#[test]
fn the_threads_that_are_ready_are_the_candidates() {
    let mut watcher = Watcher::of(OPPOSITE, 5);
    while let Pause::Done = watcher.run(1) {
        let ready =
            watcher.history.model().threads.iter().filter(|thread| thread.state == lockstep::event::ThreadState::Ready);
        let candidates: Vec<ThreadId> = watcher.candidates().iter().map(|choice| choice.thread).collect();
        assert_eq!(ready.map(|thread| thread.id).collect::<Vec<_>>(), candidates);
        for thread in candidates {
            let pending = watcher.history.model().thread(thread).unwrap().pending.clone();
            assert!(pending.is_some_and(|action| !matches!(action, Action::Now)));
        }
    }
}
