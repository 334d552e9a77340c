from threading import Lock, Thread

forks = [Lock() for _ in range(3)]


def philosopher(i):
    with forks[i]:
        with forks[(i + 1) % 3]:
            print("eats", i)


for i in range(3):
    Thread(target=philosopher, args=(i,), name="Plato Kant Hegel".split()[i]).start()
