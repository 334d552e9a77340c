//! Raising, handling, cleaning up, tracebacks.

use super::check;

#[test]
fn handlers_see_what_was_raised() {
    check(
        "
class MyError(Exception):
    def __init__(self, code):
        super().__init__(f'code {code}')
        self.code = code
try:
    raise MyError(3)
except (KeyError, MyError) as e:
    print(e, e.code, e.args)
def f():
    try:
        return 'body'
    finally:
        print('finally')
print(f())
for i in range(3):
    try:
        if i == 1: continue
        if i == 2: break
    finally:
        print('out', i)
try:
    try:
        raise KeyError(1)
    except KeyError:
        raise
except KeyError as e:
    print('again', e)
try:
    raise ValueError
except ValueError as e:
    print(repr(e))
else:
    print('never')
",
        "code 3 3 ('code 3',)\nfinally\nbody\nout 0\nout 1\nout 2\nagain 1\nValueError()\n",
    );
}

#[test]
fn with_statements_enter_and_exit() {
    check(
        "
class M:
    def __init__(self, n, swallow): self.n = n; self.swallow = swallow
    def __enter__(self): print('enter', self.n); return self.n
    def __exit__(self, kind, value, trace): print('exit', self.n, kind and kind.__name__, value); return self.swallow
with M(1, False) as a, M(2, True) as b:
    print(a, b)
    raise KeyError('k')
with M(3, False):
    pass
def f():
    with M(4, False):
        return 'left'
print(f())
try:
    with 5: pass
except TypeError as e:
    print(e)
",
        "\
enter 1
enter 2
1 2
exit 2 KeyError 'k'
exit 1 None None
enter 3
exit 3 None None
enter 4
exit 4 None None
left
'int' object does not support the context manager protocol
",
    );
}

#[test]
fn tracebacks_name_every_frame_and_what_came_before() {
    check(
        "
def f():
    try:
        1 / 0
    except ZeroDivisionError as e:
        raise ValueError('bad') from e
def g():
    try:
        f()
    except ValueError:
        {}['k']
g()
",
        "\
Traceback (most recent call last):
  File \"test.py\", line 4, in f
    1 / 0
ZeroDivisionError: division by zero

The above exception was the direct cause of the following exception:

Traceback (most recent call last):
  File \"test.py\", line 9, in g
    f()
  File \"test.py\", line 6, in f
    raise ValueError('bad') from e
ValueError: bad

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File \"test.py\", line 12, in <module>
    g()
  File \"test.py\", line 11, in g
    {}['k']
KeyError: 'k'
",
    );
}

#[test]
fn a_repeated_line_is_counted_in_the_traceback() {
    check(
        "
def f(n):
    if n == 0:
        raise RuntimeError('deep')
    f(n - 1)
f(6)
",
        "\
Traceback (most recent call last):
  File \"test.py\", line 6, in <module>
    f(6)
  File \"test.py\", line 5, in f
    f(n - 1)
  File \"test.py\", line 5, in f
    f(n - 1)
  File \"test.py\", line 5, in f
    f(n - 1)
  [Previous line repeated 3 more times]
  File \"test.py\", line 4, in f
    raise RuntimeError('deep')
RuntimeError: deep
",
    );
}
