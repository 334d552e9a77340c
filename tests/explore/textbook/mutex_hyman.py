# expect: assertion, busy
"""Hyman's algorithm, published in 1966, and wrong."""
from threading import Thread

wants = [False, False]
turn = 0
inside = 0


def work(me):
    global turn, inside
    other = 1 - me
    wants[me] = True
    while turn != me:
        while wants[other]:
            pass
        turn = me
    inside += 1
    assert inside == 1
    inside -= 1
    wants[me] = False


threads = [Thread(target=work, args=(me,)) for me in range(2)]
for thread in threads:
    thread.start()
