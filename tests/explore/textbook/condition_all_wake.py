# expect: proved
"""Two kinds of waiters on one condition, and all of them are woken."""
from threading import Condition, Thread

condition = Condition()
red = False
green = False


def wait_for_red():
    with condition:
        condition.wait_for(lambda: red)


def wait_for_green():
    with condition:
        condition.wait_for(lambda: green)


def signal():
    global red, green
    with condition:
        red = True
        condition.notify_all()
    with condition:
        green = True
        condition.notify_all()


threads = [Thread(target=wait_for_green), Thread(target=wait_for_red), Thread(target=signal)]
for thread in threads:
    thread.start()
