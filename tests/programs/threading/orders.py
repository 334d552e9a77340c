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
