# Peterson with two lines exchanged: leave the turn to the other, and only then raise your flag.
from threading import Thread

VISITS = 1
flag = [False, False]
turn = 0
inside = 0


def visit(me):
    global turn, inside
    other = 1 - me
    for _ in range(VISITS):
        turn = other
        flag[me] = True
        while flag[other] and turn == other:
            pass
        inside += 1
        assert inside == 1, f"{inside} are inside"
        inside -= 1
        flag[me] = False


Thread(target=visit, args=(0,), name="Ada").start()
Thread(target=visit, args=(1,), name="Bob").start()
