//! What is most remarkable about the runs, in words.

use super::{Repeat, Side};
use crate::scenario::RunEnd;
use crate::sched::SchedulerKind;
use crate::words::{Words, grouped};

/// What is most remarkable: deadlocks and crashes, else runs that did not end, else how many outcomes there are.
pub(super) fn verdict(repeat: &Repeat<'_>, words: &Words) -> String {
    let sides: Vec<(&Side, String)> = repeat
        .live
        .map(|side| (side, words.t("repeat-who-real")))
        .into_iter()
        .chain([simulated(repeat, words)])
        .collect();
    let worst = [RunEnd::Deadlock, RunEnd::Crash, RunEnd::Limit];
    let worst = worst.into_iter().find(|end| sides.iter().any(|(side, _)| side.tally.ended(*end) > 0));
    let circle = sides.iter().any(|(side, _)| side.tally.has_circle());
    let failed = |end| sides.iter().any(|(side, _)| side.tally.ended(end) > 0);
    if failed(RunEnd::Deadlock) && failed(RunEnd::Crash) {
        let sentences: Vec<String> = sides.into_iter().map(|(side, who)| failures(side, who, words)).collect();
        return words.sentences(&sentences);
    }
    let worst = worst.map(|end| (end, circle));
    let sentences: Vec<String> = sides.into_iter().map(|(side, who)| sentence(side, who, worst, words)).collect();
    words.sentences(&sentences)
}

fn simulated<'a>(repeat: &Repeat<'a>, words: &Words) -> (&'a Side, String) {
    let who = match repeat.scheduler {
        SchedulerKind::Random => words.t("repeat-who-random"),
        other => words.with("repeat-who-simulated", &[("scheduler", other.to_string().into())]),
    };
    (repeat.simulated, who)
}

/// How many runs failed, and in which ways.
fn failures(side: &Side, who: String, words: &Words) -> String {
    let tally = &side.tally;
    let circles: u64 = tally.outcomes().filter(|(outcome, _)| tally.is_circle(outcome)).map(|(_, n)| n).sum();
    let halted = tally.ended(RunEnd::Deadlock);
    let ways = [
        ("repeat-part-deadlocked", circles),
        ("repeat-part-stuck", halted.saturating_sub(circles)),
        ("repeat-part-crashed", tally.ended(RunEnd::Crash)),
    ];
    let parts = ways.iter().filter(|(_, n)| *n > 0).map(|(key, n)| words.with(key, &[("n", grouped(*n).into())]));
    let parts: Vec<String> = parts.collect();
    let mut args = vec![("who", who.into()), ("runs", grouped(tally.runs()).into())];
    if parts.is_empty() {
        return words.with("repeat-none-failed", &args);
    }
    args.push(("n", grouped(ways.iter().map(|(_, n)| n).sum()).into()));
    args.push(("parts", parts.join(&words.t("list-clause")).into()));
    words.with("repeat-failed", &args)
}

/// `worst`: the end, and whether threads waited for each other in a circle.
fn sentence(side: &Side, who: String, worst: Option<(RunEnd, bool)>, words: &Words) -> String {
    let runs = ("runs", grouped(side.tally.runs()).into());
    let Some((worst, circle)) = worst else {
        let outcomes = side.tally.outcomes().count() as u64;
        return words.with("repeat-outcomes", &[("who", who.into()), ("n", outcomes.into()), runs]);
    };
    let key = match worst {
        RunEnd::Deadlock if !circle => "repeat-stuck",
        RunEnd::Deadlock => "repeat-deadlocked",
        RunEnd::Crash => "repeat-crashed",
        RunEnd::Finished | RunEnd::Limit => "repeat-endless",
    };
    words.with(key, &[("who", who.into()), ("n", grouped(side.tally.ended(worst)).into()), runs])
}
