# expect: proved
# always: n=3
"""A semaphore with one place is a lock."""
from threading import Semaphore, Thread

mutex = Semaphore(1)
n = 0


def work():
    global n
    with mutex:
        n += 1


threads = [Thread(target=work) for _ in range(3)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
assert n == 3
