# A barrier of two gates: nobody begins a lap before all have ended the last one.
from threading import Lock, Semaphore, Thread

RUNNERS = 2
LAPS = 2
lock = Lock()
arrived = 0
gate_in = Semaphore(0)
gate_out = Semaphore(0)
laps = [0] * RUNNERS


def meet():
    global arrived
    with lock:
        arrived += 1
        if arrived == RUNNERS:
            gate_in.release(RUNNERS)
    gate_in.acquire()
    with lock:
        arrived -= 1
        if arrived == 0:
            gate_out.release(RUNNERS)
    gate_out.acquire()


def runner(me):
    for lap in range(LAPS):
        laps[me] += 1
        meet()
        assert min(laps) > lap, f"runner {me} has lapped somebody: {laps}"


for number in range(RUNNERS):
    Thread(target=runner, args=(number,), name=f"runner {number}").start()
