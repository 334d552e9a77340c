# expect: proved, busy
"""A lock that is tried again and again."""
from threading import Lock, Thread

lock = Lock()
inside = 0


def work():
    global inside
    while not lock.acquire(blocking=False):
        pass
    inside += 1
    assert inside == 1
    inside -= 1
    lock.release()


threads = [Thread(target=work) for _ in range(2)]
for thread in threads:
    thread.start()
