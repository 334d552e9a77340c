# expect: proved
"""Leaders and followers dance in pairs."""
from threading import Semaphore, Thread

leaders = Semaphore(0)
followers = Semaphore(0)


def lead():
    followers.release()
    leaders.acquire()


def follow():
    leaders.release()
    followers.acquire()


threads = [Thread(target=lead), Thread(target=follow), Thread(target=lead), Thread(target=follow)]
for thread in threads:
    thread.start()
