//! The probe: who records, where the records go, and how everything is stopped.
//!
//! An OS thread that is [attached](Probe::attach) to a probe has a [`Recorder`] in its thread-local storage. Primitives
//! look there: without one they only do their work. With one, each operation draws the next *ticket* at the moment at
//! which it takes effect and writes a record into a ring of the thread's own, which nobody else writes to. The
//! [`Collector`](super::Collector) empties the rings now and then and puts the records into the order of their tickets.
//!
//! ```text
//! thread ─ Recorder ─ ring ─┐
//! thread ─ Recorder ─ ring ─┼─ Collector ─ records in order
//! thread ─ Recorder ─ ring ─┘
//!              └── ticket: one counter for all
//! ```
//!
//! Writing never waits: a ring that is full is followed by a larger one, up to a bound; beyond it records are dropped and
//! counted ([`Collector::lost`](super::Collector::lost)).

use super::brief::{Brief, Deal};
use super::collector::Ring;
use super::monitor::unparker;
use super::record::{Place, Record};
use super::tag::Register;
use super::{Collector, Gate};
use crate::event::{EventKind, ThreadState};
use crate::ids::{Nanos, ObjectId, ThreadId};
use crossbeam_utils::CachePadded;
use crossbeam_utils::sync::Unparker;
use parking_lot::{Condvar, Mutex};
use rtrb::{Producer, RingBuffer};
use std::cell::{Cell, RefCell};
use std::marker::PhantomData;
use std::panic::Location;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
use std::thread;

/// Records in the first ring of a thread. Most threads of most programs need no more.
const RING_MIN: usize = 64;
/// Records in the largest one.
const RING_MAX: usize = 1 << 16;

/// Everything was stopped ([`Probe::stop`]): the operation did not take place and never will.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the run was stopped")]
pub struct Stopped;

/// Records what attached threads do. Clones are the same probe.
#[derive(Clone, Debug)]
pub struct Probe {
    pub(super) hub: Arc<Hub>,
}

/// What the threads of a probe share.
#[derive(Debug)]
pub(super) struct Hub {
    /// Tells probes apart.
    pub(super) serial: u32,
    /// Of the next record. All threads write to it all the time; nothing that they only read lies beside it.
    ticket: CachePadded<AtomicU64>,
    /// How many records the collector has handed out.
    pub(super) taken: AtomicU64,
    pub(super) lost: AtomicU64,
    pub(super) clock: quanta::Clock,
    /// The clock's raw reading when the probe was made.
    pub(super) origin: u64,
    pub(super) gate: Gate,
    stopped: Arc<AtomicBool>,
    /// Rings the collector does not know of yet.
    pub(super) rings: Mutex<Vec<Ring>>,
    attached: Mutex<Crowd>,
    /// Somebody was attached once.
    pub(super) has_begun: AtomicBool,
    pub(super) next_thread: AtomicU32,
    /// Locked while an object declares itself.
    pub(super) objects: Mutex<Register>,
    /// Who waits for the collector to catch up.
    behind: Mutex<()>,
    pub(super) caught_up: Condvar,
}

/// The OS threads of a probe.
#[derive(Debug, Default)]
struct Crowd {
    /// How to wake every attached thread, wherever it waits.
    here: Vec<(u64, Unparker)>,
    /// How many were started and are not attached yet.
    coming: usize,
}

/// As long as it lives, the OS thread it was made on is recorded.
#[must_use = "the thread is detached when this is dropped"]
#[derive(Debug)]
pub struct Attached {
    attachment: u64,
    /// In which state the thread is when this is dropped, if nobody else tells so.
    ends: Option<ThreadState>,
    /// It belongs to this OS thread.
    here: PhantomData<*const ()>,
}

/// The recording end of one thread.
#[derive(Debug)]
pub(crate) struct Recorder {
    hub: Arc<Hub>,
    thread: ThreadId,
    place: Place,
    ring: Producer<Record>,
    /// Made when it is first needed.
    briefs: Option<Producer<Brief>>,
    attachment: u64,
    /// Who recorded the thread before, and does again when this is gone.
    previous: Option<Box<Recorder>>,
}

/// A thread that was started and will be attached. As long as it is on its way the run is not over.
#[derive(Debug)]
pub(super) struct Coming {
    hub: Arc<Hub>,
}

