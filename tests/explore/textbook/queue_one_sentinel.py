# expect: stuck
"""One sentinel for two consumers."""
from queue import Queue
from threading import Thread

queue = Queue()


def consume():
    while queue.get() is not None:
        pass


threads = [Thread(target=consume) for _ in range(2)]
for thread in threads:
    thread.start()
queue.put(None)
