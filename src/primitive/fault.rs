//! What a program can do wrong with a primitive or a thread.

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
