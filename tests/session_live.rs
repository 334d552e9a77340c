//! Sessions over real threads.

#![expect(clippy::unwrap_used, reason = "a test may")]

use lockstep::detect::{FindingKind, Marks};
use lockstep::event::{Action, Choice, End, EventKind, Limit};
use lockstep::ids::{Step, ThreadId};
use lockstep::lang::{Parameters, Program, compile};
use lockstep::model::History;
use lockstep::session::{Breakpoint, Control, Handle, LiveOptions, Pause, Start, Stop, Update, spawn};
use lockstep::source::Source;
use parking_lot::RwLock;
use std::sync::Arc;
use std::time::Duration;

/// Whoever counts the OS threads of the process wants to be alone.
static COMPANY: RwLock<()> = RwLock::new(());

/// Two threads that lose no updates, and print.
const COUNTER: &str = "
import threading
lock = threading.Lock()
n = 0
def work():
    global n
    for i in range(20):
        with lock:
            n = n + 1
    print('done')
threads = [threading.Thread(target=work) for _ in range(2)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(n)
";

/// One thread, seven operations.
const SEVEN: &str = "
for i in range(7):
    print(i)
";

/// Two locks in opposite order; nobody goes on before both have one.
const OPPOSITE: &str = "
import threading
a = threading.Lock()
b = threading.Lock()
both = threading.Barrier(2)
def one():
    with a:
        both.wait()
        with b:
            print('one')
def two():
    with b:
        both.wait()
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
n = 0
def work():
    global n
    while True:
        with lock:
            n += 1
threading.Thread(target=work).start()
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

fn start(text: &str, live: LiveOptions) -> Start {
    Start { live: Some(live), ..Start::new(program(text)) }
}

/// Threads that are held up at first.
fn held_up(text: &str) -> Start {
    start(text, LiveOptions { paused: true, ..LiveOptions::default() })
}

/// Threads that run at once.
fn at_large(text: &str) -> Start {
    start(text, LiveOptions::default())
}

/// Whoever watches a session, with the tape it keeps.
struct Watcher {
    handle: Handle,
    history: History,
    live: bool,
    /// How many steps were said by their choices.
    choices: usize,
    /// What was said besides steps, since last asked.
    said: Vec<Update>,
}

impl Watcher {
    fn new(start: Start) -> Watcher {
        Watcher { handle: spawn(start), history: History::new(), live: true, choices: 0, said: Vec::new() }
    }

    fn tell(&mut self, control: Control) {
        self.said.clear();
        self.handle.controls.send(control).unwrap();
    }

    fn next(&mut self) -> Update {
        self.handle.updates.recv_timeout(Duration::from_mins(1)).expect("the session is silent")
    }

    /// Takes the next update; why nothing is done any more, if it says that.
    fn take(&mut self) -> Option<Pause> {
        match self.next() {
            Update::Reset(start) => {
                (self.history, self.choices, self.live) = (History::new(), 0, start.live.is_some());
            }
            Update::Steps(batch) => {
                assert!(batch.events.len() <= 4096);
                let known = self.history.event_count();
                assert!(batch.events.iter().zip(known..).all(|(event, seq)| event.seq.0 as usize == seq), "a gap");
                self.choices += batch.choices.len();
                self.history.push(&batch.events, &batch.choices);
                assert_eq!(self.choices, self.history.last_step().0 as usize);
            }
            Update::Idle { at, pause } => {
                assert_eq!(at, self.history.last_step());
                return Some(pause);
            }
            Update::Candidates { list, .. } => assert!(list.is_empty() || !self.live),
            Update::Failed(reason) => panic!("{reason}"),
            update => self.said.push(update),
        }
        None
    }

    fn until_idle(&mut self) -> Pause {
        loop {
            if let Some(pause) = self.take() {
                return pause;
            }
        }
    }

    fn run(&mut self, count: u32) -> Pause {
        self.tell(Control::Run { from: self.history.last_step(), count });
        self.until_idle()
    }

    fn until(&mut self, stop: Stop) -> Pause {
        self.tell(Control::Until { from: self.history.last_step(), stop });
        self.until_idle()
    }

    fn until_steps(&mut self, steps: u32) {
        while self.history.last_step().0 < steps {
            assert_eq!(self.take(), None);
        }
    }

    fn output(&self) -> String {
        let lines = self.history.output().lines(0..usize::MAX);
        lines.into_iter().map(|line| line.text + "\n").collect()
    }

    fn dids(&self) -> Vec<Action> {
        let events = self.history.events(0..usize::MAX);
        events
            .filter_map(|event| if let EventKind::Did { action, .. } = event.kind { Some(action) } else { None })
            .collect()
    }

    /// Ends the session and waits until it is gone.
    fn quit(self) {
        self.handle.controls.send(Control::Quit).unwrap();
        while self.handle.updates.recv_timeout(Duration::from_mins(1)).is_ok() {}
        assert!(self.handle.controls.send(Control::Stop).is_err());
    }
}

#[test]
fn a_program_is_held_up_at_first_and_then_runs_to_its_end() {
    let _company = COMPANY.read();
    let mut watcher = Watcher::new(held_up(COUNTER));
    assert_eq!((watcher.until_idle(), watcher.history.last_step()), (Pause::Done, Step(0)));
    assert!(watcher.history.model().thread(ThreadId::MAIN).unwrap().pending.is_some());
    assert_eq!(watcher.run(u32::MAX), Pause::Ended(End::Finished));
    assert_eq!(watcher.output(), "done\ndone\n40\n");
    assert!(watcher.history.all_findings().is_empty());
    // What is over stays over.
    assert_eq!(watcher.until(Stop::End), Pause::Ended(End::Finished));
    assert_eq!(watcher.run(3), Pause::Ended(End::Finished));
}

#[test]
fn threads_that_are_not_held_up_run_at_once_and_nobody_is_asked_twice() {
    let _company = COMPANY.read();
    let mut watcher = Watcher::new(at_large(COUNTER));
    assert_eq!(watcher.until_idle(), Pause::Ended(End::Finished));
    watcher.tell(Control::Stop);
    assert_eq!(watcher.until_idle(), Pause::Ended(End::Finished));
}

#[test]
fn nothing_is_performed_while_everybody_is_held_up() {
    let _company = COMPANY.read();
    for show_gil in [false, true] {
        let mut watcher = Watcher::new(start(ENDLESS, LiveOptions { show_gil, ..LiveOptions::default() }));
        for round in 1..6 {
            watcher.until_steps(200 * round);
            watcher.tell(Control::Stop);
            assert_eq!(watcher.until_idle(), Pause::Stopped);
            let (steps, events) = (watcher.history.last_step(), watcher.history.event_count());
            // It says when it was asked for the last time, and has looked for news in between.
            for _ in 0..20 {
                watcher.tell(Control::Stop);
                assert_eq!(watcher.until_idle(), Pause::Done);
            }
            assert_eq!((watcher.history.last_step(), watcher.history.event_count()), (steps, events));
            watcher.tell(Control::Run { from: steps, count: u32::MAX });
            watcher.until_steps(steps.0 + 1);
        }
    }
}

#[test]
fn as_many_operations_pass_as_are_permitted() {
    let _company = COMPANY.read();
    let mut watcher = Watcher::new(held_up(SEVEN));
    assert_eq!(watcher.until_idle(), Pause::Done);
    assert_eq!((watcher.run(1), watcher.history.last_step()), (Pause::Done, Step(1)));
    assert_eq!((watcher.run(3), watcher.history.last_step()), (Pause::Done, Step(4)));
    assert_eq!((watcher.run(0), watcher.history.last_step()), (Pause::Done, Step(4)));
    assert_eq!(watcher.output(), "0\n1\n2\n3\n");
    assert_eq!(watcher.run(100), Pause::Ended(End::Finished));
    assert_eq!(watcher.history.last_step(), Step(7));
}

#[test]
fn one_operation_after_the_other_leads_to_the_end_too() {
    let _company = COMPANY.read();
    let mut watcher = Watcher::new(held_up(COUNTER));
    let mut pause = watcher.until_idle();
    while pause == Pause::Done {
        pause = watcher.run(1);
    }
    assert_eq!(pause, Pause::Ended(End::Finished));
    assert_eq!(watcher.output(), "done\ndone\n40\n");
}

#[test]
fn whoever_asks_for_something_else_ends_what_is_being_done() {
    let _company = COMPANY.read();
    let mut watcher = Watcher::new(at_large(ENDLESS));
    watcher.until_steps(10);
    watcher.tell(Control::Run { from: watcher.history.last_step(), count: 2 });
    assert_eq!((watcher.until_idle(), watcher.until_idle()), (Pause::Stopped, Pause::Done));
    let choice = Choice::go(ThreadId::MAIN);
    watcher.tell(Control::Choose { from: watcher.history.last_step(), choice });
    assert_eq!(watcher.until_idle(), Pause::Done);
    assert!(matches!(&watcher.said[..], [Update::Refused { .. }]), "{:?}", watcher.said);
    watcher.quit();
}

#[test]
fn the_pace_can_be_changed_while_threads_run() {
    let _company = COMPANY.read();
    let hour = Duration::from_hours(1);
    let mut watcher = Watcher::new(start(SEVEN, LiveOptions { pace: hour, ..LiveOptions::default() }));
    watcher.tell(Control::Pace(Duration::ZERO));
    assert_eq!(watcher.until_idle(), Pause::Ended(End::Finished));
    // Too slow to be waited for: it is held up before it comes to anything.
    watcher.tell(Control::Restart(Box::new(start(SEVEN, LiveOptions { pace: hour, ..LiveOptions::default() }))));
    watcher.tell(Control::Stop);
    assert_eq!((watcher.until_idle(), watcher.history.last_step()), (Pause::Stopped, Step(0)));
}

#[test]
fn one_session_goes_from_world_to_world() {
    let _company = COMPANY.read();
    let mut watcher = Watcher::new(at_large(ENDLESS));
    watcher.until_steps(100);
    // Threads that take turns for ever may starve each other: that is not what is to be met here.
    watcher.tell(Control::Stop);
    watcher.until_idle();
    watcher.tell(Control::Breakpoints(vec![Breakpoint::Finding]));
    watcher.tell(Control::Restart(Box::new(Start::new(program(COUNTER)))));
    assert_eq!((watcher.until_idle(), watcher.history.last_step()), (Pause::Done, Step(0)));
    assert_eq!(watcher.until(Stop::End), Pause::Ended(End::Finished));
    watcher.tell(Control::Restart(Box::new(at_large(COUNTER))));
    assert_eq!(watcher.until_idle(), Pause::Ended(End::Finished));
    assert_eq!(watcher.output(), "done\ndone\n40\n");
    // What to stop at is known in every world.
    watcher.tell(Control::Restart(Box::new(at_large(OPPOSITE))));
    let pause = watcher.until_idle();
    assert!(matches!(pause, Pause::Hit(Breakpoint::Finding) | Pause::Ended(End::Deadlock)), "{pause:?}");
}

#[test]
fn breakpoints_close_the_gate() {
    let _company = COMPANY.read();
    let mut watcher = Watcher::new(held_up(ENDLESS));
    watcher.until_idle();
    let lock = watcher.history.model().objects().find(|object| object.kind.is_lock()).unwrap().id;
    for breakpoint in [Breakpoint::Line(9), Breakpoint::Object(lock)] {
        watcher.tell(Control::Breakpoints(vec![breakpoint]));
        assert_eq!(watcher.run(u32::MAX), Pause::Hit(breakpoint));
        let at = watcher.history.last_step();
        watcher.tell(Control::Stop);
        assert_eq!((watcher.until_idle(), watcher.history.last_step()), (Pause::Done, at));
    }
    assert!(watcher.dids().iter().any(|action| action.object() == Some(lock)));
}

#[test]
fn it_runs_until_something_happens() {
    let _company = COMPANY.read();
    let mut watcher = Watcher::new(held_up(ENDLESS));
    watcher.until_idle();
    assert_eq!(watcher.until(Stop::Interest(Marks::SWITCH)), Pause::Done);
    assert!(watcher.history.model().switches > 0);
    let (known, stood) = (watcher.history.event_count(), watcher.history.model().thread(ThreadId::MAIN).unwrap().line);
    assert_eq!(watcher.until(Stop::Line(ThreadId::MAIN)), Pause::Done);
    // It may be there again by the time it is held up.
    let mut events = watcher.history.events(known..usize::MAX);
    assert!(events.any(|event| event.thread == ThreadId::MAIN && event.line != stood));
}

#[test]
fn a_deadlock_hangs_for_real_and_can_be_left() {
    let _alone = COMPANY.write();
    let mut watcher = Watcher::new(at_large(OPPOSITE));
    assert_eq!(watcher.until_idle(), Pause::Ended(End::Deadlock));
    let kinds: Vec<FindingKind> = watcher.history.all_findings().iter().map(|finding| finding.kind.clone()).collect();
    assert_eq!(kinds, [FindingKind::Deadlock]);
    if let Some(hanging) = os_threads() {
        assert_eq!(hanging, 3, "they hang, all of them");
    }
    assert_eq!(watcher.run(u32::MAX), Pause::Ended(End::Deadlock));
    watcher.quit();
    assert_eq!(os_threads().unwrap_or(0), 0);
    // The same when nobody says quit.
    let mut watcher = Watcher::new(at_large(OPPOSITE));
    assert_eq!(watcher.until_idle(), Pause::Ended(End::Deadlock));
    let Handle { controls, updates } = watcher.handle;
    drop(controls);
    while updates.recv_timeout(Duration::from_mins(1)).is_ok() {}
    assert_eq!(os_threads().unwrap_or(0), 0);
}

/// How many OS threads of programs there are in this process, where that can be known.
fn os_threads() -> Option<usize> {
    let tasks = std::fs::read_dir("/proc/self/task").ok()?;
    let names = tasks.filter_map(|task| std::fs::read_to_string(task.ok()?.path().join("comm")).ok());
    Some(names.filter(|name| name.starts_with("live ")).count())
}

#[test]
fn a_person_is_asked_for_lines() {
    let _company = COMPANY.read();
    let mut watcher = Watcher::new(at_large(ASKS));
    for (question, answer) in [("name? ", "Ada"), ("again? ", "Bob")] {
        watcher.said.clear();
        while watcher.said.is_empty() {
            assert_eq!(watcher.take(), None);
        }
        match &watcher.said[..] {
            [Update::AwaitingInput { thread: ThreadId::MAIN, prompt, .. }] => assert_eq!(&**prompt, question),
            said => panic!("{said:?}"),
        }
        watcher.tell(Control::Input { line: Some(answer.into()) });
    }
    assert_eq!(watcher.until_idle(), Pause::Ended(End::Finished));
    assert!(watcher.said.is_empty(), "{:?}", watcher.said);
    assert_eq!(watcher.output(), "name? hello Ada\nagain? bye Bob\n");
    let mut given = Watcher::new(Start { inputs: vec!["a".into(), "b".into()], ..at_large(ASKS) });
    assert_eq!((given.until_idle(), given.said.len()), (Pause::Ended(End::Finished), 0));
}

#[test]
fn a_run_without_end_is_cut_off() {
    let _company = COMPANY.read();
    let mut watcher = Watcher::new(Start { max_steps: 1000, ..at_large(ENDLESS) });
    assert_eq!(watcher.until_idle(), Pause::Ended(End::Limit(Limit::Steps(1000))));
    assert_eq!(watcher.history.last_step(), Step(1000));
    assert_eq!(watcher.run(1), Pause::Ended(End::Limit(Limit::Steps(1000))));
}

#[test]
fn who_takes_nothing_for_a_while_loses_nothing_and_holds_the_threads_up() {
    let _company = COMPANY.read();
    let mut slow = Watcher::new(at_large(ENDLESS));
    while !slow.handle.updates.is_full() {
        std::thread::yield_now();
    }
    // Meanwhile another run makes many steps.
    let mut other = Watcher::new(Start { max_steps: 50_000, ..at_large(ENDLESS) });
    assert!(matches!(other.until_idle(), Pause::Ended(_)));
    slow.tell(Control::Stop);
    assert_eq!(slow.until_idle(), Pause::Stopped);
    // What was on its way: in the channel, with the worker, in the probe.
    let most = 32 * 4096 + 2 * 64_000;
    assert!(slow.history.event_count() < most, "{}", slow.history.event_count());
    slow.quit();
}
