//! What a detector found, as data.

use crate::event::Limit;
use crate::ids::{ObjectId, Seq, Step, ThreadId};
use rustc_hash::FxHashSet;
use std::sync::Arc;

/// Something that went wrong, with what proves it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub kind: FindingKind,
    /// The threads concerned; of a cycle in its order, the smallest first.
    pub threads: Vec<ThreadId>,
    /// The objects concerned, in the order of `evidence`, each once.
    pub objects: Vec<ObjectId>,
    /// The lines on which the threads stand, one for each of `threads`.
    pub lines: Vec<u32>,
    /// The event that proves it, and its step.
    pub seq: Seq,
    pub step: Step,
    /// Who waits for what. Empty for findings that are not about waiting.
    pub evidence: Vec<Link>,
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum FindingKind {
    /// These threads wait for each other in a circle: `evidence` goes round it. Other threads may still run.
    Deadlock,
    /// These threads wait for something that nobody will do.
    Stuck,
    /// An exception that nobody caught ended the thread.
    Crash { exception: Arc<str> },
    /// A limit that says something about the program was reached: instructions without a visible operation, memory.
    Limit(Limit),
    /// The program asked for something that is not modelled.
    Unmodelled { what: Arc<str> },
}

impl FindingKind {
    /// The name of the kind in JSON.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            FindingKind::Deadlock => "deadlock",
            FindingKind::Stuck => "stuck",
            FindingKind::Crash { .. } => "crash",
            FindingKind::Limit(_) => "limit",
            FindingKind::Unmodelled { .. } => "unmodelled",
        }
    }
}

/// One wait: `thread` stands on `line` and waits for `wants`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Link {
    pub thread: ThreadId,
    pub wants: Want,
    pub line: u32,
    /// Who has to do something first: the holder of the lock, the thread that is joined. `None` when it could be anybody.
    pub held_by: Option<ThreadId>,
    /// The line on which the holder acquired the lock; 0 when nobody holds it or it is not a lock.
    pub held_since: u32,
}

/// What a thread waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Want {
    Object(ObjectId),
    /// The end of this thread.
    End(ThreadId),
}

impl Finding {
    /// A finding about waits: threads, objects and lines are those of the links.
    pub(crate) fn of_waits(kind: FindingKind, (seq, step): (Seq, Step), evidence: Vec<Link>) -> Finding {
        let (mut objects, mut seen) = (Vec::new(), FxHashSet::default());
        for link in &evidence {
            if let Want::Object(object) = link.wants
                && seen.insert(object)
            {
                objects.push(object);
            }
        }
        Finding {
            kind,
            threads: evidence.iter().map(|link| link.thread).collect(),
            objects,
            lines: evidence.iter().map(|link| link.line).collect(),
            seq,
            step,
            evidence,
        }
    }
}
