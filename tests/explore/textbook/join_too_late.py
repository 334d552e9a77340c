# expect: assertion
"""The result is looked at before the thread is waited for."""
from threading import Thread

result = None


def work():
    global result
    result = 42


thread = Thread(target=work)
thread.start()
assert result == 42
thread.join()
