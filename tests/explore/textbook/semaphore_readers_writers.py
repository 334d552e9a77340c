# expect: proved
"""The first reader locks the writers out, the last one lets them in."""
from threading import Lock, Thread

room = Lock()
lock = Lock()
readers = 0
writing = False


def read():
    global readers
    with lock:
        readers += 1
        if readers == 1:
            room.acquire()
    assert not writing
    with lock:
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
