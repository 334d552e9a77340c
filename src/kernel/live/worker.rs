//! What the OS thread of one thread does: take the GIL, run the machine up to an operation, perform it, and so on.
//!
//! ```text
//! take the GIL ─ advance ─┬─ before an operation ─ Pending ─ checkpoint ─ perform ─ commit ─┐
//!      ▲                  ├─ the slice is used up ─ gives way if asked to ──────────────────┤
//!      └──────────────────┼─────────────────────────────────────────────────────────────────┘
//!                         └─ over ─ who joins it goes on; the last one ends the run
//! ```

use super::crew::Crew;
use super::gil::{Gil, Held};
use super::inside::Inside;
use super::tempo::Tempo;
use crate::event::{End, EventKind, GIL, Limit, ObjectInfo, ObjectKind, ObjectState, ThreadState};
use crate::ids::ThreadId;
use crate::kernel::declare::declare_notes;
use crate::sync::monitor::{Idle, Monitor};
use crate::sync::{Place, Probe, Stopped, probe};
use crate::vm::{Advance, Op};
use parking_lot::Mutex;
use std::any::Any;
use std::cell::{Cell, RefCell, RefMut};
use std::collections::VecDeque;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// How many records may wait for the reader before the threads wait for him. Less than a thread's ring holds, so that
/// nothing is ever lost.
const BACKLOG_MAX: u64 = 40_000;
/// How many instructions after an operation nobody else gets the GIL.
const KEEP: u64 = 100_000;
/// How many threads may be alive at once: what a system can bear.
pub(super) const ALIVE_MAX: u32 = 2_000;

/// What the OS threads of a run share.
#[derive(Debug)]
pub(super) struct Shared {
    pub(super) probe: Probe,
    pub(super) gil: Gil<Inside>,
    pub(super) show_gil: bool,
    pub(super) spin_limit: u64,
    /// When this many operations were performed the run ends.
    pub(super) max_steps: AtomicU64,
    pub(super) tempo: Tempo,
    pub(super) crew: Arc<Crew>,
    /// Lines of input that were given and not read yet; `None` is the end of the input and stays.
    pub(super) inputs: Monitor<VecDeque<Option<Arc<str>>>>,
    /// What OS threads panicked with.
    pub(super) panics: Mutex<Vec<Arc<str>>>,
    /// The next operation is a mistake.
    #[cfg(test)]
    pub(super) fails: std::sync::atomic::AtomicBool,
}

/// One thread at work.
#[derive(Debug)]
pub(super) struct Worker<'a> {
    pub(super) shared: &'a Arc<Shared>,
    pub(super) me: ThreadId,
    /// The GIL, while it has it.
    held: RefCell<Option<Held<'a, Inside>>>,
    /// A thread it has started, which gets the GIL next.
    pub(super) heir: Cell<Option<ThreadId>>,
    /// The switch interval when it last looked.
    interval_secs: Cell<f64>,
}

impl Shared {
    /// Lets an OS thread do the work of this thread.
    ///
    /// # Errors
    /// The system has no room for one more.
    pub(super) fn hire(self: &Arc<Shared>, thread: ThreadId) -> io::Result<()> {
        let shared = Arc::clone(self);
        self.crew.hire(thread, move || shared.work(thread))
    }

    fn work(self: &Arc<Shared>, me: ThreadId) {
        let _attached = self.probe.attach_as(me);
        let worker =
            Worker { shared: self, me, held: RefCell::new(None), heir: Cell::new(None), interval_secs: Cell::new(0.0) };
        // Whatever was held is given back on the way out, and what it guards is whole enough to be looked at.
        if let Err(payload) = catch_unwind(AssertUnwindSafe(|| worker.run())) {
            self.panicked(payload.as_ref());
        }
    }

    /// A mistake of ours: the run ends, and says so.
    fn panicked(&self, payload: &(dyn Any + Send)) {
        let text = payload.downcast_ref::<&str>().map(|text| (*text).to_owned());
        let text = text.or_else(|| payload.downcast_ref::<String>().cloned()).unwrap_or_default();
        self.panics.lock().push(text.as_str().into());
        let what = format!("internal error: {text}").into();
        probe::tell(|_| EventKind::Ended(End::Unmodelled { what, line: 0 }));
        self.probe.stop();
    }
}

