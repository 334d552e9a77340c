# expect: stuck
"""Each waits for the other before it says that it has come."""
from threading import Semaphore, Thread

here = [Semaphore(0), Semaphore(0)]


def work(me):
    here[1 - me].acquire()
    here[me].release()


threads = [Thread(target=work, args=(me,)) for me in range(2)]
for thread in threads:
    thread.start()
