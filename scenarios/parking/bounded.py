# The attendant lifts the barrier for nobody. A BoundedSemaphore notices.
from threading import BoundedSemaphore, Thread
from time import sleep

PLACES = 5
CARS = 6
places = BoundedSemaphore(PLACES)


def car(number):
    with places:
        print(f"car {number} parks")
        sleep(1)
    print(f"car {number} has left")


def attendant():
    places.release()


Thread(target=attendant, name="attendant").start()
for number in range(CARS):
    Thread(target=car, args=(number,), name=f"car {number}").start()
