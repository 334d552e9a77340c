//! A schedule: the choices of a run, as text that can be spoken and typed.
//!
//! ```text
//! v1/M5.A2.B3.A!timeout
//! │  │  │     └ one step of A that goes another way than the ordinary one
//! │  │  └ two steps of thread A
//! │  └ five steps of the main thread
//! └ version of the format
//! ```
//!
//! Threads are named by [`ThreadId::letter`]. A count may be left out when it is 1. The alternatives are `!timeout`,
//! `!spurious`, `!wake=2` and `!draw=3`; a part with an alternative is one step. `v1/` alone is the schedule without
//! steps. Blanks around the text are ignored.
//!
//! In memory a schedule is a string of bytes, because a recorded run of millions of steps keeps one. Each run of
//! equal choices is
//!
//! ```text
//! run    = varint(thread * 8 + tag) [varint(argument)] varint(count)
//! tag    = 0 go, 1 time-out, 2 spurious, 3 wake, 4 draw; the argument stands only after 3 and 4
//! varint = seven bits a byte, lowest first, the high bit set on every byte but the last
//! ```

use super::{Alternative, Choice};
use crate::ids::ThreadId;
use crate::said::Said;
use std::fmt;
use std::str::FromStr;

/// What every schedule begins with.
const VERSION: &str = "v1/";

/// A sequence of choices, run-length encoded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Schedule {
    /// The runs before the last one.
    closed: Vec<u8>,
    /// The last run, still growing. Its choice differs from that of the run before.
    last: Option<Run>,
    /// The number of choices.
    len: u64,
}

/// The same choice, some times in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    pub choice: Choice,
    /// At least 1.
    pub count: u32,
}

/// Where a text is not a schedule, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScheduleError {
    /// In characters, from 1.
    pub position: usize,
    pub reason: Said,
}

impl ScheduleError {
    /// Place and reason.
    #[must_use]
    pub fn said(&self) -> Said {
        Said::new("schedule-wrong").with("position", self.position).with("reason", self.reason.clone())
    }
}

impl fmt::Display for ScheduleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.said().fmt(f)
    }
}

impl std::error::Error for ScheduleError {}

impl Schedule {
    /// The schedule without steps.
    #[must_use]
    pub fn new() -> Schedule {
        Schedule::default()
    }

    /// Adds a choice at the end.
    pub fn push(&mut self, choice: Choice) {
        self.len += 1;
        match &mut self.last {
            Some(run) if run.choice == choice && run.count < u32::MAX => run.count += 1,
            last => {
                if let Some(run) = last.replace(Run { choice, count: 1 }) {
                    encode(run, &mut self.closed);
                }
            }
        }
    }

    /// The number of choices.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.len
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The runs, in order.
    #[must_use]
    pub fn runs(&self) -> Runs<'_> {
        Runs { closed: &self.closed, last: self.last }
    }

    /// The choices, one by one.
    #[must_use]
    pub fn iter(&self) -> Choices<'_> {
        Choices { runs: self.runs(), current: None }
    }

    /// The first `len` choices.
    #[must_use]
    pub fn prefix(&self, len: u64) -> Schedule {
        let mut prefix = Schedule::new();
        for run in self.runs() {
            let left = u32::try_from(len - prefix.len).unwrap_or(u32::MAX);
            if left == 0 {
                break;
            }
            prefix.push_run(Run { choice: run.choice, count: run.count.min(left) });
        }
        prefix
    }

    /// The same choices of threads with other numbers. `number` gives no two threads the same one.
    #[must_use]
    pub fn renumbered(&self, number: impl Fn(ThreadId) -> ThreadId) -> Schedule {
        let mut renumbered = Schedule::new();
        for run in self.runs() {
            let choice = Choice { thread: number(run.choice.thread), ..run.choice };
            renumbered.push_run(Run { choice, count: run.count });
        }
        renumbered
    }

    /// Adds a whole run whose choice differs from the last one's.
    fn push_run(&mut self, run: Run) {
        self.len += u64::from(run.count);
        if let Some(before) = self.last.replace(run) {
            encode(before, &mut self.closed);
        }
    }
}

impl<'a> IntoIterator for &'a Schedule {
    type Item = Choice;
    type IntoIter = Choices<'a>;

