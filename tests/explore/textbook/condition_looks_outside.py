# expect: stuck
"""It looks without the lock, and waits for what has happened in between."""
from threading import Condition, Thread

condition = Condition()
happened = False


def wait():
    if not happened:
        with condition:
            condition.wait()


def notify():
    global happened
    with condition:
        happened = True
        condition.notify()


threads = [Thread(target=wait), Thread(target=notify)]
for thread in threads:
    thread.start()
