# One lock for all: between reading n and storing it nobody else gets in.
from threading import Lock, Thread

N = 3
n = N
lock = Lock()


def take_one():
    global n
    with lock:
        n = n - 1


threads = [Thread(target=take_one) for _ in range(N)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()

print("n =", n)
assert n == 0, f"{N} threads took one away, and {n} is left"
