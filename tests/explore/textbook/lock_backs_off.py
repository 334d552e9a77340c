# expect: proved, busy
"""Whoever does not get the second lock puts the first one back and tries again."""
from threading import Lock, Thread

a = Lock()
b = Lock()


def work(first, second):
    while True:
        with first:
            if second.acquire(blocking=False):
                second.release()
                return


threads = [Thread(target=work, args=(a, b)), Thread(target=work, args=(b, a))]
for thread in threads:
    thread.start()
