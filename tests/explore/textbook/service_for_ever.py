# expect: proved, never ends
"""Two services that never end, and never get into each other's way."""
from threading import Lock, Thread

lock = Lock()
inside = 0


def serve():
    global inside
    while True:
        with lock:
            inside += 1
            assert inside == 1
            inside -= 1


threads = [Thread(target=serve) for _ in range(2)]
for thread in threads:
    thread.start()
