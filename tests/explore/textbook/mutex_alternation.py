# expect: proved, busy
"""Strict alternation: safe as long as both come equally often."""
from threading import Thread

turn = 0
inside = 0


def work(me):
    global turn, inside
    for _ in range(2):
        while turn != me:
            pass
        inside += 1
        assert inside == 1
        inside -= 1
        turn = 1 - me


threads = [Thread(target=work, args=(me,)) for me in range(2)]
for thread in threads:
    thread.start()
