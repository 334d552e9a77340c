//! Random programs under random controls: whatever is done to a session, its tape is that of a run from the beginning
//! by the schedule it names, and every position on it is the fold of what comes before.

#![expect(clippy::unwrap_used, reason = "a test may")]

use lockstep::event::{Alternative, Choice, Event, Schedule};
use lockstep::ids::{Step, ThreadId};
use lockstep::kernel::sim::{Status, World};
use lockstep::lang::{Parameters, Program, compile};
use lockstep::model::{History, Model};
use lockstep::sched::SchedulerKind;
use lockstep::session::{Control, Handle, Options, Pause, Start, Stop, Update, spawn};
use lockstep::source::Source;
use proptest::prelude::*;
use std::sync::Arc;
use std::time::Duration;

/// What a thread does, as text with one line each.
fn statement() -> impl Strategy<Value = Vec<String>> {
    let line = |text: &str| Just(vec![text.to_owned()]);
    let simple = prop_oneof![
        line("n = n + 1"),
        line("items.append(n)"),
        line("items[0] = n"),
        line("box.value = n"),
        line("print(n, items)"),
        line("queue.put(n)"),
        line("event.set()"),
        line("event.wait(0.01)"),
        line("time.sleep(0.001)"),
        line("random.randint(1, 3)"),
    ];
    simple.prop_recursive(2, 6, 3, |inner| {
        (
            prop_oneof![Just("a"), Just("b"), Just("rlock"), Just("places"), Just("condition")],
            prop::collection::vec(inner, 1..3),
        )
            .prop_map(|(lock, body)| {
                let mut lines = vec![format!("with {lock}:")];
                lines.extend(body.into_iter().flatten().map(|line| format!("    {line}")));
                if lock == "condition" {
                    lines.push("    condition.notify()".to_owned());
                    lines.push("    condition.wait(0.01)".to_owned());
                }
                lines
            })
    })
}

/// What every program begins with.
const PRELUDE: &str = "
import threading, time, random
from queue import Queue
a = threading.Lock()
b = threading.Lock()
rlock = threading.RLock()
places = threading.Semaphore(2)
condition = threading.Condition()
event = threading.Event()
queue = Queue()
n = 0
items = [0]
class Box:
    pass
box = Box()";

fn program_text() -> impl Strategy<Value = String> {
    let body = prop::collection::vec(statement(), 1..4);
    prop::collection::vec(body, 1..4).prop_map(|threads| {
        let mut lines = vec![PRELUDE.to_owned()];
        for (number, body) in threads.iter().enumerate() {
            lines.push(format!("def work{number}():\n    global n"));
            lines.extend(body.iter().flatten().map(|line| format!("    {line}")));
        }
        let numbers = 0..threads.len();
        lines.extend(numbers.clone().map(|n| format!("t{n} = threading.Thread(target=work{n})\nt{n}.start()")));
        lines.extend(numbers.map(|n| format!("t{n}.join()")));
        lines.push("print('end', n)\n".to_owned());
        lines.join("\n")
    })
}

/// What a person does. Positions are parts of a thousand of what is recorded.
#[derive(Clone, Debug)]
enum Deed {
    Run(u32),
    Choose { part: u32, thread: u32, alternative: Alternative },
    Line(u32),
    Scheduler(usize),
    End,
}

fn deed() -> impl Strategy<Value = Deed> {
    let alternative = prop_oneof![6 => Just(Alternative::Go), 1 => Just(Alternative::Timeout), 1 => (0u32..3).prop_map(Alternative::Draw)];
    prop_oneof![
        3 => (1u32..40).prop_map(Deed::Run),
        4 => (0u32..1001, 0u32..4, alternative).prop_map(|(part, thread, alternative)| Deed::Choose { part, thread, alternative }),
        1 => (0u32..4).prop_map(Deed::Line),
        1 => (0usize..5).prop_map(Deed::Scheduler),
        1 => Just(Deed::End),
    ]
}

struct Watcher {
    handle: Handle,
    history: History,
}

impl Watcher {
    fn until_idle(&mut self) -> Pause {
        loop {
            match self.handle.updates.recv_timeout(Duration::from_mins(1)).expect("the session is silent") {
                Update::Truncated { to } => self.history.truncate(to),
                Update::Steps(batch) => self.history.push(&batch.events, &batch.choices),
                Update::Idle { pause, .. } => return pause,
                Update::Failed(reason) => panic!("{reason}"),
                Update::Reset(_)
                | Update::Candidates { .. }
                | Update::Refused { .. }
                | Update::Lost { .. }
                | Update::AwaitingInput { .. }
                | Update::Typed { .. }
                | Update::Read(_)
                | Update::Resumed { .. }
                | Update::NotResumed { .. } => {}
            }
        }
    }

    fn does(&mut self, deed: &Deed) {
        let last = self.history.last_step();
        let control = match *deed {
            Deed::Run(count) => Control::Run { from: last, count },
            Deed::Choose { part, thread, alternative } => {
                let from = Step(u32::try_from(u64::from(last.0) * u64::from(part) / 1000).unwrap());
                Control::Choose { from, choice: Choice { thread: ThreadId(thread), alternative } }
            }
            Deed::Line(thread) => Control::Until { from: last, stop: Stop::Line(ThreadId(thread)) },
            Deed::Scheduler(number) => Control::Scheduler { kind: SchedulerKind::ALL[number], seed: 3 },
            Deed::End => Control::Until { from: last, stop: Stop::End },
        };
        self.handle.controls.send(control).unwrap();
        // Another scheduler is no news.
        if !matches!(deed, Deed::Scheduler(_)) {
            self.until_idle();
        }
    }
}

fn fresh(program: &Arc<Program>, seed: u64, schedule: &Schedule) -> Vec<Event> {
    let mut events = Vec::new();
    let options = Options { seed, ..Options::default() };
    let mut world = World::new(Arc::clone(program), options, &mut events);
    for choice in schedule {
        while world.status() == Status::Busy {
            world.resume(&mut events);
        }
        world.apply(choice, &mut events).unwrap();
    }
    events
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_session_is_what_its_schedule_says(text in program_text(), seed in 0u64..100, deeds in prop::collection::vec(deed(), 1..12)) {
        let compiled = compile(&Arc::new(Source::new("random.py", text.as_str())), &Parameters::default());
        let program = compiled.program.unwrap_or_else(|| panic!("{:?}\n{text}", compiled.diagnostics));
        let start = Start { seed, max_steps: 3000, ..Start::new(Arc::clone(&program)) };
        let mut watcher = Watcher { handle: spawn(start), history: History::new() };
        watcher.until_idle();
        for deed in &deeds {
            watcher.does(deed);
        }
        let history = &mut watcher.history;
        let last = history.last_step();
        let tape: Vec<Event> = history.events(0..usize::MAX).collect();
        let schedule = history.schedule(last);
        prop_assert_eq!(schedule.len(), u64::from(last.0));
        let fresh = fresh(&program, seed, &schedule);
        prop_assert_eq!(&tape, &fresh, "{}", schedule);
        let mut model = Model::default();
        let mut next = fresh.iter().peekable();
        for step in (0..=last.0).map(Step) {
            while let Some(event) = next.next_if(|event| event.step <= step) {
                model.apply(event);
            }
            history.seek(step);
            prop_assert_eq!(format!("{:?}", history.model()), format!("{model:?}"));
        }
    }
}
