# expect: deadlock
"""Three locks, three threads, one circle."""
from threading import Lock, Thread

locks = [Lock(), Lock(), Lock()]


def work(me):
    with locks[me]:
        with locks[(me + 1) % 3]:
            pass


threads = [Thread(target=work, args=(me,)) for me in range(3)]
for thread in threads:
    thread.start()
