//! What a detector found, as data.

use crate::event::{Access, Event, Limit, Text};
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
    /// The events that prove it together, in the order in which they happened; empty where `seq` alone does, or the waits
    /// of `evidence` do.
    pub proof: Vec<Deed>,
}

/// Something that a thread did: an event that is part of a proof.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Deed {
    pub seq: Seq,
    pub step: Step,
    pub thread: ThreadId,
    pub line: u32,
}

impl Deed {
    /// What happens with this event.
    #[must_use]
    pub const fn of(event: &Event) -> Deed {
        Deed { seq: event.seq, step: event.step, thread: event.thread, line: event.line }
    }
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
    /// Two threads came to the same location, at least one of them to write, and nothing says in which order. `threads`
    /// and `lines` are those of the two accesses in the order in which they happened, `objects` holds the object; `key` is
    /// the attribute or element. With `loops`, the one that reads looks again and again.
    DataRace { key: Option<Text>, first: Access, second: Access, loops: bool },
    /// The first of `threads` read a location (on the line `read`) and wrote it later: what the second had written in
    /// between, `lost`, is gone. `lines` are those of the two writes.
    LostUpdate { key: Option<Text>, lost: Text, read: u32 },
    /// A location that is accessed with a lock elsewhere is accessed without it. `threads` and `lines` are those of the
    /// access without and of one with it, `objects` are the object and the lock.
    InconsistentGuard { key: Option<Text>, access: Access },
    /// Locks are taken in one order here and in another there: nobody hangs, but somebody may. `objects` are the locks.
    LockOrder,
    /// The first thread notified a condition when nobody waited, or set an event that was cleared on the line `cleared`;
    /// the second came to wait for it later, and for ever. `objects` holds what it waits for.
    LostWakeup { cleared: Option<u32> },
    /// The first thread wants something that others took so many `times` meanwhile, the second of them at last. `objects`
    /// holds what it wants.
    Starvation { times: u64 },
    /// The first thread asked the same so many `times` in a row, and did nothing else. `objects` holds what it looks at,
    /// `key` the attribute or element; a second thread is the one that changed it, or could. Without an object it is the
    /// end of the second thread that is waited for.
    BusyWaiting { key: Option<Text>, times: u32 },
    /// A primitive is not used as it is meant to be.
    Misuse(Misuse),
}

/// What is wrong with the use of a primitive or a thread. The first of `threads` does it, on the first of `lines`;
/// `objects` holds the primitive, if there is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Misuse {
    /// A lock was released that nobody holds.
    ReleaseUnlocked,
    /// A reentrant lock was released by a thread that does not hold it. A second thread is the one that does.
    ReleaseNotOwned,
    /// A lock was released by a thread that does not hold it, and later once more by the second thread, which did.
    ForeignRelease,
    /// A lock was released by a thread that had tried in vain to take it; the second thread holds it.
    ReleaseAfterFailure,
    /// A thread came to its end with a lock that it took on this line.
    HeldAtEnd,
    /// More places of a semaphore were given back than there are.
    OverRelease,
    /// A condition was waited for without its lock.
    WaitWithoutLock,
    /// A condition was notified without its lock.
    NotifyWithoutLock,
    /// More items of a queue were declared done than were put into it.
    TaskDoneTooOften,
    /// The second thread was started, although it had been already.
    StartTwice,
    /// The second thread was joined before it was started.
    JoinBeforeStart,
    /// A thread joined itself.
    JoinSelf,
}

impl Misuse {
    /// The name in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Misuse::ReleaseUnlocked => "release_unlocked",
            Misuse::ReleaseNotOwned => "release_not_owned",
            Misuse::ForeignRelease => "foreign_release",
            Misuse::ReleaseAfterFailure => "release_after_failure",
            Misuse::HeldAtEnd => "held_at_end",
            Misuse::OverRelease => "over_release",
            Misuse::WaitWithoutLock => "wait_without_lock",
            Misuse::NotifyWithoutLock => "notify_without_lock",
            Misuse::TaskDoneTooOften => "task_done_too_often",
            Misuse::StartTwice => "start_twice",
            Misuse::JoinBeforeStart => "join_before_start",
            Misuse::JoinSelf => "join_self",
        }
    }
}

impl FindingKind {
    /// The names of all kinds, failures first.
    pub const NAMES: [&str; 13] = [
        "deadlock",
        "stuck",
        "crash",
        "limit",
        "unmodelled",
        "data_race",
        "lost_update",
        "inconsistent_guard",
        "lock_order",
        "lost_wakeup",
        "starvation",
        "busy_waiting",
        "misuse",
    ];

    /// The name of the kind in JSON.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            FindingKind::Deadlock => "deadlock",
            FindingKind::Stuck => "stuck",
            FindingKind::Crash { .. } => "crash",
            FindingKind::Limit(_) => "limit",
            FindingKind::Unmodelled { .. } => "unmodelled",
            FindingKind::DataRace { .. } => "data_race",
            FindingKind::LostUpdate { .. } => "lost_update",
            FindingKind::InconsistentGuard { .. } => "inconsistent_guard",
            FindingKind::LockOrder => "lock_order",
            FindingKind::LostWakeup { .. } => "lost_wakeup",
            FindingKind::Starvation { .. } => "starvation",
            FindingKind::BusyWaiting { .. } => "busy_waiting",
            FindingKind::Misuse(_) => "misuse",
        }
    }

    /// True when the run itself went wrong. The others are warnings: this run may have come to a good end, and another one
    /// need not.
    #[must_use]
    pub const fn is_failure(&self) -> bool {
        match self {
            FindingKind::Deadlock
            | FindingKind::Stuck
            | FindingKind::Crash { .. }
            | FindingKind::Limit(_)
            | FindingKind::Unmodelled { .. } => true,
            FindingKind::DataRace { .. }
            | FindingKind::LostUpdate { .. }
            | FindingKind::InconsistentGuard { .. }
            | FindingKind::LockOrder
            | FindingKind::LostWakeup { .. }
            | FindingKind::Starvation { .. }
            | FindingKind::BusyWaiting { .. }
            | FindingKind::Misuse(_) => false,
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
    /// A finding that the event proves together with what was done before: threads and lines are those of the deeds.
    #[must_use]
    pub fn of_deeds(kind: FindingKind, event: &Event, objects: Vec<ObjectId>, proof: Vec<Deed>) -> Finding {
        Finding {
            kind,
            threads: proof.iter().map(|deed| deed.thread).collect(),
            objects,
            lines: proof.iter().map(|deed| deed.line).collect(),
            seq: event.seq,
            step: event.step,
            evidence: Vec::new(),
            proof,
        }
    }

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
            proof: Vec::new(),
        }
    }
}
