# A buffer with two semaphores: one counts the free places, the other the items.
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
        with lock:
            buffer.append(item)
        filled.release()


def consumer():
    for _ in range(ITEMS):
        filled.acquire()
        with lock:
            item = buffer.pop(0)
        free.release()
        print("got", item)


Thread(target=producer, name="producer").start()
Thread(target=consumer, name="consumer").start()
