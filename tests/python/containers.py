# 列表、元组、字典、集合
a = [3, 1, 2]
a.append(4)
a.extend([5, 6])
a.extend("ab")
a.insert(0, 0)
a.insert(-1, "x")
a.insert(100, "end")
print(a, len(a), a[0], a[-1], a[1:3], a[::-1], a[::2])
print(a.pop(), a.pop(0), a.index(2), a.count(1), 3 in a, 99 not in a)
a.remove("x")
del a[0]
del a[1:3]
print(a)
a[0:1] = [7, 8, 9]
a[::2] = [0] * len(a[::2])
print(a, a * 2, a + [1], [0] * 3)
b = a.copy()
b.clear()
print(a, b, a == a.copy(), [1, 2] < [1, 3], [1] < [1, 0], [] < [0])
nums = [5, 2, 9, 1, 5.5, True]
nums.sort()
print(nums)
nums.sort(reverse=True)
print(nums, sorted("banana"), sorted([3, 1, 2], reverse=True), sorted(["bb", "a", "ccc"], key=len), sorted({"b": 1, "a": 2}))
words = ["banana", "Apple", "cherry"]
words.sort(key=str.lower)
print(words, sorted(words, key=lambda w: (-len(w), w)))
nums.reverse()
print(nums, list(reversed([1, 2, 3])), list(range(5)), list(range(2, 10, 3)), list(range(5, 0, -2)), range(3), range(1, 10, 2)[2], len(range(0, 10, 3)))
matrix = [[1, 2], [3, 4]]
print([[row[i] for row in matrix] for i in range(2)], [x for row in matrix for x in row if x % 2], sum(map(sum, matrix)))
rec = [1]
rec.append(rec)
print(rec)
d = {"a": 1, "b": 2}
d["c"] = 3
d.update({"d": 4}, e=5)
print(d, len(d), d["a"], d.get("z"), d.get("z", 0), "a" in d, 1 in d)
print(list(d), list(d.keys()), list(d.values()), list(d.items()), d.keys(), d.values(), d.items())
print(d.pop("a"), d.pop("zz", None), d.popitem(), d.setdefault("f", 6), d.setdefault("f", 7), d)
del d["b"]
print(d, dict(a=1, b=2), dict([("x", 1), ("y", 2)]), dict(zip("ab", [1, 2])), {k: v * 2 for k, v in d.items()}, dict.fromkeys("ab", 0))
print({1: "int", 1.0: "float", True: "bool"}, {"a": 1} == {"a": 1.0}, {"a": 1, "b": 2} == {"b": 2, "a": 1}, {**d, "n": 1}, d | {"m": 2})
rd = {}
rd["self"] = rd
print(rd, {(1, 2): "tuple"}, {frozenset([1]): 2}, list(reversed({"a": 1, "b": 2})))
for k, v in sorted({"b": 1, "a": 2}.items()):
    print(k, v)
t = (1, 2, 3)
print(t, t[0], t[1:], t + (4,), t * 2, (1,), (), 2 in t, t.index(2), t.count(1), t < (1, 2, 4), hash(t) == hash((1, 2, 3)), tuple("ab"), tuple([1]))
first, *rest = [1, 2, 3]
*init, last = "abc"
x, (y, z) = 1, (2, 3)
print(first, rest, init, last, x, y, z)
s = {3, 1, 2}
s.add(5)
s.add(1)
s.discard(99)
s.remove(3)
print(s, len(s), 1 in s, set(), {1, 2} | {2, 3}, {1, 2} & {2, 3}, {1, 2} - {2, 3}, {1, 2} ^ {2, 3})
print({1, 2} <= {1, 2, 3}, {1, 2} < {1, 2}, {1, 2}.issubset([1, 2, 3]), {1, 2}.isdisjoint({3}), {1, 2}.union([5], (6,)), frozenset([3, 1]), {1, 2} == frozenset([2, 1]))
print({x * x for x in range(10)}, set(range(20, 0, -3)), {10, 20, 30, 40, 50, 60}, set([100, 200, 300, 5, 8, 16]), {x for x in range(0, 100, 7)})
big = set(range(30))
big -= {1, 2, 3, 29}
big |= {100, 200}
print(big, big.pop(), big.pop(), len(big))
q = set()
for i in [9, 3, 7, 1, 8, 100, 64, 33]:
    q.add(i)
