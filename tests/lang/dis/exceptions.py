def full(f):
    try:
        f()
    except ZeroDivisionError as e:
        return e
    except (ValueError, KeyError):
        raise RuntimeError("bad") from None
    except:
        raise
    else:
        f(1)
    finally:
        f(2)


def through(items, lock):
    for item in items:
        with lock, open_(item) as (f, g):
            try:
                if item:
                    continue
                if f:
                    break
                return g
            finally:
                lock.done()
    else:
        return None


def in_finally(f):
    while True:
        try:
            f()
        finally:
            break


def in_handler(f):
    try:
        f()
    except ValueError as e:
        try:
            return f(e)
        except TypeError:
            pass


def open_(x):
    raise
