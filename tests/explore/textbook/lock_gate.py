# expect: proved
"""Two locks in opposite order behind a third one."""
from threading import Lock, Thread

gate = Lock()
a = Lock()
b = Lock()


def work(first, second):
    with gate:
        with first:
            with second:
                pass


threads = [Thread(target=work, args=(a, b)), Thread(target=work, args=(b, a))]
for thread in threads:
    thread.start()