    fn into_iter(self) -> Choices<'a> {
        self.iter()
    }
}

impl FromIterator<Choice> for Schedule {
    fn from_iter<I: IntoIterator<Item = Choice>>(choices: I) -> Schedule {
        let mut schedule = Schedule::new();
        choices.into_iter().for_each(|choice| schedule.push(choice));
        schedule
    }
}

/// See [`Schedule::runs`].
#[derive(Clone, Debug)]
pub struct Runs<'a> {
    closed: &'a [u8],
    last: Option<Run>,
}

impl Iterator for Runs<'_> {
    type Item = Run;

    fn next(&mut self) -> Option<Run> {
        if self.closed.is_empty() { self.last.take() } else { decode(&mut self.closed) }
    }
}

/// See [`Schedule::iter`].
#[derive(Clone, Debug)]
pub struct Choices<'a> {
    runs: Runs<'a>,
    /// The run being given out; its count is what is left of it.
    current: Option<Run>,
}

impl Iterator for Choices<'_> {
    type Item = Choice;

    fn next(&mut self) -> Option<Choice> {
        let run = match self.current {
            Some(run) if run.count > 0 => run,
            _ => self.runs.next()?,
        };
        self.current = Some(Run { count: run.count - 1, ..run });
        Some(run.choice)
    }
}

fn encode(run: Run, bytes: &mut Vec<u8>) {
    let (tag, argument) = match run.choice.alternative {
        Alternative::Go => (0, None),
        Alternative::Timeout => (1, None),
        Alternative::Spurious => (2, None),
        Alternative::Wake(place) => (3, Some(place)),
        Alternative::Draw(index) => (4, Some(index)),
    };
    write_varint(u64::from(run.choice.thread.0) * 8 + tag, bytes);
    if let Some(argument) = argument {
        write_varint(u64::from(argument), bytes);
    }
    write_varint(u64::from(run.count), bytes);
}

fn decode(bytes: &mut &[u8]) -> Option<Run> {
    let head = read_varint(bytes)?;
    let alternative = match head % 8 {
        0 => Alternative::Go,
        1 => Alternative::Timeout,
        2 => Alternative::Spurious,
        3 => Alternative::Wake(u32::try_from(read_varint(bytes)?).ok()?),
        4 => Alternative::Draw(u32::try_from(read_varint(bytes)?).ok()?),
        _ => return None,
    };
    let thread = ThreadId(u32::try_from(head / 8).ok()?);
    Some(Run { choice: Choice { thread, alternative }, count: u32::try_from(read_varint(bytes)?).ok()? })
}

fn write_varint(mut number: u64, bytes: &mut Vec<u8>) {
    loop {
        let low = u8::try_from(number & 0x7f).unwrap_or(0);
        number >>= 7;
        if number == 0 {
            bytes.push(low);
            return;
        }
        bytes.push(low | 0x80);
    }
}

fn read_varint(bytes: &mut &[u8]) -> Option<u64> {
    let mut number = 0;
    let mut shift = 0;
    loop {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(number);
        }
        shift += 7;
    }
}

impl fmt::Display for Schedule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(VERSION)?;
        let mut first = true;
        for run in self.runs() {
            // A part with an alternative is one step: a run of them is written out.
            let parts = if run.choice.alternative == Alternative::Go { 1 } else { run.count };
            for _ in 0..parts {
                if !first {
                    f.write_str(".")?;
                }
                first = false;
                write_part(run, f)?;
            }
        }
        Ok(())
    }
}

fn write_part(run: Run, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.write_str(&run.choice.thread.letter())?;
    match run.choice.alternative {
        Alternative::Go => write!(f, "{}", run.count),
        alternative => write_alternative(alternative, f),
    }
}

fn write_alternative(alternative: Alternative, f: &mut impl fmt::Write) -> fmt::Result {
    match alternative {
        Alternative::Go => Ok(()),
        Alternative::Timeout => f.write_str("!timeout"),
        Alternative::Spurious => f.write_str("!spurious"),
        Alternative::Wake(place) => write!(f, "!wake={place}"),
        Alternative::Draw(index) => write!(f, "!draw={index}"),
    }
}

impl fmt::Display for Choice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = self.thread.letter();
        write_alternative(self.alternative, &mut text)?;
        f.pad(&text)
    }
}

