# What is wrong with a program, before it runs: reasons and remedies.
# One sentence each, without a full stop. What Python itself says, in its own words.

diag-error = error
diag-note = note
diag-help = help

## The file as a whole

diag-empty = the file is empty: the program does nothing
diag-more = there are { $n } more problems from here on
diag-too-large = this program is too large to be simulated
diag-too-large-help = split it, or use shallower `try`/`finally` nesting
diag-file-large = the file is too large: { $bytes } bytes, at most { $most } are read
diag-file-binary = this is not a text file: it contains a NUL byte at offset { $offset }
diag-file-encoding = the file is not UTF-8: it breaks off at byte { $offset }; save it as UTF-8
diag-deep-expression = this expression is nested too deeply
diag-deep-expression-help = split it, with variables for its parts
diag-deep-blocks = these blocks are nested too deeply
diag-deep-blocks-help = move inner blocks into functions

## Parameters

diag-parameter-type = the parameter `{ $name }` is { $type } here, and `{ $value }` is not
diag-parameter-unknown = this program has no constant `{ $name }`
diag-parameter-computed = `{ $name }` cannot be set from outside: its value is not a plain constant
diag-parameter-none = it has no constants that can be set
diag-parameter-known = it has: { $known }
diag-type-constant = a constant
diag-type-bool = True or False
diag-type-int = an int
diag-type-float = a float
diag-type-str = a string
diag-type-bytes = bytes

## Names and modules

diag-near = did you mean `{ $near }`?
diag-name-unknown = the name `{ $name }` is bound nowhere
diag-name-refused = `{ $name }` is not available: { $reason }
diag-name-import = write `import { $module }` at the top of the file
diag-module-unknown = there is no module `{ $name }` here
diag-module-instead = use { $instead } instead
diag-module-copy = write what you need of it into this file
diag-member-unknown = the module `{ $module }` has no `{ $name }`
diag-member-refused = `{ $module }.{ $name }` is not available: { $reason }
diag-member-later = `{ $module }.{ $name }` is not simulated yet
diag-member-known = of `{ $module }` there is: { $known }
diag-why-code = a program must be known before it runs: code cannot be computed here
diag-why-namespace = the variables of a program are not a dictionary here
diag-why-coroutines = coroutines are not simulated yet
diag-why-debugger = there is no debugger inside the program
diag-why-bytearray = byte arrays are not simulated
diag-why-memoryview = memory views are not simulated
diag-why-help = there is no help inside the program
diag-why-files = a simulated program reaches no files
diag-why-signals = a simulated program gets no signals from the host
diag-why-processes = a simulated program starts no processes of the host
diag-use-import = write `import` at the top of the file
diag-use-iter = use `iter`
diag-use-next = use `next`
diag-use-exception = use an ordinary exception
diag-use-stepping = step through the program instead
diag-use-ints = use a list of ints, or `bytes`
diag-use-file = write the code into the file
diag-use-attributes = name the attributes, or use `hasattr`
diag-use-numbers = use `int({"\u2026"})` or `float({"\u2026"})` to read numbers
diag-use-variable = name the variable, or use a dict of your own
diag-use-nothing = leave the call out
diag-use-bytes = use `bytes`
diag-use-input = use a list, or `input()` to read what a person types
diag-use-dict = name the attributes, or use a dict of your own
diag-instead-abc = an ordinary base class whose methods raise `NotImplementedError`
diag-instead-copy = `list({"\u2026"})`, `dict({"\u2026"})` or a slice
diag-instead-repr = `repr({"\u2026"})`
diag-instead-code = `{ $code }`
diag-instead-enum = module-level constants
diag-instead-gc = nothing: memory needs no care here
diag-instead-operator = a `lambda`
diag-instead-re = the methods of strings
diag-instead-weakref = an ordinary reference

## Python outside the subset

diag-coroutines = coroutines (`{ $keyword }`) are not simulated yet
diag-coroutines-def = use a function and `threading.Thread(target={"\u2026"})`
diag-coroutines-await = use threads: `threading.Thread(target={"\u2026"})`
diag-coroutines-ordinary = use an ordinary `{ $keyword }`
diag-type-alias = type aliases are not simulated
diag-type-alias-help = leave the line out: types are not checked
diag-type-parameters = type parameters are not simulated
diag-type-parameters-help = leave them out: types are not checked
diag-exception-groups = exception groups (`except*`) are not simulated
diag-exception-groups-name = exception groups are not simulated
diag-exception-groups-help = use `except`
diag-relative-import = relative imports need a package, and a program here is one file
diag-relative-import-help = put the code into this file
diag-starred-base = the bases of a class must be written out here
diag-starred-base-help = name every base
diag-metaclass = metaclasses are not simulated
diag-class-keyword = keywords of a class are not simulated
diag-leave-out = leave it out
diag-mapping-pattern = mapping patterns are not simulated
diag-mapping-pattern-help = use `if` with `in` and `[]`
diag-class-pattern = class patterns are not simulated
diag-class-pattern-help = use `if isinstance({"\u2026"})`
diag-template-string = template strings are newer than Python 3.12
diag-template-string-help = use an f-string: `f"{"\u2026"}"`
diag-big-number = this number does not fit into 64 bits
diag-big-number-help = integers are simulated from -2**63 to 2**63 - 1: use a smaller number, or a float
diag-complex = complex numbers are not simulated
diag-complex-help = use two floats

## Not Python: what the compiler finds

