# Two friends meet: each says first that they are there, and then waits for the other.
from threading import Semaphore, Thread

here = []
ada_here = Semaphore(0)
bob_here = Semaphore(0)


def ada():
    here.append("Ada")
    ada_here.release()
    bob_here.acquire()
    assert len(here) == 2, "Ada goes without Bob"
    print("Ada goes")


def bob():
    here.append("Bob")
    bob_here.release()
    ada_here.acquire()
    assert len(here) == 2, "Bob goes without Ada"
    print("Bob goes")


Thread(target=ada, name="Ada").start()
Thread(target=bob, name="Bob").start()
