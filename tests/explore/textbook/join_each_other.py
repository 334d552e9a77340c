# expect: crash, deadlock
"""Two threads wait for each other's end, or find the other one not yet started."""
from threading import Thread

threads = []


def work(other):
    threads[other].join()


threads.append(Thread(target=work, args=(1,)))
threads.append(Thread(target=work, args=(0,)))
for thread in threads:
    thread.start()
