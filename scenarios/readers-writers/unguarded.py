# The same, but nobody guards the count: between two of its steps another reader comes.
from threading import Lock, Thread

READERS = 2
readers = 0
room = Lock()
page = ["old", "old"]


def reader():
    global readers
    readers += 1
    if readers == 1:
        room.acquire()
    top, bottom = page[0], page[1]
    assert top == bottom, f"half a page: {top}, {bottom}"
    readers -= 1
    if readers == 0:
        room.release()


def writer():
    with room:
        page[0] = "new"
        page[1] = "new"


for number in range(READERS):
    Thread(target=reader, name=f"reader {number}").start()
Thread(target=writer, name="writer").start()
