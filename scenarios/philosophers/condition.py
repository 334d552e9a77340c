# A monitor: nobody holds one fork. Wait until both neighbours have stopped eating.
from threading import Condition, Thread

N = 3
NAMES = ["Plato", "Kant", "Hegel", "Laozi", "Hypatia"]
eating = [False] * N
table = Condition()


def philosopher(seat):
    left = (seat - 1) % N
    right = (seat + 1) % N
    with table:
        while eating[left] or eating[right]:
            table.wait()
        eating[seat] = True
    print(f"{NAMES[seat]} eats")
    with table:
        eating[seat] = False
        table.notify_all()


for seat in range(N):
    Thread(target=philosopher, args=(seat,), name=NAMES[seat]).start()
