# expect: stuck
"""Each waits for the other's event."""
from threading import Event, Thread

first = Event()
second = Event()


def work(mine, theirs):
    theirs.wait()
    mine.set()


threads = [Thread(target=work, args=(first, second)), Thread(target=work, args=(second, first))]
for thread in threads:
    thread.start()
