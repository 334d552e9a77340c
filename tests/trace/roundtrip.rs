//! Whatever makes sense as a trace comes out of the file as it went in.

use crate::samples;
use lockstep::event::{
    Access, Action, Alternative, Choice, End, Event, EventKind, Limit, ObjectInfo, ObjectKind, ObjectState, Outcome,
    Text, ThreadInfo, ThreadState,
};
use lockstep::ids::{Nanos, ObjectId, Seq, Step, ThreadId};
use lockstep::kernel::live::LiveOptions;
use lockstep::kernel::{Atomicity, Notify, Options};
use lockstep::sched::SchedulerKind;
use lockstep::trace::{Header, Language, Reader, Record, Writer};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use std::io::Cursor;
use std::sync::Arc;
use std::time::Duration;

/// Threads and objects that the generated traces begin with: one object of each kind.
const THREADS: u32 = 4;
const OBJECTS: u32 = 19;

// ---- texts and numbers ----

/// Texts with everything that could be in the way.
fn odd() -> impl Strategy<Value = String> {
    let char = prop_oneof![
        4 => any::<char>(),
        4 => prop::sample::select(vec!['"', '\\', '\n', '\r', '\t', '\0', '\x1b', '\x7f', '\u{85}', '\u{9b}', '\u{feff}']),
        2 => prop::sample::select(vec!['\u{2028}', '\u{2029}', '\u{202e}', '\u{2066}', '\u{2069}', '\u{200e}', '\u{61c}']),
        4 => prop::sample::select(vec!['a', '{', '}', '[', ':', ',', '/', '<', '线', '程', 'é', '🦀', '\u{10ffff}']),
    ];
    vec(char, 0..12).prop_map(|chars| chars.into_iter().collect())
}

fn shared() -> impl Strategy<Value = Arc<str>> {
    odd().prop_map(Arc::from)
}

fn text() -> impl Strategy<Value = Text> {
    prop_oneof![
        odd().prop_map(Text::from),
        any::<i64>().prop_map(Text::Int),
        prop::sample::select(vec![0, -1, i64::MIN, i64::MAX]).prop_map(Text::Int),
        any::<i64>().prop_map(|number| Text::from(number.to_string())),
    ]
}

fn nanos() -> impl Strategy<Value = Nanos> {
    prop_oneof![any::<u64>(), prop::sample::select(vec![0, 1, u64::MAX])].prop_map(Nanos)
}

fn u32s() -> impl Strategy<Value = u32> {
    prop_oneof![any::<u32>(), prop::sample::select(vec![0, 1, u32::MAX])]
}

fn thread() -> impl Strategy<Value = ThreadId> {
    (0..THREADS).prop_map(ThreadId)
}

fn object() -> impl Strategy<Value = ObjectId> {
    (0..OBJECTS).prop_map(ObjectId)
}

// ---- events ----

/// Any operation: one of the samples, with everything in it changed.
fn action() -> impl Strategy<Value = Action> {
    let parts = (
        (object(), thread(), text(), text()),
        (option::of(text()), option::of(nanos()), nanos(), u32s(), any::<bool>()),
    );
    (prop::sample::select(samples::actions()), parts).prop_map(
        |(action, ((object, thread, text, value), (key, timeout, length, count, yes)))| match action {
            Action::Read { .. } => Action::Read { object, key },
            Action::Write { .. } => Action::Write { object, key, value },
            Action::Delete { .. } => Action::Delete { object, key },
            Action::Call { .. } => {
                Action::Call { object, access: if yes { Access::Read } else { Access::Write }, call: text }
            }
            Action::Acquire { .. } => Action::Acquire { object, blocking: yes, timeout },
            Action::Release { .. } => Action::Release { object, count },
            Action::Query { .. } => Action::Query { object, question: text },
            Action::Wait { .. } => Action::Wait { object, timeout },
            Action::Reacquire { .. } => Action::Reacquire { object },
            Action::Notify { .. } => Action::Notify { object, count: yes.then_some(count) },
            Action::EventWait { .. } => Action::EventWait { object, timeout },
            Action::EventSet { .. } => Action::EventSet { object },
            Action::EventClear { .. } => Action::EventClear { object },
            Action::BarrierWait { .. } => Action::BarrierWait { object, timeout },
            Action::BarrierAbort { .. } => Action::BarrierAbort { object },
            Action::BarrierReset { .. } => Action::BarrierReset { object },
            Action::Put { .. } => Action::Put { object, item: text, blocking: yes, timeout },
            Action::Get { .. } => Action::Get { object, blocking: yes, timeout },
            Action::TaskDone { .. } => Action::TaskDone { object },
            Action::QueueJoin { .. } => Action::QueueJoin { object },
            Action::Shutdown { .. } => Action::Shutdown { object, immediate: yes },
            Action::Start { .. } => Action::Start { thread },
            Action::Join { .. } => Action::Join { thread, timeout },
            Action::IsAlive { .. } => Action::IsAlive { thread },
            Action::CountThreads => Action::CountThreads,
            Action::Sleep { .. } => Action::Sleep { length },
            Action::Now => Action::Now,
            Action::Random { .. } => Action::Random { call: text },
            Action::Print { .. } => Action::Print { text },
            Action::Input { .. } => Action::Input { prompt: text },
        },
    )
}

