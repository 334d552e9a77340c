//! What a program can do wrong with a primitive or a thread.

use crate::event::Outcome;

/// A misuse, or an operation that could not succeed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Fault {
    ReleaseUnlockedLock,
    ReleaseUnownedRLock,
    WaitWithoutLock,
    NotifyWithoutLock,
    SemaphoreReleasedTooOften,
    BarrierBroken,
    QueueEmpty,
    QueueFull,
    QueueShutDown,
    TaskDoneTooOften,
    StartedTwice,
    TooManyThreads,
    JoinBeforeStart,
    JoinSelf,
    EndOfInput,
}

impl Fault {
    #[cfg(test)]
    pub(crate) const ALL: [Fault; 15] = [
        Fault::ReleaseUnlockedLock,
        Fault::ReleaseUnownedRLock,
        Fault::WaitWithoutLock,
        Fault::NotifyWithoutLock,
        Fault::SemaphoreReleasedTooOften,
        Fault::BarrierBroken,
        Fault::QueueEmpty,
        Fault::QueueFull,
        Fault::QueueShutDown,
        Fault::TaskDoneTooOften,
        Fault::StartedTwice,
        Fault::TooManyThreads,
        Fault::JoinBeforeStart,
        Fault::JoinSelf,
        Fault::EndOfInput,
    ];

    /// The name of the exception that CPython 3.12 raises for it, and its message.
    pub(crate) const fn exception(self) -> (&'static str, &'static str) {
        match self {
            Fault::ReleaseUnlockedLock => ("RuntimeError", "release unlocked lock"),
            Fault::ReleaseUnownedRLock => ("RuntimeError", "cannot release un-acquired lock"),
            Fault::WaitWithoutLock => ("RuntimeError", "cannot wait on un-acquired lock"),
            Fault::NotifyWithoutLock => ("RuntimeError", "cannot notify on un-acquired lock"),
            Fault::SemaphoreReleasedTooOften => ("ValueError", "Semaphore released too many times"),
            Fault::BarrierBroken => ("BrokenBarrierError", ""),
            Fault::QueueEmpty => ("Empty", ""),
            Fault::QueueFull => ("Full", ""),
            Fault::QueueShutDown => ("ShutDown", ""),
            Fault::TaskDoneTooOften => ("ValueError", "task_done() called too many times"),
            Fault::StartedTwice => ("RuntimeError", "threads can only be started once"),
            Fault::TooManyThreads => ("RuntimeError", "can't start new thread"),
            Fault::JoinBeforeStart => ("RuntimeError", "cannot join thread before it is started"),
            Fault::JoinSelf => ("RuntimeError", "cannot join current thread"),
            Fault::EndOfInput => ("EOFError", "EOF when reading a line"),
        }
    }

    /// As an event tells it.
    pub(crate) fn raised(self) -> Outcome {
        let (name, message) = self.exception();
        Outcome::Raised(if message.is_empty() { name.into() } else { format!("{name}: {message}").into() })
    }
}
