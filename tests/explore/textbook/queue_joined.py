# expect: proved
"""Everything that was put is done when `join` returns."""
from queue import Queue
from threading import Thread

queue = Queue()
done = []


def work():
    while True:
        done.append(queue.get())
        queue.task_done()


Thread(target=work, daemon=True).start()
for item in range(2):
    queue.put(item)
queue.join()
assert done == [0, 1]
