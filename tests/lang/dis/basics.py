"""The plain things: what a first lesson uses."""
import threading
import time as t
from queue import Queue, Empty as Nothing

n = 0
a, b = 1, 2
c = d = a
lock = threading.Lock()


def work(name, times=3, *rest, loud=False, **others):
    """Counts."""
    global n
    for i in range(times):
        with lock:
            n += 1
        if loud and i > 1:
            print(f"{name}: {n:>4} {i!r} {times=}")
        elif rest:
            print(name, *rest, sep=", ", **others)
        else:
            t.sleep(0.1)
    return n


worker = threading.Thread(target=work, args=("A",), kwargs={"times": 5})
worker.start()
worker.join()
del c
assert n == 5, "lost an update"
