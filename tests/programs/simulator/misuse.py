import threading, queue

def attempt(what):
    try:
        what()
    except Exception as e:
        print(type(e).__name__ + ': ' + str(e))

lock = threading.Lock()
rlock = threading.RLock()
cond = threading.Condition()
sem = threading.BoundedSemaphore(1)
q = queue.Queue(1)
t = threading.Thread(target=print, args=('hi',))
attempt(lock.release)
attempt(rlock.release)
attempt(cond.wait)
attempt(cond.notify)
attempt(cond.notify_all)
attempt(sem.release)
attempt(q.task_done)
attempt(q.get_nowait)
q.put(1)
attempt(lambda: q.put(2, block=False))
attempt(lambda: q.put(2, timeout=0.5))
attempt(t.join)
t.start()
t.join()
attempt(t.start)
attempt(threading.current_thread().join)
print(lock.acquire(), lock.acquire(False), lock.acquire(timeout=0.25), lock.locked())
