//! A recording is legal: the simulator makes the same steps one after the other, and comes to the same.

use crate::program::Case;
use crate::recording::{Came, Recording, shown};
use lockstep::detect::{Detectors, Finding, FindingKind, Link};
use lockstep::event::{Action, Choice, Event, EventKind, NoSink, ObjectKind, Outcome, ThreadState};
use lockstep::ids::{Nanos, ObjectId, ThreadId};
use lockstep::kernel::Options;
use lockstep::kernel::live::Transcript;
use lockstep::kernel::sim::{Status, World, replay};
use lockstep::model::{Model, ObjectView, ThreadView};
use lockstep::report::without_addresses;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::sync::Arc;

/// How many events of the tape are shown before and after the one that is wrong.
const AROUND: usize = 15;

/// What is wrong with a recording, and where on its tape.
struct Wrong {
    place: usize,
    what: String,
}

/// Whether the recording is legal; otherwise a text with everything that is needed to look into it.
pub(crate) fn check(case: &Case, options: &Options, recording: &Recording) -> Result<(), String> {
    let mut transcript = Transcript::new();
    let tape = recording.tape.iter().enumerate();
    let steps: Vec<(usize, Choice, Nanos)> =
        tape.filter_map(|(place, event)| transcript.take(event).map(|(choice, at)| (place, choice, at))).collect();
    let threads = (0..).take(recording.came.threads.len()).map(ThreadId);
    let renumbered = threads.into_iter().any(|thread| transcript.number(thread) != thread);
    let gil = gil(&recording.tape);
    let replayed = Replayed { case, options, recording, transcript: &transcript, renumbered, gil };
    replayed.check(&steps).map_err(|wrong| replayed.recipe(&steps, &wrong))
}

struct Replayed<'a> {
    case: &'a Case,
    options: &'a Options,
    recording: &'a Recording,
    transcript: &'a Transcript,
    /// Threads have other numbers in the simulator.
    renumbered: bool,
    /// The interpreter's own lock, when it is shown.
    gil: Option<ObjectId>,
}

