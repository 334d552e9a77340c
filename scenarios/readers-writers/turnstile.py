# A turnstile before the room: while a writer waits in it, no new reader gets in.
from threading import Lock, Thread

READERS = 2
readers = 0
counting = Lock()
room = Lock()
turnstile = Lock()
page = ["old", "old"]


def reader():
    global readers
    with turnstile:
        pass
    with counting:
        readers += 1
        if readers == 1:
            room.acquire()
    top, bottom = page[0], page[1]
    assert top == bottom, f"half a page: {top}, {bottom}"
    with counting:
        readers -= 1
        if readers == 0:
            room.release()


def writer():
    with turnstile:
        with room:
            page[0] = "new"
            page[1] = "new"


for number in range(READERS):
    Thread(target=reader, name=f"reader {number}").start()
Thread(target=writer, name="writer").start()
