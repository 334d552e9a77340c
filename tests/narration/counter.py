from threading import Thread

n = 2


def take_one():
    global n
    n = n - 1


threads = [Thread(target=take_one) for _ in range(2)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(n)
