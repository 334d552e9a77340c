# expect: proved
"""A buffer of one place: free places and items are counted."""
from threading import Lock, Semaphore, Thread

free = Semaphore(1)
items = Semaphore(0)
lock = Lock()
buffer = []


def produce():
    for item in range(2):
        free.acquire()
        with lock:
            buffer.append(item)
            assert len(buffer) <= 1
        items.release()


def consume():
    for _ in range(2):
        items.acquire()
        with lock:
            buffer.pop()
        free.release()


threads = [Thread(target=produce), Thread(target=consume)]
for thread in threads:
    thread.start()
