//! Questions for programs that come without: whether it can deadlock, when there is something to wait for; which values
//! the variable that most threads change can have at the end; whether it can crash, when it says itself that it might.

use super::case::{Case, settle};
use crate::event::{Access, Action, Event, EventKind, Sink};
use crate::ids::{ObjectId, Step, ThreadId};
use crate::scenario::{Asked, Question};
use crate::sched::{SchedulerKind, Situation, build};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Steps of the run in which the program is looked at.
const STEPS: u32 = 1_000;

/// The questions that can be asked about this program with this text, at most three. They depend on nothing but the
/// program and its rules.
#[must_use]
pub fn questions(case: &Case, text: &str) -> Vec<Question> {
    let mut ears = Ears::default();
    let globals = run(case, &mut ears);
    let mut asked = Vec::new();
    if ears.waits {
        asked.push(Asked::Deadlock);
    }
    asked.extend(ears.best(&globals).map(|of| Asked::Values { of }));
    if text.lines().map(str::trim_start).any(|line| line.starts_with("assert ") || line.starts_with("raise ")) {
        asked.push(Asked::Crash);
    }
    if ears.threads < 2 {
        asked.clear();
    }
    asked.into_iter().map(|asked| Question { asked, text: None }).collect()
}

/// A run in turns; what the variables hold when it is over.
fn run(case: &Case, ears: &mut Ears) -> Vec<(Arc<str>, String)> {
    let mut world = case.world(ears);
    let mut scheduler = build(SchedulerKind::ROUND_ROBIN, 0);
    let mut candidates = Vec::new();
    for _ in 0..STEPS {
        world.candidates(&mut candidates);
        if candidates.is_empty() {
            break;
        }
        let step = Step(world.step().0 + 1);
        let choice = scheduler.choose(Situation { step, last: world.last(), candidates: &candidates });
        if world.apply(choice, ears).is_err() {
            break;
        }
        settle(&mut world, ears);
    }
    world.globals()
}

/// What is heard of a run.
#[derive(Default)]
struct Ears {
    threads: usize,
    /// There is something that threads can wait for.
    waits: bool,
    names: BTreeMap<ObjectId, Arc<str>>,
    /// Who has changed what, the main thread aside: it sets things up.
    changed: BTreeMap<ObjectId, BTreeSet<ThreadId>>,
}

impl Sink for Ears {
    const ENABLED: bool = true;

    fn emit(&mut self, event: Event) {
        match event.kind {
            EventKind::Thread(_) => self.threads += 1,
            EventKind::Object(info) => {
                self.waits |= info.kind.is_primitive();
                self.names.insert(info.id, Arc::clone(&info.name));
            }
            EventKind::Named { object, name } => {
                self.names.insert(object, name);
            }
            EventKind::Did {
                action:
                    Action::Write { object, .. }
                    | Action::Delete { object, .. }
                    | Action::Call { object, access: Access::Write, .. },
                ..
            } if event.thread != ThreadId::MAIN => {
                self.changed.entry(object).or_default().insert(event.thread);
            }
            _ => {}
        }
    }
}

impl Ears {
    /// The variable of the module that most threads have changed: a number before other data, an earlier before a later one.
    fn best(&self, globals: &[(Arc<str>, String)]) -> Option<Arc<str>> {
        let known = |name: &str| globals.iter().find(|(global, _)| **global == *name);
        let changed = self.changed.iter().filter_map(|(object, threads)| {
            let (name, value) = known(self.names.get(object)?)?;
            Some((threads.len(), value.parse::<f64>().is_ok(), name))
        });
        // The first of the best, while `max_by_key` gives the last.
        let best = changed.reduce(|best, next| if (next.0, next.1) > (best.0, best.1) { next } else { best });
        best.map(|(_, _, name)| Arc::clone(name))
    }
}
