//! From a line to a moment, or to the place where it is none.

use super::Moment;
use super::escape::unescaped;
use crate::event::Schedule;
use crate::ids::Step;
use crate::said::{Filling, Said};
use std::fmt;
use std::str::FromStr;

/// Where a line is not a moment, why, and what would be one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MomentError {
    /// In characters, from 1.
    pub position: usize,
    pub reason: Said,
}

impl MomentError {
    /// Place and reason.
    #[must_use]
    pub fn said(&self) -> Said {
        Said::new("place-wrong").with("position", self.position).with("reason", self.reason.clone())
    }
}

impl fmt::Display for MomentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.said().fmt(f)
    }
}

impl std::error::Error for MomentError {}

/// The words with a value.
const KEYS: [&str; 5] = ["seed", "sched", "atomic", "notify", "input"];
/// The words without one.
const FLAGS: [&str; 3] = ["fair", "spurious", "eof"];

/// What precedes the name of a parameter that has a meaning of its own here.
const PARAMETER: &str = "p.";

/// How many characters of a wrong word are repeated.
const SHOWN: usize = 40;

/// How many characters of a reason are repeated.
const REASON: usize = 200;

/// True when a parameter of this name is not simply written as `name=value`.
pub(super) fn is_reserved(name: &str) -> bool {
    KEYS.contains(&name) || FLAGS.contains(&name)
}

/// True for a word that begins as a schedule of any version does.
pub(super) fn is_schedule(word: &str) -> bool {
    word.strip_prefix('v').and_then(|rest| rest.split_once('/')).is_some_and(|(version, _)| {
        !version.is_empty() && version.len() <= 3 && version.bytes().all(|byte| byte.is_ascii_digit())
    })
}

/// A word and where it stands.
#[derive(Clone, Copy, Debug)]
struct Word<'a> {
    text: &'a str,
    /// In characters, from 1.
    position: usize,
}

impl Word<'_> {
    /// This is wrong with it, `at` characters after its beginning.
    fn fail(&self, at: usize, reason: Said) -> MomentError {
        MomentError { position: self.position + at, reason }
    }

    /// The word as it is said in a sentence: short, and nothing in it acts on a terminal.
    fn shown(&self) -> String {
        let mut shown: String = self.text.chars().take(SHOWN).flat_map(char::escape_debug).collect();
        if self.text.chars().nth(SHOWN).is_some() {
            shown.push_str("...");
        }
        shown
    }
}

/// The words between blanks and ends of lines.
fn words(text: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut position = 1;
    for piece in text.split(char::is_whitespace) {
        if !piece.is_empty() {
            words.push(Word { text: piece, position });
        }
        position += piece.chars().count() + 1;
    }
    words
}

impl FromStr for Moment {
    type Err = MomentError;

    fn from_str(text: &str) -> Result<Moment, MomentError> {
        let words = words(text);
        let Some((target, rest)) = words.split_first() else {
            return Err(MomentError { position: 1, reason: Said::new("place-target") });
        };
        let mut moment = Moment::new(value(target, 0)?);
        let tail = rest.iter().position(|word| word.text.starts_with('@') || is_schedule(word.text));
        let (settings, tail) = rest.split_at(tail.unwrap_or(rest.len()));
        let mut known = Vec::new();
        for word in settings {
            setting(&mut moment, word, &mut known)?;
        }
        let end = MomentError { position: text.trim_end().chars().count() + 1, reason: Said::new("place-end") };
        let (steps, step) = match tail.split_last() {
            Some((last, before)) if last.text.starts_with('@') => (before, last),
            _ => return Err(after_the_step(tail).unwrap_or(end)),
        };
        if let Some(wrong) = after_the_step(tail) {
            return Err(wrong);
        }
        moment.step = Step(number(step, 1, "place-step")?);
        if !steps.is_empty() {
            moment.schedule = Some(schedule(steps)?);
        }
        check_length(&moment, step)?;
        Ok(moment)
    }
}

