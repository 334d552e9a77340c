//! Built-in names.

/// Functions, types and constants that work, separated by spaces.
pub(super) const BUILTINS: &str = "\
    Ellipsis NotImplemented __build_class__ __debug__ __doc__ __file__ __name__ abs all any ascii bin bool bytes \
    callable chr classmethod delattr dict divmod enumerate exit filter float format frozenset getattr hasattr hash \
    hex id input int isinstance issubclass iter len list map max min next object oct ord pow print property quit \
    range repr reversed round set setattr slice sorted staticmethod str sum super tuple type zip";

/// The exception hierarchy, separated by spaces.
pub(super) const EXCEPTIONS: &str = "\
    ArithmeticError AssertionError AttributeError BaseException BlockingIOError BrokenPipeError BufferError \
    BytesWarning ChildProcessError ConnectionAbortedError ConnectionError ConnectionRefusedError \
    ConnectionResetError DeprecationWarning EOFError EnvironmentError Exception FileExistsError FileNotFoundError \
    FloatingPointError FutureWarning GeneratorExit IOError ImportError ImportWarning IndentationError IndexError \
    InterruptedError IsADirectoryError KeyError KeyboardInterrupt LookupError MemoryError ModuleNotFoundError \
    NameError NotADirectoryError NotImplementedError OSError OverflowError PendingDeprecationWarning \
    PermissionError ProcessLookupError RecursionError ReferenceError ResourceWarning RuntimeError RuntimeWarning \
    StopAsyncIteration StopIteration SyntaxError SyntaxWarning SystemError SystemExit TabError TimeoutError \
    TypeError UnboundLocalError UnicodeDecodeError UnicodeEncodeError UnicodeError UnicodeTranslateError \
    UnicodeWarning UserWarning ValueError Warning ZeroDivisionError";

const COMPUTED_CODE: &str = "diag-why-code";
const NAMESPACES: &str = "diag-why-namespace";

/// Built-in names of CPython that are refused: name, and the keys of the reason and of what to do instead.
pub(super) const REFUSED: &[(&str, &str, &str)] = &[
    ("__import__", COMPUTED_CODE, "diag-use-import"),
    ("aiter", "diag-why-coroutines", "diag-use-iter"),
    ("anext", "diag-why-coroutines", "diag-use-next"),
    ("BaseExceptionGroup", "diag-exception-groups-name", "diag-use-exception"),
    ("breakpoint", "diag-why-debugger", "diag-use-stepping"),
    ("bytearray", "diag-why-bytearray", "diag-use-ints"),
    ("compile", COMPUTED_CODE, "diag-use-file"),
    ("complex", "diag-complex", "diag-complex-help"),
    ("dir", NAMESPACES, "diag-use-attributes"),
    ("eval", COMPUTED_CODE, "diag-use-numbers"),
    ("exec", COMPUTED_CODE, "diag-use-file"),
    ("ExceptionGroup", "diag-exception-groups-name", "diag-use-exception"),
    ("globals", NAMESPACES, "diag-use-variable"),
    ("help", "diag-why-help", "diag-use-nothing"),
    ("locals", NAMESPACES, "diag-use-variable"),
    ("memoryview", "diag-why-memoryview", "diag-use-bytes"),
    ("open", "diag-why-files", "diag-use-input"),
    ("vars", NAMESPACES, "diag-use-dict"),
];
