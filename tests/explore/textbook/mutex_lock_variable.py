# expect: assertion, busy
"""A lock that is a plain variable: looking and taking are two steps."""
from threading import Thread

busy = False
inside = 0


def work():
    global busy, inside
    while busy:
        pass
    busy = True
    inside += 1
    assert inside == 1
    inside -= 1
    busy = False


threads = [Thread(target=work) for _ in range(2)]
for thread in threads:
    thread.start()
