//! The run as one page that needs nothing else: no network, no other file.
//!
//! It shows what the stage shows and is worked by the same keys. Everything that takes knowledge is done here: the page
//! gets, for each step, the rows of its tables that the step changed and the sentences about it in both languages. Its
//! script puts them where they belong, keeps a copy of all rows now and then, and so reaches any step quickly.
//!
//! | module | what is in it |
//! |---|---|
//! | `strings` | every text once, in both languages |
//! | `steps` | the run, step by step |
//! | `threads`, `objects`, `variables` | the rows of the tables, and which of them changed |
//! | `states` | the states of threads: sign, word, colour |
//! | `output` | what the program wrote |
//! | `code` | the program's text in colours |
//! | `handout` | what is told on paper |
//! | `labels` | what the page says about itself |
//! | `shell` | the page around it all, and how what it embeds is kept from doing harm |
//!
//! The page itself is in `assets/page`.

mod code;
mod handout;
mod labels;
mod objects;
mod output;
mod shell;
mod states;
mod steps;
mod strings;
mod threads;
mod variables;

use crate::detect::FindingKind;
use crate::event::{End, ThreadState};
use crate::ids::ThreadId;
use crate::model::Recording;
use crate::words::{Words, safe};
use serde::Serialize;
use shell::Shell;
use std::collections::BTreeMap;
use std::io::{self, Write};
use steps::Steps;
use strings::{Both, Strings, Voices};

/// What the script of the page reads.
#[derive(Serialize)]
struct Data<'a> {
    lockstep: u32,
    /// What was run, and by which rules.
    title: &'a str,
    rules: Vec<Both>,
    /// What the page says about itself.
    labels: &'a BTreeMap<&'static str, Both>,
    states: Vec<states::StateRow>,
    /// The letters of the threads.
    letters: Vec<String>,
    strings: Vec<Both>,
    steps: Vec<steps::Delta>,
    output: output::Output,
    findings: Vec<steps::Found>,
    /// How many threads, objects and variables have a row at the end.
    rows: [usize; 3],
    /// Which objects have a lane on the timeline.
    lanes: Vec<u32>,
    /// The steps that are told on paper.
    handout: Vec<u32>,
    /// How it ended: class of the style sheet, sign, word.
    end: (&'static str, &'static str, Both),
    /// What is missing: the end of the recording, rows, output.
    missing: [bool; 3],
}

/// Writes the page. It can show both languages; `words` says in which it begins.
pub fn write(recording: &Recording, words: &Words, out: &mut dyn Write) -> io::Result<()> {
    let strings = Strings::new();
    let labels = labels::table(&strings.voices);
    let title = safe(&recording.header.target).into_owned();
    let data = data(recording, &title, &labels, strings)?;
    let code = code::lines(&recording.source, recording.header.language);
    let shell = Shell { lang: words.lang(), title: &title, labels: &labels, code: &code, data: &data };
    out.write_all(shell::render(&shell)?.as_bytes())
}

/// The run as JSON.
fn data(
    recording: &Recording,
    title: &str,
    labels: &BTreeMap<&'static str, Both>,
    mut strings: Strings,
) -> io::Result<String> {
    let steps = Steps::of(recording, &mut strings);
    let threads = u32::try_from(recording.history.head().threads.len()).unwrap_or(u32::MAX);
    let data = Data {
        lockstep: 1,
        title,
        rules: rules(recording, &strings.voices),
        labels,
        states: states::table(&strings.voices),
        letters: (0..threads).map(|number| ThreadId(number).letter()).collect(),
        end: end(recording, &strings.voices),
        strings: strings.into_table(),
        missing: [!recording.complete, steps.is_cut, steps.output.is_cut],
        steps: steps.deltas,
        output: steps.output,
        findings: steps.findings,
        rows: steps.rows,
        lanes: steps.lanes,
        handout: handout::steps(recording),
    };
    serde_json::to_string(&data).map_err(io::Error::other)
}

/// By which rules it was run: where, in which order, how much a step is.
fn rules(recording: &Recording, voices: &Voices) -> Vec<Both> {
    let header = &recording.header;
    if let Some(live) = &header.live {
        let world = if live.show_gil { "world-threads-gil" } else { "world-threads" };
        return vec![voices.both(|words| words.t(world))];
    }
    let args = [("kind", header.scheduler.to_string().into()), ("seed", header.seed.to_string().into())];
    vec![
        voices.both(|words| words.t("world-simulator")),
        voices.both(|words| words.with("header-scheduler", &args)),
        Both::same(header.options.atomicity.to_string()),
    ]
}

/// How the run ended, as the top line of the stage says it.
fn end(recording: &Recording, voices: &Voices) -> (&'static str, &'static str, Both) {
    let model = recording.history.head();
    let has_crashed = model.threads.iter().any(|thread| thread.state == ThreadState::Failed);
    let has_cycle = recording.history.all_findings().iter().any(|finding| finding.kind == FindingKind::Deadlock);
    let (class, sign, key) = match &model.ended {
        Some(End::Finished) if has_crashed => ("bad", "!", "status-crashed"),
        Some(End::Finished) => ("good", "✓", "status-finished"),
        Some(End::Deadlock) if recording.header.is_live() => ("bad", "✗", "status-hangs"),
        Some(End::Deadlock) if has_cycle => ("bad", "✗", "status-deadlock"),
        Some(End::Deadlock) => ("bad", "✗", "status-stuck"),
        Some(End::Limit(_) | End::Unmodelled { .. }) | None => ("cut", "!", "status-cut-off"),
    };
    (class, sign, voices.both(|words| words.t(key)))
}
