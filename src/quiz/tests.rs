//! Exact options for known programs.

use super::*;
use crate::event::Schedule;
use crate::explore::{Budget, Explorer, Progress, Settings};
use crate::kernel::Options;
use crate::lang::{Parameters, compile};
use crate::scenario::{Catalogue, Target};
use crate::source::Source;

/// A program with all its interleavings.
struct Known {
    case: Case,
    found: Exploration,
    text: Arc<str>,
}

fn known(target: &str) -> Known {
    explored(&Target::resolve(target, &Catalogue::embedded()).unwrap().source(), Budget::default())
}

fn explored(source: &Arc<Source>, budget: Budget) -> Known {
    let program = compile(source, &Parameters::default()).program.unwrap();
    let options = Options { abstract_time: true, ..Options::default() };
    let settings = Settings { budget, ..Settings::default() };
    let found = Explorer::new(Arc::clone(&program), options.clone(), settings).run(&Progress::default());
    Known { case: Case { program, options, inputs: Vec::new() }, found, text: Arc::clone(&source.text) }
}

/// One line for each option: `+ 1 finishes`, `- 3`, `? no`; `of 15 states` behind them.
fn told(known: &Known, asked: &Asked) -> Vec<String> {
    let sheet = sheet(&known.case, asked, Some(&known.found)).unwrap().unwrap();
    let option = |answer: &Answer| {
        let sign = match answer.truth {
            Truth::Right(_) => '+',
            Truth::Wrong(_) => '-',
            Truth::Open => '?',
        };
        let mut line = match &answer.what {
            What::Yes => format!("{sign} yes"),
            What::No => format!("{sign} no"),
            What::Value(value) => format!("{sign} {}", value.as_deref().unwrap_or("nothing")),
            What::Thread { id, name, .. } => format!("{sign} {id} {name}"),
        };
        let shown = answer.shown();
        line += if shown.is_some_and(|shown| shown.finishes) { " finishes" } else { "" };
        line += if shown.is_some_and(|shown| shown.crashes) { " crashes" } else { "" };
        line
    };
    let mut lines: Vec<String> = sheet.options.iter().map(option).collect();
    lines.push(format!("{:?}", sheet.basis));
    lines
}

fn values(of: &str) -> Asked {
    Asked::Values { of: of.into() }
}

#[test]
fn a_race_has_values_that_crash_and_values_that_finish() {
    let race = known("counter/race");
    let lines = told(&race, &values("n"));
    assert_eq!(lines[..lines.len() - 1], ["- -1", "+ 0 finishes", "+ 1 crashes", "+ 2 crashes", "- 3"]);
    assert!(lines.last().unwrap().starts_with("All"), "{lines:?}");
    assert_eq!(told(&race, &Asked::Crash)[..2], ["+ yes", "- no"]);
    assert_eq!(told(&race, &Asked::Deadlock)[..2], ["- yes", "+ no"]);
}

#[test]
fn with_one_lock_there_is_one_value_and_a_proof() {
    let locked = known("counter/locked");
    assert_eq!(told(&locked, &values("n"))[..4], ["+ 0 finishes", "- 1", "- 2", "- 3"]);
    let sheet = sheet(&locked.case, &values("n"), Some(&locked.found)).unwrap().unwrap();
    assert_eq!(sheet.basis, Basis::All { states: locked.found.states });
    assert_eq!(check(&locked.case, &values("n"), &locked.found), Ok(()));
}

#[test]
fn philosophers_can_deadlock_unless_they_take_the_forks_in_order() {
    let naive = known("philosophers/naive");
    let sheet = sheet(&naive.case, &Asked::Deadlock, Some(&naive.found)).unwrap().unwrap();
    let shown = sheet.options[0].shown().unwrap();
    assert_eq!(shown.bug, Some(BugKind::Deadlock));
    assert!(shown.witness.shortest && shown.no_return_step.is_some());
    let ordered = known("philosophers/ordered");
    let lines = told(&ordered, &Asked::Deadlock);
    assert_eq!(lines[..2], ["- yes", "+ no"]);
    assert_eq!(lines[2], format!("All {{ states: {} }}", ordered.found.states));
}

#[test]
fn a_question_for_values_waits_for_the_exploration() {
    let locked = known("counter/locked");
    assert_eq!(sheet(&locked.case, &values("n"), None), Ok(None));
    let yes_or_no = sheet(&locked.case, &Asked::Deadlock, None).unwrap().unwrap();
    assert_eq!(yes_or_no.basis, Basis::Nothing);
    assert_eq!(judge(&yes_or_no, &[false, true]).whole, Whole::Open);
}

#[test]
fn what_was_not_found_is_not_denied_before_everything_was_looked_at() {
    let source = Target::resolve("philosophers/ordered", &Catalogue::embedded()).unwrap().source();
    let part = explored(&source, Budget { max_states: 20, ..Budget::default() });
    let lines = told(&part, &Asked::Deadlock);
    assert_eq!(lines[..2], ["? yes", "? no"]);
    assert!(lines[2].starts_with("Part"), "{lines:?}");
    assert_eq!(check(&part.case, &Asked::Deadlock, &part.found), Err(Flaw::Unknown));
}

