# expect: stuck
"""Cigarette smokers: who takes what he sees leaves the others without."""
from threading import Semaphore, Thread

tobacco = Semaphore(0)
paper = Semaphore(0)
match = Semaphore(0)


def agent():
    tobacco.release()
    paper.release()


def has_matches():
    tobacco.acquire()
    paper.acquire()


def has_paper():
    tobacco.acquire(timeout=1)


threads = [Thread(target=agent), Thread(target=has_matches), Thread(target=has_paper)]
for thread in threads:
    thread.start()
