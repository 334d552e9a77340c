# Each waits for the other first, and only then says that they are there.
from threading import Semaphore, Thread

here = []
ada_here = Semaphore(0)
bob_here = Semaphore(0)


def ada():
    here.append("Ada")
    bob_here.acquire()
    ada_here.release()
    assert len(here) == 2, "Ada goes without Bob"
    print("Ada goes")


def bob():
    here.append("Bob")
    ada_here.acquire()
    bob_here.release()
    assert len(here) == 2, "Bob goes without Ada"
    print("Bob goes")


Thread(target=ada, name="Ada").start()
Thread(target=bob, name="Bob").start()
