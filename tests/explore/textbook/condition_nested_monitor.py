# expect: stuck
"""It waits on the inner condition with the outer lock in its hands."""
from threading import Condition, Lock, Thread

outer = Lock()
inner = Condition()
ready = False


def wait():
    with outer:
        with inner:
            while not ready:
                inner.wait()


def tell():
    global ready
    with outer:
        with inner:
            ready = True
            inner.notify()


threads = [Thread(target=wait), Thread(target=tell)]
for thread in threads:
    thread.start()
