from threading import Thread


def half(n):
    return 10 // n


def nothing():
    pass


Thread(target=half, args=(0,)).start()
Thread(target=half, args=(1, 2)).start()
Thread(target=nothing).start()