/// What is wrong when words follow on the step.
fn after_the_step(tail: &[Word<'_>]) -> Option<MomentError> {
    let step = tail.iter().position(|word| word.text.starts_with('@'))?;
    let word = tail.get(step + 1)?;
    Some(word.fail(0, Said::new("place-after").with("word", word.shown())))
}

/// A schedule that ends before the step has lost its end.
fn check_length(moment: &Moment, step: &Word<'_>) -> Result<(), MomentError> {
    match moment.schedule.as_ref().map(Schedule::len) {
        Some(len) if len < u64::from(moment.step.0) => {
            Err(step.fail(0, Said::new("place-cut").with("last", len).with("step", moment.step.0)))
        }
        _ => Ok(()),
    }
}

/// One of the words between the target and the schedule.
fn setting<'a>(moment: &mut Moment, word: &Word<'a>, known: &mut Vec<&'a str>) -> Result<(), MomentError> {
    let (name, given) = match word.text.split_once('=') {
        Some((name, _)) => (name, true),
        None => (word.text, false),
    };
    let at = name.chars().count() + 1;
    if is_reserved(name) && name != "input" {
        if known.contains(&name) {
            return Err(word.fail(0, Said::new("place-twice").with("name", name)));
        }
        known.push(name);
    }
    match (name, given) {
        ("fair", false) => moment.fair = true,
        ("spurious", false) => moment.spurious = true,
        ("eof", false) => moment.inputs.push(None),
        ("seed", true) => moment.seed = number(word, at, "place-seed")?,
        ("sched", true) => moment.scheduler = choice(word, at)?,
        ("atomic", true) => moment.atomicity = choice(word, at)?,
        ("notify", true) => moment.notify = choice(word, at)?,
        ("input", true) => moment.inputs.push(Some(value(word, at)?.into())),
        _ if FLAGS.contains(&name) => return Err(word.fail(0, Said::new("place-no-value").with("name", name))),
        (_, true) => moment.parameters.push(parameter(word, name)?),
        (_, false) => return Err(word.fail(0, unknown(word))),
    }
    if name == "input" && known.contains(&"eof") {
        return Err(word.fail(0, Said::new("place-after-input")));
    }
    Ok(())
}

fn unknown(word: &Word<'_>) -> Said {
    let known: Vec<String> = KEYS.iter().map(|key| format!("{key}=...")).chain(FLAGS.map(str::to_owned)).collect();
    Said::new("place-unknown").with("word", word.shown()).with("known", Filling::List(known))
}

/// `NAME=VALUE`, `p.NAME=VALUE`.
fn parameter(word: &Word<'_>, name: &str) -> Result<(String, String), MomentError> {
    let at = name.chars().count() + 1;
    let value = value(word, at)?;
    let (name, at) = match name.strip_prefix(PARAMETER) {
        Some(name) => (name, PARAMETER.len()),
        None => (name, 0),
    };
    let name = unescaped(name).map_err(|(place, reason)| word.fail(at + place, reason))?;
    if name.is_empty() {
        return Err(word.fail(at, Said::new("place-no-name")));
    }
    Ok((name, value))
}

/// The text from this character of the word on.
fn value(word: &Word<'_>, at: usize) -> Result<String, MomentError> {
    unescaped(after(word, at)).map_err(|(place, reason)| word.fail(at + place, reason))
}

/// The word without its first characters.
fn after<'a>(word: &Word<'a>, at: usize) -> &'a str {
    let start = word.text.char_indices().nth(at).map_or(word.text.len(), |(start, _)| start);
    &word.text[start..]
}

fn number<T: FromStr + Limits>(word: &Word<'_>, at: usize, key: &'static str) -> Result<T, MomentError> {
    let digits = after(word, at);
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let number = digits.parse().ok().filter(|_| plain);
    number.ok_or_else(|| word.fail(at, Said::new(key).with("word", word.shown()).with("most", T::most())))
}

/// Numbers that say how large they can be.
trait Limits {
    fn most() -> u64;
}

impl Limits for u32 {
    fn most() -> u64 {
        u32::MAX.into()
    }
}

impl Limits for u64 {
    fn most() -> u64 {
        u64::MAX
    }
}

/// One of a few names.
fn choice<T: FromStr<Err = Said>>(word: &Word<'_>, at: usize) -> Result<T, MomentError> {
    let text = after(word, at);
    let sensible = text.len() <= SHOWN && text.bytes().all(|byte| byte.is_ascii_graphic());
    if !sensible {
        return Err(word.fail(at, Said::new("place-no-such-name").with("word", word.shown())));
    }
    text.parse().map_err(|error| word.fail(at, error))
}

/// The schedule, put together when it was broken.
fn schedule(parts: &[Word<'_>]) -> Result<Schedule, MomentError> {
    let whole: String = parts.iter().map(|part| part.text).collect();
    whole.parse().map_err(|error: crate::event::ScheduleError| {
        let mut before = error.position.saturating_sub(1);
        let mut position = parts.first().map_or(1, |part| part.position + before);
        for part in parts {
            position = part.position + before;
            let length = part.text.chars().count();
            if before < length {
                break;
            }
            before -= length;
        }
        // The reason repeats what is wrong, however long it is.
        let reason = Said::new("place-schedule").with("reason", error.reason.shortened(REASON));
        MomentError { position, reason }
    })
}
