//! How a run was started: the first line of a trace.

use super::decode::{harmless, json};
use super::reader::Unreadable;
use crate::event::Schedule;
use crate::kernel::Options;
use crate::kernel::live::LiveOptions;
use crate::said::Said;
use crate::sched::SchedulerKind;
use crate::source::MAX_BYTES;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

/// The version of the format that is written. Every version up to it can be read.
pub const VERSION: u32 = 1;

/// A JSON Schema (draft 2020-12) of a line of a trace.
pub const SCHEMA: &str = include_str!("../../assets/trace.schema.json");

/// What the program is written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// A program of ours, which can be run again.
    #[default]
    Python,
    /// A program over the primitives of [`sync`](crate::sync), which can only be looked at.
    Rust,
}

/// Everything that determines a run, apart from what was decided while it went on.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Header {
    pub language: Language,
    /// What was to be run, as on the command line: `counter/race`, `mine.py`.
    pub target: Arc<str>,
    /// The program's name and text. Lines of events are lines of this text.
    pub source_name: Arc<str>,
    pub source: Arc<str>,
    /// Module-level constants with other values than the text gives them.
    pub parameters: Vec<(String, String)>,
    pub seed: u64,
    pub scheduler: SchedulerKind,
    /// The choices that were given before the scheduler was asked.
    pub schedule: Option<Schedule>,
    /// Lines that answered the first calls of `input()`.
    pub inputs: Vec<Arc<str>>,
    /// The rules of the world. Their seed is `seed`.
    pub options: Options,
    /// Real threads, and how; without it the simulator.
    pub live: Option<LiveOptions>,
    /// The picture that was declared for the program, as it is written in a manifest. Whoever draws it checks it.
    pub picture: Option<Arc<str>>,
}

/// The words of a picture are no longer than this; longer ones in a file are passed over.
pub const PICTURE_MAX: usize = 1000;

impl Header {
    /// True when the threads were those of the operating system.
    #[must_use]
    pub fn is_live(&self) -> bool {
        self.live.is_some()
    }
}

/// The lines that answered `input()` in a run that was started with some of them: whoever wrote the tape may have counted
/// them among those that were typed, or not.
#[must_use]
pub fn lines_read(given: &[Arc<str>], typed: &[Option<Arc<str>>]) -> Vec<Option<Arc<str>>> {
    let given: Vec<_> = given.iter().cloned().map(Some).collect();
    match () {
        () if typed.starts_with(&given) => typed.to_vec(),
        () if given.starts_with(typed) => given,
        () => [&given[..], typed].concat(),
    }
}

// ---- reading ----

/// The first line as it stands in a file.
#[derive(Debug, serde::Deserialize)]
struct Wire {
    target: String,
    #[serde(default)]
    world: Option<String>,
    #[serde(default)]
    language: Option<String>,
    sources: Vec<WireSource>,
    #[serde(default)]
    parameters: Vec<WireParameter>,
    #[serde(default)]
    seed: u64,
    #[serde(default)]
    scheduler: Option<String>,
    #[serde(default)]
    schedule: Option<String>,
    #[serde(default)]
    inputs: Vec<String>,
    #[serde(default)]
    options: WireOptions,
    #[serde(default)]
    live: Option<WireLive>,
    #[serde(default)]
    picture: Option<String>,
}

#[derive(Debug, serde::Deserialize)]
struct WireSource {
    name: String,
    text: String,
}

#[derive(Debug, serde::Deserialize)]
struct WireParameter {
    name: String,
    value: String,
}

/// What is missing is as usual.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
struct WireOptions {
    atomicity: Option<String>,
    fair: Option<bool>,
    spurious: Option<bool>,
    notify: Option<String>,
    abstract_time: Option<bool>,
    spin_limit: Option<u64>,
    memory_limit: Option<u64>,
    max_threads: Option<u32>,
    max_started: Option<u32>,
    output_limit: Option<u64>,
}

