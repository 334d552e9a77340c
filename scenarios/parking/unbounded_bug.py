# The attendant lifts the barrier for nobody. A Semaphore believes there is one place more.
from threading import Semaphore, Thread
from time import sleep

PLACES = 5
CARS = 6
places = Semaphore(PLACES)
parked = set()


def car(number):
    with places:
        parked.add(number)
        assert len(parked) <= PLACES, f"{len(parked)} cars in {PLACES} places"
        sleep(1)
        parked.remove(number)


def attendant():
    places.release()


Thread(target=attendant, name="attendant").start()
for number in range(CARS):
    Thread(target=car, args=(number,), name=f"car {number}").start()
