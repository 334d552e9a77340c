# expect: proved, busy
"""It polls until the other one is ready."""
from threading import Thread

ready = False
data = None


def produce():
    global data, ready
    data = 42
    ready = True


Thread(target=produce).start()
while not ready:
    pass
assert data == 42
