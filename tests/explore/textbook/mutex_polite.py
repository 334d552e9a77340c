# expect: proved, busy
"""Whoever sees that the other wants, too, gives way for a moment: safe, and no promise that it ever ends."""
from threading import Thread

wants = [False, False]
inside = 0


def work(me):
    global inside
    other = 1 - me
    wants[me] = True
    while wants[other]:
        wants[me] = False
        wants[me] = True
    inside += 1
    assert inside == 1
    inside -= 1
    wants[me] = False


threads = [Thread(target=work, args=(me,)) for me in range(2)]
for thread in threads:
    thread.start()
