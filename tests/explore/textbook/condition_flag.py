# expect: proved
"""What happened is written down, so that whoever comes later knows it."""
from threading import Condition, Thread

condition = Condition()
happened = False


def wait():
    with condition:
        while not happened:
            condition.wait()


def notify():
    global happened
    with condition:
        happened = True
        condition.notify()


threads = [Thread(target=wait), Thread(target=notify)]
for thread in threads:
    thread.start()
