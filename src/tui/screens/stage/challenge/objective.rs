//! What may be wanted of a program.
//!
//! Everything that an exploration found: each kind of bug, each value that a run can end with. And what it proved to be
//! impossible: that a correct program goes wrong, a value next to those that there are. Whoever picks one of those knows that
//! it cannot be done, and may see why.

use crate::event::Schedule;
use crate::explore::{Aim, Bug, BugKind, Close, Exploration, Row, Verdict, Witness};
use crate::tui::screens::explore::Told;
use crate::words::{Words, shortened};
use std::collections::{BTreeMap, BTreeSet};

/// So many values a run can end with are offered.
const VALUES_MAX: usize = 24;
/// So much of a value stands in a sentence.
const SHOWN_CHARS: usize = 24;

/// Something that may be wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::tui) struct Objective {
    pub(in crate::tui) aim: Aim,
    pub(super) par: Par,
    /// The way that par is taken from.
    pub(super) way: Option<Schedule>,
}

/// How few switches it takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Par {
    Switches {
        n: u32,
        /// It may be done with fewer.
        perhaps_fewer: bool,
    },
    /// It cannot be done: so many states were looked at.
    Impossible {
        states: u64,
    },
    Unknown,
}

impl Par {
    /// When nobody can do it with fewer.
    pub(super) fn exact(self) -> Option<u32> {
        match self {
            Par::Switches { n, perhaps_fewer: false } => Some(n),
            Par::Switches { .. } | Par::Impossible { .. } | Par::Unknown => None,
        }
    }
}

impl Objective {
    fn new(aim: Aim, par: Par) -> Objective {
        Objective { aim, par, way: None }
    }

    /// By the shortest of these ways.
    fn by<'a>(aim: Aim, witnesses: impl Iterator<Item = &'a Witness>) -> Objective {
        let best = witnesses.min_by_key(|witness| (witness.switches, !witness.shortest, witness.steps));
        let par = best.map_or(Par::Unknown, |best| Par::Switches { n: best.switches, perhaps_fewer: !best.shortest });
        Objective { aim, par, way: best.map(|best| best.schedule.clone()) }
    }

    /// To make something go wrong, whatever it takes: as long as nothing is known.
    fn failure(par: Par) -> Objective {
        Objective::new(Aim::Failure, par)
    }

    /// What may be wanted of a program of which that is known. `asked`: the variables that somebody has thought of as
    /// what it is about.
    pub(super) fn all(told: Option<&Told>, asked: &[String]) -> Vec<Objective> {
        let Some(told) = told else { return vec![Objective::failure(Par::Unknown)] };
        let found = &told.exploration;
        let mut all: Vec<Objective> = bugs(told).collect();
        match found.verdict {
            Verdict::Proved => all.push(Objective::failure(Par::Impossible { states: found.states })),
            Verdict::NotFinished => all.push(Objective::failure(Par::Unknown)),
            Verdict::Bug => {}
        }
        all.extend(ends(found, asked));
        all
    }

    /// What it is called where progress is kept: a word, or values.
    pub(super) fn name(&self) -> String {
        match &self.aim {
            Aim::Bug(kind) => kind.name().to_owned(),
            Aim::Failure => "failure".to_owned(),
            Aim::End { values, .. } if values.is_empty() => "good-end".to_owned(),
            Aim::End { values, .. } => listed(values),
        }
    }

    /// What nobody can do.
    pub(super) fn words_denied(&self, words: &Words) -> String {
        match &self.aim {
            Aim::Failure => words.t("challenge-aim-any-failure"),
            Aim::Bug(_) | Aim::End { .. } => self.words(words),
        }
    }

    /// What is to be done.
    pub(super) fn words(&self, words: &Words) -> String {
        match &self.aim {
            Aim::Bug(kind) => words.t(bug_words(*kind)),
            Aim::Failure => words.t("challenge-aim-failure"),
            Aim::End { values, .. } => match values.iter().next() {
                None => words.t("challenge-aim-good"),
                Some((name, value)) if values.len() == 1 => {
                    let value = shortened(value, SHOWN_CHARS);
                    words.with("challenge-aim-value", &[("name", name.clone().into()), ("value", value.into())])
                }
                Some(_) => words.with("challenge-aim-values", &[("values", listed(values).into())]),
            },
        }
    }
}

