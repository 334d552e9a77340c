//! Calls, arguments, closures.

use super::check;

#[test]
fn loops_and_recursion() {
    check(
        "
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)
i = 0
while i < 3:
    i += 1
else:
    print('else')
print(fib(15), i)
",
        "else\n610 3\n",
    );
}

#[test]
fn every_kind_of_parameter_is_bound() {
    check(
        "
def f(a, b=2, *c, d, e=5, **g):
    return a, b, c, d, e, g
print(f(1, d=4))
print(f(1, 2, 3, d=4, z=6))
print(f(*[1, 2], **{'d': 3}))
def only(a, /, b): return a, b
print(only(1, b=2))
",
        "(1, 2, (), 4, 5, {})\n(1, 2, (3,), 4, 5, {'z': 6})\n(1, 2, (), 3, 5, {})\n(1, 2)\n",
    );
}

#[test]
fn wrong_arguments_are_described_as_in_cpython() {
    check(
        "
class A:
    def m(self): pass
def f(a, b=2, *, d): pass
def g(x, y, z): pass
def only(a, /): pass
for bad in (lambda: f(), lambda: f(1), lambda: f(1, 2, 3, d=1), lambda: f(1, a=1, d=1), lambda: f(1, d=1, q=1),
            lambda: g(), lambda: g(1, 2), lambda: A(1), lambda: A().m(2), lambda: only(a=1), lambda: (lambda: 1)(2)):
    try:
        bad()
    except TypeError as e:
        print(e)
",
        "\
f() missing 1 required positional argument: 'a'
f() missing 1 required keyword-only argument: 'd'
f() takes from 1 to 2 positional arguments but 3 positional arguments (and 1 keyword-only argument) were given
f() got multiple values for argument 'a'
f() got an unexpected keyword argument 'q'
g() missing 3 required positional arguments: 'x', 'y', and 'z'
g() missing 1 required positional argument: 'z'
A() takes no arguments
A.m() takes 1 positional argument but 2 were given
only() got some positional-only arguments passed as keyword arguments: 'a'
<lambda>.<locals>.<lambda>() takes 0 positional arguments but 1 was given
",
    );
}

#[test]
fn captured_variables_are_shared_by_their_functions() {
    check(
        "
def counter():
    n = 0
    def up():
        nonlocal n
        n += 1
        return n
    def now():
        return n
    return up, now
up, now = counter()
up(); up()
print(now())
print([f() for f in [lambda i=i: i for i in range(3)]])
def late():
    def inner(): return x
    try:
        inner()
    except NameError as e:
        print(e)
    x = 1
    return inner()
print(late())
",
        "2\n[0, 1, 2]\ncannot access free variable 'x' where it is not associated with a value in enclosing scope\n1\n",
    );
}

#[test]
fn a_recursion_without_end_is_an_error_of_the_program() {
    check(
        "
def f(n): return f(n + 1)
try:
    f(0)
except RecursionError as e:
    print(e)
class R:
    def __repr__(self): return repr([self])
try:
    repr(R())
except RecursionError:
    print('again')
",
        "maximum recursion depth exceeded\nagain\n",
    );
}
