# expect: assertion
"""A semaphore with two places is no lock."""
from threading import Semaphore, Thread

mutex = Semaphore(2)
n = 0


def work():
    global n
    with mutex:
        n += 1


threads = [Thread(target=work) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
assert n == 2
