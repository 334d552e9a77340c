# expect: livelock, busy
"""Strict alternation, and whoever finds that it need not come any more stays away: the other one may wait for ever."""
from threading import Thread

turn = 0
needed = True


def work(me):
    global turn
    for _ in range(2):
        if not needed:
            return
        while turn != me:
            pass
        turn = 1 - me


def stop():
    global needed
    needed = False


threads = [Thread(target=work, args=(me,)) for me in range(2)] + [Thread(target=stop)]
for thread in threads:
    thread.start()
