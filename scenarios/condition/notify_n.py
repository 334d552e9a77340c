# Five guests wait for a ticket. Selling n tickets wakes n of them.
from threading import Condition, Thread

GUESTS = 5
N = 2
tickets = 0
counter = Condition()


def guest(number):
    global tickets
    with counter:
        while tickets == 0:
            counter.wait()
        tickets -= 1
    print(f"guest {number} goes in")


def sell(n):
    global tickets
    with counter:
        tickets += n
        counter.notify(n)


for number in range(GUESTS):
    Thread(target=guest, args=(number,), name=f"guest {number}").start()
sell(N)
sell(GUESTS - N)
