# A buffer without an end: producers never wait, so one kind of waiter is left.
from threading import Condition, Thread

buffer = []
not_empty = Condition()


def producer(item):
    with not_empty:
        buffer.append(item)
        not_empty.notify()


def consumer():
    with not_empty:
        while len(buffer) == 0:
            not_empty.wait()
        item = buffer.pop(0)
    print(f"got {item}")


Thread(target=consumer, name="consumer 1").start()
Thread(target=consumer, name="consumer 2").start()
Thread(target=producer, args=("tea",), name="producer 1").start()
Thread(target=producer, args=("rice",), name="producer 2").start()
