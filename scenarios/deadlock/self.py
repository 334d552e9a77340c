# One thread, one lock, taken twice: a Lock does not remember who holds it.
from threading import Lock, Thread

balance = 100
lock = Lock()


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
