"""`sys`, as far as it says nothing of the host."""

from _sys import (
    exit,
    getrefcount,
    getsizeof,
    getswitchinterval,
    maxsize,
    program_name,
    recursion_limit,
    setswitchinterval,
)

argv = [program_name()]
platform = "linux"
version = "3.12.0 (lockstep)"
byteorder = "little"
maxunicode = 1114111


class _VersionInfo(tuple):
    @property
    def major(self):
        return self[0]

    @property
    def minor(self):
        return self[1]

    @property
    def micro(self):
        return self[2]

    def __repr__(self):
        return f"sys.version_info(major={self[0]}, minor={self[1]}, micro={self[2]}, releaselevel={self[3]!r}, serial={self[4]})"


version_info = _VersionInfo((3, 12, 0, "final", 0))


class TextIOWrapper:
    def __init__(self, error):
        self.name = "<stderr>" if error else "<stdout>"
        self.encoding = "utf-8"
        self._error = error

    def write(self, text):
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        _print_text(text, self._error)
        return len(text)

    def writelines(self, lines):
        for line in lines:
            self.write(line)

    def flush(self):
        pass

    def isatty(self):
        return False

    def __repr__(self):
        return f"<_io.TextIOWrapper name='{self.name}' mode='w' encoding='utf-8'>"


stdout = TextIOWrapper(False)
stderr = TextIOWrapper(True)

_recursion_limit = [recursion_limit()]


def getrecursionlimit():
    return _recursion_limit[0]


def setrecursionlimit(limit, /):
    if limit < 1:
        raise ValueError("recursion limit must be greater or equal than 1")
    _recursion_limit[0] = limit
