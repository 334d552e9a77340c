//! Iterators, generators, unpacking.

use super::check;

#[test]
fn generators_are_resumed() {
    check(
        "
def inner():
    got = yield 2
    print('got', got)
    return 'result'
def outer():
    yield 1
    x = yield from inner()
    print(x)
    yield 3
print(list(outer()))
print([x for x in outer() if x != 2], {k: v for k, v in zip('ab', outer())}, sum(x for x in range(4)))
def stops():
    yield 1
    raise StopIteration
try:
    list(stops())
except RuntimeError as e:
    print(e)
",
        "got None\nresult\n[1, 2, 3]\ngot None\nresult\n[1, 3] {'a': 1, 'b': 2} 6\ngenerator raised StopIteration\n",
    );
}

#[test]
fn user_iterators_feed_built_in_functions() {
    check(
        "
class Count:
    def __init__(self): self.n = 0
    def __iter__(self): return self
    def __next__(self):
        self.n += 1
        if self.n > 3: raise StopIteration
        return self.n
class Old:
    def __getitem__(self, i):
        if i > 2: raise IndexError
        return i * 10
print(list(Count()), sum(Count()), [*Count()], max(Count()), '-'.join(str(x) for x in Count()), 2 in Count())
a, *b = Count()
print(a, b, list(Old()), 20 in Old())
for x in Old(): print(x, end=' ')
print()
",
        "[1, 2, 3] 6 [1, 2, 3] 3 1-2-3 True\n1 [2, 3] [0, 10, 20] True\n0 10 20 \n",
    );
}

#[test]
fn unpacking_counts() {
    check(
        "
a, *r, z = range(5)
print(a, r, z)
for bad in (lambda: one([1]), lambda: one([1, 2, 3]), lambda: one(5)):
    def one(v):
        x, y = v
    try:
        bad()
    except (ValueError, TypeError) as e:
        print(e)
print({**{'a': 1}, 'b': 2}, [*r, 1], (*r,), {*r})
match (1, 2):
    case (1, y): print('match', y)
",
        "\
0 [1, 2, 3] 4
not enough values to unpack (expected 2, got 1)
too many values to unpack (expected 2)
cannot unpack non-iterable int object
{'a': 1, 'b': 2} [1, 2, 3, 1] (1, 2, 3) {1, 2, 3}
match 2
",
    );
}

#[test]
fn values_are_sent_into_generators() {
    check(
        "
def average():
    total, count, value = 0, 0, None
    while True:
        value = yield value
        total += value
        count += 1
        value = total / count
g = average()
print(next(g), g.send(10), g.send(20))
def short():
    x = yield 1
    return x
s = short()
next(s)
try:
    s.send('end')
except StopIteration as e:
    print(e.value)
try:
    short().send(1)
except TypeError as e:
    print(e)
",
        "None 10.0 15.0\nend\ncan't send non-None value to a just-started generator\n",
    );
}
