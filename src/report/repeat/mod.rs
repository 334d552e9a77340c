//! A program that was run many times: how often each end and each outcome occurred.
//!
//! | module | what is in it |
//! |---|---|
//! | `table` | outcomes and counts, for people |
//! | `verdict` | what is most remarkable, in words |
//! | `json` | for other programs |

mod json;
mod table;
mod verdict;

pub use json::json;

use super::outcome::{Outcome, Tally};
use crate::scenario::RunEnd;
use crate::sched::SchedulerKind;
use crate::words::Words;
use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::io::{self, Write};
use std::time::Duration;

/// The runs of one world.
#[derive(Clone, Debug, Default)]
pub struct Side {
    pub tally: Tally,
    /// How many of the runs went wrong: a finding that is no mere warning.
    pub findings: u64,
    /// How long they took, all together.
    pub took: Duration,
}

/// Everything that is said about the runs.
#[derive(Clone, Copy, Debug)]
pub struct Repeat<'a> {
    /// What to type to get there again.
    pub target: &'a str,
    /// How many runs were asked for.
    pub wanted: u32,
    /// The simulated runs have this seed and the following ones.
    pub seed: u64,
    pub scheduler: SchedulerKind,
    /// The runs on real threads; `None` when only the simulator was asked.
    pub live: Option<&'a Side>,
    pub simulated: &'a Side,
}

/// For people: a table, and what is most remarkable in a sentence.
pub fn text(repeat: &Repeat<'_>, words: &Words, out: &mut dyn Write) -> io::Result<()> {
    table::Table::new(repeat, words).write(out)?;
    if repeat.simulated.tally.runs() > 1 {
        writeln!(out, "\n{}", verdict::verdict(repeat, words))?;
    }
    Ok(())
}

