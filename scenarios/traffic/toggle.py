# The light turns red again at once. Who gets through?
from threading import Event, Thread

N = 2
green = Event()


def car(number):
    green.wait()
    if green.is_set():
        print(f"car {number} passes on green")
    else:
        print(f"car {number} slips through on red")


def light():
    green.set()
    print("green")
    green.clear()
    print("red")


for number in range(N):
    Thread(target=car, args=(number,), name=f"car {number}").start()
Thread(target=light, name="light").start()
