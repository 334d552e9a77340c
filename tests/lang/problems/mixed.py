import threding, time
import random, subprocess, heapq
from threading import Thread, Lok
from . import sibling


def f(a, a):
    return undefind_name + raw_input() + xrange


async def g():
    await f()
    async with x: pass


y = 99999999999999999999 + 3j
random.gauss(0, 1)
random.gaus(0, 1)
subprocess.run("ls")
exec("1")
open("file")
globals()["y"] = 1


def h():
    n = 1
    global n
    nonlocal missing


break
return 1


class A(metaclass=type):
    yield 1


def k(a, b=1, *, c, **d):
    f(a=1, a=2)
    x, *y, *z = d
    *x = d
    from math import *


class B[T]: pass
type X = int
try: pass
except* ValueError: pass
match y:
    case {"k": 1}: pass
    case A(x=1): pass
time.slep(1)
prnt("x")
