# 标准模块
import collections
import math
import os
import random
import sys
from collections import Counter, OrderedDict, defaultdict, deque
from math import pi, sqrt

print(pi, sqrt(2), math.floor(-1.5), math.ceil(1.2), math.factorial(10), math.gcd(12, 18), math.log(10), math.log2(8), math.log10(1000), math.log(8, 2))
print(math.sin(1), math.cos(1), math.tan(1), math.atan2(1, 2), math.hypot(3, 4), math.degrees(math.pi), math.radians(180), math.exp(1), math.pow(2, 0.5), math.e, math.tau, math.inf, math.nan)
print(math.isnan(math.nan), math.isinf(math.inf), math.isclose(0.1 + 0.2, 0.3), math.trunc(-2.7), math.fabs(-2), math.copysign(1, -0.0), math.fmod(7, 3), math.modf(2.5), math.comb(5, 2), math.perm(5, 2), math.isqrt(17), math.prod([1, 2, 3]), math.lcm(4, 6), math.fsum([0.1] * 10), math.dist((0, 0), (3, 4)), math.frexp(8.5), math.ldexp(0.5, 3))
random.seed(42)
print(random.random(), random.randint(1, 100), random.randrange(10), random.randrange(0, 100, 5), random.choice("abc"), random.uniform(1, 10))
items = list(range(10))
random.shuffle(items)
print(items, random.sample(range(100), 5), random.sample("abcdef", 3), [random.randint(0, 9) for _ in range(5)])
random.seed(2024)
print([round(random.random(), 3) for _ in range(3)], random.choice([1, 2, 3]))
d = deque([1, 2, 3], maxlen=4)
d.append(4)
d.append(5)
d.appendleft(0)
print(d, d.pop(), d.popleft(), len(d), d[0], d[-1], list(d), 2 in d, d.maxlen)
d.rotate(1)
d.extend([7, 8])
d.extendleft([9])
print(d, deque("abc"), deque(), deque([1]) == deque([1]), d.count(7), bool(deque()), d.index(7) if 7 in d else None)
d.remove(7) if 7 in d else None
d.reverse()
d.clear()
print(d)
dd = defaultdict(list)
dd["a"].append(1)
dd["b"].append(2)
dd["a"].append(3)
print(dd, dict(dd), len(dd), "c" in dd, dd["c"], sorted(dd.items()), dd.get("zz"))
counts = defaultdict(int)
for ch in "mississippi":
    counts[ch] += 1
print(dict(counts), counts)
c = Counter("mississippi")
print(c, c["s"], c["zz"], c.most_common(2), sorted(c.elements()), sum(c.values()), Counter(a=3, b=1) + Counter(a=1), Counter([1, 1, 2]) - Counter([1]), c == Counter("mississippi"))
c.update("miss")
print(c.most_common(), list(c), len(c), dict(c))
print(type(sys.argv).__name__, len(sys.argv), sys.maxsize, sys.version_info >= (3, 6), sys.version_info[0], sys.version_info.major, isinstance(sys.platform, str))
sys.stdout.write("written\n")
sys.stdout.flush()
print("to stdout", file=sys.stdout, flush=True)
print(isinstance(os.getpid(), int), os.getpid() == os.getpid())
for f in (
    lambda: math.sqrt(-1),
    lambda: math.log(0),
    lambda: math.factorial(-1),
    lambda: math.sqrt("a"),
    lambda: math.exp(1000),
    lambda: math.floor(float("inf")),
    lambda: random.choice([]),
    lambda: random.sample([1], 2),
    lambda: deque().pop(),
    lambda: deque()[0],
    lambda: deque([1], -1),
    lambda: defaultdict(5),
    lambda: deque([1]).remove(5),
    lambda: random.shuffle((1, 2)),
    lambda: math.acos(2),
    lambda: math.gcd(1.5),
):
    try:
        print(f())
    except Exception as error:
        print(type(error).__name__ + ":", error)
import time

start = time.time()
print(isinstance(start, float), time.perf_counter() >= 0, time.monotonic() >= 0, len(time.ctime()), time.strftime("%Y-%m-%d %H:%M:%S", (2024, 2, 29, 12, 34, 56, 3, 60, 0)), time.ctime(0), time.localtime(86400).tm_mday)
time.sleep(0.01)
print(time.time() > start, time.strftime("%j", time.localtime(0)), time.localtime(0).tm_year)
sys.exit(0)
