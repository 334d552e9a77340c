# 课程常见程序：银行账户、学生成绩、简单计算器、猜数字
import random


class Account:
    interest = 0.02

    def __init__(self, owner, balance=0):
        self.owner = owner
        self.__balance = balance
        self.history = []

    @property
    def balance(self):
        return self.__balance

    def deposit(self, amount):
        if amount <= 0:
            raise ValueError("存款金额必须大于零")
        self.__balance += amount
        self.history.append(("存款", amount))

    def withdraw(self, amount):
        if amount > self.__balance:
            raise RuntimeError(f"余额不足: {self.__balance} < {amount}")
        self.__balance -= amount
        self.history.append(("取款", amount))

    def __str__(self):
        return "%s 的账户余额: %.2f 元" % (self.owner, self.__balance)

    def __iter__(self):
        for kind, amount in self.history:
            yield f"{kind}:{amount}"


accounts = {name: Account(name, money) for name, money in [("张三", 100), ("李四", 250.5)]}
for account in accounts.values():
    account.deposit(50)
    print(account)
try:
    accounts["张三"].withdraw(1000)
except RuntimeError as error:
    print("错误:", error)
try:
    accounts["李四"].deposit(-1)
except ValueError as error:
    print("错误:", error)
accounts["李四"].withdraw(0.5)
print(list(accounts["李四"]), accounts["李四"]._Account__balance)
try:
    print(accounts["李四"].__balance)
except AttributeError as error:
    print(error)
try:
    accounts["李四"].balance = 5
except AttributeError as error:
    print(error)

scores = {"语文": [88, 92, 79], "数学": [95, 100, 67], "英语": [73, 85, 90]}
print(f"{'科目':<6}{'平均分':>8}{'最高':>6}{'最低':>6}")
for subject, values in scores.items():
    print(f"{subject:<6}{sum(values) / len(values):>8.2f}{max(values):>6}{min(values):>6}")
best = max(scores, key=lambda s: sum(scores[s]))
print("最好的科目:", best, sorted(scores.items(), key=lambda kv: -sum(kv[1]))[0][0])
grade = lambda s: "优" if s >= 90 else "良" if s >= 80 else "中" if s >= 70 else "差"
print([grade(s) for values in scores.values() for s in values])
text = "the quick brown fox jumps over the lazy dog the end"
freq = {}
for word in text.split():
    freq[word] = freq.get(word, 0) + 1
for word, n in sorted(freq.items(), key=lambda item: (-item[1], item[0]))[:3]:
    print(word.ljust(8, "."), n, "#" * n)
for i in range(1, 10):
    print("\t".join(f"{j}*{i}={i * j}" for j in range(1, i + 1)))


def calc(expression):
    left, op, right = expression.split()
    left, right = float(left), float(right)
    table = {"+": lambda: left + right, "-": lambda: left - right, "*": lambda: left * right, "/": lambda: left / right}
    return table[op]()


for e in ("1 + 2", "7 / 2", "3 * -4", "1 / 0", "1 ? 2", "x + 1"):
    try:
        print(e, "=", calc(e))
    except (ZeroDivisionError, KeyError, ValueError) as error:
        print(e, "->", type(error).__name__, error)
random.seed(7)
target = random.randint(1, 100)
low, high, tries = 1, 100, 0
while True:
    guess = (low + high) // 2
    tries += 1
    if guess == target:
        print("猜中了", target, "用了", tries, "次")
        break
    elif guess < target:
        low = guess + 1
    else:
        high = guess - 1


class Node:
    def __init__(self, value, next=None):
        self.value, self.next = value, next


class LinkedList:
    def __init__(self, items=()):
        self.head = None
        self.size = 0
        for item in items:
            self.push(item)

    def push(self, value):
        self.head = Node(value, self.head)
        self.size += 1

    def __iter__(self):
        node = self.head
        while node:
            yield node.value
            node = node.next

    def __len__(self):
        return self.size

    def __repr__(self):
        return "LinkedList(" + " -> ".join(map(repr, self)) + ")"

    def __getitem__(self, index):
        if isinstance(index, slice):
            return list(self)[index]
        for i, value in enumerate(self):
            if i == index:
                return value
        raise IndexError(index)


ll = LinkedList("abc")
print(ll, len(ll), ll[0], ll[1:], "b" in ll, list(reversed(list(ll))), bool(LinkedList()), [*ll, "z"])


def bubble(items):
    items = items[:]
    for i in range(len(items)):
        for j in range(len(items) - 1 - i):
            if items[j] > items[j + 1]:
                items[j], items[j + 1] = items[j + 1], items[j]
    return items


def quick(items):
    if len(items) <= 1:
        return items
    pivot, *rest = items
    return quick([x for x in rest if x < pivot]) + [pivot] + quick([x for x in rest if x >= pivot])


data = [random.randint(0, 99) for _ in range(12)]
print(data, bubble(data) == quick(data) == sorted(data), quick(data))
primes = [n for n in range(2, 50) if all(n % d for d in range(2, int(n ** 0.5) + 1))]
print(primes, len(primes), sum(primes))
memo = {}


def fibonacci(n):
    if n not in memo:
        memo[n] = n if n < 2 else fibonacci(n - 1) + fibonacci(n - 2)
    return memo[n]


print([fibonacci(i) for i in range(20)], fibonacci(80))
matrix = [[i * 3 + j for j in range(3)] for i in range(3)]
for row in matrix:
    print(" ".join("%3d" % v for v in row))
print(list(zip(*matrix)), [sum(r) for r in matrix], [[a + b for a, b in zip(r1, r2)] for r1, r2 in zip(matrix, matrix[::-1])])
print("".join(chr((ord(c) - 97 + 3) % 26 + 97) if c.isalpha() else c for c in "hello, world"), "level" == "level"[::-1])
