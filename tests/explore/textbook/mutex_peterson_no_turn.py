# expect: livelock, busy
"""Flags without a turn: both want, and both wait for ever."""
from threading import Thread

wants = [False, False]
inside = 0


def work(me):
    global inside
    other = 1 - me
    wants[me] = True
    while wants[other]:
        pass
    inside += 1
    assert inside == 1
    inside -= 1
    wants[me] = False


threads = [Thread(target=work, args=(me,)) for me in range(2)]
for thread in threads:
    thread.start()
