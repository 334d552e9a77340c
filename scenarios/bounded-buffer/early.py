# The producer counts the item before it lies in the buffer.
from threading import Lock, Semaphore, Thread

CAPACITY = 1
ITEMS = 2
free = Semaphore(CAPACITY)
filled = Semaphore(0)
lock = Lock()
buffer = []


def producer():
    for item in range(ITEMS):
        free.acquire()
        filled.release()
        with lock:
            buffer.append(item)


def consumer():
    for _ in range(ITEMS):
        filled.acquire()
        with lock:
            item = buffer.pop(0)
        free.release()
        print("got", item)


Thread(target=producer, name="producer").start()
Thread(target=consumer, name="consumer").start()
