# An RLock may be taken again by the thread that holds it. It counts.
from threading import RLock, Thread

balance = 100
lock = RLock()


def withdraw(amount):
    global balance
    with lock:
        balance = balance - amount


def pay_twice(amount):
    with lock:
        withdraw(amount)
        withdraw(amount)
    print("paid")


Thread(target=pay_twice, args=(10,), name="payer").start()
