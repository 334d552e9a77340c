"""The names of `typing`: accepted and ignored."""


class _Name:
    def __init__(self, name):
        self._name = name

    def __getitem__(self, item):
        return self

    def __or__(self, other):
        return self

    def __ror__(self, other):
        return self

    def __repr__(self):
        return f"typing.{self._name}"


Any = _Name("Any")
Callable = _Name("Callable")
ClassVar = _Name("ClassVar")
Final = _Name("Final")
Generator = _Name("Generator")
Iterable = _Name("Iterable")
Iterator = _Name("Iterator")
Literal = _Name("Literal")
Mapping = _Name("Mapping")
NoReturn = _Name("NoReturn")
Optional = _Name("Optional")
Sequence = _Name("Sequence")
Union = _Name("Union")
Dict = dict
FrozenSet = frozenset
List = list
Set = set
Text = str
Tuple = tuple
Type = type
TYPE_CHECKING = False


def cast(kind, value):
    return value


def final(definition):
    return definition


def TypeVar(name, *constraints, **options):
    return _Name(name)


def NewType(name, kind):
    return kind
