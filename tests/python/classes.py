# 类、继承、特殊方法
class Point:
    """A point."""

    count = 0

    def __init__(self, x, y=0):
        self.x = x
        self.y = y
        Point.count += 1

    def __repr__(self):
        return f"Point({self.x}, {self.y})"

    def __eq__(self, other):
        return isinstance(other, Point) and (self.x, self.y) == (other.x, other.y)

    def __hash__(self):
        return hash((self.x, self.y))

    def __add__(self, other):
        return Point(self.x + other.x, self.y + other.y)

    def __mul__(self, k):
        return Point(self.x * k, self.y * k)

    def __rmul__(self, k):
        return self * k

    def __neg__(self):
        return Point(-self.x, -self.y)

    def __lt__(self, other):
        return (self.x, self.y) < (other.x, other.y)

    def __len__(self):
        return 2

    def __getitem__(self, i):
        if i >= 2:
            raise IndexError("point index out of range")
        return (self.x, self.y)[i]

    def __contains__(self, v):
        return v in (self.x, self.y)

    def __call__(self, *args, **kwargs):
        return args, kwargs

    def __bool__(self):
        return bool(self.x or self.y)

    def __abs__(self):
        return (self.x ** 2 + self.y ** 2) ** 0.5

    def __iadd__(self, other):
        self.x += other.x
        return self


p, q = Point(1, 2), Point(3)
print(p, [p, q], p + q, p * 3, 3 * p, -p, p == Point(1, 2), p != q, p < q, p > q, len(p), p[0], 1 in p, 9 in p)
print(list(p), tuple(q), p(1, a=2), bool(Point(0)), abs(Point(3, 4)), {p: 1}[Point(1, 2)], p in [Point(1, 2)], Point.count, sorted([q, p]), max(p, q))
x, y = p
print(x, y, f"{p}", f"{p!r}", "%s" % p, "{}".format(p), str([p]))
p += Point(10, 10)
print(p)


class Animal:
    def __init__(self, name):
        self.name = name

    def speak(self):
        raise NotImplementedError("子类必须实现")

    def __str__(self):
        return f"{type(self).__name__}({self.name})"


class Dog(Animal):
    def speak(self):
        return f"{self.name}: 汪汪"


class Puppy(Dog):
    def __init__(self, name, age):
        super().__init__(name)
        self.age = age

    def speak(self):
        return super().speak() + "!"

    @property
    def human_age(self):
        return self.age * 7

    @human_age.setter
    def human_age(self, value):
        self.age = value // 7

    @staticmethod
    def create(text):
        name, age = text.split(":")
        return Puppy(name, int(age))

    @classmethod
    def default(cls):
        return cls("旺财", 1)


d = Puppy.create("小白:2")
print(d, d.speak(), d.human_age, Puppy.default(), isinstance(d, Animal), issubclass(Puppy, Dog), Puppy.__name__, type(d).__name__)
d.human_age = 21
print(d.age, hasattr(d, "age"), hasattr(d, "nope"), getattr(d, "name"), getattr(d, "nope", "default"))
setattr(d, "extra", [1])
print(d.extra, Puppy.__mro__[1].__name__, d.__class__.__name__, callable(d.speak), callable(d))
try:
    Animal("x").speak()
except NotImplementedError as error:
    print(repr(error), error)


class Stack(list):
    def push(self, item):
        self.append(item)

    def peek(self):
        return self[-1]


st = Stack([1, 2])
st.push(3)
print(st, len(st), st.peek(), st.pop(), st == [1, 2], isinstance(st, list), st + [9], sorted(st, reverse=True))


class Countdown:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        return self

    def __next__(self):
        if self.n <= 0:
            raise StopIteration
        self.n -= 1
        return self.n + 1


print(list(Countdown(3)), sum(Countdown(4)), [x * 2 for x in Countdown(3)], 2 in Countdown(3), dict(enumerate(Countdown(2))), list(zip(Countdown(2), "ab")), max(Countdown(5)), tuple(map(str, Countdown(2))))
a, b, c = Countdown(3)
print(a, b, c, *Countdown(2))


class Manager:
    def __enter__(self):
        print("enter")
        return self

    def __exit__(self, kind, value, trace):
        print("exit", kind.__name__ if kind else None, value)
        return kind is ValueError


with Manager() as m, Manager():
    print("body")
with Manager():
    raise ValueError("swallowed")
try:
    with Manager():
        raise KeyError("passed on")
except KeyError as error:
    print("caught", error)


class Temperature:
    def __init__(self, c):
        self._c = c

    def __getattr__(self, name):
        if name == "f":
            return self._c * 9 / 5 + 32
        raise AttributeError(f"no {name}")

    def __format__(self, spec):
        return f"{self._c}°{spec}"


t = Temperature(100)
print(t.f, f"{t:C}", "{:K}".format(t), hasattr(t, "zzz"))


class A:
    def who(self):
        return "A"


class B(A):
    def who(self):
        return "B" + super().who()


class C(A):
    def who(self):
        return "C" + super().who()


class D(B, C):
    def who(self):
        return "D" + super().who()


print(D().who(), [k.__name__ for k in D.__mro__])


def outer():
    n = 0

    def inc(step=1):
        nonlocal n
        n += step
        return n

    return inc


f, g = outer(), outer()
print(f(), f(5), g(), f())
print([h(3) for h in [lambda x, k=k: x * k for k in range(3)]])


def deco(fn):
    def wrapper(*args, **kwargs):
        print("before", fn.__name__, args, kwargs)
        result = fn(*args, **kwargs)
        print("after", result)
        return result

    return wrapper


@deco
def add(a, b=2, *rest, k=0, **kw):
    return a + b + sum(rest) + k + sum(kw.values())


add(1)
add(1, 2, 3, k=4, z=5)
add(*[1, 2], **{"k": 3})
for call in (
    lambda: add(),
    lambda: Point(),
    lambda: Point(1, 2, 3),
    lambda: Dog(),
    lambda: Point(1).nope,
    lambda: Point(1).nope(),
    lambda: Point(1) + 1,
    lambda: Animal("a") + 1,
    lambda: Animal("a") < Animal("b"),
    lambda: len(Animal("a")),
    lambda: Animal("a")[0],
    lambda: Animal("a")(),
    lambda: iter(Animal("a")),
    lambda: outer()(1, 2),
    lambda: outer(k=1),
    lambda: (lambda x: x)(),
    lambda: Point.nope,
    lambda: 5(),
    lambda: object() + 1,
    lambda: Manager(1),
    lambda: getattr(1, "nope"),
    lambda: isinstance(1, "a"),
):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__ + ":", error)
