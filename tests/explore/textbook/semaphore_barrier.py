# expect: proved
"""Everybody waits for everybody, once: the last one opens the turnstile."""
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
    turnstile.release()
    assert arrived == COUNT


threads = [Thread(target=work) for _ in range(COUNT)]
for thread in threads:
    thread.start()
