# expect: stuck
"""Nobody says that the work is done."""
from queue import Queue
from threading import Thread

queue = Queue()


def work():
    queue.get()


Thread(target=work).start()
queue.put(1)
queue.join()