impl Replayed<'_> {
    fn check(&self, steps: &[(usize, Choice, Nanos)]) -> Result<(), Wrong> {
        let mut events = Vec::new();
        let mut world = World::new(Arc::clone(&self.case.program), self.options.clone(), &mut events);
        let mut asked = 0;
        for (place, choice, at) in steps {
            self.settle(&mut world, &mut asked, &mut events);
            let choice = Choice { thread: self.transcript.number(choice.thread), ..*choice };
            let before = events.len();
            world
                .apply_at(choice, *at, &mut events)
                .map_err(|misfit| Wrong { place: *place, what: misfit.to_string() })?;
            self.settle(&mut world, &mut asked, &mut events);
            self.same_step(*place, &events[before..])?;
        }
        self.same_end(&world)?;
        self.same_story(&events)?;
        self.same_findings(&events)?;
        self.same_picture(&events)?;
        self.fits_without_times()
    }

    /// Whoever types the schedule does not say when. It fits all the same, unless the program asks for the time (or for
    /// lines, which are not in the schedule either).
    fn fits_without_times(&self) -> Result<(), Wrong> {
        let outside =
            |event: &Event| matches!(event.kind, EventKind::Did { action: Action::Now | Action::Input { .. }, .. });
        if self.recording.tape.iter().any(outside) {
            return Ok(());
        }
        let place = self.recording.tape.len() - 1;
        let mut world = World::new(Arc::clone(&self.case.program), self.options.clone(), &mut NoSink);
        let schedule = self.transcript.schedule().to_string().parse().unwrap();
        replay(&mut world, &schedule).map_err(|misfit| Wrong { place, what: format!("without times: {misfit}") })?;
        self.settle(&mut world, &mut 0, &mut Vec::new());
        self.same_end(&world)
    }

    /// Gives the world what it wants before the next step.
    fn settle(&self, world: &mut World, asked: &mut usize, events: &mut Vec<Event>) {
        loop {
            match world.status() {
                Status::AwaitingInput { .. } => {
                    world.give_input(self.case.line(*asked), events);
                    *asked += 1;
                }
                Status::Busy => world.resume(events),
                Status::Running | Status::Ended(_) => return,
            }
        }
    }

    /// The operation is the same, and the same came of it.
    fn same_step(&self, place: usize, made: &[Event]) -> Result<(), Wrong> {
        let told = self.told(&self.recording.tape[place], true);
        let made = made.iter().find(|event| matches!(event.kind, EventKind::Did { .. }));
        let made = made.and_then(|event| self.told(event, false));
        if told == made {
            return Ok(());
        }
        Err(Wrong { place, what: format!("the simulator did {}", made.unwrap_or_default()) })
    }

    /// The run came to the same. What threads do after their last operation is told by nobody when a run is cut off.
    fn same_end(&self, world: &World) -> Result<(), Wrong> {
        let wrong = |what| Err(Wrong { place: self.recording.tape.len().saturating_sub(1), what });
        let came = &self.recording.came;
        if came.is_cut_off() {
            return Ok(());
        }
        let Status::Ended(end) = world.status() else {
            return wrong(format!("the run ended ({:?}), the simulator goes on", came.end));
        };
        let theirs = Came::of(world, end);
        let number = |thread: &lockstep::kernel::ThreadFacts| (self.transcript.number(thread.id), thread.clone());
        let ours: BTreeMap<_, _> = came.threads.iter().map(number).collect();
        for (name, ours, theirs) in [
            ("end", format!("{:?}", came.end), format!("{:?}", theirs.end)),
            ("output", came.output.clone(), theirs.output),
            ("variables", format!("{:?}", came.globals), format!("{:?}", theirs.globals)),
            ("threads", self.renumbered_here(&states(ours.into_values())), states(theirs.threads.into_iter())),
        ] {
            let (ours, theirs) = (self.neutral(&ours), self.neutral(&theirs));
            if ours != theirs {
                return wrong(format!("{name}: in this run\n{ours}\nin the simulator\n{theirs}"));
            }
        }
        Ok(())
    }

    /// Each thread tells the same story; only how the stories are shuffled may differ.
    fn same_story(&self, made: &[Event]) -> Result<(), Wrong> {
        let mut theirs: BTreeMap<ThreadId, Vec<String>> = BTreeMap::new();
        let mut inside = Inside::default();
        for event in made.iter().filter(|event| !inside.repeats(event)) {
            theirs.entry(event.thread).or_default().extend(self.told(event, false));
        }
        let mut read: BTreeMap<ThreadId, usize> = BTreeMap::new();
        let mut inside = Inside::default();
        for (place, event) in self.recording.tape.iter().enumerate().filter(|(_, event)| !inside.repeats(event)) {
            let Some(told) = self.told(event, true) else { continue };
            let thread = self.transcript.number(event.thread);
            let next = read.entry(thread).or_default();
            let made = theirs.get(&thread).and_then(|story| story.get(*next));
            if made != Some(&told) && !(made.is_none() && self.recording.came.is_cut_off()) {
                return Err(Wrong { place, what: format!("{thread} tells {told}\nthe simulator {made:?}") });
            }
            *next += 1;
        }
        for (thread, story) in theirs {
            let told = read.get(&thread).copied().unwrap_or_default();
            if told < story.len() && !self.recording.came.is_cut_off() {
                let what = format!("{thread} does not tell {}", story[told]);
                return Err(Wrong { place: self.recording.tape.len() - 1, what });
            }
        }
        Ok(())
    }

    /// The same is found, whatever was found first. There a thread waits as soon as it must, here when it has tried:
    /// a wait that came to an end, because somebody helped or the program ended, may not have begun here.
    fn same_findings(&self, made: &[Event]) -> Result<(), Wrong> {
        if self.recording.came.is_cut_off() {
            return Ok(());
        }
        let tape = &self.recording.tape;
        let ours = found(tape).into_keys().map(|found| self.neutral(&self.renumbered_here(&found)));
        let ours: BTreeSet<String> = ours.collect();
        let theirs = found(made).into_iter().map(|(found, lasts)| (self.neutral(&found), lasts));
        let theirs: BTreeMap<String, bool> = theirs.collect();
        let alike = ours.iter().all(|found| theirs.contains_key(found))
            && theirs.iter().all(|(found, lasts)| ours.contains(found) || !lasts);
        if alike {
            return Ok(());
        }
        Err(Wrong { place: tape.len() - 1, what: format!("found here {ours:#?}\nin the simulator {theirs:#?}") })
    }

    /// The screen shows the same at the end.
    fn same_picture(&self, made: &[Event]) -> Result<(), Wrong> {
        if self.recording.came.is_cut_off() || self.renumbered {
            return Ok(());
        }
        let ours = picture(&self.recording.tape).into_iter().map(|line| self.neutral(&self.renumbered_here(&line)));
        let theirs = picture(made).into_iter().map(|line| self.neutral(&line));
        let wrong = ours.zip(theirs).find(|(ours, theirs)| ours != theirs);
        let place = self.recording.tape.len() - 1;
        wrong.map_or(Ok(()), |(ours, theirs)| Err(Wrong { place, what: format!("shown here {ours}\nthere {theirs}") }))
    }

    /// The event as both worlds tell it; `None` when that is not to be compared: states change when others see it.
    fn told(&self, event: &Event, here: bool) -> Option<String> {
        let text = match &event.kind {
            EventKind::State(_) | EventKind::Ended(_) => return None,
            EventKind::Object(info) if here && Some(info.id) == self.gil => return None,
            EventKind::Did { action, .. } | EventKind::Pending(action)
                if here && action.object().is_some() && action.object() == self.gil =>
            {
                return None;
            }
            kind => format!("line {}: {kind:?}", event.line),
        };
        Some(self.neutral(&if here { self.renumbered_here(&text) } else { text }))
    }

    /// The text with the numbers that threads and objects have in the simulator.
    fn renumbered_here(&self, text: &str) -> String {
        let text = numbered(text, "ThreadId(", |number| self.transcript.number(ThreadId(number)).0);
        let after = |number| u32::from(self.gil.is_some_and(|gil| gil.0 < number));
        numbered(&text, "ObjectId(", |number| number - after(number))
    }

    /// Without what may differ: addresses, and the default names when threads were numbered differently.
    fn neutral(&self, text: &str) -> String {
        let text = without_addresses(text);
        if self.renumbered { numbered(&text, "Thread-", |_| 0) } else { text }
    }

    fn recipe(&self, steps: &[(usize, Choice, Nanos)], wrong: &Wrong) -> String {
        let tape = &self.recording.tape;
        let made = steps.iter().take_while(|(place, ..)| *place < wrong.place).count();
        let schedule = self.transcript.schedule().prefix(made as u64);
        let mut text = format!("{}: {}\nafter {made} steps: {schedule}\n", self.case.name, wrong.what);
        let from = wrong.place.saturating_sub(AROUND);
        for event in &tape[from..tape.len().min(wrong.place + AROUND)] {
            let mark = if event.seq.0 as usize == wrong.place { '>' } else { ' ' };
            let _ = writeln!(text, "{mark}{}", shown(event));
        }
        let numbered_lines = self.case.text.lines().take(120).zip(1..);
        for (line, number) in numbered_lines {
            let _ = writeln!(text, "{number:>4} {line}");
        }
        text
    }
}

