//! What the tests share: programs, runs, and every interleaving of a tiny program.

use lockstep::event::{Choice, End, NoSink, Schedule};
use lockstep::kernel::Options;
use lockstep::kernel::sim::{Drive, Status, World, drive};
use lockstep::lang::{Parameters, Program, compile};
use lockstep::sched::{SchedulerKind, build};
use lockstep::source::Source;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub(crate) fn program(text: &str) -> Arc<Program> {
    let compiled = compile(&Arc::new(Source::new("test.py", text)), &Parameters::default());
    compiled.program.unwrap_or_else(|| panic!("{:#?}", compiled.diagnostics))
}

pub(crate) fn world(text: &str) -> World {
    world_with(text, Options::default())
}

pub(crate) fn world_with(text: &str, options: Options) -> World {
    World::new(program(text), options, &mut NoSink)
}

/// Runs to the end; the end and the output.
pub(crate) fn run(text: &str, kind: SchedulerKind, options: Options) -> (End, String) {
    let mut world = world_with(text, options);
    let how = Drive { max_steps: Some(2_000_000), ..Drive::default() };
    let end = drive(&mut world, build(kind, 1).as_mut(), how, &mut NoSink).unwrap();
    (end, world.output().to_string())
}

/// The output of a program that ends well under `fifo`, `rr` and some seeds, whatever the scheduler: it is the same.
pub(crate) fn output(text: &str) -> String {
    let kinds = [SchedulerKind::Fifo, SchedulerKind::ROUND_ROBIN, SchedulerKind::Random, SchedulerKind::PCT];
    let outputs: BTreeSet<String> = kinds
        .iter()
        .map(|kind| {
            let (end, output) = run(text, *kind, Options::default());
            assert_eq!(end, End::Finished, "{kind}: {output}");
            output
        })
        .collect();
    assert_eq!(outputs.len(), 1, "{outputs:?}");
    outputs.into_iter().next().unwrap()
}

/// Every interleaving: for each end with its output, how many there are and the first schedule.
pub(crate) fn all(world: &World) -> BTreeMap<String, (u32, String)> {
    let mut ends = BTreeMap::new();
    visit(world, &mut Vec::new(), &mut ends);
    ends
}

fn visit(world: &World, path: &mut Vec<Choice>, ends: &mut BTreeMap<String, (u32, String)>) {
    assert!(path.len() < 200, "this program is not tiny");
    if let Status::Ended(end) = world.status() {
        let name = format!("{end:?}: {}", world.output().to_string().trim_end().replace('\n', " "));
        let schedule: Schedule = path.iter().copied().collect();
        ends.entry(name).or_insert_with(|| (0, schedule.to_string())).0 += 1;
        return;
    }
    let mut candidates = Vec::new();
    world.candidates(&mut candidates);
    for choice in candidates {
        let mut next = world.clone();
        next.apply(choice, &mut NoSink).unwrap();
        path.push(choice);
        visit(&next, path, ends);
        path.pop();
    }
}

/// Two threads, each one increment without a lock.
pub(crate) const RACE: &str = "\
import threading

n = 0

def work():
    global n
    n += 1

a = threading.Thread(target=work)
b = threading.Thread(target=work)
a.start()
b.start()
a.join()
b.join()
print(n)
";

/// Two locks in opposite order.
pub(crate) const OPPOSITE: &str = "\
import threading

lockA = threading.Lock()
fork = [threading.Lock(), threading.Lock()]

def left():
    with fork[0]:
        with fork[1]:
            pass

def right():
    with fork[1]:
        with fork[0]:
            pass

a = threading.Thread(target=left)
b = threading.Thread(target=right)
a.start()
b.start()
a.join()
b.join()
";