const fn bug_words(kind: BugKind) -> &'static str {
    match kind {
        BugKind::Deadlock => "challenge-aim-deadlock",
        BugKind::Stuck => "challenge-aim-stuck",
        BugKind::Livelock => "challenge-aim-livelock",
        BugKind::Assertion => "challenge-aim-assertion",
        BugKind::Crash => "challenge-aim-crash",
    }
}

/// `n = 1, m = 2`.
fn listed(values: &BTreeMap<String, String>) -> String {
    let one = |(name, value): (&String, &String)| format!("{name} = {}", shortened(value, SHOWN_CHARS));
    values.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// Each kind of bug, at its least par. That a program asks for a line which nobody has typed is none of them: the person
/// was never asked.
fn bugs(told: &Told) -> impl Iterator<Item = Objective> {
    let bugs = (0..).zip(&told.exploration.bugs).filter(|(place, _)| !told.is_want_of_input(*place));
    let bugs: Vec<&Bug> = bugs.map(|(_, bug)| bug).collect();
    let kinds: BTreeSet<BugKind> = bugs.iter().map(|bug| bug.kind).collect();
    kinds.into_iter().map(move |kind| {
        let of_kind = bugs.iter().filter(move |bug| bug.kind == kind);
        Objective::by(Aim::Bug(kind), of_kind.map(|bug| &bug.witness))
    })
}

fn well(values: BTreeMap<String, String>) -> Aim {
    Aim::End { close: Close::Well, values }
}

/// The values that a good run can end with, as far as they tell runs apart, and one that none ends with.
fn ends(found: &Exploration, asked: &[String]) -> Vec<Objective> {
    let rows: Vec<&Row> = found.outcomes.iter().filter(|row| row.outcome.is_good()).collect();
    let told_apart = telling(&rows);
    let mut all: Vec<Objective> = Vec::new();
    if told_apart.is_empty() {
        if found.verdict == Verdict::Bug && !rows.is_empty() {
            all.push(Objective::by(well(BTreeMap::new()), rows.iter().map(|row| &row.witness)));
        }
    } else {
        let mut groups: BTreeMap<BTreeMap<String, String>, Vec<&Witness>> = BTreeMap::new();
        for row in &rows {
            let values = row.outcome.globals.iter().filter(|(name, _)| told_apart.contains(name.as_str()));
            let values = values.map(|(name, value)| (name.clone(), value.clone())).collect();
            groups.entry(values).or_default().push(&row.witness);
        }
        let group = |(values, witnesses): (_, Vec<&Witness>)| Objective::by(well(values), witnesses.into_iter());
        all.extend(groups.into_iter().map(group));
        all.sort_by_key(|one| (one.numbers(), one.name()));
        all.truncate(VALUES_MAX);
    }
    if found.open == 0 && found.stop.is_none() && found.cautions.is_empty() {
        let names = told_apart.iter().map(|name| (*name).to_owned()).chain(asked.iter().cloned());
        let names: BTreeSet<String> = names.collect();
        let next = names.into_iter().map(|name| beyond(&rows, &name, told_apart.len())).find(|next| !next.is_empty());
        let impossible = |values| Objective::new(well(values), Par::Impossible { states: found.states });
        all.extend(next.into_iter().flatten().map(impossible));
        // Good ends without values come first.
        all.sort_by_key(|one| (one.numbers(), one.name()));
    }
    all
}

/// The variables that do not have the same value at all these ends.
fn telling<'a>(rows: &[&'a Row]) -> BTreeSet<&'a str> {
    let first = rows.first().map(|row| &row.outcome.globals);
    let differs = |(name, value): &(&String, &String)| first.is_some_and(|first| first.get(*name) != Some(*value));
    let values = rows.iter().flat_map(|row| &row.outcome.globals).filter(differs);
    values.map(|(name, _)| name.as_str()).collect()
}

/// The whole number just below those with which this variable ends, and the one above when it always ends with the same;
/// where it is the only one that tells runs apart, or none does.
fn beyond(rows: &[&Row], name: &str, told_apart: usize) -> Vec<BTreeMap<String, String>> {
    if told_apart > 1 {
        return Vec::new();
    }
    let numbers: Option<BTreeSet<i64>> = rows.iter().map(|row| row.outcome.globals.get(name)?.parse().ok()).collect();
    let numbers = numbers.unwrap_or_default();
    let (Some(least), Some(most)) = (numbers.first(), numbers.last()) else { return Vec::new() };
    let above = most.checked_add(1).filter(|_| least == most);
    let next = least.checked_sub(1).into_iter().chain(above);
    next.map(|value| BTreeMap::from([(name.to_owned(), value.to_string())])).collect()
}

