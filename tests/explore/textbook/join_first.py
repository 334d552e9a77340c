# expect: proved
"""The result is looked at when the thread is over."""
from threading import Thread

result = None


def work():
    global result
    result = 42


thread = Thread(target=work)
thread.start()
thread.join()
assert result == 42
