# expect: stuck
"""A latch that is counted down without the lock: a count is lost, and nobody opens it."""
from threading import Condition, Thread

condition = Condition()
left = 2


def work():
    global left
    left -= 1
    with condition:
        condition.notify_all()


def wait():
    with condition:
        while left:
            condition.wait()


threads = [Thread(target=work), Thread(target=wait), Thread(target=work)]
for thread in threads:
    thread.start()
