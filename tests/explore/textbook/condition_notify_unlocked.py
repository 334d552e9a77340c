# expect: crash
"""It notifies without holding the lock."""
from threading import Condition, Thread

condition = Condition()
ready = False


def tell():
    global ready
    ready = True
    condition.notify_all()


Thread(target=tell).start()