impl FromStr for Choice {
    type Err = ScheduleError;

    /// A part of a schedule that is one step: `A`, `A!timeout`.
    fn from_str(text: &str) -> Result<Choice, ScheduleError> {
        let mut schedule = Schedule::new();
        parse_part(text, 1, &mut schedule)?;
        let choice = schedule.iter().next().filter(|_| schedule.len == 1);
        choice.ok_or_else(|| fail(1, Said::new("schedule-one-step")))
    }
}

impl FromStr for Schedule {
    type Err = ScheduleError;

    fn from_str(text: &str) -> Result<Schedule, ScheduleError> {
        let body = text.trim_start();
        let mut position = text.chars().count() - body.chars().count() + 1;
        let Some(parts) = body.trim_end().strip_prefix(VERSION) else {
            return Err(fail(position, Said::new("schedule-begin").with("version", VERSION)));
        };
        position += VERSION.len();
        let mut schedule = Schedule::new();
        if parts.is_empty() {
            return Ok(schedule);
        }
        for part in parts.split('.') {
            parse_part(part, position, &mut schedule)?;
            position += part.chars().count() + 1;
        }
        Ok(schedule)
    }
}

fn fail(position: usize, reason: Said) -> ScheduleError {
    ScheduleError { position, reason }
}

/// Reads one part, which begins at `position`, and adds its steps.
fn parse_part(part: &str, position: usize, schedule: &mut Schedule) -> Result<(), ScheduleError> {
    let letters = part.chars().take_while(char::is_ascii_uppercase).count();
    let Some(thread) = ThreadId::from_letter(&part[..letters]) else {
        let reason = match part.chars().next() {
            Some(c) => Said::new("schedule-letter").with("found", format!("{:?}", c.to_string())),
            None => Said::new("schedule-letter-missing"),
        };
        return Err(fail(position, reason));
    };
    let rest = &part[letters..];
    let position = position + letters;
    if let Some(name) = rest.strip_prefix('!') {
        let alternative = parse_alternative(name).map_err(|reason| fail(position + 1, reason))?;
        schedule.push(Choice { thread, alternative });
        return Ok(());
    }
    let count = parse_count(rest).map_err(|reason| fail(position, reason))?;
    let choice = Choice::go(thread);
    match &mut schedule.last {
        Some(run) if run.choice == choice => {
            run.count = run
                .count
                .checked_add(count)
                .ok_or_else(|| fail(position, Said::new("schedule-row").with("most", u32::MAX)))?;
            schedule.len += u64::from(count);
        }
        _ => schedule.push_run(Run { choice, count }),
    }
    Ok(())
}

fn parse_count(text: &str) -> Result<u32, Said> {
    if text.is_empty() {
        return Ok(1);
    }
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    match text.parse::<u32>() {
        Ok(0) => Err(Said::new("schedule-count")),
        Ok(count) if digits => Ok(count),
        _ if digits => Err(Said::new("schedule-count-large").with("count", text)),
        _ => Err(Said::new("schedule-count-missing").with("found", format!("{text:?}"))),
    }
}

