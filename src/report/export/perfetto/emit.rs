//! The JSON.

use super::clock::{At, Clock};
use super::drawing::{Arrow, Cause, Count, Drawing, Shade, Slice, Track};
use crate::detect::Finding;
use crate::event::ObjectState;
use crate::ids::{ObjectId, ThreadId};
use crate::model::Recording;
use crate::words::Words;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

/// Numbers of processes. They must differ from those of all threads (see the module above), except that the main thread
/// has the number of its process.
const THREADS: u32 = 1;
const OBJECTS: u32 = 10_000_000;
const FINDINGS: u32 = 20_000_000;

/// Writes the drawing: first what the tracks are called, then everything by time.
pub(super) fn emit(drawing: &Drawing, recording: &Recording, words: &Words, out: &mut dyn Write) -> io::Result<()> {
    let tracks = tracks(drawing);
    let mut lines = Lines { out, first: true };
    let head = json!({
        "made_by": "lockstep",
        "target": &*crate::words::safe(&recording.header.target),
        "world": if recording.header.is_live() { "live" } else { "sim" },
    });
    write!(lines.out, "{{\"displayTimeUnit\":\"ms\",\"otherData\":{head},\"traceEvents\":[")?;
    let counters = counters(drawing, recording, words);
    let emitter = Emitter { drawing, recording, words, tracks, counters };
    emitter.names(&mut lines)?;
    let mut marks = emitter.marks();
    // A stable sort: at one moment, what was added first is written first.
    marks.sort_by_key(|mark| (mark.at(), mark.rank()));
    for mark in marks {
        lines.line(&emitter.mark(mark))?;
    }
    writeln!(lines.out, "\n]}}")
}

/// The numbers of the tracks of objects, from top to bottom.
fn tracks(drawing: &Drawing) -> BTreeMap<(ObjectId, u16), u32> {
    let holder = |slice: &Slice| match slice.track {
        Track::Holder(object, row) => Some((object, row)),
        Track::Thread(_) => None,
    };
    let mut tracks: BTreeMap<_, _> = drawing.slices.iter().filter_map(holder).map(|track| (track, 0)).collect();
    for (number, track) in (OBJECTS + 1..).zip(tracks.values_mut()) {
        *track = number;
    }
    tracks
}

/// The names of counters, all different: those of one name would be one counter.
fn counters(drawing: &Drawing, recording: &Recording, words: &Words) -> BTreeMap<ObjectId, String> {
    let name = |object| words.object_name(object, recording.history.head());
    let mut names: BTreeMap<_, _> = drawing.counts.iter().map(|count| (count.object, String::new())).collect();
    let mut taken = BTreeSet::new();
    for (object, counter) in &mut names {
        let name = name(*object);
        *counter = if taken.contains(&name) { format!("{name} #{}", object.0) } else { name };
        taken.insert(counter.clone());
    }
    names
}

/// Events, one a line.
struct Lines<'a> {
    out: &'a mut dyn Write,
    first: bool,
}

impl Lines<'_> {
    fn line(&mut self, event: &Value) -> io::Result<()> {
        self.out.write_all(if self.first { b"\n" } else { b",\n" })?;
        self.first = false;
        serde_json::to_writer(&mut *self.out, event)?;
        Ok(())
    }

    fn process(&mut self, pid: u32, place: u32, name: &str) -> io::Result<()> {
        self.line(&json!({"ph": "M", "pid": pid, "tid": pid, "name": "process_name", "args": {"name": name}}))?;
        self.line(
            &json!({"ph": "M", "pid": pid, "tid": pid, "name": "process_sort_index", "args": {"sort_index": place}}),
        )
    }

    fn track(&mut self, (pid, tid): (u32, u32), place: u32, name: &str) -> io::Result<()> {
        self.line(&json!({"ph": "M", "pid": pid, "tid": tid, "name": "thread_name", "args": {"name": name}}))?;
        self.line(
            &json!({"ph": "M", "pid": pid, "tid": tid, "name": "thread_sort_index", "args": {"sort_index": place}}),
        )
    }
}

