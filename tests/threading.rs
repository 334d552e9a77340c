//! `threading` and `queue`, through the simulator: what CPython 3.12 prints, to the character.

use lockstep::event::{End, NoSink};
use lockstep::kernel::Options;
use lockstep::kernel::sim::{Drive, World, drive};
use lockstep::lang::{Parameters, compile};
use lockstep::sched::{SchedulerKind, build};
use lockstep::source::Source;
use std::sync::Arc;

/// Runs the program under a few seeds, each of which must end well and print the same.
#[track_caller]
fn check(text: &str, expected: &str) {
    let compiled = compile(&Arc::new(Source::new("test.py", text)), &Parameters::default());
    let program = compiled.program.unwrap_or_else(|| panic!("{:?}", compiled.diagnostics));
    for seed in 1..=5 {
        let mut world = World::new(Arc::clone(&program), Options::default(), &mut NoSink);
        let end = drive(&mut world, build(SchedulerKind::Random, seed).as_mut(), Drive::default(), &mut NoSink);
        assert_eq!(end, Ok(End::Finished), "seed {seed}");
        assert_eq!(world.output().to_string(), expected, "seed {seed}");
    }
}

#[test]
fn a_thread_tells_about_itself() {
    check(
        "
import threading
from threading import Thread
def work(n): pass
t = Thread(target=work, args=(1,))
print(t, t.name, t.daemon, t.ident, t.is_alive())
t.name = 'new'
t.daemon = True
print(t.getName(), t.isDaemon(), t)
t.start()
t.join()
print(t.is_alive(), t.name, t.ident == t.ident)
print(Thread(target=work).name, Thread(target=lambda: 0).name, Thread().name, Thread(name='mine').name)
print(threading.current_thread() is threading.main_thread(), threading.current_thread().name)
print(threading.active_count(), [thread.name for thread in threading.enumerate()])
",
        "\
<Thread(Thread-1 (work), initial)> Thread-1 (work) False None False
new True <Thread(new, initial daemon)>
False new True
Thread-2 (work) Thread-3 (<lambda>) Thread-4 mine
True MainThread
1 ['MainThread']
",
    );
}

#[test]
fn a_subclass_runs_its_own_run() {
    check(
        "
import threading
class Worker(threading.Thread):
    def __init__(self, n):
        super().__init__(name=f'worker {n}')
        self.n = n
        self.result = None
    def run(self):
        self.result = (self.n * 2, self.name, threading.current_thread() is self)
workers = [Worker(n) for n in range(3)]
for w in workers: w.start()
for w in workers: w.join()
print([w.result for w in workers])
class Forgetful(threading.Thread):
    def __init__(self): pass
try:
    Forgetful().start()
except RuntimeError as e:
    print(e)
",
        "\
[(0, 'worker 0', True), (2, 'worker 1', True), (4, 'worker 2', True)]
thread.__init__() not called
",
    );
}

#[test]
fn misuse_is_described_as_in_cpython() {
    check(
        "
import threading, queue
from threading import Thread, Lock, RLock, Condition, Semaphore, BoundedSemaphore
def work(): pass
t = Thread(target=work)
t.start()
t.join()
for bad in (lambda: t.start(), lambda: Thread(target=work).join(), lambda: threading.current_thread().join(),
            lambda: setattr(t, 'daemon', False), lambda: Lock().release(), lambda: RLock().release(),
            lambda: Condition().wait(), lambda: Condition().notify(), lambda: Semaphore(-1),
            lambda: BoundedSemaphore(1).release(), lambda: Lock().acquire(False, 1), lambda: Semaphore().release(0),
            lambda: Semaphore().acquire(False, timeout=3), lambda: Thread(1),
            lambda: queue.Queue().task_done(), lambda: queue.Queue().get(timeout=-1)):
    try:
        bad()
    except (RuntimeError, ValueError, AssertionError) as e:
        print(type(e).__name__, e)
",
        "\
RuntimeError threads can only be started once
RuntimeError cannot join thread before it is started
RuntimeError cannot join current thread
RuntimeError cannot set daemon status of active thread
RuntimeError release unlocked lock
RuntimeError cannot release un-acquired lock
RuntimeError cannot wait on un-acquired lock
RuntimeError cannot notify on un-acquired lock
ValueError semaphore initial value must be >= 0
ValueError Semaphore released too many times
ValueError can't specify a timeout for a non-blocking call
ValueError n must be one or more
ValueError can't specify timeout for non-blocking acquire
AssertionError group argument must be None for now
ValueError task_done() called too many times
ValueError 'timeout' must be a non-negative number
",
    );
}

