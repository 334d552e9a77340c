# expect: stuck
"""Two kinds of waiters on one condition, and only one of them is woken."""
from threading import Condition, Thread

condition = Condition()
red = False
green = False


def wait_for_red():
    with condition:
        while not red:
            condition.wait()


def wait_for_green():
    with condition:
        while not green:
            condition.wait()


def signal():
    global red, green
    with condition:
        red = True
        condition.notify()
    with condition:
        green = True
        condition.notify()


threads = [Thread(target=wait_for_green), Thread(target=wait_for_red), Thread(target=signal)]
for thread in threads:
    thread.start()
