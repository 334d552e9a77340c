//! Programs of textbook kind: mutual exclusion on plain variables, semaphore puzzles, condition variables used rightly and
//! wrongly, locks, queues. The first line of each says what is true of all its interleavings:
//!
//! ```text
//! # expect: proved | a list of deadlock, stuck, livelock, assertion, crash; then `busy` and `never ends` where they are true
//! # always: the value that a variable has at every good end
//! ```

use crate::reference::{Cost, shortest};
use lockstep::event::NoSink;
use lockstep::explore::{Exploration, Explorer, Outcome, Progress, Settings, Verdict};
use lockstep::kernel::Options;
use lockstep::kernel::sim::{World, replay};
use lockstep::lang::{Parameters, Program, compile};
use lockstep::source::Source;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A program and what is said of it.
pub(crate) struct Textbook {
    pub(crate) name: String,
    pub(crate) program: Arc<Program>,
    bugs: BTreeSet<String>,
    busy: bool,
    never_ends: bool,
    always: Option<(String, String)>,
}

pub(crate) fn textbooks() -> Vec<Textbook> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/explore/textbook");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files.iter().map(|file| textbook(file)).collect()
}

fn textbook(file: &Path) -> Textbook {
    let text = std::fs::read_to_string(file).unwrap();
    let name = file.file_stem().unwrap().to_string_lossy().into_owned();
    let said = |key: &str| text.lines().take(2).find_map(|line| line.strip_prefix(key)).map(str::to_owned);
    let expected = said("# expect: ").unwrap_or_else(|| panic!("{name} does not say what to expect"));
    let mut words: BTreeSet<String> = expected.split(", ").map(str::to_owned).collect();
    let (busy, never_ends) = (words.remove("busy"), words.remove("never ends"));
    let proved = words.remove("proved");
    assert_eq!(proved, words.is_empty(), "{name}: proved, or a list of bugs");
    let always = said("# always: ").map(|line| {
        let (variable, value) = line.split_once('=').unwrap();
        (variable.to_owned(), value.to_owned())
    });
    let compiled = compile(&Arc::new(Source::new(format!("{name}.py"), text)), &Parameters::default());
    let program = compiled.program.unwrap_or_else(|| panic!("{name}: {:#?}", compiled.diagnostics));
    Textbook { name, program, bugs: words, busy, never_ends, always }
}

fn explore(program: &Arc<Program>, settings: Settings) -> Exploration {
    Explorer::new(Arc::clone(program), options(), settings).run(&Progress::default())
}

fn options() -> Options {
    Options { abstract_time: true, ..Options::default() }
}

fn outcomes(found: &Exploration) -> BTreeSet<Outcome> {
    found.outcomes.iter().map(|row| row.outcome.clone()).collect()
}

/// What is wrong with the result.
fn complaints(book: &Textbook, found: &Exploration) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut expect = |what: &str, is: String, should: String| {
        if is != should {
            wrong.push(format!("{}: {what} {is}, not {should}", book.name));
        }
    };
    let bugs: BTreeSet<String> = found.bugs.iter().map(|bug| bug.kind.name().to_owned()).collect();
    let verdict = if book.bugs.is_empty() { Verdict::Proved } else { Verdict::Bug };
    expect("verdict", format!("{:?} {bugs:?}", found.verdict), format!("{verdict:?} {:?}", book.bugs));
    expect("busy waiting", found.busy_waiting.to_string(), book.busy.to_string());
    expect("never ends", found.never_ends.to_string(), book.never_ends.to_string());
    if let Some((variable, value)) = &book.always {
        for row in found.outcomes.iter().filter(|row| row.outcome.is_good()) {
            expect(variable, row.outcome.globals[variable].clone(), value.clone());
        }
    }
    wrong
}

/// Every witness leads there, typed as it is printed.
fn assert_witnesses(book: &Textbook, found: &Exploration) {
    for row in &found.outcomes {
        let text = row.witness.schedule.to_string();
        let mut world = World::new(Arc::clone(&book.program), options(), &mut NoSink);
        replay(&mut world, &text.parse().unwrap()).unwrap_or_else(|misfit| panic!("{}: {text}: {misfit}", book.name));
        super::common::settle(&mut world);
        assert_eq!(Outcome::of(&world), row.outcome, "{}: {text}", book.name);
        assert_eq!(world.switches(), row.witness.switches, "{}: {text}", book.name);
        assert_eq!(world.steps(), u64::from(row.witness.steps), "{}: {text}", book.name);
        assert!(row.witness.shortest, "{}: {text}", book.name);
    }
}

#[test]
fn there_are_many_textbook_programs_right_and_wrong() {
    let books = textbooks();
    let right = books.iter().filter(|book| book.bugs.is_empty()).count();
    assert!(right >= 25 && books.len() - right >= 25, "{right} of {} are right", books.len());
}

#[test]
fn what_is_said_of_textbook_programs_is_true() {
    let mut wrong = Vec::new();
    for book in textbooks() {
        let found = explore(&book.program, Settings::default());
        wrong.extend(complaints(&book, &found));
        assert_witnesses(&book, &found);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The explorer against a search that makes every step and knows no tricks.
#[test]
fn a_plain_search_finds_the_same_outcomes_and_none_sooner() {
    let mut compared = 0;
    for book in textbooks() {
        let world = World::new(Arc::clone(&book.program), options(), &mut NoSink);
        let Some(plain) = shortest(&world, 4000) else { continue };
        let found = explore(&book.program, Settings::default());
        let rows = found.outcomes.iter();
        let rows: BTreeMap<Outcome, Cost> =
            rows.map(|row| (row.outcome.clone(), (row.witness.switches, u64::from(row.witness.steps)))).collect();
        assert_eq!(rows, plain.outcomes, "{}", book.name);
        for (kind, cost) in &plain.deaths {
            let of_kind = found.bugs.iter().filter(|bug| bug.kind == *kind).map(|bug| &bug.witness);
            let least = of_kind.map(|witness| (witness.switches, u64::from(witness.steps))).min();
            assert_eq!(least, Some(*cost), "{} {kind:?}", book.name);
        }
        compared += 1;
    }
    assert!(compared >= 50, "only {compared} of the programs are small enough");
}

#[test]
fn reduction_and_workers_change_nothing_that_is_said() {
    for book in textbooks() {
        let reduced = explore(&book.program, Settings::default());
        let whole = explore(&book.program, Settings { reduce: false, ..Settings::default() });
        let shared = explore(&book.program, Settings { workers: 3, ..Settings::default() });
        for (how, other) in [("unreduced", &whole), ("with three workers", &shared)] {
            assert_eq!(other.verdict, reduced.verdict, "{} {how}", book.name);
            assert_eq!(outcomes(other), outcomes(&reduced), "{} {how}", book.name);
            assert_eq!(other.bugs, reduced.bugs, "{} {how}", book.name);
        }
        assert!(!whole.reduced && reduced.states <= whole.states, "{}", book.name);
    }
}