thread_local! {
    // Gone when the thread ends; a destructor that runs later is not recorded.
    static HERE: RefCell<Option<Recorder>> = const { RefCell::new(None) };
    /// Whether there is one, for those in a hurry.
    static RECORDED: Cell<bool> = const { Cell::new(false) };
}

impl Probe {
    /// A probe, and the reading end of it.
    #[must_use]
    pub fn new() -> (Probe, Collector) {
        static SERIAL: AtomicU32 = AtomicU32::new(1);
        let clock = quanta::Clock::new();
        let hub = Arc::new(Hub {
            serial: SERIAL.fetch_add(1, Ordering::Relaxed),
            ticket: CachePadded::new(AtomicU64::new(0)),
            taken: AtomicU64::new(0),
            lost: AtomicU64::new(0),
            origin: clock.raw(),
            clock,
            gate: Gate::default(),
            stopped: Arc::default(),
            rings: Mutex::default(),
            attached: Mutex::default(),
            has_begun: AtomicBool::new(false),
            next_thread: AtomicU32::new(0),
            objects: Mutex::default(),
            behind: Mutex::new(()),
            caught_up: Condvar::new(),
        });
        (Probe { hub: Arc::clone(&hub) }, Collector::new(hub))
    }

    /// Records the calling OS thread from now on as the thread with this number. Who attaches it declares it.
    pub(crate) fn attach_as(&self, thread: ThreadId) -> Attached {
        /// Tells them apart, whichever probe they are of.
        static ATTACHMENTS: AtomicU64 = AtomicU64::new(0);
        let hub = Arc::clone(&self.hub);
        let (ring, consumer) = RingBuffer::new(RING_MIN);
        hub.rings.lock().push(Ring::Whole(consumer));
        hub.has_begun.store(true, Ordering::Release);
        let attachment = ATTACHMENTS.fetch_add(1, Ordering::Relaxed);
        hub.attached.lock().here.push((attachment, unparker()));
        HERE.with_borrow_mut(|here| {
            let previous = here.take().map(Box::new);
            *here = Some(Recorder { hub, thread, place: Place::Unknown, ring, briefs: None, attachment, previous });
        });
        RECORDED.set(true);
        Attached { attachment, ends: None, here: PhantomData }
    }

    /// A thread will be attached soon.
    pub(super) fn expect(&self) -> Coming {
        self.hub.attached.lock().coming += 1;
        Coming { hub: Arc::clone(&self.hub) }
    }

    /// The number of a new thread.
    pub(super) fn next_thread(&self) -> ThreadId {
        ThreadId(self.hub.next_thread.fetch_add(1, Ordering::Relaxed))
    }

    /// Ends every wait of an attached thread, now and in the future, with [`Stopped`].
    pub fn stop(&self) {
        self.hub.stopped.store(true, Ordering::SeqCst);
        self.hub.gate.stop();
        self.hub.attached.lock().here.iter().for_each(|(_, unparker)| unparker.unpark());
        self.hub.notify_behind();
    }

    /// What becomes true when [`Probe::stop`] is called, for whoever cannot ask.
    pub(crate) fn stop_flag(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.hub.stopped)
    }

    /// Whether [`Probe::stop`] was called.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        self.hub.is_stopped()
    }

    /// The gate that every operation of an attached thread passes.
    #[must_use]
    pub fn gate(&self) -> &Gate {
        &self.hub.gate
    }

    /// How many tickets were drawn.
    pub(crate) fn drawn(&self) -> u64 {
        self.hub.ticket.load(Ordering::SeqCst)
    }

    /// How many records were written and not yet handed out by the collector.
    #[must_use]
    pub fn backlog(&self) -> u64 {
        let taken = self.hub.taken.load(Ordering::Relaxed);
        self.hub.ticket.load(Ordering::Relaxed).saturating_sub(taken)
    }

    /// Waits until the backlog is at most this large. A probe never makes anybody wait; who wants to lose nothing calls
    /// this where waiting does no harm.
    pub(crate) fn wait_for_collector(&self, backlog_max: u64) -> Result<(), Stopped> {
        let mut behind = self.hub.behind.lock();
        while self.backlog() > backlog_max {
            if self.is_stopped() {
                return Err(Stopped);
            }
            self.hub.caught_up.wait(&mut behind);
        }
        Ok(())
    }

    /// How long ago the probe was made: the clock that records are dated by.
    pub(crate) fn now(&self) -> Nanos {
        let hub = &self.hub;
        Nanos(hub.clock.delta_as_nanos(hub.origin, hub.clock.raw()))
    }

    /// How many OS threads are attached.
    #[must_use]
    pub fn attached(&self) -> usize {
        self.hub.attached.lock().here.len()
    }
}

