//! What a program does wrong, as the exception that CPython 3.12 raises for it.

use crate::primitive::Fault;
use crate::vm::{TypeId, types};

/// The exception's type and message.
pub(crate) const fn exception(fault: Fault) -> (TypeId, &'static str) {
    match fault {
        Fault::ReleaseUnlockedLock => (types::RUNTIME_ERROR, "release unlocked lock"),
        Fault::ReleaseUnownedRLock => (types::RUNTIME_ERROR, "cannot release un-acquired lock"),
        Fault::WaitWithoutLock => (types::RUNTIME_ERROR, "cannot wait on un-acquired lock"),
        Fault::NotifyWithoutLock => (types::RUNTIME_ERROR, "cannot notify on un-acquired lock"),
        Fault::SemaphoreReleasedTooOften => (types::VALUE_ERROR, "Semaphore released too many times"),
        Fault::BarrierBroken => (types::BROKEN_BARRIER_ERROR, ""),
        Fault::QueueEmpty => (types::QUEUE_EMPTY, ""),
        Fault::QueueFull => (types::QUEUE_FULL, ""),
        Fault::QueueShutDown => (types::QUEUE_SHUT_DOWN, ""),
        Fault::TaskDoneTooOften => (types::VALUE_ERROR, "task_done() called too many times"),
        Fault::StartedTwice => (types::RUNTIME_ERROR, "threads can only be started once"),
        Fault::TooManyThreads => (types::RUNTIME_ERROR, "can't start new thread"),
        Fault::JoinBeforeStart => (types::RUNTIME_ERROR, "cannot join thread before it is started"),
        Fault::JoinSelf => (types::RUNTIME_ERROR, "cannot join current thread"),
        Fault::EndOfInput => (types::EOF_ERROR, "EOF when reading a line"),
    }
}
