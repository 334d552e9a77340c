//! Classes, attributes, operators.

use super::check;

#[test]
fn attributes_are_found_in_order_of_resolution() {
    check(
        "
class Base:
    x = 1
    def m(self): return 'Base.m'
    @staticmethod
    def s(a): return a * 2
    @classmethod
    def c(cls): return cls.__name__
class Left(Base):
    def m(self): return 'Left ' + super().m()
class Right(Base):
    x = 2
    def m(self): return 'Right ' + super().m()
class Both(Left, Right):
    pass
b = Both()
print(b.m(), b.x, b.s(4), Both.c(), b.c(), [k.__name__ for k in Both.__mro__])
b.x = 3
print(b.x, Both.x, Base.m(b))
try:
    class Bad(Base, Left): pass
except TypeError as e:
    print(e)
",
        "\
Left Right Base.m 2 8 Both Both ['Both', 'Left', 'Right', 'Base', 'object']
3 2 Base.m
Cannot create a consistent method resolution order (MRO) for bases Base, Left
",
    );
}

#[test]
fn a_length_is_checked() {
    check(
        "
class L:
    def __init__(self, n): self.n = n
    def __len__(self): return self.n
for n in (3, -1, 'x'):
    try:
        print(len(L(n)))
    except (ValueError, TypeError) as e:
        print(e)
",
        "3\n__len__() should return >= 0\n'str' object cannot be interpreted as an integer\n",
    );
}

#[test]
fn properties_and_hooks() {
    check(
        "
class P:
    def __init__(self): self._v = 1
    @property
    def v(self): return self._v
    @v.setter
    def v(self, value): self._v = value * 10
    @property
    def fixed(self): return 7
    def __getattr__(self, name): return 'no ' + name
p = P()
p.v = 4
print(p.v, p.fixed, p.other)
try:
    p.fixed = 1
except AttributeError as e:
    print(e)
class Once:
    made = None
    def __new__(cls):
        if cls.made is None:
            cls.made = super().__new__(cls)
        return cls.made
print(Once() is Once())
class Stack(list):
    def top(self): return self[-1]
s = Stack([1, 2])
s.append(3)
print(s.top(), len(s), isinstance(s, list))
",
        "40 7 no other\nproperty 'fixed' of 'P' object has no setter\nTrue\n3 3 True\n",
    );
}

#[test]
fn operators_call_methods() {
    check(
        "
class V:
    def __init__(self, n): self.n = n
    def __add__(self, o): return NotImplemented if isinstance(o, str) else V(self.n + o)
    def __radd__(self, o): return 'radd'
    def __iadd__(self, o): self.n += 100; return self
    def __eq__(self, o): return isinstance(o, V) and self.n == o.n
    def __lt__(self, o): return self.n < o.n
    def __bool__(self): return self.n > 0
    def __len__(self): return self.n
    def __contains__(self, x): return x == self.n
    def __getitem__(self, i): return i
    def __call__(self, *a, **k): return a, k
    def __neg__(self): return V(-self.n)
    def __repr__(self): return f'V({self.n})'
a, b = V(1), V(2)
print(a + 1, 1 + a, a == V(1), a != b, a < b, a > b, not a, len(b), 1 in a, a[5], a(1, k=2), -a)
a += 1
print(a, 'yes' if V(0) else 'no', V(0) or 'or', b and 'and')
for bad in (lambda: a + 'x', lambda: a <= b, lambda: a * 2):
    try:
        bad()
    except TypeError as e:
        print(e)
",
        "\
V(2) radd True True True False False 2 True 5 ((1,), {'k': 2}) V(-1)
V(101) no or and
unsupported operand type(s) for +: 'V' and 'str'
'<=' not supported between instances of 'V' and 'V'
unsupported operand type(s) for *: 'V' and 'int'
",
    );
}
