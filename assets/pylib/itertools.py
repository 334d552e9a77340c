"""`itertools`, as generators."""


def count(start=0, step=1):
    while True:
        yield start
        start += step


def cycle(iterable):
    seen = []
    for item in iterable:
        seen.append(item)
        yield item
    while seen:
        for item in seen:
            yield item


def repeat(item, times=None):
    if times is None:
        while True:
            yield item
    for _ in range(times):
        yield item


class chain:
    def __init__(self, *iterables):
        self._items = _chained(iterables)

    @staticmethod
    def from_iterable(iterables):
        return _chained(iterables)

    def __iter__(self):
        return self

    def __next__(self):
        return next(self._items)


def _chained(iterables):
    for iterable in iterables:
        for item in iterable:
            yield item


def islice(iterable, *bounds):
    bounds = slice(*bounds)
    start = 0 if bounds.start is None else bounds.start
    step = 1 if bounds.step is None else bounds.step
    stop = bounds.stop
    if start < 0 or step < 1 or (stop is not None and stop < 0):
        raise ValueError("Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.")
    return _islice(iter(iterable), start, stop, step)


def _islice(items, start, stop, step):
    if stop is not None and start >= stop:
        return
    index = 0
    for item in items:
        if index >= start and (index - start) % step == 0:
            yield item
        index += 1
        if stop is not None and index >= stop:
            return


def accumulate(iterable, func=None, *, initial=None):
    items = iter(iterable)
    total = initial
    if initial is None:
        for total in items:
            break
        else:
            return
    yield total
    for item in items:
        total = total + item if func is None else func(total, item)
        yield total


def takewhile(predicate, iterable):
    for item in iterable:
        if not predicate(item):
            return
        yield item


def dropwhile(predicate, iterable):
    items = iter(iterable)
    for item in items:
        if not predicate(item):
            yield item
            break
    for item in items:
        yield item


def filterfalse(predicate, iterable):
    for item in iterable:
        if not (item if predicate is None else predicate(item)):
            yield item


def compress(data, selectors):
    for item, selected in zip(data, selectors):
        if selected:
            yield item


def starmap(function, iterable):
    for args in iterable:
        yield function(*args)


def pairwise(iterable):
    items = iter(iterable)
    for previous in items:
        break
    for item in items:
        yield previous, item
        previous = item


def zip_longest(*iterables, fillvalue=None):
    done = object()
    iterators = [iter(iterable) for iterable in iterables]
    while True:
        items = [next(iterator, done) for iterator in iterators]
        if all([item is done for item in items]):
            return
        yield tuple([fillvalue if item is done else item for item in items])


def product(*iterables, repeat=1):
    pools = [tuple(pool) for pool in iterables] * repeat
    rows = [()]
    for pool in pools:
        rows = [row + (item,) for row in rows for item in pool]
    for row in rows:
        yield row


def permutations(iterable, r=None):
    pool = tuple(iterable)
    for places in _arrangements(len(pool), len(pool) if r is None else r):
        yield tuple([pool[place] for place in places])


def _arrangements(n, r):
    if r == 0:
        yield ()
    elif r <= n:
        for places in _arrangements(n, r - 1):
            for place in range(n):
                if place not in places:
                    yield places + (place,)


def combinations(iterable, r):
    pool = tuple(iterable)
    for places in _choices(len(pool), r, 0):
        yield tuple([pool[place] for place in places])


def _choices(n, r, first):
    if r == 0:
        yield ()
        return
    for place in range(first, n - r + 1):
        for rest in _choices(n, r - 1, place + 1):
            yield (place,) + rest


def groupby(iterable, key=None):
    group = []
    group_key = None
    for item in iterable:
        item_key = item if key is None else key(item)
        if group and item_key != group_key:
            yield group_key, iter(group)
            group = []
        group_key = item_key
        group.append(item)
    if group:
        yield group_key, iter(group)


def tee(iterable, n=2):
    items = list(iterable)
    return tuple([iter(items) for _ in range(n)])
