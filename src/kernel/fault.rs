//! What a program does wrong, as the exception that CPython 3.12 raises for it.

use crate::primitive::Fault;
use crate::vm::{TypeId, types};

/// The exception's type and message.
pub(crate) const fn exception(fault: Fault) -> (TypeId, &'static str) {
    let (_, message) = fault.exception();
    (exception_type(fault), message)
}

const fn exception_type(fault: Fault) -> TypeId {
    match fault {
        Fault::ReleaseUnlockedLock
        | Fault::ReleaseUnownedRLock
        | Fault::WaitWithoutLock
        | Fault::NotifyWithoutLock
        | Fault::StartedTwice
        | Fault::TooManyThreads
        | Fault::JoinBeforeStart
        | Fault::JoinSelf => types::RUNTIME_ERROR,
        Fault::SemaphoreReleasedTooOften | Fault::TaskDoneTooOften => types::VALUE_ERROR,
        Fault::BarrierBroken => types::BROKEN_BARRIER_ERROR,
        Fault::QueueEmpty => types::QUEUE_EMPTY,
        Fault::QueueFull => types::QUEUE_FULL,
        Fault::QueueShutDown => types::QUEUE_SHUT_DOWN,
        Fault::EndOfInput => types::EOF_ERROR,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_are_those_of_the_types() {
        for fault in Fault::ALL {
            assert_eq!(fault.exception().0, types::name(exception(fault).0), "{fault:?}");
        }
    }
}
