//! The run as the page gets it: for each step what it changed, so that the page only has to put it where it belongs.

use super::objects::{ObjectRow, Objects};
use super::output::Output;
use super::strings::{Strings, TextId};
use super::threads::{NOBODY, ThreadRow, Threads};
use super::variables::{VariableRow, Variables};
use crate::detect::Marks;
use crate::event::{Event, EventKind};
use crate::ids::Step;
use crate::model::{Model, Recording};
use crate::words::{Scene, Threads as Kind};
use serde::{Serialize, Serializer};

/// What one step changed.
#[derive(Clone, Debug, Default)]
pub(super) struct Delta {
    /// Who made it.
    actor: Option<u32>,
    /// [`SWITCH`], [`INTEREST`], [`FINDING`].
    marks: u8,
    /// Nanoseconds since the step before.
    time: i64,
    /// The sentences about it.
    told: Vec<TextId>,
    threads: Vec<ThreadRow>,
    objects: Vec<ObjectRow>,
    variables: Vec<VariableRow>,
    /// Places of objects and variables that it touched.
    touched: [Vec<u32>; 2],
}

/// Another thread than before made the step.
const SWITCH: u8 = 1;
/// "Next event of interest" stops here.
const INTEREST: u8 = 2;
/// Something was found.
const FINDING: u8 = 4;

/// `[actor, marks, time, [sentences], [threads], [objects], [variables], [touched objects], [touched variables]]`
impl Serialize for Delta {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let actor = self.actor.map_or(NOBODY, i64::from);
        let [objects, variables] = &self.touched;
        let rows = (&self.threads, &self.objects, &self.variables);
        (actor, self.marks, self.time, &self.told, rows.0, rows.1, rows.2, objects, variables).serialize(serializer)
    }
}

/// Everything there is to say about the run, step by step.
pub(super) struct Steps {
    pub(super) deltas: Vec<Delta>,
    pub(super) output: Output,
    pub(super) findings: Vec<Found>,
    /// How many rows the tables have at the end.
    pub(super) rows: [usize; 3],
    /// The places of the objects that have a lane on the timeline.
    pub(super) lanes: Vec<u32>,
    /// True when a table would have more rows than it may.
    pub(super) is_cut: bool,
}

/// A finding: its step, its kind, the sentence about it.
#[derive(Debug, Serialize)]
pub(super) struct Found(pub(super) u32, TextId, TextId);

impl Steps {
    /// Goes through the whole run.
    pub(super) fn of(recording: &Recording, strings: &mut Strings) -> Steps {
        let mut teller = Teller::new(recording);
        let last = recording.history.last_step().0;
        let deltas = (0..=last).map(|step| teller.step(Step(step), strings)).collect();
        let Teller { after, threads, objects, variables, output, findings, .. } = teller;
        Steps {
            deltas,
            output,
            findings,
            rows: [threads.len(), objects.len(), variables.len()],
            lanes: objects.lanes(&after),
            is_cut: after.threads.len() > threads.len() || objects.left_out > 0 || variables.is_cut,
        }
    }
}

/// Goes through a run.
struct Teller<'a> {
    recording: &'a Recording,
    kind: Kind,
    /// The pictures before and after the step that is told. Both are folded: a copy for each step would cost more.
    before: Model,
    after: Model,
    threads: Threads,
    objects: Objects,
    variables: Variables,
    output: Output,
    findings: Vec<Found>,
}

impl<'a> Teller<'a> {
    fn new(recording: &'a Recording) -> Teller<'a> {
        Teller {
            recording,
            kind: if recording.header.is_live() { Kind::Real } else { Kind::Simulated },
            before: Model::default(),
            after: Model::default(),
            threads: Threads::default(),
            objects: Objects::default(),
            variables: Variables::default(),
            output: Output::default(),
            findings: Vec::new(),
        }
    }

    fn step(&mut self, step: Step, strings: &mut Strings) -> Delta {
        let events: Vec<Event> = self.recording.history.events_of(step).collect();
        for event in &events {
            self.after.apply(event);
            self.objects.note(event);
            self.variables.note(event);
            self.output.note(event, strings);
        }
        let delta = self.delta(step, &events, strings);
        for event in &events {
            self.before.apply(event);
        }
        delta
    }

    fn delta(&mut self, step: Step, events: &[Event], strings: &mut Strings) -> Delta {
        let renamed = events.iter().any(|event| matches!(event.kind, EventKind::Named { .. }));
        let findings = self.recording.history.findings_of(step);
        let scene = Scene { events, before: &self.before, after: &self.after, findings, threads: self.kind };
        let told = strings.voices.pairs(|words| words.told(&scene));
        let told = told.into_iter().map(|sentence| strings.put(sentence)).collect();
        for finding in findings {
            let kind = strings.say(|words| words.finding_kind(&finding.kind));
            let text = strings.say(|words| words.finding(finding, &self.after));
            self.findings.push(Found(step.0, kind, text));
        }
        let timeline = self.recording.history.timeline();
        let holder = |object| timeline.holder_row(object, step..Step(step.0 + 1), 1).first().copied().flatten();
        let threads = self.threads.changed(&self.after, renamed, strings);
        let (objects, touched_objects) = self.objects.changed(&self.after, holder, strings);
        let (variables, touched_variables) = self.variables.changed(&self.after, renamed, strings);
        let actor = self.recording.history.actor(step).filter(|_| step.0 > 0);
        Delta {
            actor: actor.map(|actor| actor.0),
            marks: marks(self.recording.history.marks(step)),
            time: nanos(self.after.now.0) - nanos(self.before.now.0),
            told,
            threads,
            objects,
            variables,
            touched: [touched_objects, touched_variables],
        }
    }
}

fn nanos(time: u64) -> i64 {
    i64::try_from(time).unwrap_or(i64::MAX)
}

fn marks(marks: Marks) -> u8 {
    [(Marks::SWITCH, SWITCH), (Marks::INTEREST, INTEREST), (Marks::FINDING, FINDING)]
        .into_iter()
        .filter(|(mark, _)| marks.intersects(*mark))
        .map(|(_, bit)| bit)
        .sum()
}
