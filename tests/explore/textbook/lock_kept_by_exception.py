# expect: crash, stuck
"""An exception, and the lock is never released."""
from threading import Lock, Thread

lock = Lock()
stock = [1]


def work():
    lock.acquire()
    stock.pop()
    lock.release()


threads = [Thread(target=work) for _ in range(3)]
for thread in threads:
    thread.start()
