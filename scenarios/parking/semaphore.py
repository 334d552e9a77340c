# A car park with five places. The semaphore counts the free ones.
from threading import Semaphore, Thread
from time import sleep

PLACES = 5
CARS = 7
places = Semaphore(PLACES)


def car(number):
    with places:
        print(f"car {number} parks")
        sleep(1)
    print(f"car {number} has left")


for number in range(CARS):
    Thread(target=car, args=(number,), name=f"car {number}").start()
