//! The OS threads of a run: each is named after its thread, and none is left behind.

use crate::ids::ThreadId;
use parking_lot::Mutex;
use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;
use std::thread::{Builder, JoinHandle};

/// What the machine needs of the real stack at most, with room to spare: natives inside natives are bounded.
const STACK_BYTES: usize = 2 << 20;

/// How much memory there must be besides the new thread's stack. A process that has none left dies at once, and a program
/// that starts too many threads is to be told before.
const ROOM_BYTES: usize = 40 << 20;

/// See the module.
#[derive(Debug, Default)]
pub(super) struct Crew {
    members: Mutex<BTreeMap<ThreadId, JoinHandle<()>>>,
    /// Whose work is done; the OS threads are about to end, if they have not.
    done: Mutex<Vec<ThreadId>>,
}

impl Crew {
    /// A new OS thread that does this work.
    ///
    /// # Errors
    /// The system has no room for one more.
    pub(super) fn hire(self: &Arc<Crew>, thread: ThreadId, work: impl FnOnce() + Send + 'static) -> io::Result<()> {
        self.reap();
        leave_room()?;
        let crew = Arc::clone(self);
        let body = move || {
            work();
            crew.done.lock().push(thread);
        };
        let member = Builder::new().name(format!("live {thread}")).stack_size(STACK_BYTES).spawn(body)?;
        self.members.lock().insert(thread, member);
        Ok(())
    }

    /// Waits for those whose work is done: an OS thread that nobody has waited for keeps its stack.
    fn reap(&self) {
        for thread in std::mem::take(&mut *self.done.lock()) {
            self.join(thread);
        }
    }

    /// Waits for the end of all, and of those they hire meanwhile. How many there were.
    pub(super) fn disband(&self) -> usize {
        let mut count = 0;
        loop {
            let Some(thread) = self.members.lock().keys().next().copied() else { return count };
            count += usize::from(self.join(thread));
        }
    }

    /// Waits for the end of one, if there is such a one.
    fn join(&self, thread: ThreadId) -> bool {
        let member = self.members.lock().remove(&thread);
        // A panic was caught before it came this far.
        member.map(JoinHandle::join).is_some()
    }
}

/// Asks for memory and gives it back untouched: it costs a call of the system.
fn leave_room() -> io::Result<()> {
    let mut room = Vec::<u8>::new();
    room.try_reserve_exact(ROOM_BYTES).map_err(|_| io::ErrorKind::OutOfMemory)?;
    // Nobody is to see that it is not used.
    std::hint::black_box(&mut room);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crossbeam_channel::unbounded;

    #[test]
    fn nobody_is_left_behind() {
        let crew = Arc::new(Crew::default());
        let (out, done) = unbounded();
        for number in 0..20 {
            let (out, inner) = (out.clone(), Arc::clone(&crew));
            let work = move || {
                let more = out.clone();
                let hired = inner.hire(ThreadId(100 + number), move || assert!(more.send(number).is_ok()));
                assert!(hired.is_ok() && out.send(number).is_ok());
            };
            assert!(crew.hire(ThreadId(number), work).is_ok());
        }
        drop(out);
        crew.disband();
        assert_eq!(done.iter().count(), 40);
        assert_eq!(crew.disband(), 0);
    }
}
