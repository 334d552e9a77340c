# A buffer with one place. Whoever waits looks again after waking up.
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
        while len(buffer) == 0:
            changed.wait()
        item = buffer.pop(0)
        changed.notify_all()
    print(f"got {item}")


Thread(target=consumer, name="consumer 1").start()
Thread(target=consumer, name="consumer 2").start()
Thread(target=producer, args=("tea",), name="producer 1").start()
Thread(target=producer, args=("rice",), name="producer 2").start()
