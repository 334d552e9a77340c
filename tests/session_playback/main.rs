//! Sessions over runs that were made before: what is told is what was recorded, and what is gone on with is the run it
//! would have been.

#![expect(clippy::unwrap_used, reason = "a test may")]

mod lines;

use lockstep::event::{Candidate, Choice, End, Event};
use lockstep::ids::{Step, ThreadId};
use lockstep::kernel::{Atomicity, Options};
use lockstep::lang::{Parameters, Program, compile};
use lockstep::model::History;
use lockstep::scenario::Catalogue;
use lockstep::sched::SchedulerKind;
use lockstep::session::{
    Breakpoint, Control, Handle, Pause, Reading, Start, Stop, Tape, Unresumable, Update, recite, spawn,
};
use lockstep::source::Source;
use lockstep::trace::{Broken, Header, Reader, Record, Writer};
use proptest::prelude::*;
use std::io::{Cursor, Read};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

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

/// A step that takes long.
const BUSY: &str = "
x = 0
print('a')
for i in range(3_000_000):
    x = i
print('b')
";

fn program(text: &str) -> Arc<Program> {
    let compiled = compile(&Arc::new(Source::new("test.py", text)), &Parameters::default());
    compiled.program.unwrap_or_else(|| panic!("{:?}", compiled.diagnostics))
}

/// A program, and how it is run.
#[derive(Clone)]
struct Case {
    text: Arc<str>,
    start: Start,
}

impl Case {
    fn new(text: &str, seed: u64) -> Case {
        Case { text: text.into(), start: Start { seed, ..Start::new(program(text)) } }
    }

    fn header(&self) -> Header {
        self.start.header("test.py", &Source::new("test.py", Arc::clone(&self.text)), &[])
    }

    /// The same run from a trace with these lines after its header.
    fn replayed(&self, records: &[Record], complete: bool) -> Start {
        self.read(Cursor::new(self.bytes(records, complete)))
    }

    fn read(&self, stream: impl Read + Send + 'static) -> Start {
        Start { tape: Some(Tape::new(Reader::new(stream).unwrap())), ..self.start.clone() }
    }

    fn bytes(&self, records: &[Record], complete: bool) -> Vec<u8> {
        let mut writer = Writer::new(Vec::new(), &self.header());
        for record in records {
            writer.record(record);
        }
        let mut bytes = writer.finish().unwrap();
        if !complete {
            bytes.truncate(bytes.len() - 1);
            bytes.truncate(bytes.iter().rposition(|byte| *byte == b'\n').unwrap() + 1);
        }
        bytes
    }
}

/// Whoever watches a session, with the tape it keeps and everything else that was said.
struct Watcher {
    handle: Handle,
    history: History,
    said: Vec<Update>,
}

impl Watcher {
    fn new(start: Start) -> Watcher {
        let mut watcher = Watcher { handle: spawn(start), history: History::new(), said: Vec::new() };
        watcher.until_idle();
        watcher
    }

    /// Of a recording, when all of it was told.
    fn of_recording(start: Start) -> Watcher {
        let mut watcher = Watcher::new(start);
        watcher.until_read();
        watcher
    }

    fn next(&mut self) -> Update {
        let update = self.handle.updates.recv_timeout(Duration::from_mins(1)).expect("the session is silent");
        match &update {
            Update::Reset(_) => self.history = History::new(),
            Update::Truncated { to } => self.history.truncate(*to),
            Update::Steps(batch) => self.history.push(&batch.events, &batch.choices),
            Update::Failed(reason) => panic!("{reason}"),
            _ => {}
        }
        if !matches!(update, Update::Steps(_) | Update::Candidates { .. }) {
            self.said.push(update.clone());
        }
        update
    }

    fn until_idle(&mut self) -> Pause {
        loop {
            if let Update::Idle { at, pause } = self.next() {
                assert_eq!(at, self.history.last_step());
                return pause;
            }
        }
    }

    fn until_read(&mut self) -> Reading {
        loop {
            if let Update::Read(reading) = self.next()
                && reading.over
            {
                return reading;
            }
        }
    }

    fn tell(&mut self, control: Control) -> Pause {
        self.said.clear();
        self.handle.controls.send(control).unwrap();
        self.until_idle()
    }

    fn finish(&mut self) -> Pause {
        let from = self.history.last_step();
        self.tell(Control::Until { from, stop: Stop::End })
    }

