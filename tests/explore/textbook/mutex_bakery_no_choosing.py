# expect: assertion, busy
"""The bakery without saying that one is choosing a number."""
from threading import Thread

number = [0, 0]
inside = 0


def work(me):
    global inside
    other = 1 - me
    number[me] = number[other] + 1
    while True:
        theirs = number[other]
        if theirs == 0 or (number[me], me) < (theirs, other):
            break
    inside += 1
    assert inside == 1
    inside -= 1
    number[me] = 0


threads = [Thread(target=work, args=(me,)) for me in range(2)]
for thread in threads:
    thread.start()