/// Who is in the middle of an operation that takes more than one step.
#[derive(Default)]
struct Inside(BTreeSet<ThreadId>);

impl Inside {
    /// Whether the event says once more what the thread waits for: a matter of style.
    fn repeats(&mut self, event: &Event) -> bool {
        match &event.kind {
            EventKind::Did { action: Action::Wait { .. }, outcome: Outcome::TimedOut | Outcome::Done }
            | EventKind::Did { outcome: Outcome::Enqueued, .. } => {
                self.0.insert(event.thread);
                false
            }
            EventKind::Did { .. } => {
                self.0.remove(&event.thread);
                false
            }
            EventKind::Pending(_) => self.0.contains(&event.thread),
            _ => false,
        }
    }
}

/// The object that is the interpreter's own lock. It is declared before everything else.
fn gil(tape: &[Event]) -> Option<ObjectId> {
    tape.iter().find_map(|event| match &event.kind {
        EventKind::Object(info) if info.kind == ObjectKind::Lock && info.line == 0 && &*info.name == "GIL" => {
            Some(info.id)
        }
        _ => None,
    })
}

fn states(threads: impl Iterator<Item = lockstep::kernel::ThreadFacts>) -> String {
    let shown = threads.map(|thread| format!("{} daemon {}: {:?}", thread.name, thread.daemon, thread.state));
    shown.collect::<Vec<_>>().join("\n")
}

