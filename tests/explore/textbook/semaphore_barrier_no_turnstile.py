# expect: stuck
"""The last one opens for one, and nobody opens for the next."""
from threading import Lock, Semaphore, Thread

COUNT = 3
lock = Lock()
turnstile = Semaphore(0)
arrived = 0


def work():
    global arrived
    with lock:
        arrived += 1
        if arrived == COUNT:
            turnstile.release()
    turnstile.acquire()


threads = [Thread(target=work) for _ in range(COUNT)]
for thread in threads:
    thread.start()
