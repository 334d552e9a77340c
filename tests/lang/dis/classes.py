class Base:
    pass


class Account(Base):
    """Money."""

    rate: float = 0.5
    count = 0

    def __init__(self, name, balance=0):
        super().__init__()
        self.name = name
        self.__balance = balance
        Account.count += 1

    @property
    def balance(self):
        return self.__balance

    @balance.setter
    def balance(self, value):
        self.__balance = value

    @staticmethod
    def make(n):
        return [Account(str(i)) for i in range(n)]

    @classmethod
    def named(cls, name):
        s = super()
        return cls(name), s, __class__

    squares = [x * 2 for x in range(3)] if count else None


def outer(x):
    class Inner:
        x = x
        y = x

        def get(self):
            return x

    return Inner