    fn choose(&mut self, from: u32, choice: Choice) -> Pause {
        self.tell(Control::Choose { from: Step(from), choice })
    }

    fn tape(&self) -> Vec<Event> {
        self.history.events(0..usize::MAX).collect()
    }

    /// What was said last, besides that nothing more is being done.
    fn word(&self) -> String {
        let words = self.said.iter().filter(|update| !matches!(update, Update::Idle { .. } | Update::Reset(_)));
        words.map(|update| format!("{update:?}")).collect::<Vec<_>>().join(" ")
    }
}

/// The run to its end, made in one go.
fn whole(case: &Case) -> History {
    let mut watcher = Watcher::new(case.start.clone());
    watcher.finish();
    watcher.history
}

/// Everything up to this step, as a trace has it.
fn records(history: &History, to: Step) -> Vec<Record> {
    let mut last = Step(0);
    let events = history.events(0..usize::MAX).take_while(|event| event.step <= to);
    let records = events.map(|event| {
        let first = event.step > last;
        last = event.step;
        let choice = history.choice_after(Step(event.step.0.saturating_sub(1))).filter(|_| first);
        Record::Event { event, choice }
    });
    records.collect()
}

fn tape(history: &History) -> Vec<Event> {
    history.events(0..usize::MAX).collect()
}

fn go(thread: u32) -> Choice {
    Candidate::go(ThreadId(thread))
}

#[test]
fn a_recording_is_told_as_it_is() {
    let case = Case::new(COUNTER, 7);
    let made = whole(&case);
    let mut watcher = Watcher::new(case.replayed(&records(&made, made.last_step()), true));
    assert_eq!(watcher.until_read(), Reading { over: true, complete: true, problems: Arc::new([]) });
    assert_eq!(watcher.tape(), tape(&made));
    assert_eq!(watcher.history.schedule(Step(u32::MAX)), made.schedule(Step(u32::MAX)));
    let kinds: Vec<_> = watcher.said.iter().map(std::mem::discriminant).collect();
    assert_eq!(kinds.len(), 3, "that it begins, that one can begin, that it is read: {:?}", watcher.word());
}

#[test]
fn what_was_given_up_is_given_up_again() {
    let case = Case::new(COUNTER, 7);
    let made = whole(&case);
    let mut records = records(&made, Step(9));
    records.push(Record::Cut { to: Step(5) });
    let mut other = Watcher::new(case.start.clone());
    other.tell(Control::Run { from: Step(0), count: 5 });
    let recorded = made.choice_after(Step(5)).unwrap();
    let ready = other.history.model().threads.iter().find(|thread| thread.id != recorded.thread).unwrap().id;
    other.choose(5, Candidate::go(ready));
    let forked: Vec<Event> = other.history.events_of(Step(6)).collect();
    let mut choice = Some(Candidate::go(ready));
    records.extend(forked.into_iter().map(|event| Record::Event { event, choice: choice.take() }));
    let mut watcher = Watcher::of_recording(case.replayed(&records, false));
    assert_eq!(watcher.tape(), other.tape());
    // And gone on with.
    assert_eq!(watcher.finish(), other.finish());
    assert_eq!(watcher.tape(), other.tape());
}

#[test]
fn asking_for_more_goes_on_where_the_recording_ends() {
    let case = Case::new(COUNTER, 7);
    let made = whole(&case);
    let mut watcher = Watcher::of_recording(case.replayed(&records(&made, Step(11)), false));
    assert_eq!(watcher.history.last_step(), Step(11));
    assert_eq!(watcher.tell(Control::Run { from: Step(11), count: 3 }), Pause::Done);
    assert_eq!(watcher.word(), "Resumed { at: Step(11) }");
    assert_eq!(watcher.history.last_step(), Step(14));
    assert_eq!(watcher.finish(), Pause::Ended(End::Finished));
    assert_eq!(watcher.word(), "", "it is an ordinary run by now");
    assert_eq!(watcher.tape(), tape(&made));
}

#[test]
fn the_recorded_choice_is_no_reason_to_go_on() {
    let case = Case::new(COUNTER, 7);
    let made = whole(&case);
    let mut watcher = Watcher::of_recording(case.replayed(&records(&made, made.last_step()), true));
    assert_eq!(watcher.choose(3, made.choice_after(Step(3)).unwrap()), Pause::Done);
    assert_eq!(watcher.tell(Control::Run { from: Step(3), count: 2 }), Pause::Done);
    assert_eq!(watcher.tell(Control::Stop), Pause::Done);
    assert_eq!(watcher.word(), "");
    assert_eq!(watcher.tape(), tape(&made));
}

