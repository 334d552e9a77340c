from threading import RLock, Semaphore, Thread
import time

lock = RLock()
places = Semaphore(1)
seats = Semaphore(2)


def careless():
    seats.acquire()
    lock.acquire()
    lock.acquire()
    lock.release()
    time.sleep(0.5)
    raise ValueError("oops")


def patient():
    with places:
        if not lock.acquire(timeout=1):
            print("gave up")


Thread(target=careless).start()
Thread(target=patient).start()
