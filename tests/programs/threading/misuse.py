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
