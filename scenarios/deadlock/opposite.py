# Two locks, taken in opposite order.
from threading import Lock, Thread

lock_a = Lock()
lock_b = Lock()


def first():
    with lock_a:
        print("first has a, wants b")
        with lock_b:
            print("first has both")


def second():
    with lock_b:
        print("second has b, wants a")
        with lock_a:
            print("second has both")


Thread(target=first, name="first").start()
Thread(target=second, name="second").start()
