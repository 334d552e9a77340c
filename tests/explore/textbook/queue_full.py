# expect: stuck
"""Whoever empties the queue also fills it."""
from queue import Queue
from threading import Thread

queue = Queue(1)


def work():
    queue.put(1)
    queue.put(2)
    queue.get()


Thread(target=work).start()
