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

const COMPUTED_CODE: &str = "a program must be known before it runs: code cannot be computed here";
const NAMESPACES: &str = "the variables of a program are not a dictionary here";

/// Built-in names of CPython that are refused: name, reason, what to do instead.
pub(super) const REFUSED: &[(&str, &str, &str)] = &[
    ("__import__", COMPUTED_CODE, "write `import` at the top of the file"),
    ("aiter", "coroutines are not simulated yet", "use `iter`"),
    ("anext", "coroutines are not simulated yet", "use `next`"),
    ("BaseExceptionGroup", "exception groups are not simulated", "use an ordinary exception"),
    ("breakpoint", "there is no debugger inside the program", "step through the program instead"),
    ("bytearray", "byte arrays are not simulated", "use a list of ints, or `bytes`"),
    ("compile", COMPUTED_CODE, "write the code into the file"),
    ("complex", "complex numbers are not simulated", "use two floats"),
    ("dir", NAMESPACES, "name the attributes, or use `hasattr`"),
    ("eval", COMPUTED_CODE, "use `int(…)` or `float(…)` to read numbers"),
    ("exec", COMPUTED_CODE, "write the code into the file"),
    ("ExceptionGroup", "exception groups are not simulated", "use an ordinary exception"),
    ("globals", NAMESPACES, "name the variable, or use a dict of your own"),
    ("help", "there is no help inside the program", "leave the call out"),
    ("locals", NAMESPACES, "name the variable, or use a dict of your own"),
    ("memoryview", "memory views are not simulated", "use `bytes`"),
    ("open", "a simulated program reaches no files", "use a list, or `input()` to read what a person types"),
    ("vars", NAMESPACES, "name the attributes, or use a dict of your own"),
];
