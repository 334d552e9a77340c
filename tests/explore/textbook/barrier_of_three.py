# expect: proved
"""Three hikers meet at each hut."""
from threading import Barrier, Thread

hut = Barrier(3)
reached = [0, 0, 0]


def hike(me):
    for day in range(2):
        reached[me] = day + 1
        hut.wait()
        assert min(reached) >= day + 1


threads = [Thread(target=hike, args=(me,)) for me in range(3)]
for thread in threads:
    thread.start()
