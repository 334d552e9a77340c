//! Who holds and who waits for what at the end of one step, as a graph for Graphviz.
//!
//! It is drawn as textbooks do: an arrow from a thing to the thread that holds it, one from a thread to the thing it
//! waits for, so that a deadlock is a circle of arrows. What a finding is about is drawn bold and red.
//!
//! Only names that are made here stand outside of quotes; what comes from the program stands in quoted labels. Graphviz
//! reads backslashes and entities in those, so both are escaped.

use super::columns::cut;
use crate::detect::{Finding, FindingKind, Link, Want};
use crate::event::{ObjectKind, ObjectState, ThreadState};
use crate::ids::{ObjectId, Step, ThreadId};
use crate::model::{Model, ObjectView, Recording, ThreadView};
use crate::words::{Words, safe};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::{self, Write};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Names longer than this are cut off, captions are broken: in columns.
const NAME_MAX: usize = 40;
const CAPTION_MAX: usize = 76;
/// So many findings are told below the graph.
const FINDINGS_MAX: usize = 5;

/// The colours: ink, what went wrong, and how threads in certain states and things are filled.
const INK: &str = "#37474f";
const WRONG: &str = "#c62828";
const FREE: &str = "#e8f5e9";
const HELD_UP: &str = "#ffebee";
const WAITING: &str = "#fff8e1";
const RESTING: &str = "#eceff1";
const THING: &str = "#e3f2fd";

/// Writes the graph at the end of the step; of the last one, when there are not so many.
pub fn write(recording: &Recording, at: Step, words: &Words, out: &mut dyn Write) -> io::Result<()> {
    let mut model = Model::default();
    for event in recording.history.events(0..recording.history.event_count()) {
        if event.step > at {
            break;
        }
        model.apply(&event);
    }
    let findings = recording.history.all_findings().iter().filter(|finding| finding.step <= at);
    let hanging = findings.clone().filter(|finding| matches!(finding.kind, FindingKind::Deadlock | FindingKind::Stuck));
    let is_circle = |finding: &Finding| finding.kind == FindingKind::Deadlock && finding.evidence.len() > 1;
    let has_circle = hanging.clone().any(is_circle);
    let links: Vec<Link> = hanging.flat_map(|finding| finding.evidence.iter().copied()).collect();
    let caption = words.with(
        "graph-caption",
        &[
            ("target", (&*recording.header.target).into()),
            ("step", model.step.0.into()),
            ("last", recording.history.last_step().0.into()),
        ],
    );
    let sentences = findings.take(FINDINGS_MAX).map(|finding| words.finding(finding, &model));
    let edges = edges(&model);
    let nothing = edges.is_empty().then(|| words.t("graph-nothing"));
    let captions: Vec<String> = std::iter::once(caption).chain(nothing).chain(sentences).collect();
    let graph = Graph { model: &model, words, links: &links, has_circle, edges };
    out.write_all(graph.draw(&captions).as_bytes())
}

/// A relation at the moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Edge {
    /// The thread has held the object since this line.
    Holds(ObjectId, ThreadId, u32),
    /// The thread is blocked by the object.
    Wants(ThreadId, ObjectId),
    /// It waits to be told.
    Waits(ThreadId, ObjectId),
    Joins(ThreadId, ThreadId),
    /// The condition uses the lock.
    Uses(ObjectId, ObjectId),
}

/// All relations, those of the first thread first.
fn edges(model: &Model) -> Vec<Edge> {
    let mut edges = Vec::new();
    for thread in &model.threads {
        let mut held = BTreeSet::new();
        for (object, line) in &thread.holds {
            // A place of a semaphore is held as often as it was taken; one arrow says it.
            if held.insert(*object) {
                edges.push(Edge::Holds(*object, thread.id, *line));
            }
        }
        match thread.state {
            ThreadState::Blocked { on } => edges.push(Edge::Wants(thread.id, on)),
            ThreadState::Waiting { on } => edges.push(Edge::Waits(thread.id, on)),
            ThreadState::Joining { thread: other } => edges.push(Edge::Joins(thread.id, other)),
            _ => {}
        }
    }
    let shown: BTreeSet<ObjectId> = edges.iter().filter_map(Edge::object).collect();
    for object in &shown {
        let lock = model.lock_of(*object);
        if lock != *object && shown.contains(&lock) {
            edges.push(Edge::Uses(*object, lock));
        }
    }
    edges
}

impl Edge {
    const fn object(&self) -> Option<ObjectId> {
        match self {
            Edge::Holds(object, ..) | Edge::Wants(_, object) | Edge::Waits(_, object) | Edge::Uses(object, _) => {
                Some(*object)
            }
            Edge::Joins(..) => None,
        }
    }

    /// The thread to which the arrow points.
    const fn ended_at(&self) -> Option<ThreadId> {
        match self {
            Edge::Joins(_, thread) | Edge::Holds(_, thread, _) => Some(*thread),
            Edge::Wants(..) | Edge::Waits(..) | Edge::Uses(..) => None,
        }
    }
}