/// What is found on a tape, and whether it is still so at its end. Threads that are stuck for themselves are told apart:
/// which of them are found together is a matter of time.
fn found(tape: &[Event]) -> BTreeMap<String, bool> {
    let mut detectors = Detectors::default();
    let mut findings = Vec::new();
    for event in tape {
        detectors.fold(event, &mut findings);
    }
    let waits = |link: &Link| detectors.facts().wait(link.thread).is_some_and(|now| now.wants == link.wants);
    let mut all = BTreeMap::new();
    for Finding { kind, threads, objects, lines, evidence, .. } in findings {
        // Who starves depends on who stood waiting meanwhile; there a thread waits from the moment on at which it must.
        if matches!(kind, FindingKind::Starvation { .. }) {
            continue;
        }
        if kind == FindingKind::Stuck {
            all.extend(evidence.iter().map(|link| (format!("stuck {link:?}"), waits(link))));
        } else {
            let text = format!("{kind:?} {threads:?} {objects:?} {lines:?} {evidence:?}");
            all.insert(text, evidence.iter().all(waits));
        }
    }
    all
}

/// What the screen shows at the end of a tape, but for how long and how often; a line for each thread and object.
fn picture(tape: &[Event]) -> Vec<String> {
    let mut model = Model::default();
    for event in tape {
        model.apply(event);
    }
    let thread = |thread: &ThreadView| {
        let ThreadView { name, daemon, parent, state, line, pending, holds, exception, .. } = thread;
        // Who waits for the interpreter's lock alone is ready.
        let state = match state {
            ThreadState::Blocked { on } if model.object(*on).is_some_and(ObjectView::is_gil) => &ThreadState::Ready,
            state => state,
        };
        let holds: Vec<_> =
            holds.iter().filter(|(lock, _)| model.object(*lock).is_some_and(|lock| !lock.is_gil())).collect();
        format!("{name} {daemon} {parent:?} {state:?} {line} {pending:?} {holds:?} {exception:?}")
    };
    let object = |object: &ObjectView| {
        let ObjectView { id, kind, name, line, state, waiters, fields, guarded_by, .. } = object;
        let waiters: BTreeSet<_> = waiters.iter().collect();
        let fields: Vec<_> = fields.iter().map(|(name, field)| (name, &field.value, &field.guarded_by)).collect();
        format!("{id:?} {kind:?} {name} {line} {state:?} {waiters:?} {fields:?} {guarded_by:?}")
    };
    let objects = model.objects().filter(|object| !object.is_gil());
    model.threads.iter().map(thread).chain(objects.map(object)).collect()
}

/// The text with another number after each `mark`.
fn numbered(text: &str, mark: &str, number: impl Fn(u32) -> u32) -> String {
    let mut parts = text.split(mark);
    let mut result = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let digits = part.chars().take_while(char::is_ascii_digit).count();
        result.push_str(mark);
        match part[..digits].parse() {
            Ok(old) => result.push_str(&number(old).to_string()),
            Err(_) => result.push_str(&part[..digits]),
        }
        result.push_str(&part[digits..]);
    }
    result
}
