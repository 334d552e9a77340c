from threading import Thread

balance = 0


def deposit():
    global balance
    balance += 1


clerks = [Thread(target=deposit, name=name) for name in ("Ann", "Ben")]
for clerk in clerks:
    clerk.start()
for clerk in clerks:
    clerk.join()
assert balance == 2
