# expect: deadlock
"""A lock that one holds already."""
from threading import Lock, Thread

lock = Lock()


def inner():
    with lock:
        pass


def work():
    with lock:
        inner()


Thread(target=work).start()
