# 函数、生成器、推导式、作用域
def fib(n):
    a, b = 0, 1
    for _ in range(n):
        yield a
        a, b = b, a + b


print(list(fib(10)), sum(fib(10)), max(fib(5)), [x for x in fib(8) if x % 2 == 0], tuple(fib(3)), sorted(fib(6), reverse=True))
print(", ".join(str(x) for x in fib(5)), dict(enumerate(fib(3))), set(fib(4)), list(zip(fib(3), fib(4))), any(x > 3 for x in fib(9)))
g = fib(2)
print(next(g), next(g), next(g, "end"))


def delegate():
    result = yield from sub()
    yield result


def sub():
    yield 1
    yield 2
    return "result"


print(list(delegate()))


def args(a, /, b, *c, d=4, **e):
    return a, b, c, d, e


print(args(1, 2), args(1, 2, 3, 4, d=5, f=6), args(1, b=2), args(*[1, 2, 3], **{"x": 1}))


def default(items=[]):
    items.append(len(items))
    return items


print(default(), default(), default([9]))
total = 0


def add_total(n):
    global total
    total += n
    return total


print(add_total(3), add_total(4), total)
squares = {n: n * n for n in range(5)}
print(squares, {n % 3 for n in range(10)}, [i * j for i in range(3) for j in range(3) if i != j], [[0] * 3 for _ in range(2)], (lambda *a: a)(1, 2))
print([y := 5, y ** 2], y, [n for n in range(3)], 1 if [] else 2)
i = 0
while True:
    i += 1
    if i == 3:
        continue
    if i > 5:
        break
    print(i, end=" ")
else:
    print("never")
print()
for n in range(2, 10):
    for d in range(2, n):
        if n % d == 0:
            break
    else:
        print(n, "是质数", sep=":")
print(1, 2, 3, sep="-", end="!\n")
print("a", "b", sep="")
print()
print(*[1, 2, 3], sep="\n")
print([1, "a", None], (1,), {"k": [1, 2]}, "é", b"x", 1.0, True)
print(1 < 2 < 3, 1 < 3 < 2, 1 == 1.0 == True, not 1 == 2, "a" in "abc" in ["abc"])
a = b = [1]
a.append(2)
print(b, a is b, a == [1, 2], a is not [1, 2])
a, b = 1, 2
a, b = b, a
print(a, b)


def match_it(value):
    match value:
        case 0:
            return "zero"
        case 1 | 2:
            return "small"
        case "x":
            return "text"
        case (a, b):
            return f"pair {a} {b}"
        case [a, *rest]:
            return f"list {a} {rest}"
        case None:
            return "none"
        case big if isinstance(big, int) and big > 100:
            return "big"
        case _:
            return "other"


print([match_it(v) for v in [0, 2, "x", (1, 2), [1, 2, 3], None, 500, 50, 1.5]])


def hanoi(n, a, b, c):
    if n == 0:
        return 0
    return hanoi(n - 1, a, c, b) + 1 + hanoi(n - 1, b, a, c)


print(hanoi(6, "甲", "乙", "丙"))
print(list(map(lambda x: x ** 2, filter(lambda x: x % 2, range(6)))), sorted([(2, "b"), (1, "c"), (2, "a")]), sorted("bca", key=lambda c: -ord(c)))
print((lambda: (yield))().__class__.__name__, type(fib).__name__, fib.__name__, print.__name__, len.__name__)
print(isinstance(fib(1), object), callable(fib), type(None).__name__, type(...).__name__, type(fib(1)).__name__, type(range(1)), type(lambda: 0))
x = 5
x: int = 6
print(x, type(x))
print("sum:", sum(range(101)), "max:", max(range(10)), "len:", len("中文abc"))
data = [{"name": "张三", "score": 90}, {"name": "李四", "score": 85}]
for row in sorted(data, key=lambda r: r["score"]):
    print("{name:<6}{score:>5}".format(**row))
print("%-10s|%5.1f%%" % ("进度", 45.678))
print(f"{'姓名':<8}{'分数':>6}")
print(str(1e5), repr(0.1), 1e5, 100000.0, 1e-10, 3.0e8, 2.5e-5, 1234567890123456789)
del x
try:
    print(x)
except NameError as error:
    print(error)