#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
struct WireLive {
    pace: u64,
    speed: Option<f64>,
    show_gil: bool,
}

/// Only the version: a newer format may have anything else in its header.
#[derive(Debug, serde::Deserialize)]
struct WireVersion {
    lockstep_trace: u64,
}

/// Reads the first line.
pub(super) fn read(line: &str) -> Result<Header, Unreadable> {
    let version: WireVersion = json(line).map_err(Unreadable::NoTrace)?;
    if version.lockstep_trace > u64::from(VERSION) {
        return Err(Unreadable::Newer(version.lockstep_trace));
    }
    let wire: Wire = json(line).map_err(Unreadable::Header)?;
    wire.header().map_err(|reason| Unreadable::Header(reason.mapped(&harmless)))
}

impl Wire {
    fn header(self) -> Result<Header, Said> {
        let [source] = <[WireSource; 1]>::try_from(self.sources)
            .map_err(|sources| Said::new("broken-sources").with("n", sources.len()))?;
        if source.text.len() > MAX_BYTES {
            return Err(Said::new("broken-program-long").with("most", MAX_BYTES));
        }
        let live = match self.world.as_deref() {
            None | Some("sim") => None,
            Some("live") => Some(self.live.unwrap_or_default().options()?),
            Some(other) => return Err(Said::new("broken-world").with("value", other)),
        };
        let language = match self.language.as_deref() {
            None | Some("python") => Language::Python,
            Some("rust") => Language::Rust,
            Some(other) => {
                return Err(Said::new("broken-language").with("value", other));
            }
        };
        let schedule = self.schedule.map(|text| text.parse()).transpose();
        Ok(Header {
            language,
            target: self.target.into(),
            source_name: source.name.into(),
            source: source.text.into(),
            parameters: self.parameters.into_iter().map(|parameter| (parameter.name, parameter.value)).collect(),
            seed: self.seed,
            scheduler: parsed(self.scheduler.as_deref())?,
            schedule: schedule.map_err(|error: crate::event::ScheduleError| error.said())?,
            inputs: self.inputs.into_iter().map(Arc::from).collect(),
            options: self.options.options(self.seed)?,
            live,
            picture: self.picture.filter(|words| words.len() <= PICTURE_MAX).map(Arc::from),
        })
    }
}

fn parsed<T: FromStr<Err = Said> + Default>(text: Option<&str>) -> Result<T, Said> {
    text.map_or_else(|| Ok(T::default()), str::parse)
}

impl WireOptions {
    fn options(self, seed: u64) -> Result<Options, Said> {
        let usual = Options::default();
        Ok(Options {
            seed,
            atomicity: parsed(self.atomicity.as_deref())?,
            fair: self.fair.unwrap_or(usual.fair),
            spurious: self.spurious.unwrap_or(usual.spurious),
            notify: parsed(self.notify.as_deref())?,
            abstract_time: self.abstract_time.unwrap_or(usual.abstract_time),
            // Whoever made the file does not decide how much of this machine a run of it may take.
            spin_limit: self.spin_limit.unwrap_or(usual.spin_limit).min(usual.spin_limit),
            memory_limit: self.memory_limit.unwrap_or(usual.memory_limit).min(usual.memory_limit),
            max_threads: self.max_threads.unwrap_or(usual.max_threads).min(usual.max_threads),
            max_started: self.max_started.unwrap_or(usual.max_started).min(usual.max_started),
            output_limit: self.output_limit.unwrap_or(usual.output_limit).min(usual.output_limit),
        })
    }
}

impl WireLive {
    fn options(self) -> Result<LiveOptions, Said> {
        let speed = self.speed.unwrap_or(1.0);
        if !(speed.is_finite() && speed > 0.0) {
            return Err(Said::new("broken-speed"));
        }
        let pace = Duration::from_nanos(self.pace);
        Ok(LiveOptions { pace, speed, show_gil: self.show_gil, paused: false })
    }
}
