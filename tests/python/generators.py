# 生成器
def echo():
    got = None
    while True:
        got = yield got
        if got is None:
            return


e = echo()
next(e)
print(e.send("a"), e.send("b"))
try:
    e.send(None)
except StopIteration as stop:
    print("stop", stop.value)


def average():
    total = count = 0
    value = None
    while True:
        value = yield value
        total += value
        count += 1
        value = total / count


a = average()
next(a)
print([a.send(n) for n in (10, 20, 60)])


def flatten(items):
    for item in items:
        if isinstance(item, list):
            yield from flatten(item)
        else:
            yield item


print(list(flatten([1, [2, [3, [4]], 5]])))


def chain():
    result = yield from inner()
    print("inner returned", result)
    yield 3


def inner():
    x = yield 1
    print("got", x)
    yield 2
    return "done"


ch = chain()
print(next(ch), ch.send("hi"), next(ch))
lazy = (print("computing", n) or n * n for n in range(3))
print("created")
print(next(lazy), sum(lazy))
print(any(n > 1 for n in (print("check", n) or n for n in range(5))))
first, second, *others = (n for n in range(5))
print(first, second, others)
for i, (a, b) in enumerate(zip(range(3), (x * 10 for x in range(5)))):
    print(i, a, b)
try:
    x, y = (n for n in range(3))
except ValueError as error:
    print(error)


def bad():
    yield 1
    raise RuntimeError("broken")


try:
    for n in bad():
        print(n)
except RuntimeError as error:
    print(error)


def stop():
    yield 1
    raise StopIteration


try:
    list(stop())
except RuntimeError as error:
    print(error)
w = (x for x in [])
try:
    next(w)
except StopIteration:
    print("empty")


class Tree:
    def __init__(self, value, left=None, right=None):
        self.value, self.left, self.right = value, left, right

    def __iter__(self):
        if self.left:
            yield from self.left
        yield self.value
        if self.right:
            yield from self.right


print(list(Tree(2, Tree(1), Tree(4, Tree(3)))), max(Tree(1, Tree(5))), sorted(Tree(2, Tree(9))), 3 in Tree(2, Tree(3)))
print({k: v for k, v in ((n, n * n) for n in range(3))}, dict((n, str(n)) for n in range(2)), set(n % 2 for n in range(5)))
it = iter(lambda: next(counter), 3)
counter = iter(range(10))
print(list(it), list(map(lambda x, y: x * y, (n for n in range(3)), [5, 6, 7])), list(filter(lambda n: n % 2, (n for n in range(6)))))