diag-return-outside = 'return' outside function
diag-yield-outside = 'yield' outside function
diag-yield-comprehension = 'yield' inside a comprehension
diag-break-outside = 'break' outside loop
diag-continue-outside = 'continue' not properly in loop
diag-nonlocal-module = nonlocal declaration not allowed at module level
diag-nonlocal-unbound = no binding for nonlocal '{ $name }' found
diag-nonlocal-unbound-help = for a variable of the module write `global { $name }`
diag-declared-parameter = name '{ $name }' is parameter and { $keyword }
diag-declared-twice = name '{ $name }' is nonlocal and global
diag-declared-assigned = name '{ $name }' is assigned to before { $keyword } declaration
diag-declared-used = name '{ $name }' is used prior to { $keyword } declaration
diag-declared-help = move `{ $keyword } { $name }` to the top of the function
diag-walrus-rebinds = assignment expression cannot rebind comprehension iteration variable '{ $name }'
diag-walrus-class = assignment expression within a comprehension cannot be used in a class body
diag-starred-target = starred assignment target must be in a list or tuple
diag-starred-many = multiple starred expressions in assignment
diag-starred-pattern = multiple starred names in sequence pattern
diag-except-last = default 'except:' must be last
diag-import-star = import * only allowed at module level
diag-parameter-twice = duplicate parameter '{ $name }'
diag-keyword-twice = keyword argument repeated: { $name }
diag-dict-unpacking = dict unpacking cannot be used in a dict comprehension

## Not Python: what the parser finds

diag-character = the character { $character } cannot stand here
diag-blank = the blank { $code } cannot stand here
diag-blank-help = type an ordinary space
diag-full-width = full-width `{ $found }` where Python needs the half-width `{ $wanted }`
diag-full-width-help = type `{ $wanted }`
diag-old-print = `{ $name }` is a function in Python 3: its arguments stand in parentheses
diag-old-print-help = write `print({"\u2026"})`
diag-tabs = inconsistent use of tabs and spaces in indentation
diag-tabs-help = indent every line with four spaces for each level
diag-unindent = unindent does not match any outer indentation level
diag-unindent-help = indent the line like the block it belongs to
diag-syntax-other = { $text }
diag-syntax-annotation = { $text }
diag-syntax-expected-token = expected { $expected }, found { $found }
diag-syntax-after-async = expected `def`, `with` or `for` to follow `async`, found { $found }
diag-syntax-statements = simple statements must be separated by newlines or semicolons
diag-syntax-compound = compound statements are not allowed on the same line as simple statements
diag-syntax-unpacking-order = iterable argument unpacking cannot follow keyword argument unpacking
diag-syntax-unpacking-comprehension = iterable unpacking cannot be used in a comprehension
diag-syntax-named = unparenthesized named expression cannot be used here
diag-syntax-tuple = unparenthesized tuple expression cannot be used here
diag-syntax-generator = unparenthesized generator expression cannot be used here
diag-syntax-yield = yield expression cannot be used here
diag-syntax-lambda = lambda expression cannot be used here
diag-syntax-starred = starred expression cannot be used here
diag-syntax-positional = positional argument cannot follow keyword argument
diag-syntax-positional-unpacking = positional argument cannot follow keyword argument unpacking
diag-syntax-slice = expected index or slice expression
diag-syntax-global = global statement must have at least one name
diag-syntax-nonlocal = nonlocal statement must have at least one name
diag-syntax-delete = delete statement must have at least one target
diag-syntax-import = expected one or more symbol names after import
diag-syntax-type-parameters = type parameter list cannot be empty
diag-syntax-after-keywords = parameter cannot follow var-keyword parameter
diag-syntax-default = parameter without a default cannot follow a parameter with a default
diag-syntax-keyword-only = expected one or more keyword parameter after `*` separator
diag-syntax-star-default = parameter with `*` or `**` cannot have default value
diag-syntax-star-pattern = star pattern cannot be used here
diag-syntax-underscore = cannot use '_' as a target
diag-syntax-real = expected a real number in complex literal pattern
diag-syntax-imaginary = expected an imaginary number in complex literal pattern
diag-syntax-expression = expected an expression
diag-syntax-indentation = unexpected indentation
diag-syntax-target = invalid assignment target
diag-syntax-target-annotated = invalid annotated assignment target
diag-syntax-target-named = assignment expression target must be an identifier
diag-syntax-target-augmented = invalid augmented assignment target
diag-syntax-target-delete = invalid delete target
diag-syntax-expression-end = unexpected token at the end of an expression
diag-syntax-string = got unexpected string
diag-syntax-string-unclosed = missing closing quote in string literal
diag-syntax-unicode = got unexpected unicode
diag-syntax-unicode-open = missing `{"{"}` in Unicode escape sequence
diag-syntax-unicode-close = missing `{"}"}` in Unicode escape sequence
diag-syntax-bytes = bytes can only contain ASCII literal characters
diag-syntax-continuation = expected a newline after line continuation character
diag-syntax-eof = unexpected EOF while parsing
diag-syntax-in-string = { $kind }: { $problem }
diag-syntax-f-brace = expecting `{"}"}`
diag-syntax-f-conversion = invalid conversion character
diag-syntax-f-single-brace = single `{"}"}` is not allowed
diag-syntax-f-unclosed = unterminated string
diag-syntax-f-unclosed-triple = unterminated triple-quoted string
diag-syntax-f-lambda = lambda expressions are not allowed without parentheses
diag-syntax-f-exclamation = conversion type must come right after the exclamation mark
diag-syntax-f-newline = newlines are not allowed in format specifiers when using single quotes
diag-token-code = `{ $code }`
diag-token-other = { $name }
diag-token-newline = newline
diag-token-indent = indent
diag-token-dedent = dedent
diag-token-end = end of file
diag-token-name = name
diag-token-int = int
diag-token-float = float
diag-token-complex = complex
diag-token-string = string
diag-token-comment = comment
