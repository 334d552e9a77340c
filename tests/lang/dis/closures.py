def counter(start, *, step=1):
    count = start

    def inc():
        nonlocal count
        count += step
        return count

    return inc


def nested(a):
    return lambda b: lambda c, d=a: a + b + c + d


def generators(xs):
    total = sum(x * x for x in xs)
    got = yield total
    yield
    yield from (i for x in xs for i in x if i if not x)
    return got


fs = [lambda: i for i in range(3)]


def shadow(i):
    xs = [i for i in range(i)]
    ys = {i: j for i in xs for j in xs if i if j}
    zs = {i for i in ys}
    return i, xs, ys, zs, [y := i, y]