/// What is written by time.
#[derive(Clone, Copy)]
enum Mark<'a> {
    Slice(&'a Slice),
    /// An arrow with its number begins.
    Begin(&'a Arrow, usize),
    End(&'a Arrow, usize),
    Count(&'a Count),
    Finding(&'a Finding, At),
}

impl Mark<'_> {
    fn at(&self) -> At {
        match self {
            Mark::Slice(slice) => slice.span.from,
            Mark::Begin(arrow, _) => arrow.from.at,
            Mark::End(arrow, _) => arrow.to.at,
            Mark::Count(count) => count.at,
            Mark::Finding(_, at) => *at,
        }
    }

    /// An arrow comes after the slice it belongs to.
    const fn rank(&self) -> u8 {
        match self {
            Mark::Count(_) => 0,
            Mark::Slice(_) => 1,
            Mark::Begin(..) => 2,
            Mark::End(..) => 3,
            Mark::Finding(..) => 4,
        }
    }
}

struct Emitter<'a> {
    drawing: &'a Drawing,
    recording: &'a Recording,
    words: &'a Words,
    tracks: BTreeMap<(ObjectId, u16), u32>,
    counters: BTreeMap<ObjectId, String>,
}

impl<'a> Emitter<'a> {
    fn marks(&self) -> Vec<Mark<'a>> {
        let Drawing { slices, arrows, counts, .. } = self.drawing;
        let mut marks = Vec::with_capacity(slices.len() + 2 * arrows.len() + counts.len());
        marks.extend(slices.iter().map(Mark::Slice));
        for (number, arrow) in arrows.iter().enumerate() {
            marks.extend([Mark::Begin(arrow, number + 1), Mark::End(arrow, number + 1)]);
        }
        marks.extend(counts.iter().map(Mark::Count));
        let history = &self.recording.history;
        let mut clock = Clock::new(self.recording.header.is_live());
        for finding in history.all_findings() {
            let proof = finding.seq.0 as usize;
            let at = history.events(proof..proof + 1).next().map_or(At(0), |event| clock.moment(&event));
            marks.push(Mark::Finding(finding, at));
        }
        marks
    }

    // ---- names ----

    fn names(&self, lines: &mut Lines<'_>) -> io::Result<()> {
        let live = self.recording.header.is_live();
        let threads = self.words.t(if live { "track-threads" } else { "track-threads-steps" });
        lines.process(THREADS, 1, &threads)?;
        lines.process(OBJECTS, 2, &self.words.t("track-objects"))?;
        let model = self.recording.history.head();
        for thread in &model.threads {
            let (number, name) = (thread_number(thread.id), self.words.thread(thread.id, model));
            lines.track((THREADS, number), thread.id.0, &name)?;
        }
        for (place, ((object, row), number)) in (0..).zip(&self.tracks) {
            lines.track((OBJECTS, *number), place, &self.object(*object, *row))?;
        }
        if !self.recording.history.all_findings().is_empty() {
            let findings = self.words.t("track-findings");
            lines.process(FINDINGS, 0, &findings)?;
            lines.track((FINDINGS, FINDINGS), 0, &findings)?;
        }
        Ok(())
    }

    /// The name of a track: "fork[0] (lock)", "places (semaphore) 2".
    fn object(&self, object: ObjectId, row: u16) -> String {
        let model = self.recording.history.head();
        let name = self.words.object_name(object, model);
        let kind = model.object(object).map_or_else(String::new, |view| self.words.kind(view.kind));
        let args = [("name", name.into()), ("kind", kind.into()), ("n", (row + 1).into())];
        let several = row > 0 || self.tracks.contains_key(&(object, 1));
        self.words
            .with(if several { "track-object-row" } else { "track-object" }, if several { &args } else { &args[..2] })
    }

    fn number(&self, track: Track) -> (u32, u32) {
        match track {
            Track::Thread(thread) => (THREADS, thread_number(thread)),
            Track::Holder(object, row) => (OBJECTS, self.tracks.get(&(object, row)).copied().unwrap_or(OBJECTS)),
        }
    }

    // ---- marks ----

    fn mark(&self, mark: Mark<'_>) -> Value {
        match mark {
            Mark::Slice(slice) => self.slice(slice),
            Mark::Begin(arrow, number) => {
                let (pid, tid) = self.number(arrow.from.track);
                json!({"ph": "s", "cat": "flow", "name": self.cause(arrow.cause), "id": number,
                    "pid": pid, "tid": tid, "ts": micros(arrow.from.at)})
            }
            Mark::End(arrow, number) => {
                let (pid, tid) = self.number(arrow.to.track);
                // Bound to the slice there, not to the next one.
                json!({"ph": "f", "bp": "e", "cat": "flow", "name": self.cause(arrow.cause), "id": number,
                    "pid": pid, "tid": tid, "ts": micros(arrow.to.at)})
            }
            Mark::Count(count) => self.count(count),
            Mark::Finding(finding, at) => self.finding(finding, at),
        }
    }

    fn slice(&self, slice: &Slice) -> Value {
        let (pid, tid) = self.number(slice.track);
        let name = self.drawing.text(slice.name);
        let unfinished = || self.words.with("track-unfinished", &[("name", name.into())]);
        let name = if slice.unfinished { unfinished() } else { name.to_owned() };
        let (category, color) = shade(slice.shade);
        let mut event = json!({"ph": "X", "cat": category, "name": name, "pid": pid, "tid": tid,
            "ts": micros(slice.span.from), "dur": micros(At(slice.span.to.0 - slice.span.from.0))});
        if let Some(color) = color {
            event["cname"] = color.into();
        }
        let mut args = json!({"step": slice.step.0});
        if slice.line > 0 {
            args["line"] = slice.line.into();
        }
        if let Some(about) = slice.about {
            args["about"] = self.drawing.text(about).into();
        }
        if slice.unfinished {
            args["unfinished"] = true.into();
        }
        event["args"] = args;
        event
    }

    fn count(&self, count: &Count) -> Value {
        let model = self.recording.history.head();
        let unit = match model.object(count.object).map(|view| &view.state) {
            Some(ObjectState::Semaphore { .. }) => "track-free",
            Some(ObjectState::Queue { .. }) => "track-items",
            _ => "track-waiters",
        };
        json!({"ph": "C", "name": self.counters.get(&count.object), "pid": OBJECTS, "tid": OBJECTS, "ts": micros(count.at),
            "args": {self.words.t(unit): count.number}})
    }

    fn finding(&self, finding: &Finding, at: At) -> Value {
        let model = self.recording.history.head();
        let letters: Vec<String> = finding.threads.iter().map(|thread| thread.letter()).collect();
        json!({"ph": "i", "s": "t", "cat": "finding", "name": self.words.finding(finding, model),
            "pid": FINDINGS, "tid": FINDINGS, "ts": micros(at),
            "args": {"kind": finding.kind.name(), "step": finding.step.0, "threads": letters, "lines": finding.lines}})
    }

    fn cause(&self, cause: Cause) -> String {
        self.words.t(match cause {
            Cause::Handover => "track-handover",
            Cause::WakeUp => "track-wake-up",
            Cause::Start => "track-start",
            Cause::End => "track-end",
        })
    }
}

/// Threads count from 1, which is also the number of their process: so the first one is its main thread.
const fn thread_number(thread: ThreadId) -> u32 {
    thread.0 + THREADS
}

/// The category of a slice, and its colour where readers still know it (others colour by name).
const fn shade(shade: Shade) -> (&'static str, Option<&'static str>) {
    match shade {
        Shade::Running => ("state", Some("thread_state_running")),
        Shade::Ready => ("state", Some("thread_state_runnable")),
        Shade::HeldUp => ("state", Some("thread_state_uninterruptible")),
        Shade::Sleeping => ("state", Some("thread_state_sleeping")),
        Shade::Operation => ("operation", None),
        Shade::Failure => ("operation", Some("terrible")),
        Shade::Held => ("holder", None),
    }
}

/// A moment in microseconds. All are multiples of an eighth of one, which a binary fraction has exactly.
#[expect(clippy::cast_precision_loss, reason = "a run of a hundred days is still exact")]
fn micros(at: At) -> Value {
    if at.0.is_multiple_of(1000) { (at.0 / 1000).into() } else { (at.0 as f64 / 1000.0).into() }
}
