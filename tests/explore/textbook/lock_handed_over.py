# expect: proved
"""One takes the lock, the other one releases it."""
from threading import Lock, Thread

lock = Lock()
lock.acquire()
ready = 0


def work():
    global ready
    ready = 1
    lock.release()


Thread(target=work).start()
lock.acquire()
assert ready == 1
