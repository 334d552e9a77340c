# Two waiting rooms with one lock: producers wait in one, consumers in the other.
from threading import Condition, Lock, Thread

CAPACITY = 1
buffer = []
lock = Lock()
not_full = Condition(lock)
not_empty = Condition(lock)


def producer(item):
    with lock:
        while len(buffer) == CAPACITY:
            not_full.wait()
        buffer.append(item)
        not_empty.notify()


def consumer():
    with lock:
        while len(buffer) == 0:
            not_empty.wait()
        item = buffer.pop(0)
        not_full.notify()
    print(f"got {item}")


Thread(target=consumer, name="consumer 1").start()
Thread(target=consumer, name="consumer 2").start()
Thread(target=producer, args=("tea",), name="producer 1").start()
Thread(target=producer, args=("rice",), name="producer 2").start()