impl Hub {
    pub(super) fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::SeqCst)
    }

    pub(super) fn nobody_attached(&self) -> bool {
        let attached = self.attached.lock();
        attached.here.is_empty() && attached.coming == 0
    }

    /// The collector has handed out something, or everything was stopped.
    pub(super) fn notify_behind(&self) {
        drop(self.behind.lock());
        self.caught_up.notify_all();
    }
}

impl Attached {
    /// What is told of the thread at the end.
    pub(super) fn ending(mut self, state: ThreadState) -> Attached {
        self.ends = Some(state);
        self
    }
}

impl Drop for Attached {
    fn drop(&mut self) {
        // When the storage of the thread is gone already, the recorder went with it.
        let ended = HERE.try_with(|here| {
            let here = &mut *here.borrow_mut();
            let ended = detach(here, self.attachment);
            RECORDED.set(here.is_some());
            ended
        });
        let (Some(mut recorder), Some(state)) = (ended.ok().flatten(), self.ends) else { return };
        recorder.tell(EventKind::State(match state {
            // Whoever unwinds the thread is caught further out.
            _ if !thread::panicking() => state,
            _ if recorder.hub.is_stopped() => ThreadState::Killed,
            _ => ThreadState::Failed,
        }));
    }
}

/// Takes this recorder out, wherever it is among those of the thread.
fn detach(here: &mut Option<Recorder>, attachment: u64) -> Option<Recorder> {
    let mut recorder = here.take()?;
    let mut previous = recorder.previous.take().map(|previous| *previous);
    if recorder.attachment == attachment {
        *here = previous;
        return Some(recorder);
    }
    let detached = detach(&mut previous, attachment);
    recorder.previous = previous.map(Box::new);
    *here = Some(recorder);
    detached
}

impl Drop for Recorder {
    fn drop(&mut self) {
        self.hub.attached.lock().here.retain(|(attachment, _)| *attachment != self.attachment);
    }
}

impl Drop for Coming {
    fn drop(&mut self) {
        self.hub.attached.lock().coming -= 1;
    }
}

impl Recorder {
    /// The thread that is recorded.
    pub(crate) const fn thread(&self) -> ThreadId {
        self.thread
    }

    pub(super) fn hub(&self) -> &Arc<Hub> {
        &self.hub
    }

    /// Tells a fact about the thread itself.
    pub(crate) fn tell(&mut self, kind: EventKind) {
        self.write(self.thread, self.place, false, kind);
    }

    /// Tells a fact about the thread itself and a lock that it takes, or wants, to read only (`shared`) or to write.
    #[inline]
    pub(super) fn tell_use(&mut self, shared: bool, kind: EventKind) {
        self.write(self.thread, self.place, shared, kind);
    }

    /// Tells a fact about another thread.
    pub(crate) fn tell_of(&mut self, thread: ThreadId, kind: EventKind) {
        let place = if thread == self.thread { self.place } else { Place::Unknown };
        self.write(thread, place, false, kind);
    }

    /// Tells a fact about a thread that stands here.
    pub(crate) fn tell_at(&mut self, thread: ThreadId, place: Place, kind: EventKind) {
        self.write(thread, place, false, kind);
    }

    fn write(&mut self, thread: ThreadId, place: Place, shared: bool, kind: EventKind) {
        if self.ring.is_full() && !self.grow() {
            // No ticket is drawn: the collector would wait for it.
            self.hub.lost.fetch_add(1, Ordering::Relaxed);
            return;
        }
        let ticket = self.hub.ticket.fetch_add(1, Ordering::Relaxed);
        let at = Nanos(self.hub.clock.raw());
        // There is room: only this thread writes.
        let _ = self.ring.push(Record { ticket, at, thread, place, shared, kind });
    }

