# expect: proved
"""No more than two of three are inside."""
from threading import Lock, Semaphore, Thread

places = Semaphore(2)
lock = Lock()
inside = 0


def work():
    global inside
    with places:
        with lock:
            inside += 1
            assert inside <= 2
        with lock:
            inside -= 1


threads = [Thread(target=work) for _ in range(3)]
for thread in threads:
    thread.start()
