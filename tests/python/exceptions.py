# 异常
class BankError(Exception):
    pass


class Insufficient(BankError):
    def __init__(self, need, have):
        super().__init__(f"余额不足: 需要 {need}, 只有 {have}")
        self.need = need
        self.have = have


def withdraw(have, need):
    if need > have:
        raise Insufficient(need, have)
    return have - need


try:
    withdraw(10, 20)
except BankError as error:
    print(type(error).__name__, error, error.need, error.args, repr(error))
else:
    print("not here")
finally:
    print("finally")


def flow(n):
    try:
        if n == 0:
            return "try"
        if n == 1:
            raise ValueError("one")
        if n == 2:
            raise KeyError("two")
        print("no exception")
    except ValueError as error:
        print("ValueError", error)
        return "except"
    except (KeyError, IndexError) as error:
        print("lookup", error, repr(error))
    else:
        print("else")
    finally:
        print("finally", n)
    return "end"


for i in range(4):
    print(flow(i))
for i in range(3):
    try:
        if i == 1:
            continue
        print("loop", i)
    finally:
        print("cleanup", i)
try:
    try:
        1 / 0
    except ZeroDivisionError as error:
        raise RuntimeError("wrapped") from error
except RuntimeError as error:
    print(error, repr(error.__cause__), error.__context__ is error.__cause__)
try:
    try:
        {}["k"]
    except KeyError:
        [][0]
except IndexError as error:
    print(error, type(error.__context__).__name__)
try:
    assert 1 == 2, "数学没问题"
except AssertionError as error:
    print("AssertionError", error)
try:
    assert False
except AssertionError as error:
    print(repr(error), str(error) == "")
try:
    raise Exception
except Exception as error:
    print(repr(error), error.args)
try:
    raise ValueError("a", 1)
except ValueError as error:
    print(error, error.args, repr(error))
try:
    raise KeyError("k")
except LookupError as error:
    print(str(error), isinstance(error, Exception))


def reraise():
    try:
        int("x")
    except ValueError:
        print("log")
        raise


try:
    reraise()
except ValueError as error:
    print(error)
try:
    raise StopIteration(5)
except StopIteration as error:
    print(error.value)
try:
    raise "text"
except TypeError as error:
    print(error)
try:
    undefined
except NameError as error:
    print(error)


def unbound():
    print(v)
    v = 1


try:
    unbound()
except UnboundLocalError as error:
    print(error)


def deep(n):
    return deep(n + 1)


try:
    deep(0)
except RecursionError as error:
    print(error)
try:
    [0] * 10**12
except MemoryError as error:
    print(repr(error))
for kind in (ValueError, KeyError, ZeroDivisionError, AttributeError, OSError, RuntimeError, TimeoutError, RecursionError, NotImplementedError):
    print(kind, kind.__name__, issubclass(kind, Exception), kind("x"), repr(kind()), repr(kind("a", 2)))
print(OSError(2, "No such file"), IOError is OSError)
errors = []
for value in ["1", "x", None, [], 2.5]:
    try:
        errors.append(int(value))
    except (ValueError, TypeError) as error:
        errors.append(type(error).__name__)
print(errors)


raise SystemExit
