# expect: proved, busy
"""Lamport's bakery: take a number, wait until nobody has a smaller one."""
from threading import Thread

choosing = [False, False]
number = [0, 0]
inside = 0


def work(me):
    global inside
    other = 1 - me
    choosing[me] = True
    number[me] = number[other] + 1
    choosing[me] = False
    while choosing[other]:
        pass
    while number[other] != 0 and (number[other], other) < (number[me], me):
        pass
    inside += 1
    assert inside == 1
    inside -= 1
    number[me] = 0


threads = [Thread(target=work, args=(me,)) for me in range(2)]
for thread in threads:
    thread.start()
