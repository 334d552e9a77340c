# expect: assertion, stuck, crash
"""Readers count themselves without a lock."""
from threading import Lock, Thread

room = Lock()
readers = 0
writing = False


def read():
    global readers
    readers += 1
    if readers == 1:
        room.acquire()
    assert not writing
    readers -= 1
    if readers == 0:
        room.release()


def write():
    global writing
    with room:
        writing = True
        writing = False


threads = [Thread(target=read), Thread(target=read), Thread(target=write)]
for thread in threads:
    thread.start()
