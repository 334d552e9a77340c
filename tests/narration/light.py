from threading import Event, Thread

green = Event()


def car():
    green.wait()
    print("goes")


def light():
    green.set()
    green.clear()


Thread(target=car).start()
Thread(target=light).start()