fn outcome() -> impl Strategy<Value = Outcome> {
    prop_oneof![
        Just(Outcome::Done),
        text().prop_map(Outcome::Value),
        Just(Outcome::Refused),
        Just(Outcome::TimedOut),
        text().prop_map(Outcome::Raised),
        Just(Outcome::Enqueued),
        vec(thread(), 0..4).prop_map(|threads| Outcome::Woke(threads.into())),
    ]
}

fn state() -> impl Strategy<Value = ThreadState> {
    (prop::sample::select(samples::states()), object(), thread(), nanos()).prop_map(|(state, on, thread, until)| {
        match state {
            ThreadState::Blocked { .. } => ThreadState::Blocked { on },
            ThreadState::Waiting { .. } => ThreadState::Waiting { on },
            ThreadState::Joining { .. } => ThreadState::Joining { thread },
            ThreadState::Sleeping { .. } => ThreadState::Sleeping { until },
            other => other,
        }
    })
}

fn end() -> impl Strategy<Value = End> {
    prop_oneof![
        Just(End::Finished),
        Just(End::Deadlock),
        any::<u64>().prop_map(|n| End::Limit(Limit::Steps(n))),
        any::<u64>().prop_map(|n| End::Limit(Limit::Spin(n))),
        any::<u64>().prop_map(|n| End::Limit(Limit::Memory(n))),
        any::<u64>().prop_map(|n| End::Limit(Limit::Time(n))),
        (shared(), u32s()).prop_map(|(what, line)| End::Unmodelled { what, line }),
    ]
}

/// Any event that declares nothing new.
fn kind() -> impl Strategy<Value = EventKind> {
    prop_oneof![
        6 => (action(), outcome()).prop_map(|(action, outcome)| EventKind::Did { action, outcome }),
        4 => action().prop_map(EventKind::Pending),
        3 => state().prop_map(EventKind::State),
        1 => (object(), text()).prop_map(|(object, value)| EventKind::Value { object, value }),
        1 => (object(), shared()).prop_map(|(object, name)| EventKind::Named { object, name }),
        1 => shared().prop_map(|name| EventKind::Renamed { name }),
        1 => shared().prop_map(EventKind::Traceback),
        1 => end().prop_map(EventKind::Ended),
        1 => (shared(), any::<bool>(), option::of(thread()))
            .prop_map(|(name, daemon, parent)| EventKind::Thread(Arc::new(ThreadInfo { name, daemon, parent }))),
    ]
}

fn choice() -> impl Strategy<Value = Choice> {
    let alternative = prop_oneof![
        prop::sample::select(samples::ALTERNATIVES.to_vec()),
        any::<u32>().prop_map(Alternative::Wake),
        any::<u32>().prop_map(Alternative::Draw),
    ];
    (thread(), alternative).prop_map(|(thread, alternative)| Choice { thread, alternative })
}

/// The threads and objects that everything else mentions.
fn declarations(name: &Arc<str>, value: &Text) -> Vec<(ThreadId, EventKind)> {
    let thread = |number| ThreadInfo { name: Arc::clone(name), daemon: number == 2, parent: None };
    let threads = (0..THREADS).map(|number| (ThreadId(number), EventKind::Thread(Arc::new(thread(number)))));
    let objects = (0..OBJECTS).zip(ObjectKind::ALL).map(|(number, kind)| {
        let state = match samples::initial(kind) {
            ObjectState::Data(Some(_)) => ObjectState::Data(Some(value.clone())),
            // The lock of the condition is the one before it.
            ObjectState::Condition { .. } => ObjectState::Condition { lock: ObjectId(number - 1) },
            state => state,
        };
        let info = ObjectInfo { id: ObjectId(number), kind, name: Arc::clone(name), line: number, state };
        (ThreadId(0), EventKind::Object(Arc::new(info)))
    });
    threads.chain(objects).collect()
}

/// The records of a trace that makes sense, without its end.
pub(crate) fn records() -> impl Strategy<Value = Vec<Record>> {
    let event = (nanos(), thread(), u32s(), kind(), option::of(choice()), 0..3u32);
    let other = prop_oneof![
        option::of(shared()).prop_map(|line| Record::Input { line }),
        any::<u64>().prop_map(|count| Record::Lost { count }),
    ];
    let item = prop_oneof![8 => event.prop_map(Ok), 1 => other.prop_map(Err)];
    (shared(), text(), vec(item, 0..40)).prop_map(|(name, value, items)| {
        let mut records = Vec::new();
        let mut seq = 0..;
        for (thread, kind) in declarations(&name, &value) {
            let seq = Seq(seq.next().unwrap());
            records.push(Record::Event {
                event: Event { seq, step: Step(0), at: Nanos(0), thread, line: 0, kind },
                choice: None,
            });
        }
        let mut step = 0;
        for item in items {
            records.push(match item {
                Ok((at, thread, line, kind, choice, next)) => {
                    step += u32::from(next == 0);
                    let event = Event { seq: Seq(seq.next().unwrap()), step: Step(step), at, thread, line, kind };
                    Record::Event { event, choice }
                }
                Err(other) => other,
            });
        }
        records
    })
}