    /// Tells what became of a lock at the place of a call; false if that has to be told at length.
    #[inline]
    pub(super) fn tell_briefly(&mut self, lock: ObjectId, deal: Deal) -> bool {
        let Place::Call(call) = self.place else { return false };
        if self.briefs.as_ref().is_none_or(Producer::is_full) && !self.grow_briefs() {
            return false;
        }
        let Some(briefs) = &mut self.briefs else { return false };
        let ticket = self.hub.ticket.fetch_add(1, Ordering::Relaxed);
        let at = Nanos(self.hub.clock.raw());
        let _ = briefs.push(Brief { ticket, at, call, lock, deal });
        true
    }

    /// Goes on with a larger ring, if there may be one. The full one is emptied by the collector and then forgotten.
    #[cold]
    fn grow(&mut self) -> bool {
        let Some(size) = larger(self.ring.buffer().capacity()) else { return false };
        let (ring, consumer) = RingBuffer::new(size);
        self.hub.rings.lock().push(Ring::Whole(consumer));
        self.ring = ring;
        true
    }

    #[cold]
    fn grow_briefs(&mut self) -> bool {
        let size = self.briefs.as_ref().map_or(Some(RING_MIN), |ring| larger(ring.buffer().capacity()));
        let Some(size) = size else { return false };
        let (ring, consumer) = RingBuffer::new(size);
        self.hub.rings.lock().push(Ring::Brief(self.thread, consumer));
        self.briefs = Some(ring);
        true
    }
}

/// The size of the ring after one of this size, if there is one.
const fn larger(size: usize) -> Option<usize> {
    if size < RING_MAX { Some(size * 4) } else { None }
}

// ---- for the primitives ----

/// Whether the calling thread is recorded.
#[inline]
pub(crate) fn is_recorded() -> bool {
    RECORDED.get()
}

/// Does something with the recorder of the calling thread, if it has one.
pub(crate) fn with<R>(act: impl FnOnce(&mut Recorder) -> R) -> Option<R> {
    if !is_recorded() {
        return None;
    }
    HERE.try_with(|here| here.borrow_mut().as_mut().map(act)).ok().flatten()
}

/// Tells what `make` says about the calling thread, if that is recorded.
pub(crate) fn tell(make: impl FnOnce(&mut Recorder) -> EventKind) {
    with(|recorder| {
        let kind = make(recorder);
        recorder.tell(kind);
    });
}

/// What the calling thread does from now on, it does here.
pub(crate) fn stand(place: Place) {
    with(|recorder| recorder.place = place);
}

/// A recorded thread begins an operation at this place: it passes the gate.
pub(crate) fn begin(location: &'static Location<'static>) -> Result<(), Stopped> {
    stand(Place::Call(location));
    pass()
}

/// Does something with the recorder of the calling thread at this place, if it has one and may pass the gate without
/// looking closer.
#[inline]
pub(super) fn unless_gated<R>(
    location: &'static Location<'static>,
    act: impl FnOnce(&mut Recorder) -> Option<R>,
) -> Option<R> {
    let recorded = HERE.try_with(|here| {
        let recorder = &mut *here.borrow_mut();
        let recorder = recorder.as_mut().filter(|recorder| recorder.hub.gate.is_clear())?;
        recorder.place = Place::Call(location);
        act(recorder)
    });
    recorded.ok().flatten()
}

/// The same at the place where the thread stands already.
#[inline]
pub(super) fn unless_gated_here<R>(act: impl FnOnce(&mut Recorder) -> R) -> Option<R> {
    let clear = |recorder: &&mut Recorder| recorder.hub.gate.is_clear();
    HERE.try_with(|here| here.borrow_mut().as_mut().filter(clear).map(act)).ok().flatten()
}

/// A recorded thread goes on with an operation where it stands: it passes the gate.
pub(super) fn pass() -> Result<(), Stopped> {
    // Nobody waits while the recorder is borrowed.
    let gated = with(|recorder| (!recorder.hub.gate.is_clear()).then(|| Arc::clone(&recorder.hub))).flatten();
    gated.map_or(Ok(()), |hub| hub.gate.pass())
}

/// Whether the probe of the calling thread was stopped.
pub(crate) fn is_stopped() -> bool {
    with(|recorder| recorder.hub.is_stopped()).unwrap_or(false)
}