#[test]
fn a_choice_that_does_not_fit_changes_nothing() {
    let case = Case::new(COUNTER, 7);
    let made = whole(&case);
    let mut watcher = Watcher::of_recording(case.replayed(&records(&made, Step(11)), false));
    for from in [4, 11] {
        assert_eq!(watcher.choose(from, go(9)), Pause::Done);
        assert!(watcher.word().starts_with(&format!("Refused {{ at: Step({from})")), "{}", watcher.word());
        assert_eq!(watcher.history.last_step(), Step(11));
    }
}

/// Breakpoints and the scheduler that were asked for while the recording was looked at hold afterwards.
#[test]
fn what_was_set_before_holds_after_going_on() {
    let case = Case::new(COUNTER, 7);
    let made = whole(&case);
    let mut watcher = Watcher::of_recording(case.replayed(&records(&made, Step(4)), false));
    watcher.handle.controls.send(Control::Scheduler { kind: SchedulerKind::Fifo, seed: 7 }).unwrap();
    watcher.handle.controls.send(Control::Breakpoints(vec![Breakpoint::Line(8)])).unwrap();
    assert_eq!(watcher.finish(), Pause::Hit(Breakpoint::Line(8)));
    let mut ordinary = Watcher::new(case.start.clone());
    ordinary.tell(Control::Run { from: Step(0), count: 4 });
    ordinary.handle.controls.send(Control::Scheduler { kind: SchedulerKind::Fifo, seed: 7 }).unwrap();
    ordinary.handle.controls.send(Control::Breakpoints(vec![Breakpoint::Line(8)])).unwrap();
    assert_eq!(ordinary.finish(), Pause::Hit(Breakpoint::Line(8)));
    assert_eq!(watcher.tape(), ordinary.tape());
}

#[test]
fn a_recording_that_ends_within_a_step_is_completed_first() {
    let case = Case::new(COUNTER, 7);
    let made = whole(&case);
    let all = records(&made, Step(11));
    let of_last = made.events_of(Step(11)).len();
    assert!(of_last > 1);
    for lacking in 1..of_last {
        let mut watcher = Watcher::of_recording(case.replayed(&all[..all.len() - lacking], false));
        assert_eq!(watcher.finish(), Pause::Ended(End::Finished));
        assert_eq!(watcher.tape(), tape(&made));
    }
}

// ---- what cannot be gone on with ----

#[test]
fn a_forged_step_is_named_and_everything_before_it_can_be_gone_on_with() {
    let case = Case::new(COUNTER, 7);
    let made = whole(&case);
    let mut records = records(&made, made.last_step());
    let forged = records.iter_mut().find_map(|record| match record {
        Record::Event { event, .. } if event.step == Step(9) => Some(event),
        _ => None,
    });
    forged.unwrap().line = 1;
    let mut watcher = Watcher::of_recording(case.replayed(&records, true));
    let other = |watcher: &Watcher, at: u32| {
        let recorded = watcher.history.choice_after(Step(at)).unwrap();
        go(1 + recorded.thread.0 % 2)
    };
    for at in [9, 10] {
        let choice = other(&watcher, at);
        assert_eq!(watcher.choose(at, choice), Pause::Done);
        assert_eq!(watcher.said[0..1].len(), 1);
        let said = watcher.word();
        assert_eq!(said, format!("NotResumed {{ at: Step({at}), why: Unlike(Step(9)) }}"));
    }
    assert_eq!(watcher.history.last_step(), made.last_step(), "nothing changed");
    let choice = other(&watcher, 8);
    watcher.choose(8, choice);
    assert!(watcher.word().contains("Resumed { at: Step(8) }"), "{}", watcher.word());
    assert_eq!(watcher.history.last_step(), Step(9));
}

#[test]
fn a_choice_that_could_not_be_made_is_named() {
    let case = Case::new(COUNTER, 7);
    let made = whole(&case);
    let mut records = records(&made, Step(9));
    for record in &mut records {
        if let Record::Event { event, choice: Some(choice) } = record
            && event.step == Step(2)
        {
            choice.alternative = lockstep::event::Alternative::Timeout;
        }
    }
    let mut watcher = Watcher::of_recording(case.replayed(&records, true));
    watcher.finish();
    assert!(watcher.word().starts_with("NotResumed { at: Step(9), why: Misfit(Step(2), "), "{}", watcher.word());
}