impl Objective {
    /// Its values as numbers, to sort by.
    fn numbers(&self) -> Vec<Option<i64>> {
        match &self.aim {
            Aim::End { values, .. } => values.values().map(|value| value.parse().ok()).collect(),
            Aim::Bug(_) | Aim::Failure => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explore::{Explorer, Progress, Settings};
    use crate::kernel::Options;
    use crate::lang::{Parameters, compile};
    use crate::source::Source;
    use crate::words::Lang;
    use std::sync::Arc;

    fn offered(text: &str, asked: &[String]) -> Vec<String> {
        let source = Arc::new(Source::new("test.py", text));
        let program = compile(&source, &Parameters::default()).program.expect("it compiles");
        let options = Options { abstract_time: true, ..Options::default() };
        let explorer = Explorer::new(program, options, Settings::default());
        let told = Told::of(&explorer, explorer.run(&Progress::default()), false);
        let words = Words::new(Lang::En);
        let all = Objective::all(Some(&told), asked);
        all.iter().map(|one| format!("{} {:?}", one.words(&words), one.par)).collect()
    }

    const COUNTER: &str = "\
from threading import Lock, Thread
n = 0
lock = Lock()
def work():
    global n
    BODY
threads = [Thread(target=work), Thread(target=work)]
for thread in threads: thread.start()
for thread in threads: thread.join()
";

    #[test]
    fn a_race_offers_its_values_and_one_that_cannot_be() {
        let all = offered(&COUNTER.replace("BODY", "n += 1"), &[]);
        let [wrong, zero, one, two] = &all[..] else { panic!("{all:?}") };
        assert!(wrong.starts_with("make something go wrong Impossible"), "{wrong}");
        assert!(zero.starts_with("bring it to a good end with n = 0 Impossible"), "{zero}");
        assert_eq!(one, "bring it to a good end with n = 1 Switches { n: 4, perhaps_fewer: false }");
        assert_eq!(two, "bring it to a good end with n = 2 Switches { n: 3, perhaps_fewer: false }");
    }

    #[test]
    fn what_somebody_asks_about_is_what_a_correct_program_is_about() {
        let fixed = COUNTER.replace("BODY", "with lock: n += 1");
        assert_eq!(offered(&fixed, &[]).len(), 1, "nothing tells its ends apart");
        let all = offered(&fixed, &["n".to_owned()]);
        assert!(all[1].starts_with("bring it to a good end with n = 1 Impossible"), "{all:?}");
        assert!(all[2].starts_with("bring it to a good end with n = 3 Impossible"), "{all:?}");
    }

    #[test]
    fn what_only_a_missing_line_brings_about_is_not_offered() {
        let text = "\
from threading import Thread
def work():
    n = int(input())
    assert n > 0
threads = [Thread(target=work)]
for thread in threads: thread.start()
";
        assert_eq!(offered(text, &[]), [""; 0]);
        let early = offered(&text.replace("    n = int(input())", "    n = 0"), &[]);
        assert!(early[0].starts_with("make an assertion fail"), "{early:?}");
        let own = offered(&text.replace("int(input())", "0\n    raise EOFError"), &[]);
        assert!(own[0].starts_with("make a thread crash"), "{own:?}");
    }

    #[test]
    fn a_bug_is_offered_beside_a_good_end() {
        let text = "\
from threading import Lock, Thread
a, b = Lock(), Lock()
def work(first, second):
    with first:
        with second:
            pass
for pair in [(a, b), (b, a)]:
    Thread(target=work, args=pair).start()
";
        let all = offered(text, &[]);
        let par = |n| format!("Switches {{ n: {n}, perhaps_fewer: false }}");
        assert_eq!(all[0], format!("reach a deadlock {}", par(2)));
        assert!(all[1].starts_with("bring it to a good end"), "{all:?}");
        assert_eq!(Objective::all(None, &[]), [Objective::failure(Par::Unknown)]);
    }
}
