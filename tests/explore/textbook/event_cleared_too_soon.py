# expect: stuck
"""The light is green for a moment, and whoever did not look waits for ever."""
from threading import Event, Thread

green = Event()


def drive():
    green.wait()


threads = [Thread(target=drive) for _ in range(2)]
for thread in threads:
    thread.start()
green.set()
green.clear()
