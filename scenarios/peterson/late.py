# Look first, then raise your flag: between the two, the other one looks as well.
from threading import Thread

VISITS = 1
flag = [False, False]
inside = 0


def visit(me):
    global inside
    other = 1 - me
    for _ in range(VISITS):
        while flag[other]:
            pass
        flag[me] = True
        inside += 1
        assert inside == 1, f"{inside} are inside"
        inside -= 1
        flag[me] = False


Thread(target=visit, args=(0,), name="Ada").start()
Thread(target=visit, args=(1,), name="Bob").start()
