# A barrier of one gate: whoever is quick comes round again and goes through it twice.
from threading import Lock, Semaphore, Thread

RUNNERS = 2
LAPS = 2
lock = Lock()
arrived = 0
gate = Semaphore(0)
laps = [0] * RUNNERS


def meet():
    global arrived
    with lock:
        arrived += 1
        if arrived == RUNNERS:
            arrived = 0
            gate.release(RUNNERS)
    gate.acquire()


def runner(me):
    for lap in range(LAPS):
        laps[me] += 1
        meet()
        assert min(laps) > lap, f"runner {me} has lapped somebody: {laps}"


for number in range(RUNNERS):
    Thread(target=runner, args=(number,), name=f"runner {number}").start()
