//! What is said: one sentence for each side, and one about how they stand to each other.

use crate::detect::FindingKind;
use crate::event::{Choice, EventKind, ThreadState};
use crate::ids::{Step, ThreadId};
use crate::model::{History, Model, ThreadView};
use crate::report::diff::{Paired, Relation, Row};
use crate::report::end_key;
use crate::scenario::RunEnd;
use crate::session::Origin;
use crate::tui::panes::owner;
use crate::words::{Scene, Threads, Words};

/// Operations of one step that are told; a coarse step has more.
const TOLD_MAX: usize = 3;

/// The keys of what is said of the left and of the right side.
pub(super) const SIDES: [&str; 2] = ["compare-left", "compare-right"];

/// What is said at a position.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Sentences {
    /// What each side did, and why it matters.
    pub(super) sides: [String; 2],
    /// How they stand to each other.
    pub(super) relation: String,
}

impl Sentences {
    /// The runs stand at the position.
    pub(super) fn of(paired: &mut Paired, position: usize, words: &Words) -> Sentences {
        let row = position.checked_sub(1).and_then(|place| paired.rows.get(place)).copied();
        let sides = [0, 1].map(|side| told(&mut paired.histories[side], side, row.as_ref(), words));
        let relation = match &row {
            None => beginning(paired, words),
            Some(row) => relation(paired, position, row, words),
        };
        Sentences { sides, relation }
    }
}

/// What one side did in this row.
fn told(history: &mut History, side: usize, row: Option<&Row>, words: &Words) -> String {
    match row {
        Some(row) if !row.made[side] => passed(history, row.choice, words),
        _ => narrated(history, words),
    }
}

/// The narration of the step at which the run stands.
fn narrated(history: &mut History, words: &Words) -> String {
    let step = history.at();
    let before = match step.0.checked_sub(1) {
        Some(before) => {
            history.seek(Step(before));
            let model = history.model().clone();
            history.seek(step);
            model
        }
        None => Model::default(),
    };
    let events: Vec<_> = history.events_of(step).collect();
    let findings = history.findings_of(step);
    let threads = Threads::Simulated;
    words.narrate(&Scene { events: &events, before: &before, after: history.model(), findings, threads })
}

/// Why the thread did not make a step.
fn passed(history: &History, choice: Choice, words: &Words) -> String {
    let model = history.model();
    let letter = choice.thread.letter();
    if model.ended.is_some() {
        return words.with("compare-over", &[("end", ending(history, words).into())]);
    }
    match model.thread(choice.thread) {
        None => words.with("compare-no-thread", &[("thread", letter.into())]),
        Some(ThreadView { state: ThreadState::Blocked { on }, .. }) if owner(model, *on).is_some() => {
            let owner = owner(model, *on).map_or_else(String::new, ThreadId::letter);
            let object = words.object_name(*on, model);
            words.with("compare-held", &[("thread", letter.into()), ("owner", owner.into()), ("object", object.into())])
        }
        Some(thread) => {
            let clause = words.state_clause(thread.state, model);
            words.with("compare-cannot", &[("thread", letter.into()), ("clause", clause.into())])
        }
    }
}

/// Before the first choice: whose schedule it is, and where it leads.
fn beginning(paired: &Paired, words: &Words) -> String {
    let origin = match paired.origin {
        Origin::Given => words.t("compare-given"),
        Origin::Losing(0) => words.t("compare-losing-left"),
        Origin::Losing(_) => words.t("compare-losing-right"),
        Origin::Scheduler => words.t("compare-scheduler"),
    };
    words.sentences(&[origin, ahead(paired, 0, words)])
}

/// Where they part, seen from a position before that.
fn ahead(paired: &Paired, position: usize, words: &Words) -> String {
    match paired.first_difference() {
        Some(row) if row >= position => words.with("compare-ahead", &[("n", number(row + 1).into())]),
        Some(_) => String::new(),
        None => words.t("compare-never"),
    }
}

/// How the sides stand to each other after a row.
fn relation(paired: &Paired, position: usize, row: &Row, words: &Words) -> String {
    let place = ("n", number(position).into());
    let first = paired.first_difference() == Some(position - 1);
    // At the end of both it is said what they came to.
    let ending = position < paired.rows.len();
    let over = |side: usize| {
        let history = &paired.histories[side];
        let over = ending && row.made[side] && history.model().ended.is_some();
        over.then(|| words.with("compare-ended", &[("end", self::ending(history, words).into())]))
    };
    let of_side = |side: usize, told: String| words.with(SIDES[side], &[("told", told.into())]);
    let mut said = match row.relation {
        Relation::Same => {
            let ends = [0, 1].into_iter().filter_map(|side| Some(of_side(side, over(side)?)));
            let ends: Vec<String> = ends.collect();
            [vec![words.with("compare-same", &[place])], ends, vec![ahead(paired, position, words)]].concat()
        }
        Relation::Other | Relation::Passed(_) | Relation::Over(_) => {
            let head = words.with(if first { "compare-first" } else { "compare-choice" }, &[place]);
            let sides = [0, 1].map(|side| {
                let did = short(&paired.histories[side], side, row, words);
                of_side(side, words.sentences(&std::iter::once(did).chain(over(side)).collect::<Vec<_>>()))
            });
            std::iter::once(head).chain(sides).collect()
        }
    };
    if position == paired.rows.len() {
        said.push(ends(paired, words));
    }
    said.retain(|sentence| !sentence.is_empty());
    words.sentences(&said)
}

/// What one side did, without what it means.
fn short(history: &History, side: usize, row: &Row, words: &Words) -> String {
    if !row.made[side] {
        return passed(history, row.choice, words);
    }
    let did = history.events_of(row.at[side]).filter_map(|event| match &event.kind {
        EventKind::Did { action, outcome } => Some(words.did(event.thread, action, outcome, history.model())),
        _ => None,
    });
    words.sentences(&did.take(TOLD_MAX).collect::<Vec<_>>())
}

/// What both came to.
fn ends(paired: &Paired, words: &Words) -> String {
    let [left, right] = paired.histories.each_ref().map(|history| ending(history, words));
    words.with("compare-ends", &[("left", left.into()), ("right", right.into())])
}

/// How a run ended, in a word.
pub(super) fn ending(history: &History, words: &Words) -> String {
    let head = history.head();
    let failed = head.threads.iter().any(|thread| thread.state == ThreadState::Failed);
    match head.ended.as_ref().map(|end| RunEnd::of_run(end, failed)) {
        Some(end) => words.t(end_key(end, has_cycle(history))),
        None => words.t("compare-endless"),
    }
}

fn has_cycle(history: &History) -> bool {
    history.all_findings().iter().any(|finding| finding.kind == FindingKind::Deadlock)
}

fn number(number: usize) -> String {
    number.to_string()
}