/// The outcomes with this end in any of the worlds, the most frequent first: on real threads, then in the
/// simulator.
fn by_frequency<'a>(sides: &[&'a Side], end: RunEnd) -> Vec<&'a Outcome> {
    let of_end = |side: &&'a Side| side.tally.outcomes().map(|(outcome, _)| outcome).filter(|o| o.end == end);
    let outcomes: BTreeSet<&Outcome> = sides.iter().flat_map(of_end).collect();
    let mut outcomes: Vec<&Outcome> = outcomes.into_iter().collect();
    let counts = |outcome: &&Outcome| sides.iter().map(|side| side.tally.count(outcome)).collect::<Vec<_>>();
    outcomes.sort_by_cached_key(|outcome| Reverse(counts(outcome)));
    outcomes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Lang;

    fn side(runs: &[(RunEnd, &str, u64)]) -> Side {
        let mut side = Side::default();
        for (end, value, count) in runs {
            for _ in 0..*count {
                let outcome = Outcome::new(*end, vec![("N".into(), "2".into()), ("n".into(), (*value).to_owned())]);
                if *end == RunEnd::Deadlock { side.tally.add_circle(outcome) } else { side.tally.add(outcome) }
            }
        }
        side
    }

    fn shown(repeat: &Repeat<'_>, lang: Lang) -> String {
        let mut bytes = Vec::new();
        text(repeat, &Words::new(lang), &mut bytes).unwrap();
        String::from_utf8(bytes).unwrap()
    }

    const TWENTY: (RunEnd, &str, u64) = (RunEnd::Finished, "20", 1000);

    fn repeat<'a>(live: Option<&'a Side>, simulated: &'a Side) -> Repeat<'a> {
        Repeat { target: "counter/race", wanted: 1000, seed: 1, scheduler: SchedulerKind::Random, live, simulated }
    }

    #[test]
    fn two_worlds_stand_side_by_side() {
        let live = side(&[TWENTY]);
        let simulated =
            side(&[(RunEnd::Finished, "19", 605), (RunEnd::Finished, "20", 212), (RunEnd::Deadlock, "3", 183)]);
        let table = shown(&repeat(Some(&live), &simulated), Lang::En);
        let wanted = "\
1,000 runs of counter/race   real threads   simulator, random
finished  n = 20                    1,000                 212
finished  n = 19                        0                 605
deadlock  n = 3                         0                 183
In every run: N = 2

Real threads: 0 of 1,000 runs deadlocked. Random simulated runs: 183 of 1,000 runs deadlocked.
";
        assert_eq!(table, wanted);
    }

    #[test]
    fn all_ways_to_fail_are_counted() {
        let live = side(&[TWENTY]);
        let outcome = Outcome::new(RunEnd::Deadlock, vec![("N".into(), "2".into()), ("n".into(), "7".to_owned())]);
        let mut simulated = side(&[(RunEnd::Deadlock, "3", 2), (RunEnd::Crash, "1", 3)]);
        simulated.tally.add(outcome.clone());
        simulated.tally.note_crash(outcome);
        let said = shown(&repeat(Some(&live), &simulated), Lang::En);
        let wanted = "Real threads: 0 of 1,000 runs failed. \
                      Random simulated runs: 6 of 6 runs failed: 2 deadlocked, 1 stuck, 3 crashed.\n";
        assert!(said.ends_with(wanted) && said.contains("\nstuck, crash  n = 7 "), "{said}");
        let said = shown(&repeat(None, &simulated), Lang::Zh);
        assert!(said.ends_with("：6 次中有 6 次出错：死锁 2 次，卡住 1 次，崩溃 3 次。\n"), "{said}");
    }

    #[test]
    fn whoever_waits_in_no_circle_is_stuck() {
        let mut stuck = side(&[(RunEnd::Finished, "19", 2)]);
        stuck.tally.add(Outcome::new(RunEnd::Deadlock, vec![("N".into(), "2".into()), ("n".into(), "3".to_owned())]));
        let told = shown(&repeat(None, &stuck), Lang::En);
        assert!(told.contains("\nstuck     n = 3 ") && told.ends_with(": 1 of 3 runs got stuck.\n"), "{told}");
        let told = shown(&repeat(None, &stuck), Lang::Zh);
        assert!(told.contains("\n卡住      n = 3 ") && told.ends_with("：3 次中有 1 次卡住。\n"), "{told}");
    }

    #[test]
    fn the_most_remarkable_is_said() {
        let ordinary = side(&[TWENTY]);
        let said = |simulated: &Side| {
            let table = shown(&repeat(Some(&ordinary), simulated), Lang::En);
            table.lines().last().unwrap_or_default().replace("Random simulated runs: ", "| ")
        };
        let crash = side(&[(RunEnd::Crash, "1", 400), (RunEnd::Limit, "1", 600)]);
        assert_eq!(said(&crash), "Real threads: 0 of 1,000 runs crashed. | 400 of 1,000 runs crashed.");
        let endless = side(&[(RunEnd::Limit, "1", 1000)]);
        assert_eq!(said(&endless), "Real threads: 0 of 1,000 runs were cut off. | 1,000 of 1,000 runs were cut off.");
        let others = side(&[(RunEnd::Finished, "1", 999), (RunEnd::Finished, "2", 1)]);
        let said = said(&others);
        assert_eq!(said, "Real threads: always the same outcome in 1,000 runs. | 2 different outcomes in 1,000 runs.");
    }

    #[test]
    fn ended_early_it_says_how_many_runs_there_were() {
        let none = Side::default();
        assert_eq!(shown(&repeat(None, &none), Lang::En), "0 of 1,000 runs of counter/race   simulator, random\n");
        let one = side(&[(RunEnd::Finished, "20", 1)]);
        let pct = Repeat { scheduler: SchedulerKind::PCT, ..repeat(Some(&one), &one) };
        let wanted = "\
counter/race 运行了 1 次（共 1,000 次）   真实线程   模拟器，pct
正常结束  N = 2, n = 20                          1             1
";
        assert_eq!(shown(&pct, Lang::Zh), wanted);
    }

    #[test]
    fn outcomes_that_are_not_kept_are_rows_all_the_same() {
        let mut many = Side::default();
        for n in 0..crate::report::OUTCOMES_KEPT + 5 {
            many.tally.add(Outcome::new(RunEnd::Finished, vec![("n".into(), n.to_string())]));
        }
        let table = shown(&repeat(None, &many), Lang::En);
        assert!(table.contains("\nfinished  other outcomes "), "{table}");
        assert!(table.lines().any(|line| line.ends_with(" 9,995")), "{table}");
        let six =
            side(&[("a", 1), ("b", 1), ("c", 1), ("d", 1), ("e", 1), ("f", 1)].map(|(v, n)| (RunEnd::Crash, v, n)));
        assert_eq!(shown(&repeat(None, &six), Lang::En).matches("crash  ").count(), 6);
    }
}
