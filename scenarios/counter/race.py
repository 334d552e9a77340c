# Every thread takes one away from n, and nobody looks out for the others.
from threading import Thread

N = 3
n = N


def take_one():
    global n
    n = n - 1


threads = [Thread(target=take_one) for _ in range(N)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()

print("n =", n)
assert n == 0, f"{N} threads took one away, and {n} is left"
