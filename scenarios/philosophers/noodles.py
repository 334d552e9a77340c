# Three people, one bowl of noodles, one fork.
from threading import Lock, Thread

noodles = Lock()
fork = Lock()


def bowl_first(name):
    with noodles:
        print(f"{name} has the noodles")
        with fork:
            print(f"{name} eats")


def fork_first(name):
    with fork:
        print(f"{name} has the fork")
        with noodles:
            print(f"{name} eats")


Thread(target=bowl_first, args=("Ming",), name="Ming").start()
Thread(target=fork_first, args=("Hong",), name="Hong").start()
Thread(target=bowl_first, args=("Gang",), name="Gang").start()
