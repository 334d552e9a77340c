# expect: assertion
"""Everybody has a lock of their own: nothing is protected."""
from threading import Lock, Thread

n = 0


def work():
    global n
    lock = Lock()
    with lock:
        n += 1


threads = [Thread(target=work) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
assert n == 2
