//! Programs whose outcome cannot depend on the schedule.

use crate::program::{Case, folder, scenarios};
use crate::recording::{Came, simulated};
use lockstep::event::End;
use lockstep::kernel::Options;
use lockstep::report::without_addresses;
use lockstep::scenario::{Catalogue, Verdict};
use lockstep::sched::{SchedulerKind, build};

/// Their names, or how their names begin. Of everything else some order of steps leads to something else, be it only
/// another order of lines.
const SURE: &[&str] = &[
    "counter/locked",
    "deadlock/self",
    "deadlock/rlock",
    "bakery/",
    "relay/",
    "python/",
    "narration/again",
    "narration/buffer",
    "narration/impatient",
    "narration/stillborn",
    "programs/threading/",
    "programs/simulator/",
];

/// Exceptions: lines come in another order, a sleep decides, or it keeps what the clock said.
const NOT_SURE: &[&str] = &[
    "python/meetings",
    "python/modules",
    "python/threads",
    "programs/threading/together",
    "programs/simulator/daemons",
    "programs/simulator/exit",
];

pub(crate) fn is_sure(case: &Case) -> bool {
    SURE.iter().any(|name| case.name.starts_with(name)) && !NOT_SURE.contains(&case.name.as_str())
}

/// What may be compared between runs of different schedules.
pub(crate) fn essence(came: &Came) -> String {
    let globals: Vec<String> = came.globals.iter().map(|(name, value)| format!("{name} = {value}")).collect();
    without_addresses(&format!("{:?}\n{}\n{}", came.end, globals.join("\n"), came.output))
}

/// What a sure program comes to. The seed of `random` is part of the program.
pub(crate) fn expected(case: &Case, options: &Options) -> String {
    essence(&simulated(case, build(SchedulerKind::Fifo, 0).as_mut(), options.clone()).came)
}

/// Scenarios in which nothing can go wrong, whatever else their outcomes are.
pub(crate) fn never_go_wrong() -> Vec<String> {
    let catalogue = Catalogue::embedded();
    let variants = catalogue.scenarios().iter().flat_map(|scenario| {
        let proved = scenario.variants.iter().filter(|variant| variant.expected.verdict == Verdict::Proved);
        proved.map(|variant| format!("{}/{}", scenario.id, variant.id))
    });
    variants.collect()
}

/// The list above is not wishful thinking: schedules of all kinds lead to the same, also when time means nothing.
#[test]
fn sure_programs_have_one_outcome() {
    let cases = [
        scenarios(),
        folder("python"),
        folder("narration"),
        folder("programs/threading"),
        folder("programs/simulator"),
    ];
    let mut count = 0;
    for case in cases.concat().into_iter().filter(is_sure) {
        count += 1;
        for number in 0..8 {
            let options = Options { abstract_time: number % 2 == 0, ..Options::default() };
            let kind = if number % 3 == 0 { SchedulerKind::PCT } else { SchedulerKind::Random };
            let came = simulated(&case, build(kind, number).as_mut(), options.clone()).came;
            assert!(!matches!(came.end, End::Limit(_)), "{}", case.name);
            assert_eq!(essence(&came), expected(&case, &options), "{}", case.name);
        }
    }
    assert!(count > 30, "{count}");
}
