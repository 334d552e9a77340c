//! What a scenario states, held against what is so.
//!
//! The loader of [`scenario`](crate::scenario) sees to it that a folder makes sense by itself: every name leads somewhere, no two
//! statements contradict each other. Whether the statements are *true* takes more: the program is compiled, all its
//! interleavings are explored, and it is run with the stated seeds and along every witness.
//!
//! | statement | true when |
//! |---|---|
//! | the program | it compiles |
//! | a global in `expect.outcomes` | the program that was compiled has it, and some run ends with data in it |
//! | `expect.verdict`, `expect.outcomes` | the exploration comes to exactly that |
//! | `expect.ends` | each run with a seed ends so |
//! | a question | it has an answer that is known for certain |
//! | a note | it is told in one of these runs |
//! | a role of the picture | something in one of these runs is called so |
//! | `parameters` | at both ends of each the program compiles, no run and no interleaving among the first ones goes wrong in a way that is not stated, and the questions whose steps exist there have answers |
//!
//! An exploration that is not finished proves nothing: what it found and was not stated is a shortfall all the same, and so is
//! that it was not finished.

mod limits;
mod runs;
#[cfg(test)]
mod tests;

use crate::explore::{self, Budget, Exploration, Explorer, Progress, Settings};
use crate::kernel::Options;
use crate::lang::{Parameters, Program, compile};
use crate::quiz::{self, Case};
use crate::scenario::{BugKind, Expected, Outcomes, RunEnd, StatedOutcome, Variant, Verdict};
use crate::source::{Diagnostic, Source};
use limits::at_limits;
use runs::Runs;
use std::num::NonZero;
use std::sync::Arc;

/// What came of a variant.
#[derive(Debug)]
pub struct Verified {
    pub shortfalls: Vec<Shortfall>,
    /// Of the exploration; `None` when the program does not compile.
    pub verdict: Option<explore::Verdict>,
    pub states: u64,
}

/// A statement that is not true.
#[derive(Debug)]
pub struct Shortfall {
    /// The line of the statement in `scenario.json`, from 1.
    pub line: u32,
    pub kind: ShortfallKind,
}