// ---- headers ----

fn options() -> impl Strategy<Value = Options> {
    let usual = Options::default();
    let rules = (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>(), 0..3u8);
    // More than usual is not taken over.
    let limits = (
        0..=usual.spin_limit,
        0..=usual.memory_limit,
        0..=usual.max_threads,
        0..=usual.max_started,
        0..=usual.output_limit,
    );
    (rules, limits).prop_map(|((fair, spurious, abstract_time, any, dial), limits)| Options {
        seed: 0,
        atomicity: [Atomicity::Op, Atomicity::Line, Atomicity::Gil][usize::from(dial)],
        fair,
        spurious,
        notify: if any { Notify::Any } else { Notify::First },
        abstract_time,
        spin_limit: limits.0,
        memory_limit: limits.1,
        max_threads: limits.2,
        max_started: limits.3,
        output_limit: limits.4,
    })
}

pub(crate) fn header() -> impl Strategy<Value = Header> {
    let scheduler =
        prop::sample::select(vec!["manual", "random", "rr:1", "rr:4294967295", "fifo", "pct:3:1000", "pct:7:9"]);
    let live = option::of((any::<u64>(), f64::MIN_POSITIVE..f64::MAX, any::<bool>()));
    let texts = (shared(), shared(), shared(), vec((odd(), odd()), 0..3), vec(shared(), 0..3), option::of(shared()));
    let how = (any::<u64>(), scheduler, option::of(vec(choice(), 0..9)), options(), live, any::<bool>());
    (texts, how).prop_map(
        |(
            (target, source_name, source, parameters, inputs, picture),
            (seed, scheduler, schedule, options, live, rust),
        )| {
            Header {
                language: if rust { Language::Rust } else { Language::Python },
                target,
                source_name,
                source,
                parameters,
                seed,
                scheduler: scheduler.parse::<SchedulerKind>().unwrap(),
                schedule: schedule.map(|choices| choices.into_iter().collect()),
                inputs,
                options: Options { seed, ..options },
                live: live.map(|(pace, speed, show_gil)| LiveOptions {
                    pace: Duration::from_nanos(pace),
                    speed,
                    show_gil,
                    paused: false,
                }),
                picture,
            }
        },
    )
}

// ---- there and back ----

pub(crate) fn written(header: &Header, records: &[Record]) -> Vec<u8> {
    let mut writer = Writer::new(Vec::new(), header);
    for record in records {
        writer.record(record);
    }
    writer.finish().unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn what_makes_sense_comes_back(header in header(), records in records()) {
        let bytes = written(&header, &records);
        let mut reader = Reader::new(Cursor::new(bytes.clone())).unwrap();
        prop_assert_eq!(reader.header(), &header);
        let mut read: Vec<Record> = std::iter::from_fn(|| reader.next_record()).collect();
        prop_assert_eq!(reader.problems(), &[]);
        prop_assert!(reader.is_complete());
        let end = read.pop();
        let is_end = matches!(end, Some(Record::End { .. }));
        prop_assert!(is_end, "{:?}", end);
        prop_assert_eq!(&read, &records);
        let again = written(&header, &read);
        prop_assert_eq!(String::from_utf8(again).unwrap(), String::from_utf8(bytes).unwrap());
    }

    #[test]
    fn nothing_in_a_file_could_act_on_a_terminal(header in header(), records in records()) {
        let text = String::from_utf8(written(&header, &records)).unwrap();
        let harmful = |c: char| {
            c.is_control() && c != '\n' || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}')
        };
        prop_assert!(!text.chars().any(harmful));
    }

    /// Every prefix makes sense, wherever it ends.
    #[test]
    fn whatever_was_written_so_far_can_be_read(header in header(), records in records(), cut: prop::sample::Index) {
        let bytes = written(&header, &records);
        let first = bytes.iter().position(|byte| *byte == b'\n').unwrap();
        let cut = first + cut.index(bytes.len() - first);
        let mut reader = Reader::new(Cursor::new(bytes[..cut].to_vec())).unwrap();
        let read: Vec<Record> = std::iter::from_fn(|| reader.next_record()).collect();
        prop_assert_eq!(reader.problems(), &[]);
        let whole = records.len().min(read.len());
        prop_assert_eq!(&read[..whole], &records[..whole]);
        let lines = bytes[..cut].split(|byte| *byte == b'\n').count() - 1;
        // The last line may be there but for its line end.
        prop_assert!(read.len() + 1 == lines.max(1) || read.len() == lines, "{} of {} lines", read.len(), lines);
    }
}
