# expect: assertion
"""Made twice: not looked at again under the lock."""
from threading import Lock, Thread

lock = Lock()
thing = None
made = 0


def get():
    global thing, made
    if thing is None:
        with lock:
            made += 1
            thing = "thing"


threads = [Thread(target=get) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
assert made == 1
