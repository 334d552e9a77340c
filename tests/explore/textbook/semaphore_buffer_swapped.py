# expect: stuck
"""The consumer locks the buffer first, and then waits for an item."""
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
        items.release()


def consume():
    for _ in range(2):
        with lock:
            items.acquire()
            buffer.pop()
        free.release()


threads = [Thread(target=produce), Thread(target=consume)]
for thread in threads:
    thread.start()