#[test]
fn a_recording_of_another_program_is_not_gone_on_with() {
    let made = whole(&Case::new(COUNTER, 7));
    let mut watcher = Watcher::of_recording(Case::new(ENDLESS, 7).replayed(&records(&made, Step(9)), true));
    watcher.finish();
    assert_eq!(watcher.word(), "NotResumed { at: Step(9), why: Unlike(Step(0)) }");
}

#[test]
fn real_threads_are_not_gone_on_with() {
    let mut case = Case::new(COUNTER, 7);
    let made = whole(&case);
    case.start.live = Some(lockstep::session::LiveOptions::default());
    let mut watcher = Watcher::of_recording(case.replayed(&records(&made, Step(9)), true));
    watcher.finish();
    assert_eq!(watcher.word(), format!("NotResumed {{ at: Step(9), why: {:?} }}", Unresumable::Real));
    // Another run may begin all the same.
    case.start.live = None;
    watcher.tell(Control::Restart(Box::new(case.start.clone())));
    watcher.finish();
    assert_eq!(watcher.tape(), tape(&made));
}

#[test]
fn without_a_program_there_is_nothing_to_go_on_with() {
    let case = Case::new(COUNTER, 7);
    let made = whole(&case);
    let tape = Tape::new(Reader::new(Cursor::new(case.bytes(&records(&made, Step(9)), true))).unwrap());
    let mut watcher = Watcher { handle: recite(tape), history: History::new(), said: Vec::new() };
    watcher.until_idle();
    watcher.until_read();
    assert_eq!(watcher.history.last_step(), Step(9));
    watcher.finish();
    assert_eq!(watcher.word(), "NotResumed { at: Step(9), why: NoProgram }");
}

#[test]
fn an_empty_recording_is_no_run() {
    let case = Case::new(COUNTER, 7);
    let mut watcher = Watcher::of_recording(case.replayed(&[], false));
    watcher.finish();
    assert_eq!(watcher.word(), "NotResumed { at: Step(0), why: Empty }");
}

// ---- problems ----

#[test]
fn broken_lines_and_losses_are_told() {
    let case = Case::new(COUNTER, 7);
    let made = whole(&case);
    let mut bytes = case.bytes(&records(&made, Step(4)), false);
    bytes.extend(b"{\"event\":\"nonsense\"}\n{\"record\":\"lost\",\"count\":3}\n");
    let mut watcher = Watcher::new(case.read(Cursor::new(bytes)));
    let reading = watcher.until_read();
    assert!(!reading.complete);
    assert_eq!(reading.problems.len(), 1);
    assert!(matches!(reading.problems[0].broken, Broken::Skipped(_)));
    assert!(watcher.word().contains("Lost { count: 3 }"), "{}", watcher.word());
}

// ---- streams ----

/// A stream that somebody else writes.
struct Pipe {
    news: Receiver<Vec<u8>>,
    rest: Cursor<Vec<u8>>,
}

fn pipe() -> (Sender<Vec<u8>>, Pipe) {
    let (writer, news) = channel();
    (writer, Pipe { news, rest: Cursor::default() })
}

impl Read for Pipe {
    fn read(&mut self, bytes: &mut [u8]) -> std::io::Result<usize> {
        loop {
            match self.rest.read(bytes)? {
                0 => match self.news.recv() {
                    Ok(more) => self.rest = Cursor::new(more),
                    Err(_) => return Ok(0),
                },
                count => return Ok(count),
            }
        }
    }
}

