# expect: crash
"""Looking and taking are two operations: the last item is taken twice."""
from threading import Thread

stack = [1]


def work():
    if stack:
        stack.pop()


threads = [Thread(target=work) for _ in range(2)]
for thread in threads:
    thread.start()
