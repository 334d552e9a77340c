from threading import Lock, Thread

balance = 0
desk = Lock()


def deposit():
    global balance
    with desk:
        balance += 1


clerks = [Thread(target=deposit, name=name) for name in ("Ann", "Ben")]
for clerk in clerks:
    clerk.start()
for clerk in clerks:
    clerk.join()
assert balance == 2
