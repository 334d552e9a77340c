from threading import Lock, Thread

a = Lock()
b = Lock()


def work(mine, other):
    with mine:
        if other.acquire(timeout=0.1):
            other.release()


Thread(target=work, args=(a, b)).start()
Thread(target=work, args=(b, a)).start()
