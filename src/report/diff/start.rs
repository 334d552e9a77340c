//! What was different from the start: the programs, and how they were run.

use super::Both;
use crate::model::Recording;
use crate::trace::{Header, Language, lines_read};
use crate::words::shortened;
use std::collections::BTreeSet;
use std::sync::Arc;

/// So much of a text is repeated.
pub(super) const SHOWN_CHARS: usize = 120;

/// Settings beyond this number are not told.
const SETTINGS_MAX: usize = 200;

/// Where two programs differ first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Program {
    /// From 1.
    pub line: u32,
    /// This line of each, shortened; `None` where the text ends before it.
    pub texts: Both<Option<String>>,
}

impl Program {
    pub(super) fn of(both: Both<&Recording>) -> Option<Program> {
        let [mut one, mut other] = both.map(|recording| recording.header.source.lines());
        let mut line = 0;
        loop {
            line += 1;
            match (one.next(), other.next()) {
                (None, None) => return None,
                (one, other) if one == other => {}
                texts => {
                    let texts = <[Option<&str>; 2]>::from(texts);
                    let shown = |text: &str| shortened(text.trim_end(), SHOWN_CHARS).into_owned();
                    return Some(Program { line, texts: texts.map(|text| text.map(shown)) });
                }
            }
        }
    }
}

/// Something that was said when the runs were started, and not the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    pub what: What,
    /// As on the command line, shortened; `None` where nothing was said.
    pub values: Both<Option<String>>,
}

/// What was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    Target,
    World,
    Language,
    /// The module-level constant with this name.
    Parameter(String),
    Seed,
    Scheduler,
    Atomicity,
    Fair,
    Spurious,
    Notify,
    /// This line of input, from 1.
    Input(usize),
}

impl What {
    /// Its name in JSON.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            What::Target => "target",
            What::World => "world",
            What::Language => "language",
            What::Parameter(_) => "parameter",
            What::Seed => "seed",
            What::Scheduler => "scheduler",
            What::Atomicity => "atomicity",
            What::Fair => "fair",
            What::Spurious => "spurious",
            What::Notify => "notify",
            What::Input(_) => "input",
        }
    }
}

/// The name of the world a run was made in.
pub(super) fn world(header: &Header) -> &'static str {
    if header.is_live() { "live" } else { "sim" }
}

impl Setting {
    pub(super) fn of(both: Both<&Recording>) -> Vec<Setting> {
        let headers = both.map(|recording| &recording.header);
        let mut settings = vec![
            said(What::Target, headers, |header| header.target.to_string()),
            said(What::World, headers, |header| world(header).to_owned()),
            said(What::Language, headers, |header| language(header.language).to_owned()),
        ];
        settings.extend(parameters(headers));
        settings.push(said(What::Seed, headers, |header| header.seed.to_string()));
        // On real threads nobody asks for the rules of the simulator.
        if headers.iter().all(|header| !header.is_live()) {
            settings.extend([
                said(What::Scheduler, headers, |header| header.scheduler.to_string()),
                said(What::Atomicity, headers, |header| header.options.atomicity.to_string()),
                said(What::Fair, headers, |header| header.options.fair.to_string()),
                said(What::Spurious, headers, |header| header.options.spurious.to_string()),
                said(What::Notify, headers, |header| header.options.notify.to_string()),
            ]);
        }
        settings.extend(inputs(both));
        settings.retain(|setting| setting.values[0] != setting.values[1]);
        settings.truncate(SETTINGS_MAX);
        for value in settings.iter_mut().flat_map(|setting| &mut setting.values).flatten() {
            *value = shortened(value, SHOWN_CHARS).into_owned();
        }
        settings
    }
}

fn said(what: What, headers: Both<&Header>, value: impl Fn(&Header) -> String) -> Setting {
    Setting { what, values: headers.map(|header| Some(value(header))) }
}

const fn language(language: Language) -> &'static str {
    match language {
        Language::Python => "python",
        Language::Rust => "rust",
    }
}

/// Each parameter that one of them sets, by name.
fn parameters(headers: Both<&Header>) -> Vec<Setting> {
    let names: BTreeSet<&String> = headers.iter().flat_map(|header| &header.parameters).map(|(name, _)| name).collect();
    let value = |header: &Header, name: &str| {
        let set = header.parameters.iter().rev().find(|(set, _)| set == name);
        set.map(|(_, value)| value.clone())
    };
    // More than a few are a hostile trace, and each is looked for among all.
    let names = names.into_iter().take(SETTINGS_MAX);
    names
        .map(|name| Setting {
            what: What::Parameter(shortened(name, SHOWN_CHARS).into_owned()),
            values: headers.map(|header| value(header, name)),
        })
        .collect()
}

/// The lines that were there from the start and those that were typed, one by one.
fn inputs(both: Both<&Recording>) -> Vec<Setting> {
    let lines = both.map(|recording| lines_read(&recording.header.inputs, &recording.inputs));
    let most = lines[0].len().max(lines[1].len());
    let line = |lines: &Vec<Option<Arc<str>>>, place: usize| {
        lines.get(place).and_then(|line| line.as_deref().map(ToOwned::to_owned))
    };
    let rows = (0..most).map(|place| Setting {
        what: What::Input(place + 1),
        values: lines.each_ref().map(|lines| line(lines, place)),
    });
    rows.filter(|setting| setting.values[0] != setting.values[1]).take(SETTINGS_MAX).collect()
}
