# expect: crash
"""Whoever wakes does not look again: another one was faster."""
from threading import Condition, Thread

condition = Condition()
items = []


def consume():
    with condition:
        if not items:
            condition.wait()
        items.pop()


def produce():
    for item in range(2):
        with condition:
            items.append(item)
            condition.notify()


threads = [Thread(target=consume), Thread(target=consume), Thread(target=produce)]
for thread in threads:
    thread.start()
