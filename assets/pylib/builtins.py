"""The built-in functions that are written in Python, because they call functions of the program."""


def _sorted(items, key, reverse):
    _sort_by_keys(items, [key(item) for item in items], reverse)
    return items


def _sort_list(target, key, reverse):
    _sort_by_keys(target, [key(item) for item in target[:]], reverse)


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
    text = sep.join([str(value) for value in values]) + end
    if file is None:
        _print_text(text, False)
    else:
        file.write(text)


def _write(file, text):
    file.write(text)


def _map(function, iterables):
    if len(iterables) == 1:
        return _map_one(function, iter(iterables[0]))
    return _map_many(function, [iter(iterable) for iterable in iterables])


def _map_one(function, items):
    for item in items:
        yield function(item)


def _map_many(function, iterators):
    for items in zip(*iterators):
        yield function(*items)


def _filter(function, iterable):
    return _filter_items(function, iter(iterable))


def _filter_items(function, items):
    for item in items:
        if item if function is None else function(item):
            yield item


class struct_time(tuple):
    """What `time.localtime` returns."""

    @property
    def tm_year(self):
        return self[0]

    @property
    def tm_mon(self):
        return self[1]

    @property
    def tm_mday(self):
        return self[2]

    @property
    def tm_hour(self):
        return self[3]

    @property
    def tm_min(self):
        return self[4]

    @property
    def tm_sec(self):
        return self[5]

    @property
    def tm_wday(self):
        return self[6]

    @property
    def tm_yday(self):
        return self[7]

    @property
    def tm_isdst(self):
        return self[8]

    def __repr__(self):
        names = ("year", "mon", "mday", "hour", "min", "sec", "wday", "yday", "isdst")
        return "time.struct_time(" + ", ".join([f"tm_{name}={part}" for name, part in zip(names, self)]) + ")"


def _struct_time(fields):
    return struct_time(fields)
