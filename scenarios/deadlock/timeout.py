# Opposite order, but nobody waits for ever: give up, put back, try again.
from threading import Lock, Thread

lock_a = Lock()
lock_b = Lock()


def work(name, mine, other):
    done = False
    while not done:
        mine.acquire()
        if other.acquire(timeout=0.1):
            print(f"{name} has both")
            other.release()
            done = True
        else:
            print(f"{name} gives up for now")
        mine.release()


Thread(target=work, args=("first", lock_a, lock_b), name="first").start()
Thread(target=work, args=("second", lock_b, lock_a), name="second").start()
