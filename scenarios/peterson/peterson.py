# Peterson: raise your flag, leave the turn to the other, and wait while both are the other's.
from threading import Thread

VISITS = 1
flag = [False, False]
turn = 0
inside = 0


def visit(me):
    global turn, inside
    other = 1 - me
    for _ in range(VISITS):
        flag[me] = True
        turn = other
        while flag[other] and turn == other:
            pass
        inside += 1
        assert inside == 1, f"{inside} are inside"
        inside -= 1
        flag[me] = False


Thread(target=visit, args=(0,), name="Ada").start()
Thread(target=visit, args=(1,), name="Bob").start()