#[test]
fn a_stream_is_told_as_it_grows_and_whoever_watches_is_answered_meanwhile() {
    let case = Case::new(COUNTER, 7);
    let made = whole(&case);
    let bytes = case.bytes(&records(&made, made.last_step()), true);
    let lines: Vec<Vec<u8>> = bytes.split_inclusive(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
    let (writer, stream) = pipe();
    writer.send(lines[0].clone()).unwrap();
    let mut watcher = Watcher::new(case.read(stream));
    for (told, line) in lines[1..lines.len() - 1].iter().enumerate() {
        // Half a line is none.
        let (half, rest) = line.split_at(line.len() / 2);
        writer.send(half.to_vec()).unwrap();
        assert_eq!(watcher.tell(Control::Run { from: watcher.history.last_step(), count: 1 }), Pause::Done);
        assert_eq!(watcher.history.event_count(), told);
        writer.send(rest.to_vec()).unwrap();
        while watcher.history.event_count() == told {
            watcher.next();
        }
    }
    writer.send(lines[lines.len() - 1].clone()).unwrap();
    assert!(watcher.until_read().complete);
    assert_eq!(watcher.tape(), tape(&made));
}

#[test]
fn another_choice_leaves_a_stream_that_still_grows() {
    let case = Case::new(COUNTER, 7);
    let made = whole(&case);
    let (writer, stream) = pipe();
    writer.send(case.bytes(&records(&made, Step(11)), false)).unwrap();
    let mut watcher = Watcher::new(case.read(stream));
    while watcher.history.last_step() < Step(11) {
        watcher.next();
    }
    let recorded = made.choice_after(Step(8)).unwrap();
    watcher.choose(8, go(1 + recorded.thread.0 % 2));
    assert!(watcher.word().contains("Resumed { at: Step(8) }"), "{}", watcher.word());
    drop(writer);
    assert_eq!(watcher.finish(), Pause::Ended(End::Finished));
}

#[test]
fn making_a_long_recording_again_is_interrupted_by_whoever_wants_something_else() {
    let case = Case::new(BUSY, 0);
    let made = whole(&case);
    let mut watcher = Watcher::of_recording(case.replayed(&records(&made, made.last_step()), true));
    let last = made.last_step();
    watcher.said.clear();
    watcher.handle.controls.send(Control::Until { from: last, stop: Stop::End }).unwrap();
    watcher.handle.controls.send(Control::Stop).unwrap();
    assert_eq!(watcher.until_idle(), Pause::Stopped);
    assert_eq!(watcher.word(), "");
    assert_eq!(watcher.tape(), tape(&made));
    watcher.handle.controls.send(Control::Until { from: last, stop: Stop::End }).unwrap();
    assert_eq!(watcher.tell(Control::Restart(Box::new(case.start.clone()))), Pause::Stopped);
    watcher.until_idle();
    assert_eq!(watcher.history.last_step(), Step(0));
}

// ---- a property ----

fn scheduler() -> impl Strategy<Value = SchedulerKind> {
    prop::sample::select(SchedulerKind::ALL.to_vec())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    /// Over all scenarios: a recording that ends anywhere, and is gone on with from anywhere, by the scheduler or by
    /// another choice, is the run that it would have been without a file in between.
    #[test]
    fn going_on_with_a_recording_is_as_if_it_had_never_stopped(
        scenario in any::<prop::sample::Index>(),
        seed in 0_u64..1000,
        scheduler in scheduler(),
        atomicity in prop::sample::select(vec![Atomicity::Op, Atomicity::Line, Atomicity::Gil]),
        schedule in any::<bool>(),
        cut in 0_u32..1000,
        from in 0_u32..1000,
        thread in 0_u32..4,
    ) {
        let catalogue = Catalogue::embedded();
        let variants: Vec<_> = catalogue.scenarios().iter().flat_map(|scenario| &scenario.variants).collect();
        let text = &variants[scenario.index(variants.len())].text;
        let mut case = Case::new(text, seed);
        case.start.scheduler = if scheduler == SchedulerKind::Manual { SchedulerKind::Random } else { scheduler };
        case.start.options = Options { atomicity, ..Options::default() };
        case.start.max_steps = 1500;
        let mut made = whole(&case);
        let last = made.last_step().0;
        let cut = Step(last * cut / 1000);
        if schedule {
            // The first half was given as a schedule.
            case.start.schedule = Some(made.schedule(Step(cut.0 / 2)));
            made = whole(&case);
        }
        let from = Step(cut.0 * from / 1000);
        let choice = go(thread);
        // Whoever goes on with a recording may go as far again; here both stop somewhere else.
        case.start.max_steps = 1_000_000;

        let mut ordinary = Watcher::new(case.start.clone());
        ordinary.tell(Control::Run { from: Step(0), count: cut.0 });
        let mut replayed = Watcher::of_recording(case.replayed(&records(&made, cut), false));
        prop_assert_eq!(replayed.tape(), ordinary.tape());
        ordinary.choose(from.0, choice);
        replayed.choose(from.0, choice);
        prop_assert_eq!(replayed.tape(), ordinary.tape());
        // The recording is gone on with a few steps further than the run, or the other way round.
        for watcher in [&mut ordinary, &mut replayed] {
            let from = watcher.history.last_step();
            watcher.tell(Control::Run { from, count: 200 });
        }
        prop_assert_eq!(replayed.tape(), ordinary.tape());
    }
}
