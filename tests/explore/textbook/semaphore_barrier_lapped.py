# expect: assertion, stuck
"""A barrier with one turnstile, used twice: somebody is lapped."""
from threading import Lock, Semaphore, Thread

COUNT = 2
lock = Lock()
turnstile = Semaphore(0)
waiting = 0
rounds = [0] * COUNT


def work(me):
    global waiting
    for _ in range(2):
        rounds[me] += 1
        with lock:
            waiting += 1
            if waiting == COUNT:
                for _ in range(COUNT):
                    turnstile.release()
                waiting = 0
        turnstile.acquire()
        assert rounds[1 - me] >= rounds[me]


threads = [Thread(target=work, args=(me,)) for me in range(COUNT)]
for thread in threads:
    thread.start()
