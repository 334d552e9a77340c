# expect: proved
"""A barrier that can be used again: one turnstile to come, one to go."""
from threading import Lock, Semaphore, Thread

COUNT = 2
lock = Lock()
come = Semaphore(0)
go = Semaphore(0)
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
                    come.release()
        come.acquire()
        assert rounds[1 - me] == rounds[me]
        with lock:
            waiting -= 1
            if waiting == 0:
                for _ in range(COUNT):
                    go.release()
        go.acquire()


threads = [Thread(target=work, args=(me,)) for me in range(COUNT)]
for thread in threads:
    thread.start()
