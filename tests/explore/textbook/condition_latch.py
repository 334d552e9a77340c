# expect: proved
"""A latch: whoever counts down last opens it."""
from threading import Condition, Thread

condition = Condition()
left = 2
done = [False, False]


def work(me):
    global left
    done[me] = True
    with condition:
        left -= 1
        if left == 0:
            condition.notify_all()


def wait():
    with condition:
        while left:
            condition.wait()
    assert done[0] and done[1]


threads = [Thread(target=work, args=(0,)), Thread(target=wait), Thread(target=work, args=(1,))]
for thread in threads:
    thread.start()
