# expect: proved, busy
"""Dekker's algorithm, the first one that was right."""
from threading import Thread

wants = [False, False]
turn = 0
inside = 0


def work(me):
    global turn, inside
    other = 1 - me
    wants[me] = True
    while wants[other]:
        if turn != me:
            wants[me] = False
            while turn != me:
                pass
            wants[me] = True
    inside += 1
    assert inside == 1
    inside -= 1
    turn = other
    wants[me] = False


threads = [Thread(target=work, args=(me,)) for me in range(2)]
for thread in threads:
    thread.start()