#[test]
fn primitives_answer() {
    check(
        "
import threading
from threading import Lock, RLock, Event, Semaphore, Condition, Barrier
lock = Lock()
print(lock.acquire(), lock.acquire(False), lock.locked(), lock.acquire(timeout=0.01))
lock.release()
with lock: print(lock.locked())
r = RLock()
with r:
    with r: print('nested')
e = Event()
print(e.is_set(), e.wait(0.01))
e.set()
print(e.wait(), e.isSet())
e.clear()
s = Semaphore(2)
print(s.acquire(), s.acquire(), s.acquire(blocking=False), s.acquire(timeout=0.1), s._value)
s.release(2)
print(s._value)
c = Condition(Lock())
with c:
    print(c.wait(0.01), c.wait_for(lambda: False, 0.01), c.wait_for(lambda: 7))
b = Barrier(1, action=lambda: print('action'))
print(b.wait(), b.n_waiting, b.broken, b.parties)
b.abort()
try:
    b.wait()
except threading.BrokenBarrierError as error:
    print(repr(error), b.broken)
b.reset()
print(b.broken)
",
        "\
True False True False
True
nested
False False
True True
True True False False 0
2
False False 7
action
0 0 False 1
BrokenBarrierError() True
False
",
    );
}

#[test]
fn queues_keep_their_order() {
    check(
        "
import queue
from Queue import Queue
q = Queue(2)
q.put(1); q.put(2)
for full in (lambda: q.put(3, block=False), lambda: q.put_nowait(3), lambda: q.put(3, timeout=0.1)):
    try:
        full()
    except queue.Full as e:
        print(repr(e))
print(q.qsize(), q.full(), q.empty(), q.maxsize, q.get(), q.get(), q.unfinished_tasks)
try:
    q.get_nowait()
except queue.Empty as e:
    print(repr(e))
p = queue.PriorityQueue()
for item in [(3, 'c'), (1, 'a'), (2, 'b'), (1, 'A')]: p.put(item)
print([p.get() for _ in range(4)])
class Job:
    def __init__(self, n): self.n = n
    def __lt__(self, other): return self.n < other.n
for n in [3, 1, 2]: p.put(Job(n))
print([p.get().n for _ in range(3)])
p.put((1, {}))
try:
    p.put((1, {'a': 1}))
except TypeError as e:
    print(e)
l = queue.LifoQueue()
for item in 'abc': l.put(item)
print([l.get() for _ in range(3)])
s = queue.SimpleQueue()
s.put('x')
print(s.get(), s.empty())
q = queue.Queue()
q.put(1)
q.shutdown()
print(q.get())
try:
    q.put(2)
except queue.ShutDown as e:
    print(repr(e))
",
        "\
Full()
Full()
Full()
2 True False 2 1 2 2
Empty()
[(1, 'A'), (1, 'a'), (2, 'b'), (3, 'c')]
[1, 2, 3]
'<' not supported between instances of 'dict' and 'dict'
['c', 'b', 'a']
x True
1
ShutDown()
",
    );
}

#[test]
fn threads_work_together() {
    check(
        "
import threading, queue
def worker(q, done):
    while True:
        item = q.get()
        if item is None: break
        done.append(item * 2)
        q.task_done()
q, done = queue.Queue(), []
workers = [threading.Thread(target=worker, args=(q, done)) for _ in range(3)]
for w in workers: w.start()
for n in range(6): q.put(n)
q.join()
for w in workers: q.put(None)
for w in workers: w.join()
print(sorted(done))
mine = threading.local()
mine.x = 'main'
def local():
    try:
        mine.x
    except AttributeError as e:
        print(e)
    mine.x = 'other'
    del mine.x
t = threading.Thread(target=local)
t.start()
t.join()
print(mine.x)
timer = threading.Timer(1, print, args=('fired',))
timer.start()
timer.join()
cancelled = threading.Timer(1, print, args=('never',))
cancelled.start()
cancelled.cancel()
cancelled.join()
barrier = threading.Barrier(3, action=lambda: print('all here'))
order = []
def meet(): order.append(barrier.wait())
ts = [threading.Thread(target=meet) for _ in range(3)]
for t in ts: t.start()
for t in ts: t.join()
print(sorted(order))
",
        "\
[0, 2, 4, 6, 8, 10]
'_thread._local' object has no attribute 'x'
main
fired
all here
[0, 1, 2]
",
    );
}

#[test]
fn an_exception_ends_its_thread_only() {
    check(
        "
import threading, sys
def crash():
    raise ValueError('x')
def leave():
    sys.exit('not shown')
for target in (crash, leave):
    t = threading.Thread(target=target)
    t.start()
    t.join()
t = threading.Thread(target=crash, args=(1,), name='odd')
t.start()
t.join()
t = threading.Thread(target=crash, args=1)
try:
    t.run()
except TypeError as e:
    print(e)
",
        "\
Exception in thread Thread-1 (crash):
Traceback (most recent call last):
  File \"test.py\", line 4, in crash
    raise ValueError('x')
ValueError: x
Exception in thread odd:
Traceback (most recent call last):
TypeError: crash() takes 0 positional arguments but 1 was given
__main__.crash() argument after * must be an iterable, not int
",
    );
}
