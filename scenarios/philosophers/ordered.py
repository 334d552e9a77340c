# Everybody takes the fork with the smaller number first.
from threading import Lock, Thread

N = 3
NAMES = ["Plato", "Kant", "Hegel", "Laozi", "Hypatia"]
forks = [Lock() for _ in range(N)]


def philosopher(seat):
    left = seat
    right = (seat + 1) % N
    first = min(left, right)
    second = max(left, right)
    with forks[first]:
        with forks[second]:
            print(f"{NAMES[seat]} eats")


for seat in range(N):
    Thread(target=philosopher, args=(seat,), name=NAMES[seat]).start()