impl Worker<'_> {
    /// Does everything the thread has to do. When everything is stopped it just leaves.
    fn run(self) {
        // The end of the run is known by then; there is nothing to do about it here.
        let _ = self.live();
    }

    fn live(&self) -> Result<(), Stopped> {
        self.held.replace(Some(self.shared.gil.take_first()?));
        self.inside().begin(self.me);
        if self.me == ThreadId::MAIN {
            self.declare_main();
        }
        let (me, mut spent) = (self.me, 0);
        let mut advance = self.inside().advance(me);
        loop {
            self.declare()?;
            self.heed_interval();
            advance = match advance {
                Advance::OutOfFuel => {
                    spent += self.inside().vm.spent();
                    if spent >= self.shared.spin_limit {
                        return Err(self.end_here(End::Limit(Limit::Spin(self.shared.spin_limit))));
                    }
                    self.compute_on(spent)?;
                    self.inside().advance(me)
                }
                Advance::Op(op) => {
                    spent = 0;
                    self.stand_before(&op)?;
                    self.checkpoint()?;
                    #[cfg(test)]
                    assert!(!self.shared.fails.load(std::sync::atomic::Ordering::Relaxed), "on purpose");
                    self.perform(&op)?
                }
                Advance::Finished => return self.finish(ThreadState::Finished),
                Advance::Failed { traceback, line, .. } => return self.fail(&traceback, line),
                Advance::Unmodelled { what, line } => return Err(self.end_here(End::Unmodelled { what, line })),
                Advance::OutOfMemory { limit } => return Err(self.end_here(End::Limit(Limit::Memory(limit)))),
            };
        }
    }

    // ---- the GIL ----

    /// What the GIL guards. The thread has it whenever it does anything but wait.
    pub(super) fn inside(&self) -> RefMut<'_, Inside> {
        RefMut::map(self.held.borrow_mut(), |held| &mut **held.as_mut().expect("the thread has the GIL"))
    }

    /// The same for whoever may have been stopped while it waited, and does not know it yet.
    pub(super) fn look<R>(&self, look: impl FnOnce(&Inside) -> R) -> Option<R> {
        self.held.borrow().as_deref().map(look)
    }

    pub(super) fn take_gil(&self) -> Result<(), Stopped> {
        self.held.replace(Some(self.shared.gil.take()?));
        Ok(())
    }

    pub(super) fn drop_gil(&self) {
        self.held.replace(None);
    }

    /// Puts the GIL down for a wait and takes it up again after it. When everything was stopped meanwhile the thread is
    /// without it, see [`Worker::still_here`].
    pub(super) fn idle(&self, idle: Idle) {
        match idle {
            Idle::Begins => self.drop_gil(),
            Idle::Ends => drop(self.held.replace(self.shared.gil.take().ok())),
        }
    }

    /// After a wait: whether the thread goes on.
    pub(super) fn still_here(&self) -> Result<(), Stopped> {
        if self.held.borrow().is_some() { Ok(()) } else { Err(Stopped) }
    }

    /// Lets others have the GIL, if somebody has asked for it.
    fn give_way(&self) -> Result<(), Stopped> {
        if self.shared.gil.is_asked_for()
            && let Some(held) = self.held.take()
        {
            self.held.replace(Some(held.switch()?));
        }
        Ok(())
    }

    /// In the middle of invisible work. What follows an operation directly belongs to its step, and nobody comes
    /// between unless it is long.
    fn compute_on(&self, spent: u64) -> Result<(), Stopped> {
        if self.shared.probe.is_stopped() {
            return Err(Stopped);
        }
        if spent < KEEP { Ok(()) } else { self.give_way() }
    }

    /// What the thread created or named on its way; one operation can share a very long list.
    fn declare(&self) -> Result<(), Stopped> {
        const AT_ONCE: usize = 10_000;
        let notes = std::mem::take(self.inside().vm.notes());
        for begin in (0..notes.len()).step_by(AT_ONCE) {
            let end = notes.len().min(begin + AT_ONCE);
            declare_notes(&mut *self.inside(), self.me, &notes, begin..end);
            self.wait_for_reader()?;
        }
        Ok(())
    }

    /// In the middle of a step: if the reader is behind, the GIL is there for him meanwhile, and for no thread.
    fn wait_for_reader(&self) -> Result<(), Stopped> {
        let probe = &self.shared.probe;
        if probe.backlog() <= BACKLOG_MAX {
            return Ok(());
        }
        self.leave_gil(Some(self.me));
        probe.wait_for_collector(BACKLOG_MAX)?;
        self.take_gil()
    }

    /// The thread has run up to this operation: the step before it is complete. If only daemons are left it was the
    /// last one.
    fn stand_before(&self, op: &Op) -> Result<(), Stopped> {
        let inside = self.inside();
        inside.stand(self.me);
        inside.tell_pending(op);
        let complete = self.heir.get().is_none_or(|heir| inside.has_begun(heir));
        let (done, performed) = (inside.is_done() && complete, inside.performed);
        drop(inside);
        let limit = self.shared.max_steps.load(Ordering::Relaxed);
        if done {
            Err(self.end(End::Finished))
        } else if performed >= limit {
            Err(self.end(End::Limit(Limit::Steps(limit))))
        } else {
            Ok(())
        }
    }

    /// Before each visible operation: the thread that was started, the gate, the pace, the reader who is behind, the
    /// others who want the GIL.
    fn checkpoint(&self) -> Result<(), Stopped> {
        let probe = &self.shared.probe;
        let heir = self.take_heir();
        if heir.is_none() && !probe.gate().is_slow() && probe.backlog() <= BACKLOG_MAX {
            return self.give_way();
        }
        self.leave_gil(heir);
        probe.gate().pass()?;
        probe.wait_for_collector(BACKLOG_MAX)?;
        self.take_gil()
    }

    /// Gives the GIL back, perhaps to a certain thread.
    fn leave_gil(&self, heir: Option<ThreadId>) {
        match (self.held.take(), heir) {
            (Some(held), Some(heir)) => held.leave_to(heir),
            (held, _) => drop(held),
        }
    }

    /// The thread it has started, if that has not begun by itself.
    fn take_heir(&self) -> Option<ThreadId> {
        self.heir.take().filter(|heir| !self.inside().has_begun(*heir))
    }

    /// `sys.setswitchinterval` may have been called.
    fn heed_interval(&self) {
        let secs = self.inside().vm.switch_interval_secs();
        if self.interval_secs.replace(secs).to_bits() == secs.to_bits() {
            return;
        }
        self.shared.gil.set_interval(Duration::try_from_secs_f64(secs).unwrap_or(Duration::MAX));
    }

    // ---- the beginning and the end ----

    fn declare_main(&self) {
        let mut inside = self.inside();
        inside.declare_main();
        if self.shared.show_gil {
            let id = inside.vm.new_object_id();
            // It is held by the one who declares it.
            let state = ObjectState::Lock { owner: Some(ThreadId::MAIN), depth: 1 };
            let info = ObjectInfo { id, kind: ObjectKind::Lock, name: GIL.into(), line: 0, state };
            probe::tell(|_| EventKind::Object(Arc::new(info)));
            self.shared.gil.show(id);
        }
    }

    fn fail(&self, traceback: &str, line: u32) -> Result<(), Stopped> {
        let me = self.me;
        let mut inside = self.inside();
        inside.write(traceback);
        // Nothing of the user's has run when a thread dies of being called wrongly: its start is to blame.
        let line = if line == 0 { inside.start_line(me) } else { line };
        probe::stand(Place::Line(line));
        probe::tell(|_| inside.renderer().traceback(traceback));
        drop(inside);
        self.finish(ThreadState::Failed)
    }

    fn finish(&self, state: ThreadState) -> Result<(), Stopped> {
        let me = self.me;
        if state == ThreadState::Finished {
            self.inside().stand(me);
        }
        self.inside().finish(me, state);
        let heir = self.take_heir();
        if heir.is_none() && self.inside().is_done() {
            return Err(self.end(End::Finished));
        }
        self.leave_gil(heir);
        Ok(())
    }

    /// The run is over, and the thread is to blame where it stands now.
    fn end_here(&self, end: End) -> Stopped {
        self.inside().stand(self.me);
        self.end(end)
    }

    /// The run is over, for everybody: nobody does anything after this thread has given the GIL back.
    fn end(&self, end: End) -> Stopped {
        let say = || {
            probe::tell(|_| EventKind::Ended(end));
            self.shared.probe.stop();
        };
        match self.held.take() {
            Some(held) => {
                held.stand(self.me);
                held.leave_saying(say);
            }
            None => say(),
        }
        Stopped
    }
}
