# expect: proved
"""Two locks, and everybody takes the same one first."""
from threading import Lock, Thread

a = Lock()
b = Lock()


def work():
    with a:
        with b:
            pass


threads = [Thread(target=work), Thread(target=work)]
for thread in threads:
    thread.start()