q.discard(3)
q.add(41)
print(q, sorted(q), q & set(range(50)), q.difference([9]), q.symmetric_difference({9, 10}))
print(all([1, 2]), any([0, ""]), all([]), any([]), any(x > 2 for x in [1, 2, 3]), list(enumerate("ab")), list(enumerate("ab", 1)), list(zip([1, 2, 3], "ab")), list(map(str, [1, 2])), list(filter(None, [0, 1, 2])), list(filter(lambda x: x > 1, [1, 2, 3])), list(map(lambda a, b: a + b, [1, 2], [3, 4])))
print(min([3, 1, 2], key=lambda x: -x), max({"a": 3, "b": 5}, key={"a": 3, "b": 5}.get), min([], default=0), max("abc", "abd"), sum([[1], [2]], []))
it = iter([1, 2])
print(next(it), next(it), next(it, "done"), list(it))
print(bool([]), bool([0]), bool({}), bool(""), bool(" "), bool(0.0), bool(None), bool(range(0)), not [], [] or "default", [1] and "x")
print([1, 2, 3] == [1, 2, 3], [1, 2] is [1, 2], (1, "a", None), [None, True, 1.5, "s", b"b", (1,), {2}, {3: 4}])
nan = float("nan")
print(nan in [nan], [nan] == [nan], nan == nan, {nan: 1}[nan])
print(slice(1, 2), list(range(10))[slice(2, 8, 3)], isinstance([], (list, tuple)), type({}), type(1) is int, type("a").__name__)
for f in (
    lambda: [1][5],
    lambda: [1]["a"],
    lambda: (1,)[3],
    lambda: {}["k"],
    lambda: {}[[]],
    lambda: {[]: 1},
    lambda: {[1]},
    lambda: [].pop(),
    lambda: [1].pop(5),
    lambda: [1].remove(2),
    lambda: [1].index(2),
    lambda: {}.pop("a"),
    lambda: {}.popitem(),
    lambda: set().pop(),
    lambda: {1}.remove(2),
    lambda: (1, 2).index(3),
    lambda: 5[0],
    lambda: None["a"],
    lambda: len(5),
    lambda: iter(5),
    lambda: next([]),
    lambda: next(iter([])),
    lambda: list(5),
    lambda: dict([1]),
    lambda: dict([(1, 2, 3)]),
    lambda: sorted([1, "a"]),
    lambda: [3, "a"].sort(),
    lambda: min(1),
    lambda: zip(1),
    lambda: range(1.5),
    lambda: range(1, 2, 0),
    lambda: [1, 2, 3][::0],
    lambda: [].append(),
    lambda: [].append(1, 2),
    lambda: {}.get(),
    lambda: {1, 2} + {3},
    lambda: {1} < [1],
    lambda: isinstance(1, 5),
    lambda: hash([]),
    lambda: hash({}),
    lambda: tuple(5),
    lambda: [1, 2, 3].index(1, 1),
    lambda: reversed(5),
    lambda: enumerate(5),
    lambda: list(zip([1, 2], [1], strict=True)),
    lambda: [].foo,
    lambda: range(5)[10],
):
    try:
        print(f())
    except Exception as error:
        print(type(error).__name__ + ":", error)
def assign():
    (1, 2)[0] = 3
def string_assign():
    "abc"[0] = "x"
def unpack_few():
    a, b = [1]
def unpack_many():
    a, b = [1, 2, 3]
def unpack_int():
    a, b = 5
def unpack_star():
    a, b, *c = [1]
def list_assign():
    [1, 2][5] = 0
def slice_size():
    x = [1, 2, 3, 4]
    x[::2] = [1]
def slice_int():
    x = [1]
    x[:] = 5
def delete_tuple():
    t = (1,)
    del t[0]
def delete_key():
    d = {}
    del d["x"]
def delete_index():
    del [1][3]
def dict_size():
    d = {1: 1, 2: 2}
    for k in d:
        d[k + 10] = 1
def set_size():
    s = {1, 2}
    for k in s:
        s.add(k + 10)
for f in (assign, string_assign, unpack_few, unpack_many, unpack_int, unpack_star, list_assign, slice_size, slice_int, delete_tuple, delete_key, delete_index, dict_size, set_size):
    try:
        f()
    except Exception as error:
        print(type(error).__name__ + ":", error)
