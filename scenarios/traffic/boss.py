# The boss says two things with one event: stay late, and go home.
from threading import Event, Thread
from time import sleep

N = 2
word = Event()


def boss():
    print("boss: you all stay until ten tonight")
    word.set()
    sleep(5)
    print("boss: ten o'clock, go home")
    word.set()


def worker(number):
    word.wait()
    print(f"worker {number}: oh no")
    sleep(1)
    word.clear()
    word.wait()
    print(f"worker {number}: oh yeah")


for number in range(N):
    Thread(target=worker, args=(number,), name=f"worker {number}").start()
Thread(target=boss, name="boss").start()
