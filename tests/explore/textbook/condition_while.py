# expect: proved
"""Whoever wakes looks again."""
from threading import Condition, Thread

condition = Condition()
items = []


def consume():
    with condition:
        while not items:
            condition.wait()
        items.pop()


def produce():
    for item in range(2):
        with condition:
            items.append(item)
            condition.notify_all()


threads = [Thread(target=consume), Thread(target=consume), Thread(target=produce)]
for thread in threads:
    thread.start()
