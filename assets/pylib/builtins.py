"""The built-in functions that are written in Python, because they call functions of the program."""


def _sorted(items, key, reverse):
    _sort_by_keys(items, [key(item) for item in items], reverse)
    return items


def _sort_list(target, key, reverse):
    _sort_by_keys(target, [key(item) for item in target], reverse)


def _extreme(items, key, largest):
    best = items[0]
    best_key = key(best)
    for item in items[1:]:
        item_key = key(item)
        if (item_key > best_key) if largest else (item_key < best_key):
            best = item
            best_key = item_key
    return best


def _any(items):
    for item in items:
        if item:
            return True
    return False


def _all(items):
    for item in items:
        if not item:
            return False
    return True


def _next(iterator, default, has_default):
    for item in iterator:
        return item
    if has_default:
        return default
    raise StopIteration


def _enumerate(items, count):
    for item in items:
        yield count, item
        count += 1


def _zip(sources, strict):
    iterators = [iter(source) for source in sources]
    while iterators:
        items = []
        for iterator in iterators:
            for item in iterator:
                items.append(item)
                break
            else:
                if strict and items:
                    number = len(items)
                    raise ValueError(f"zip() argument {number + 1} is shorter than argument{'s 1-' if number > 1 else ' '}{number}")
                return
        yield tuple(items)


def _reversed(sequence):
    index = len(sequence)
    while index > 0:
        index -= 1
        yield sequence[index]


def _print(values, sep, end, file):
    _print_text(sep.join([str(value) for value in values]) + end, file)


def _write(file, text):
    file.write(text)


def map(function, *iterables):
    if len(iterables) == 1:
        return _map_one(function, iter(iterables[0]))
    return _map_many(function, [iter(iterable) for iterable in iterables])


def _map_one(function, items):
    for item in items:
        yield function(item)


def _map_many(function, iterators):
    for items in zip(*iterators):
        yield function(*items)


def filter(function, iterable):
    return _filter(function, iter(iterable))


def _filter(function, items):
    for item in items:
        if item if function is None else function(item):
            yield item
