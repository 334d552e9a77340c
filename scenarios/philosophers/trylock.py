# Whoever cannot get the right fork puts the left one back and tries again.
from threading import Lock, Thread

N = 3
NAMES = ["Plato", "Kant", "Hegel", "Laozi", "Hypatia"]
forks = [Lock() for _ in range(N)]


def philosopher(seat):
    left = forks[seat]
    right = forks[(seat + 1) % N]
    hungry = True
    while hungry:
        left.acquire()
        if right.acquire(blocking=False):
            print(f"{NAMES[seat]} eats")
            right.release()
            hungry = False
        left.release()


for seat in range(N):
    Thread(target=philosopher, args=(seat,), name=NAMES[seat]).start()