/// How it is not true.
#[derive(Debug)]
pub enum ShortfallKind {
    /// The program does not compile.
    Program { source: Arc<Source>, diagnostics: Vec<Diagnostic> },
    /// Other things go wrong than is stated; both lists in order.
    Verdict { stated: Vec<BugKind>, found: Vec<BugKind> },
    /// Nothing that is known of goes wrong, but a proof is out of reach.
    Unproved,
    /// Not every interleaving could be looked at.
    NotFinished { states: u64 },
    /// The outcomes name this global, which the program does not have, or never with data in it.
    Global { name: Arc<str> },
    /// These outcomes are stated and do not exist; these exist and are not stated.
    Outcomes { missing: Vec<StatedOutcome>, extra: Vec<StatedOutcome> },
    /// The run with this seed ends otherwise.
    End { seed: u64, stated: RunEnd, found: RunEnd },
    /// The question with this number, from 1, has no answer.
    Question { number: usize, flaw: quiz::Flaw },
    /// The note with this number, from 1, was told in none of so many runs; without this condition it would have been.
    Note { number: usize, runs: usize, without: Option<&'static str> },
    /// Nothing is called so that could play this role.
    Role { role: &'static str, name: Arc<str> },
    /// With this value of the parameter, the smallest or the largest that it may have.
    Limit { name: Arc<str>, value: i64, wrong: AtLimit },
}

/// What is wrong at an end of a parameter.
#[derive(Debug)]
pub enum AtLimit {
    /// The program does not compile.
    Program,
    /// The run with this seed ends as the verdict says that no run does.
    End { seed: u64, found: RunEnd },
    /// Some interleaving goes wrong in these ways, which are not stated.
    Bugs(Vec<BugKind>),
    /// The question with this number, from 1, has no answer.
    Question { number: usize, flaw: quiz::Flaw },
}

impl ShortfallKind {
    /// True when it is only not known whether something is true.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        matches!(self, ShortfallKind::NotFinished { .. } | ShortfallKind::Unproved)
    }
}

/// Holds what is stated of a variant against what is so. Takes as long as exploring it, with at most `max_states` states.
#[must_use]
pub fn verify(variant: &Variant, max_states: u64, progress: &Progress) -> Verified {
    let source = Arc::new(Source::new(Arc::clone(&variant.file), Arc::clone(&variant.text)));
    let compiled = compile(&source, &Parameters::default());
    let Some(program) = compiled.program else {
        let kind = ShortfallKind::Program { source, diagnostics: compiled.diagnostics };
        let shortfalls = vec![Shortfall { line: variant.lines.variant, kind }];
        return Verified { shortfalls, verdict: None, states: 0 };
    };
    let options = Options { abstract_time: true, ..Options::default() };
    let found = explorer(&program, &options, max_states).run(progress);
    let case = Case { program, options, inputs: Vec::new() };
    let mut shortfalls = Vec::new();
    let mut add = |line, kind| shortfalls.push(Shortfall { line, kind });
    let lines = &variant.lines;
    let runs = Runs::of(variant, &case, &found);
    let globals = globals(&variant.expected, &case.program, &found);
    let expectations = expectations(&variant.expected, &found, globals.is_empty());
    for kind in globals.into_iter().chain(expectations).chain(runs.ends(&variant.expected)) {
        add(lines.expect, kind);
    }
    for (number, question) in (1..).zip(&variant.questions) {
        // That not everything was looked at is said once.
        let known = |flaw: &quiz::Flaw| found.stop.is_none() || *flaw != quiz::Flaw::Unknown;
        if let Err(flaw) = quiz::check(&case, &question.asked, &found)
            && known(&flaw)
        {
            add(lines.questions[number - 1], ShortfallKind::Question { number, flaw });
        }
    }
    for (number, without) in runs.silent_notes() {
        add(lines.notes[number - 1], ShortfallKind::Note { number, runs: runs.count(), without });
    }
    for (role, name) in runs.unplayed_roles(variant) {
        add(lines.stage, ShortfallKind::Role { role, name });
    }
    for (setting, line) in variant.settings.iter().zip(&lines.settings) {
        for kind in at_limits(variant, setting, max_states, progress) {
            add(*line, kind);
        }
    }
    Verified { shortfalls, verdict: Some(found.verdict), states: found.states }
}

fn explorer(program: &Arc<Program>, options: &Options, max_states: u64) -> Explorer {
    let workers = std::thread::available_parallelism().map_or(1, NonZero::get);
    let budget = Budget { max_states, ..Budget::default() };
    Explorer::new(Arc::clone(program), options.clone(), Settings { workers, budget, ..Settings::default() })
}

/// The globals of the stated outcomes that are none.
fn globals(expected: &Expected, program: &Program, found: &Exploration) -> Vec<ShortfallKind> {
    let main = program.module("__main__");
    let is_there = |name: &str| main.is_some_and(|main| program.global(main, name).is_some());
    let holds_data = |name: &str| found.outcomes.iter().any(|row| row.outcome.globals.contains_key(name));
    let names = expected.outcomes.iter().flat_map(Outcomes::names);
    let none = names.filter(|name| !is_there(name) || found.stop.is_none() && !holds_data(name));
    none.map(|name| ShortfallKind::Global { name: name.into() }).collect()
}

/// What an exploration found that is not what is stated; of outcomes only where their globals are some.
fn expectations(expected: &Expected, found: &Exploration, outcomes: bool) -> Vec<ShortfallKind> {
    let mut wrong = Vec::new();
    let mut kinds: Vec<BugKind> = found.bugs.iter().map(|bug| bug.kind).collect();
    let mut stated = match &expected.verdict {
        Verdict::Proved => Vec::new(),
        Verdict::Bug(kinds) => kinds.clone(),
    };
    for list in [&mut kinds, &mut stated] {
        list.sort_unstable();
        list.dedup();
    }
    let whole = found.stop.is_none();
    if kinds.iter().any(|kind| !stated.contains(kind)) || whole && kinds != stated {
        wrong.push(ShortfallKind::Verdict { stated, found: kinds.clone() });
    }
    if !whole {
        wrong.push(ShortfallKind::NotFinished { states: found.states });
        return wrong;
    }
    if kinds.is_empty() && found.verdict != explore::Verdict::Proved {
        wrong.push(ShortfallKind::Unproved);
    }
    if let Some(stated) = expected.outcomes.as_ref().filter(|_| outcomes) {
        let found = stated.project(found.outcomes.iter().map(|row| &row.outcome));
        let missing: Vec<_> = stated.iter().filter(|outcome| !found.contains(outcome)).cloned().collect();
        let extra: Vec<_> = found.iter().filter(|outcome| !stated.iter().any(|s| s == *outcome)).cloned().collect();
        if !missing.is_empty() || !extra.is_empty() {
            wrong.push(ShortfallKind::Outcomes { missing, extra });
        }
    }
    wrong
}
