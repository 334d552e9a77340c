# A waiter lets at most N - 1 philosophers sit down.
from threading import Lock, Semaphore, Thread

N = 3
NAMES = ["Plato", "Kant", "Hegel", "Laozi", "Hypatia"]
forks = [Lock() for _ in range(N)]
waiter = Semaphore(N - 1)


def philosopher(seat):
    left = forks[seat]
    right = forks[(seat + 1) % N]
    with waiter:
        with left:
            with right:
                print(f"{NAMES[seat]} eats")


for seat in range(N):
    Thread(target=philosopher, args=(seat,), name=NAMES[seat]).start()
