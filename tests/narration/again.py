from threading import Lock, Thread

lock = Lock()


def twice():
    with lock:
        with lock:
            pass


Thread(target=twice).start()
