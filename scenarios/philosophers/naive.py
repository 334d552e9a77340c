# The dining philosophers: everybody takes the left fork first.
from threading import Lock, Thread

N = 3
NAMES = ["Plato", "Kant", "Hegel", "Laozi", "Hypatia"]
forks = [Lock() for _ in range(N)]


def philosopher(seat):
    left = forks[seat]
    right = forks[(seat + 1) % N]
    with left:
        with right:
            print(f"{NAMES[seat]} eats")


for seat in range(N):
    Thread(target=philosopher, args=(seat,), name=NAMES[seat]).start()
