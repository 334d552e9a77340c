# 结果确定的多线程程序
import threading
import queue
import time
from queue import Queue

counter = 0
lock = threading.Lock()


def work(n):
    global counter
    for _ in range(n):
        with lock:
            counter += 1


threads = [threading.Thread(target=work, args=(100,), name=f"工人-{i}") for i in range(3)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(counter, [t.name for t in threads], [t.is_alive() for t in threads])


class Worker(threading.Thread):
    def __init__(self, jobs, results):
        super().__init__()
        self.jobs, self.results = jobs, results

    def run(self):
        while True:
            job = self.jobs.get()
            if job is None:
                break
            self.results.append(job * job)
            self.jobs.task_done()


jobs, results = Queue(), []
worker = Worker(jobs, results)
worker.start()
for i in range(5):
    jobs.put(i)
jobs.join()
jobs.put(None)
worker.join()
print(results, jobs.empty(), worker.name)
event = threading.Event()
log = []


def waiter():
    log.append("waiting")
    event.wait()
    log.append("go")


t = threading.Thread(target=waiter)
t.start()
while not log:
    time.sleep(0.01)
print(event.is_set(), t.is_alive())
event.set()
t.join()
print(log, event.is_set())
print(lock.acquire(), lock.locked(), lock.acquire(blocking=False), lock.acquire(timeout=0.01))
lock.release()
try:
    lock.release()
except RuntimeError as error:
    print(error)
rlock = threading.RLock()
with rlock:
    with rlock:
        print("nested")
semaphore = threading.Semaphore(2)
print(semaphore.acquire(), semaphore.acquire(), semaphore.acquire(blocking=False))
semaphore.release()
bounded = threading.BoundedSemaphore(1)
try:
    bounded.release()
except ValueError as error:
    print(error)
condition = threading.Condition()
items = []


def consumer():
    with condition:
        while not items:
            condition.wait()
        print("consumed", items.pop())


c = threading.Thread(target=consumer)
c.start()
with condition:
    items.append("包子")
    condition.notify()
c.join()
try:
    condition.notify()
except RuntimeError as error:
    print(error)
q = queue.Queue(maxsize=1)
q.put(1)
try:
    q.put_nowait(2)
except queue.Full as error:
    print("Full", repr(error))
print(q.get(), q.qsize(), q.full())
try:
    q.get_nowait()
except queue.Empty as error:
    print("Empty", repr(error))
try:
    q.get(timeout=0.01)
except queue.Empty:
    print("timeout")
pq = queue.PriorityQueue()
for item in [(3, "c"), (1, "a"), (2, "b")]:
    pq.put(item)
print([pq.get() for _ in range(3)])
lq = queue.LifoQueue()
for item in range(3):
    lq.put(item)
print([lq.get() for _ in range(3)])
barrier = threading.Barrier(2)
order = []


def meet():
    barrier.wait()
    order.append("met")


m = threading.Thread(target=meet)
m.start()
barrier.wait()
m.join()
print(order, barrier.parties, barrier.n_waiting, barrier.broken)
fired = []
timer = threading.Timer(0.01, fired.append, args=["时间到"])
timer.start()
timer.join()
print(fired)
local = threading.local()
local.x = 1


def look():
    print(hasattr(local, "x"))


t = threading.Thread(target=look)
t.start()
t.join()
print(local.x, threading.current_thread().name, threading.main_thread() is threading.current_thread(), threading.active_count())
d = threading.Thread(target=lambda: None, daemon=True)
print(d.daemon, d.name.startswith("Thread-"), d.ident, d.is_alive())
try:
    d.join()
except RuntimeError as error:
    print(error)
d.start()
d.join()
try:
    d.start()
except RuntimeError as error:
    print(error)
t = threading.Thread(target=print, args=("a", "b"), kwargs={"sep": "-"})
t.run()
t2 = threading.Thread(target=print, args=("参数",))
t2.start()
t2.join()
print(threading.Thread(target=work).name.split("-")[0], threading.Thread(name="x").name)
try:
    threading.Thread(work)
except AssertionError as error:
    print(error)
