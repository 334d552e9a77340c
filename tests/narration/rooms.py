# Two conditions on one lock that has a name of its own.
from threading import Condition, Lock, Thread

lock = Lock()
empty = Condition(lock)
full = Condition(lock)

def wait():
    with lock:
        empty.wait()

def wake():
    with full:
        empty.notify()

Thread(target=wait).start()
Thread(target=wake).start()
