# Peterson with two lines exchanged: leave the turn to the other, and only then raise your flag.
from threading import Thread

VISITS = 1
wants = [False, False]
turn = 0
inside = 0


def visit(me):
    global turn, inside
    other = 1 - me
    for _ in range(VISITS):
        turn = other
        wants[me] = True
        while wants[other] and turn == other:
            pass
        inside += 1
        assert inside == 1, f"{inside} are inside"
        inside -= 1
        wants[me] = False


Thread(target=visit, args=(0,), name="Ada").start()
Thread(target=visit, args=(1,), name="Bob").start()
