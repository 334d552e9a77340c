# expect: proved
"""Looking and taking under one lock."""
from threading import Lock, Thread

lock = Lock()
stack = [1]


def work():
    with lock:
        if stack:
            stack.pop()


threads = [Thread(target=work) for _ in range(2)]
for thread in threads:
    thread.start()
