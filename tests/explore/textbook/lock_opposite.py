# expect: deadlock
"""Two locks in opposite order."""
from threading import Lock, Thread

a = Lock()
b = Lock()


def work(first, second):
    with first:
        with second:
            pass


threads = [Thread(target=work, args=(a, b)), Thread(target=work, args=(b, a))]
for thread in threads:
    thread.start()
