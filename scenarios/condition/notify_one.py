# One call wakes one thread. But which one: a producer or a consumer?
from threading import Condition, Thread

CAPACITY = 1
buffer = []
changed = Condition()


def producer(item):
    with changed:
        while len(buffer) == CAPACITY:
            changed.wait()
        buffer.append(item)
        changed.notify()


def consumer():
    with changed:
        while len(buffer) == 0:
            changed.wait()
        item = buffer.pop(0)
        changed.notify()
    print(f"got {item}")


Thread(target=consumer, name="consumer 1").start()
Thread(target=consumer, name="consumer 2").start()
Thread(target=producer, args=("tea",), name="producer 1").start()
Thread(target=producer, args=("rice",), name="producer 2").start()
