# expect: proved, never ends
"""Strict alternation, and the second one wants to come once more: nobody will ever give it the turn."""
from threading import Thread

turn = 0
inside = 0


def work(me, rounds):
    global turn, inside
    for _ in range(rounds):
        while turn != me:
            pass
        inside += 1
        assert inside == 1
        inside -= 1
        turn = 1 - me


threads = [Thread(target=work, args=(0, 1)), Thread(target=work, args=(1, 2))]
for thread in threads:
    thread.start()
