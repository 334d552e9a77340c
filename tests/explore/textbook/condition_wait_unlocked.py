# expect: crash
"""It waits without holding the lock."""
from threading import Condition, Thread

condition = Condition()


def wait():
    condition.wait()


Thread(target=wait).start()
