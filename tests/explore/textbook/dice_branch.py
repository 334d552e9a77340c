# expect: assertion
"""All faces of a die are tried."""
import random
from threading import Thread

total = 0


def throw():
    global total
    total += random.randint(1, 6)


thread = Thread(target=throw)
thread.start()
thread.join()
assert total != 6