fn parse_alternative(text: &str) -> Result<Alternative, Said> {
    let (name, argument) = match text.split_once('=') {
        Some((name, argument)) => (name, Some(argument)),
        None => (text, None),
    };
    let number = || {
        let digits = argument.filter(|text| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()));
        digits.and_then(|text| text.parse().ok()).ok_or_else(|| Said::new("schedule-number").with("name", name))
    };
    match (name, argument) {
        ("timeout", None) => Ok(Alternative::Timeout),
        ("spurious", None) => Ok(Alternative::Spurious),
        ("wake", _) => number().map(Alternative::Wake),
        ("draw", _) => number().map(Alternative::Draw),
        ("timeout" | "spurious", Some(_)) => Err(Said::new("schedule-no-number").with("name", name)),
        _ => Err(Said::new("schedule-alternative").with("name", format!("{text:?}"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn parse(text: &str) -> Schedule {
        text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
    }

    #[test]
    fn the_examples_of_the_manual_read_and_print() {
        for text in ["v1/", "v1/M5.A2.B3.A1", "v1/M3.A2.A!timeout", "v1/A!wake=2.A!draw=3.AA!spurious.M1"] {
            assert_eq!(parse(text).to_string(), text);
        }
        assert_eq!(parse("v1/M5.A2.B3.A!timeout").len(), 11);
        assert_eq!(parse("  v1/A.A2.A!timeout.A!timeout\n").to_string(), "v1/A3.A!timeout.A!timeout");
    }

    #[test]
    fn the_first_mistake_is_named_with_its_place() {
        let cases = [
            ("", 1, "a schedule begins with \"v1/\""),
            ("v2/M1", 1, "a schedule begins with \"v1/\""),
            ("v1/M5..A2", 7, "expected a thread's letter, found nothing"),
            ("v1/M5.a2", 7, "expected a thread's letter, found \"a\""),
            (" v1/M5.中2", 8, "expected a thread's letter, found \"中\""),
            ("v1/M0", 5, "a count is at least 1"),
            ("v1/M+1", 5, "expected a count or \"!\", found \"+1\""),
            ("v1/M99999999999", 5, "the count 99999999999 is too large"),
            ("v1/M4294967295.M1", 17, "more than 4294967295 steps in a row"),
            ("v1/M1.B!later", 9, "unknown alternative \"later\"; there are timeout, spurious, wake=N and draw=N"),
            ("v1/B!wake", 6, "\"!wake\" wants a number: !wake=0"),
            ("v1/B!draw=x", 6, "\"!draw\" wants a number: !draw=0"),
            ("v1/B!timeout=1", 6, "\"!timeout\" takes no number"),
        ];
        for (text, position, reason) in cases {
            let error = text.parse::<Schedule>().unwrap_err();
            assert_eq!((error.position, error.reason.to_string().as_str()), (position, reason), "{text}");
        }
    }

    #[test]
    fn a_prefix_ends_where_it_should() {
        let schedule = parse("v1/M5.A2.B!timeout.B3");
        assert_eq!(schedule.prefix(0), Schedule::new());
        assert_eq!(schedule.prefix(6).to_string(), "v1/M5.A1");
        assert_eq!(schedule.prefix(8).to_string(), "v1/M5.A2.B!timeout");
        assert_eq!(schedule.prefix(100), schedule);
    }

    #[test]
    fn threads_change_their_numbers() {
        let swapped = parse("v1/M5.A2.B!timeout.B3").renumbered(|thread| match thread {
            ThreadId(1) => ThreadId(2),
            ThreadId(2) => ThreadId(1),
            other => other,
        });
        assert_eq!(swapped, parse("v1/M5.B2.A!timeout.A3"));
    }

    #[test]
    fn two_alternating_threads_cost_two_bytes_a_step() {
        let schedule: Schedule = (0..1000).map(|n| Choice::go(ThreadId(n % 2 + 1))).collect();
        assert_eq!(schedule.closed.len(), 2 * 999);
    }

    fn choices() -> impl Strategy<Value = Vec<Choice>> {
        let alternative = prop_oneof![
            4 => Just(Alternative::Go),
            1 => Just(Alternative::Timeout),
            1 => Just(Alternative::Spurious),
            1 => any::<u32>().prop_map(Alternative::Wake),
            1 => any::<u32>().prop_map(Alternative::Draw),
        ];
        let thread = prop_oneof![0..4u32, 0..20_000u32].prop_map(ThreadId);
        prop::collection::vec((thread, alternative), 0..60)
            .prop_map(|list| list.into_iter().map(|(thread, alternative)| Choice { thread, alternative }).collect())
    }

    proptest! {
        #[test]
        fn text_and_bytes_keep_every_choice(choices in choices()) {
            let schedule: Schedule = choices.iter().copied().collect();
            prop_assert_eq!(schedule.len(), choices.len() as u64);
            prop_assert_eq!(schedule.iter().collect::<Vec<_>>(), choices);
            let text = schedule.to_string();
            let back: Schedule = text.parse().unwrap();
            prop_assert_eq!(&back, &schedule);
            prop_assert_eq!(back.to_string(), text);
        }

        #[test]
        fn no_text_makes_the_parser_panic(text in "(v1/)?[MAB!.=0-9a-z中]{0,20}") {
            let _ = text.parse::<Schedule>();
        }
    }
}
