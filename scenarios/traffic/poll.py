# The cars look at the light now and then.
from threading import Event, Thread
from time import sleep

N = 2
green = Event()


def car(number):
    while not green.is_set():
        sleep(0.3)
    print(f"car {number} drives")


def light():
    sleep(1)
    print("green")
    green.set()


for number in range(N):
    Thread(target=car, args=(number,), name=f"car {number}").start()
Thread(target=light, name="light").start()
