# expect: assertion, busy
"""Ready is said before it is true."""
from threading import Thread

ready = False
data = None


def produce():
    global data, ready
    ready = True
    data = 42


Thread(target=produce).start()
while not ready:
    pass
assert data == 42