#[test]
fn who_can_go_on_after_these_steps_and_why_others_cannot() {
    let naive = known("philosophers/naive");
    // All three are started, and A has taken both of its forks.
    let after: Schedule = "v1/M3.A2".parse().unwrap();
    let asked = Asked::Next { after };
    let lines = told(&naive, &asked);
    assert_eq!(lines, ["- M MainThread", "+ A Plato", "- B Kant", "+ C Hegel", "Run { steps: 5 }"]);
    let sheet = sheet(&naive.case, &asked, None).unwrap().unwrap();
    let Truth::Wrong(Some(Reason::HeldUp { on, owner, .. })) = &sheet.options[2].truth else { panic!("{sheet:?}") };
    assert_eq!((on.as_deref(), *owner), (Some("forks[1]"), Some(ThreadId(1))));
}

#[test]
fn what_a_variable_holds_after_these_steps() {
    let race = known("counter/race");
    let asked = Asked::Now { of: "n".into(), after: "v1/M3.A2.B2".parse().unwrap() };
    assert_eq!(told(&race, &asked), ["- 0", "+ 1", "- 2", "- 3", "Run { steps: 7 }"]);
    let sheet = sheet(&race.case, &asked, None).unwrap().unwrap();
    assert!(!sheet.several);
}

#[test]
fn questions_that_make_no_sense_are_refused() {
    let race = known("counter/race");
    let refused = |asked: &Asked| sheet(&race.case, asked, Some(&race.found)).unwrap_err().to_string();
    assert_eq!(refused(&values("zzz")), "there is no variable `zzz` that holds data");
    let after: Schedule = "v1/M3.Z2".parse().unwrap();
    assert_eq!(refused(&Asked::Next { after }), "its schedule does not fit: step 4: there is no thread Z");
    let after: Schedule = "v1/M3.A2".parse().unwrap();
    assert_eq!(refused(&Asked::Now { of: "q".into(), after }), "there is no variable `q` that holds data");
    let after: Schedule = "v1/M4000000".parse().unwrap();
    assert_eq!(refused(&Asked::Next { after }), "its schedule is too long: at most 20000 steps are made");
    let source = Arc::new(Source::new(
        "stuck.py",
        "from threading import Lock\nx = 1\nlock = Lock()\nlock.acquire()\nlock.acquire()\n",
    ));
    let stuck = explored(&source, Budget::default());
    assert_eq!(sheet(&stuck.case, &values("x"), Some(&stuck.found)), Err(Flaw::NoEnd));
}

#[test]
fn programs_without_questions_get_some() {
    let made = |target: &str| {
        let known = known(target);
        questions(&known.case, &known.text).into_iter().map(|question| question.asked).collect::<Vec<_>>()
    };
    assert_eq!(made("counter/race"), [values("n"), Asked::Crash]);
    assert_eq!(made("philosophers/naive"), [Asked::Deadlock]);
    assert_eq!(made("counter/locked"), [Asked::Deadlock, values("n"), Asked::Crash]);
    let alone = explored(&Arc::new(Source::new("one.py", "x = 1\nassert x\n")), Budget::default());
    assert_eq!(questions(&alone.case, &alone.text), []);
}

#[test]
fn an_answer_is_right_as_a_whole() {
    let race = known("counter/race");
    let sheet = sheet(&race.case, &values("n"), Some(&race.found)).unwrap().unwrap();
    let right = judge(&sheet, &[false, true, true, true, false]);
    assert_eq!(right.whole, Whole::Right);
    assert_eq!(right.marks, [Mark::Passed, Mark::Hit, Mark::Hit, Mark::Hit, Mark::Passed]);
    let wrong = judge(&sheet, &[true, true]);
    assert_eq!(wrong.whole, Whole::Wrong);
    assert_eq!(wrong.marks, [Mark::Wrong, Mark::Hit, Mark::Missed, Mark::Missed, Mark::Passed]);
}

#[test]
fn a_question_fits_where_its_steps_exist() {
    let target = Target::resolve("philosophers/naive", &Catalogue::embedded()).unwrap();
    let fits = |value: &str| {
        let parameters = Parameters(vec![("N".to_owned(), value.to_owned())]);
        let program = compile(&target.source(), &parameters).program.unwrap();
        let case = Case { program, options: Options::default(), inputs: Vec::new() };
        target
            .variant()
            .unwrap()
            .questions
            .iter()
            .map(|question| super::fits(&case, &question.asked))
            .collect::<Vec<_>>()
    };
    assert_eq!(fits("2"), [false, true]);
    assert_eq!(fits("3"), [true, true]);
    assert_eq!(fits("5"), [true, true]);
}
