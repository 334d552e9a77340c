# Read, sleep, write: as slow as it can be, so that everybody reads the same old value.
from threading import Thread
from time import sleep

N = 3
n = N


def take_one():
    global n
    temp = n
    sleep(0.1)
    n = temp - 1


threads = [Thread(target=take_one) for _ in range(N)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()

print("n =", n)
assert n == 0, f"{N} threads took one away, and {n} is left"
