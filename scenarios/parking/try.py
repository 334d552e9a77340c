# No place, no waiting: the car drives on.
from threading import Semaphore, Thread
from time import sleep

PLACES = 5
CARS = 7
places = Semaphore(PLACES)


def car(number):
    if places.acquire(blocking=False):
        print(f"car {number} parks")
        sleep(1)
        places.release()
    else:
        print(f"car {number} drives on")


for number in range(CARS):
    Thread(target=car, args=(number,), name=f"car {number}").start()
