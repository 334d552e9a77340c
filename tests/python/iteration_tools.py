# functools、itertools、string、OrderedDict
import functools
import itertools
import string
from collections import OrderedDict
from functools import lru_cache, partial, reduce, wraps
from itertools import accumulate, chain, count, cycle, islice, permutations, product

print(list(islice(count(5, 2), 4)), list(islice(cycle("ab"), 5)), list(itertools.repeat("x", 3)), list(chain([1], "ab", (2,))), list(chain.from_iterable([[1], [2, 3]])))
print(list(accumulate([1, 2, 3, 4])), list(accumulate([3, 1, 2], max)), list(islice("abcdef", 2)), list(islice("abcdef", 1, 5, 2)), list(islice(range(10), 7, None)))
print(list(permutations("abc")), list(permutations(range(3), 2)), list(itertools.combinations("abcd", 2)), list(product("ab", [1, 2])), list(product([0, 1], repeat=3)))
print(list(itertools.takewhile(lambda n: n < 3, count())), list(itertools.dropwhile(lambda n: n < 3, range(6))), list(itertools.filterfalse(lambda n: n % 2, range(6))), list(itertools.starmap(pow, [(2, 3), (3, 2)])))
print(list(itertools.zip_longest([1, 2, 3], "a", fillvalue="-")), [(k, list(g)) for k, g in itertools.groupby("aabbbc")], list(itertools.pairwise([1, 2, 3])), list(itertools.compress("abcd", [1, 0, 1, 0])))
print(reduce(lambda a, b: a * b, range(1, 6)), reduce(lambda a, b: a + b, [], 10))


def power(base, exponent=2):
    return base ** exponent


square, cube = partial(power, exponent=2), partial(power, exponent=3)
print(square(4), cube(2), partial(print, "a", sep="-").args, partial(int, base=2)("101"))


def logged(function):
    @wraps(function)
    def wrapper(*args, **kwargs):
        print("call", function.__name__, args)
        return function(*args, **kwargs)

    return wrapper


@logged
def greet(name):
    """Greets."""
    return "你好, " + name


print(greet("世界"), greet.__name__, greet.__doc__)
calls = []


@lru_cache(maxsize=None)
def fib(n):
    calls.append(n)
    return n if n < 2 else fib(n - 1) + fib(n - 2)


print(fib(20), len(calls), fib.cache_info())
print(sorted([3, 1, 2], key=functools.cmp_to_key(lambda a, b: b - a)))
print(string.ascii_letters, string.digits, string.punctuation, repr(string.whitespace), string.capwords("hello big world"), string.hexdigits)
od = OrderedDict([("a", 1), ("b", 2), ("c", 3)])
od.move_to_end("a")
print(list(od), od.popitem(), od.popitem(last=False), len(od), od["c"] if "c" in od else None)
for f in (lambda: reduce(lambda a, b: a, []), lambda: partial(5), lambda: OrderedDict().popitem()):
    try:
        print(f())
    except Exception as error:
        print(type(error).__name__, error)
