# expect: stuck
"""The barrier waits for three, and two come."""
from threading import Barrier, Thread

hut = Barrier(3)


def hike():
    hut.wait()


threads = [Thread(target=hike) for _ in range(2)]
for thread in threads:
    thread.start()
