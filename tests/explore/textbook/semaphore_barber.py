# expect: proved
"""The sleeping barber: whoever finds no chair goes away."""
from threading import Lock, Semaphore, Thread

CHAIRS = 1
lock = Lock()
customer = Semaphore(0)
done = Semaphore(0)
waiting = 0
cut = 0
left = 0


def visit():
    global waiting, left
    with lock:
        if waiting == CHAIRS:
            left += 1
            return
        waiting += 1
    customer.release()
    done.acquire()


def barber():
    global waiting, cut
    while True:
        customer.acquire()
        with lock:
            waiting -= 1
            cut += 1
        done.release()


Thread(target=barber, daemon=True).start()
threads = [Thread(target=visit) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
assert cut + left == 2
