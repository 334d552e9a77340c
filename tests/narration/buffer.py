from threading import Condition, Thread

buffer = []
changed = Condition()


def produce():
    with changed:
        buffer.append("tea")
        changed.notify()


def consume():
    with changed:
        while not buffer:
            changed.wait()
        buffer.pop()


for target in (consume, consume, produce):
    Thread(target=target).start()
