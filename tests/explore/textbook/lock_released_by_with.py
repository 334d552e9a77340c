# expect: proved
"""An exception, and `with` releases the lock."""
from threading import Lock, Thread

lock = Lock()
stock = [1]
short = 0


def work():
    global short
    try:
        with lock:
            stock.pop()
    except IndexError:
        with lock:
            short += 1


threads = [Thread(target=work) for _ in range(3)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
assert short == 2
