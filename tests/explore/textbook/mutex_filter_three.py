# expect: proved, busy
"""Peterson's algorithm for three: a filter of two levels."""
from threading import Thread

COUNT = 3
level = [0] * COUNT
last = [0] * COUNT
inside = 0


def waits(me, my_level):
    for other in range(COUNT):
        if other != me and level[other] >= my_level and last[my_level] == me:
            return True
    return False


def work(me):
    global inside
    for my_level in range(1, COUNT):
        level[me] = my_level
        last[my_level] = me
        while waits(me, my_level):
            pass
    inside += 1
    assert inside == 1
    inside -= 1
    level[me] = 0


threads = [Thread(target=work, args=(me,)) for me in range(COUNT)]
for thread in threads:
    thread.start()
