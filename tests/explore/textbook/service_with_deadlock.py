# expect: deadlock, never ends
"""A service that never ends, and beside it two threads that wait for each other."""
from threading import Lock, Thread

a = Lock()
b = Lock()
tick = False


def serve():
    global tick
    while True:
        tick = not tick


def work(first, second):
    with first:
        with second:
            pass


threads = [Thread(target=serve), Thread(target=work, args=(a, b)), Thread(target=work, args=(b, a))]
for thread in threads:
    thread.start()
