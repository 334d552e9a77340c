# Two accounts, two transfers: each locks where the money comes from, then where it goes.
from threading import Lock, Thread


class Account:
    def __init__(self, name, balance):
        self.name = name
        self.balance = balance
        self.lock = Lock()


def transfer(source, target, amount):
    with source.lock:
        with target.lock:
            source.balance -= amount
            target.balance += amount
    print(f"{amount} from {source.name} to {target.name}")


alex = Account("alex", 100)
bella = Account("bella", 100)

Thread(target=transfer, args=(alex, bella, 10), name="to bella").start()
Thread(target=transfer, args=(bella, alex, 20), name="to alex").start()
