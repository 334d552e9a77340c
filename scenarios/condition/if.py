# The same buffer, but whoever wakes up believes that there is something to take.
from threading import Condition, Thread

CAPACITY = 1
buffer = []
changed = Condition()


def producer(item):
    with changed:
        while len(buffer) == CAPACITY:
            changed.wait()
        buffer.append(item)
        changed.notify_all()


def consumer():
    with changed:
        if len(buffer) == 0:
            changed.wait()
        item = buffer.pop(0)
        changed.notify_all()
    print(f"got {item}")


Thread(target=consumer, name="consumer 1").start()
Thread(target=consumer, name="consumer 2").start()
Thread(target=producer, args=("tea",), name="producer 1").start()
Thread(target=producer, args=("rice",), name="producer 2").start()
