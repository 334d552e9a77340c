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
