# Everybody locks, but each with a lock of their own.
from threading import Lock, Thread

N = 3
n = N


def take_one():
    global n
    lock = Lock()
    with lock:
        n = n - 1


threads = [Thread(target=take_one) for _ in range(N)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()

print("n =", n)
assert n == 0, f"{N} threads took one away, and {n} is left"
