# expect: assertion, busy
"""Peterson's algorithm with its first two lines swapped: both come in."""
from threading import Thread

wants = [False, False]
turn = 0
inside = 0


def work(me):
    global turn, inside
    other = 1 - me
    turn = other
    wants[me] = True
    while wants[other] and turn == other:
        pass
    inside += 1
    assert inside == 1
    inside -= 1
    wants[me] = False


threads = [Thread(target=work, args=(me,)) for me in range(2)]
for thread in threads:
    thread.start()
