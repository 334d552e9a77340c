# expect: proved
"""A reentrant lock that one holds already."""
from threading import RLock, Thread

lock = RLock()


def inner():
    with lock:
        pass


def work():
    with lock:
        inner()


threads = [Thread(target=work) for _ in range(2)]
for thread in threads:
    thread.start()