struct Graph<'a> {
    model: &'a Model,
    words: &'a Words,
    /// The waits that findings are about.
    links: &'a [Link],
    /// Some of them go round in a circle.
    has_circle: bool,
    edges: Vec<Edge>,
}

impl Graph<'_> {
    fn draw(&self, captions: &[String]) -> String {
        let mut dot = String::from("digraph lockstep {\n");
        let caption: String =
            captions.iter().flat_map(|caption| wrapped(caption, CAPTION_MAX)).collect::<Vec<_>>().join("\n");
        // Nothing shows a circle better than a circle.
        let layout = if self.has_circle { "circo" } else { "dot" };
        // What hangs on a circle would be drawn on top of it, were there no more room.
        let has_more = self.has_circle && !self.edges.iter().all(|edge| self.is_wrong(edge));
        let room = if has_more { "2.2" } else { "0.8" };
        let _ = writeln!(
            dot,
            "  graph [layout={layout}, rankdir=LR, bgcolor=\"white\", pad=0.3, nodesep=0.5, ranksep=0.8, mindist={room}, \
             labelloc=b, fontname=\"Helvetica,Arial,sans-serif\", fontsize=13, fontcolor=\"{INK}\", label={}];",
            quoted(&caption)
        );
        let _ = writeln!(
            dot,
            "  node [style=\"filled\", fontname=\"Helvetica,Arial,sans-serif\", fontsize=13, color=\"{INK}\", \
             fontcolor=\"#102027\", penwidth=1.2, margin=\"0.16,0.08\"];"
        );
        let _ = writeln!(
            dot,
            "  edge [fontname=\"Helvetica,Arial,sans-serif\", fontsize=11, color=\"{INK}\", fontcolor=\"{INK}\", \
             penwidth=1.2, arrowsize=0.8];"
        );
        let concerned: BTreeSet<ThreadId> = self.edges.iter().filter_map(Edge::ended_at).collect();
        for thread in &self.model.threads {
            if thread.is_alive() || concerned.contains(&thread.id) {
                self.thread(thread, &mut dot);
            }
        }
        let objects: BTreeSet<ObjectId> = self.edges.iter().filter_map(Edge::object).collect();
        for object in objects {
            self.object(object, &mut dot);
        }
        for edge in &self.edges {
            self.edge(edge, &mut dot);
        }
        dot.push_str("}\n");
        dot
    }

    fn thread(&self, thread: &ThreadView, dot: &mut String) {
        let name = self.words.thread(thread.id, self.model);
        let name = cut(&name, NAME_MAX);
        let state = self.words.state(thread.state);
        let state = match thread.line {
            0 => state,
            line => self.words.with("graph-state", &[("state", state.into()), ("line", line.into())]),
        };
        let fill = match thread.state {
            ThreadState::Ready => FREE,
            ThreadState::Blocked { .. } => HELD_UP,
            ThreadState::Waiting { .. } | ThreadState::Joining { .. } | ThreadState::Reading => WAITING,
            _ => RESTING,
        };
        let clause = self.words.state_clause(thread.state, self.model);
        let wrong = self.links.iter().any(|link| link.thread == thread.id);
        let _ = writeln!(
            dot,
            "  t{} [shape=ellipse, fillcolor=\"{fill}\", label={}, tooltip={}{}];",
            thread.id.0,
            quoted(&format!("{name}\n{state}")),
            quoted(&format!("{name}: {clause}")),
            if wrong { bold() } else { String::new() }
        );
    }

    fn object(&self, id: ObjectId, dot: &mut String) {
        let name = self.words.object_name(id, self.model);
        let name = cut(&name, NAME_MAX);
        let about = self.model.object(id).map(|view| self.about(view)).unwrap_or_default();
        let wrong = self.links.iter().any(|link| self.is_about(link, id));
        let _ = writeln!(
            dot,
            "  o{} [shape=box, style=\"filled,rounded\", fillcolor=\"{THING}\", label={}, tooltip={}{}];",
            id.0,
            quoted(&format!("{name}\n{about}")),
            quoted(&name),
            if wrong { bold() } else { String::new() }
        );
    }

    /// What kind of thing it is, and its state when that is not told by arrows.
    fn about(&self, view: &ObjectView) -> String {
        let kind = self.words.kind(view.kind);
        let told = match view.state {
            ObjectState::Lock { depth, .. } => depth <= 1 || view.kind == ObjectKind::RwLock,
            ObjectState::Condition { .. } => true,
            _ => false,
        };
        if told {
            return kind;
        }
        let state = self.words.object_state(view, self.model);
        self.words.with("graph-object", &[("kind", kind.into()), ("state", state.into())])
    }

    fn edge(&self, edge: &Edge, dot: &mut String) {
        let at = |key: &str, place: &str, line: u32| match line {
            0 => self.words.t(key),
            _ => format!("{}\n{}", self.words.t(key), self.words.with(place, &[("line", line.into())])),
        };
        let line = |thread: ThreadId| self.model.thread(thread).map_or(0, |view| view.line);
        let (from, to, label, style) = match *edge {
            Edge::Holds(object, thread, since) => {
                (node(object), format!("t{}", thread.0), at("graph-held", "graph-since", since), "solid")
            }
            Edge::Wants(thread, object) => {
                (format!("t{}", thread.0), node(object), at("graph-wants", "graph-in", line(thread)), "dashed")
            }
            Edge::Waits(thread, object) => {
                (format!("t{}", thread.0), node(object), at("graph-waits", "graph-in", line(thread)), "dashed")
            }
            Edge::Joins(thread, other) => (
                format!("t{}", thread.0),
                format!("t{}", other.0),
                at("graph-joins", "graph-in", line(thread)),
                "dashed",
            ),
            Edge::Uses(condition, lock) => (node(condition), node(lock), self.words.t("graph-uses"), "dotted"),
        };
        let wrong = if self.is_wrong(edge) { format!("{}, fontcolor=\"{WRONG}\"", bold()) } else { String::new() };
        let _ = writeln!(dot, "  {from} -> {to} [style={style}, label={}{wrong}];", on_white(&label));
    }

    /// True for an arrow of a circle, or of a wait that never ends.
    fn is_wrong(&self, edge: &Edge) -> bool {
        self.links.iter().any(|link| match *edge {
            Edge::Holds(object, thread, _) => self.is_about(link, object) && link.held_by == Some(thread),
            Edge::Wants(thread, object) | Edge::Waits(thread, object) => {
                link.thread == thread && self.is_about(link, object)
            }
            Edge::Joins(thread, other) => link.thread == thread && link.wants == Want::End(other),
            Edge::Uses(..) => false,
        })
    }

    fn is_about(&self, link: &Link, object: ObjectId) -> bool {
        matches!(link.wants, Want::Object(wanted) if wanted == object || self.model.lock_of(wanted) == object)
    }
}

