# Raise your flag first, then look. Each now waits for the other's flag to come down.
from threading import Thread

VISITS = 1
flag = [False, False]
inside = 0


def visit(me):
    global inside
    other = 1 - me
    for _ in range(VISITS):
        flag[me] = True
        while flag[other]:
            pass
        inside += 1
        assert inside == 1, f"{inside} are inside"
        inside -= 1
        flag[me] = False


Thread(target=visit, args=(0,), name="Ada").start()
Thread(target=visit, args=(1,), name="Bob").start()
