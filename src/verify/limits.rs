//! A variant with its parameters at the ends of what they may be: what is stated of it should make sense there, too.
//!
//! What is expected is stated for the values in the program's text; how often and with which values something happens may
//! be otherwise elsewhere. But nothing may go wrong there that is not stated at all, and whoever asks for the questions
//! gets those whose steps exist.

use super::runs::with_seed;
use super::{AtLimit, ShortfallKind, explorer};
use crate::event::NoSink;
use crate::explore::{BugKind, Exploration, Progress};
use crate::kernel::Options;
use crate::lang::{Parameters, compile};
use crate::quiz::{self, Case};
use crate::scenario::{SEEDS, Setting, Variant};
use crate::source::Source;
use std::sync::Arc;

/// An end of a parameter is explored so far: most of what goes wrong does so early, and the proof is not asked for.
const STATES_MAX: u64 = 20_000;

/// What is wrong at the ends of this parameter.
pub(super) fn at_limits(
    variant: &Variant,
    setting: &Setting,
    max_states: u64,
    progress: &Progress,
) -> Vec<ShortfallKind> {
    let parameter = &setting.parameter;
    let mut values = vec![parameter.min, parameter.max];
    values.dedup();
    values.retain(|value| *value != setting.default);
    let at = |value: i64| {
        let wrong = with_value(variant, &parameter.name, value, max_states.min(STATES_MAX), progress);
        let kind = move |wrong| ShortfallKind::Limit { name: Arc::clone(&parameter.name), value, wrong };
        wrong.into_iter().map(kind)
    };
    values.into_iter().flat_map(at).collect()
}

fn with_value(variant: &Variant, name: &str, value: i64, max_states: u64, progress: &Progress) -> Vec<AtLimit> {
    let source = Arc::new(Source::new(Arc::clone(&variant.file), Arc::clone(&variant.text)));
    let compiled = compile(&source, &Parameters(vec![(name.to_owned(), value.to_string())]));
    let Some(program) = compiled.program else { return vec![AtLimit::Program] };
    let options = Options { abstract_time: true, ..Options::default() };
    let case = Case { program, options, inputs: Vec::new() };
    let mut wrong: Vec<AtLimit> = end(variant, &case).into_iter().collect();
    let found = explorer(&case.program, &case.options, max_states).run(progress);
    let unstated = unstated(variant, &found);
    if !unstated.is_empty() && wrong.is_empty() {
        wrong.push(AtLimit::Bugs(unstated));
    }
    for (number, question) in (1..).zip(&variant.questions) {
        // One whose steps do not exist is not asked.
        if let Err(flaw) = quiz::check(&case, &question.asked, &found)
            && !matches!(flaw, quiz::Flaw::Misfit(_) | quiz::Flaw::Unknown)
        {
            wrong.push(AtLimit::Question { number, flaw });
        }
    }
    wrong
}

/// The first run with a seed that ends in a way in which no run may end.
fn end(variant: &Variant, case: &Case) -> Option<AtLimit> {
    let ends = SEEDS.map(|seed| (seed, with_seed(case, seed, &mut NoSink)));
    let mut otherwise = ends.filter(|(_, end)| !variant.expected.allows(*end));
    otherwise.next().map(|(seed, found)| AtLimit::End { seed, found })
}

fn unstated(variant: &Variant, found: &Exploration) -> Vec<BugKind> {
    let mut kinds: Vec<BugKind> = found.bugs.iter().map(|bug| bug.kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds.retain(|kind| !variant.expected.bugs().contains(kind));
    kinds
}