fn node(object: ObjectId) -> String {
    format!("o{}", object.0)
}

fn bold() -> String {
    format!(", color=\"{WRONG}\", penwidth=2.6")
}

/// The text as a quoted string of the language. Ends of lines are the writer's own.
fn quoted(text: &str) -> String {
    let mut shown = String::from("\"");
    for c in text.chars() {
        match c {
            '\n' => shown.push_str("\\n"),
            '"' => shown.push_str("\\\""),
            '\\' => shown.push_str("\\\\"),
            '&' => shown.push_str("&amp;"),
            c => shown.push_str(&safe(c.encode_utf8(&mut [0; 4]))),
        }
    }
    shown.push('"');
    shown
}

/// The text of an arrow, on a white ground: in a circle it stands on its arrow. It must be words of ours, of which none
/// is a sign of the markup.
fn on_white(text: &str) -> String {
    let lines = text.replace('\n', "<br/>");
    format!(
        "<<table border=\"0\" cellborder=\"0\" cellspacing=\"0\" cellpadding=\"1\"><tr><td bgcolor=\"white\">{lines}</td></tr></table>>"
    )
}

/// The text in lines of at most so many columns, broken at spaces where there are any, else anywhere.
fn wrapped(text: &str, columns: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_inclusive([' ', '，', '。', '；', '：']) {
        let line = lines.last().map_or(0, |line| line.width());
        if line > 0 && line + word.trim_end().width() > columns {
            lines.push(String::new());
        }
        for c in word.chars() {
            let is_full = lines.last().is_some_and(|line| line.width() + c.width().unwrap_or(0) > columns);
            if is_full && c == ' ' {
                continue;
            }
            if is_full {
                lines.push(String::new());
            }
            if let Some(line) = lines.last_mut() {
                line.push(c);
            }
        }
    }
    lines.iter().map(|line| line.trim_end().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_closed_by_their_own_quotes_only() {
        assert_eq!(quoted("fork[0]\nlock"), "\"fork[0]\\nlock\"");
        assert_eq!(quoted("\"];x[\""), "\"\\\"];x[\\\"\"");
        assert_eq!(quoted("a\\"), "\"a\\\\\"");
        assert_eq!(quoted("\\N &lt;"), "\"\\\\N &amp;lt;\"");
        assert_eq!(quoted("\u{1b}\u{202e}"), "\"␛<202E>\"");
    }

    #[test]
    fn long_captions_are_broken() {
        assert_eq!(wrapped("one two three", 8), ["one two", "three"]);
        assert_eq!(wrapped("abcdefghij", 4), ["abcd", "efgh", "ij"]);
        assert_eq!(wrapped("锁在手里，等待。", 10), ["锁在手里，", "等待。"]);
        assert_eq!(wrapped("", 4), [""]);
        assert_eq!(wrapped("abcd efgh", 4), ["abcd", "efgh"]);
    }
}
