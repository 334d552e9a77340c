# expect: proved
"""Each says that it has come, then waits for the other."""
from threading import Semaphore, Thread

here = [Semaphore(0), Semaphore(0)]
came = [0, 0]


def work(me):
    came[me] = 1
    here[me].release()
    here[1 - me].acquire()
    assert came[1 - me] == 1


threads = [Thread(target=work, args=(me,)) for me in range(2)]
for thread in threads:
    thread.start()
