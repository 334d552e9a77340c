# expect: proved
"""Two resources for three."""
from threading import Condition, Thread

condition = Condition()
free = 2
used = 0


def work():
    global free, used
    with condition:
        while free == 0:
            condition.wait()
        free -= 1
        used += 1
        assert used <= 2
    with condition:
        free += 1
        used -= 1
        condition.notify()


threads = [Thread(target=work) for _ in range(3)]
for thread in threads:
    thread.start()
