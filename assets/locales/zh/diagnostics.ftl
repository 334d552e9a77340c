# 程序运行之前查出的问题：原因和改法。
# 每条一句话，不加句号。

diag-error = 错误
diag-note = 说明
diag-help = 改法

## 整个文件

diag-empty = 文件是空的：程序什么也不做
diag-more = 从这里往后还有 { $n } 个问题
diag-too-large = 程序太大，无法模拟
diag-too-large-help = 把它拆开，或者减少 `try`/`finally` 的嵌套
diag-file-large = 文件太大：有 { $bytes } 字节，最多读取 { $most } 字节
diag-file-binary = 这不是文本文件：偏移 { $offset } 处有一个空字节
diag-file-encoding = 文件的编码不是 `UTF-8`：到第 { $offset } 个字节就读不通了；请另存为 `UTF-8`
diag-deep-expression = 这个表达式嵌套得太深
diag-deep-expression-help = 把它拆开，用变量保存各个部分
diag-deep-blocks = 这些语句块嵌套得太深
diag-deep-blocks-help = 把内层的语句块移到函数里

## 参数

diag-parameter-type = 参数 `{ $name }` 在这里是{ $type }，而 `{ $value }` 不是
diag-parameter-unknown = 这个程序没有常量 `{ $name }`
diag-parameter-computed = `{ $name }` 不能从外面设定：它的值不是直接写出的常量
diag-parameter-none = 它没有可以设定的常量
diag-parameter-known = 它有：{ $known }
diag-type-constant = 常量
diag-type-bool = `True` 或 `False`
diag-type-int = 整数
diag-type-float = 浮点数
diag-type-str = 字符串
diag-type-bytes = 字节串

## 名字和模块

diag-near = 是不是 `{ $near }`？
diag-name-unknown = 名字 `{ $name }` 没有在任何地方定义
diag-name-refused = 不能使用 `{ $name }`：{ $reason }
diag-name-import = 请在文件开头写 `import { $module }`
diag-module-unknown = 这里没有模块 `{ $name }`
diag-module-instead = 请改用{ $instead }
diag-module-copy = 把需要的部分写进这个文件
diag-member-unknown = 模块 `{ $module }` 里没有 `{ $name }`
diag-member-refused = 不能使用 `{ $module }.{ $name }`：{ $reason }
diag-member-later = `{ $module }.{ $name }` 还不能模拟
diag-member-known = `{ $module }` 里有：{ $known }
diag-why-code = 程序的全部代码在运行之前就要确定，不能在运行中生成代码
diag-why-namespace = 在这里，程序的变量不能当作字典使用
diag-why-coroutines = 协程还不能模拟
diag-why-debugger = 程序里面没有调试器
diag-why-bytearray = 可变字节串不能模拟
diag-why-memoryview = 内存视图不能模拟
diag-why-help = 程序里面没有帮助
diag-why-files = 被模拟的程序不能读写文件
diag-why-signals = 被模拟的程序收不到系统的信号
diag-why-processes = 被模拟的程序不能启动系统的进程
diag-use-import = 在文件开头写 `import`
diag-use-iter = 请用 `iter`
diag-use-next = 请用 `next`
diag-use-exception = 请用普通的异常
diag-use-stepping = 请在界面里一步一步地走
diag-use-ints = 请用整数的列表，或者 `bytes`
diag-use-file = 把代码直接写进文件
diag-use-attributes = 写出属性的名字，或者用 `hasattr`
diag-use-numbers = 读取数字请用 `int(...)` 或 `float(...)`
diag-use-variable = 写出变量的名字，或者用自己的字典
diag-use-nothing = 去掉这个调用
diag-use-bytes = 请用 `bytes`
diag-use-input = 请用列表，或者用 `input()` 读取人输入的内容
diag-use-dict = 写出属性的名字，或者用自己的字典
diag-instead-abc = 普通的基类，让它的方法引发 `NotImplementedError`
diag-instead-copy = {" "}`list(...)`、`dict(...)` 或切片
diag-instead-repr = {" "}`repr(...)`
diag-instead-code = {" "}`{ $code }`
diag-instead-enum = 模块级的常量
diag-instead-gc = 别的办法：这里不必操心内存，去掉它就行
diag-instead-operator = {" "}`lambda`
diag-instead-re = 字符串自带的方法
diag-instead-weakref = 普通的引用

## 子集之外的 Python

diag-coroutines = 协程（`{ $keyword }`）还不能模拟
diag-coroutines-def = 请用函数和 `threading.Thread(target=...)`
diag-coroutines-await = 请用线程：`threading.Thread(target=...)`
diag-coroutines-ordinary = 请用普通的 `{ $keyword }`
diag-type-alias = 类型别名不能模拟
diag-type-alias-help = 去掉这一行：这里不检查类型
diag-type-parameters = 类型参数不能模拟
diag-type-parameters-help = 去掉类型参数：这里不检查类型
diag-exception-groups = 异常组（`except*`）不能模拟
diag-exception-groups-name = 异常组不能模拟
diag-exception-groups-help = 请用 `except`
diag-relative-import = 相对导入需要软件包，而这里的程序只有一个文件
diag-relative-import-help = 把代码写进这个文件
diag-starred-base = 在这里，类的基类必须逐个写出
diag-starred-base-help = 写出每个基类的名字
diag-metaclass = 元类不能模拟
diag-class-keyword = 类定义中的关键字参数不能模拟
diag-leave-out = 去掉它
diag-mapping-pattern = 映射模式不能模拟
diag-mapping-pattern-help = 请用 `if`，配合 `in` 和 `[]`
diag-class-pattern = 类模式不能模拟
diag-class-pattern-help = 请用 `if isinstance(...)`
diag-template-string = 模板字符串是 Python 3.12 之后才有的
diag-template-string-help = 请用 f 字符串：`f"..."`
diag-big-number = 这个数超出了 64 位
diag-big-number-help = 能模拟的整数从 -2**63 到 2**63 - 1：请用小一些的数，或者浮点数
diag-complex = 复数不能模拟
diag-complex-help = 请用两个浮点数

## 不是 Python：编译时发现的

diag-return-outside = `return` 不在函数里
diag-yield-outside = `yield` 不在函数里
diag-yield-comprehension = 推导式里不能有 `yield`
diag-break-outside = `break` 不在循环里
diag-continue-outside = `continue` 不在循环里
diag-nonlocal-module = 模块级不能使用 `nonlocal`
diag-nonlocal-unbound = 外层函数里没有 `nonlocal` 所说的变量 `{ $name }`
diag-nonlocal-unbound-help = 如果是模块的变量，请写 `global { $name }`
diag-declared-parameter = 名字 `{ $name }` 既是参数，又声明成了 `{ $keyword }`
diag-declared-twice = 名字 `{ $name }` 既声明成了 `nonlocal`，又声明成了 `global`
diag-declared-assigned = 名字 `{ $name }` 在 `{ $keyword }` 声明之前就赋了值
diag-declared-used = 名字 `{ $name }` 在 `{ $keyword }` 声明之前就用到了
diag-declared-help = 把 `{ $keyword } { $name }` 移到函数开头
diag-walrus-rebinds = 赋值表达式不能改变推导式的循环变量 `{ $name }`
diag-walrus-class = 类体里的推导式中不能使用赋值表达式
diag-starred-target = 带星号的赋值目标必须放在列表或元组里
diag-starred-many = 一次赋值里有几个带星号的目标
diag-starred-pattern = 一个序列模式里有几个带星号的名字
diag-except-last = 不带类型的 `except:` 必须放在最后
diag-import-star = `import *` 只能写在模块级
diag-parameter-twice = 参数 `{ $name }` 重复了
diag-keyword-twice = 关键字参数重复了：`{ $name }`
diag-dict-unpacking = 字典推导式里不能展开字典

## 不是 Python：解析时发现的

diag-character = 这里不能出现字符 { $character }
diag-blank = 这里不能出现空白字符 { $code }
diag-blank-help = 请改成普通的空格
diag-full-width = 这里是全角的 `{ $found }`，而 Python 要的是半角的 `{ $wanted }`
diag-full-width-help = 请改成 `{ $wanted }`
diag-old-print = 在 Python 3 里 `{ $name }` 是函数：它的参数要放在括号里
diag-old-print-help = 请写 `print(...)`
diag-tabs = 缩进混用了制表符和空格
diag-tabs-help = 每一级都用四个空格缩进
diag-unindent = 这一行的缩进与外层的任何一级都对不上
diag-unindent-help = 让这一行与它所属的语句块对齐
diag-syntax-other = 这里不合语法：「{ $text }」
diag-syntax-annotation = 这个注解不合语法：「{ $text }」
diag-syntax-expected-token = 这里应当是{ $expected }，却是{ $found }
diag-syntax-after-async = `async` 后面应当是 `def`、`with` 或 `for`，却是{ $found }
diag-syntax-statements = 简单语句之间要换行，或者用分号隔开
diag-syntax-compound = 复合语句不能与简单语句写在同一行
diag-syntax-unpacking-order = 展开的位置参数不能放在展开的关键字参数后面
diag-syntax-unpacking-comprehension = 推导式里不能用星号展开
diag-syntax-named = 这里的赋值表达式要加括号
diag-syntax-tuple = 这里的元组要加括号
diag-syntax-generator = 这里的生成器表达式要加括号
diag-syntax-yield = 这里不能使用 `yield` 表达式
diag-syntax-lambda = 这里不能使用 `lambda` 表达式
diag-syntax-starred = 这里不能使用带星号的表达式
diag-syntax-positional = 位置参数不能放在关键字参数后面
diag-syntax-positional-unpacking = 位置参数不能放在展开的关键字参数后面
diag-syntax-slice = 这里应当是下标或切片
diag-syntax-global = `global` 后面至少要有一个名字
diag-syntax-nonlocal = `nonlocal` 后面至少要有一个名字
diag-syntax-delete = `del` 后面至少要有一个目标
diag-syntax-import = `import` 后面至少要有一个名字
diag-syntax-type-parameters = 类型参数列表不能是空的
diag-syntax-after-keywords = `**` 参数后面不能再有参数
diag-syntax-default = 没有默认值的参数不能放在有默认值的参数后面
diag-syntax-keyword-only = 分隔符 `*` 后面至少要有一个关键字参数
diag-syntax-star-default = 带 `*` 或 `**` 的参数不能有默认值
diag-syntax-star-pattern = 这里不能使用带星号的模式
diag-syntax-underscore = `_` 不能作为目标
diag-syntax-real = 复数模式里这里应当是实数
diag-syntax-imaginary = 复数模式里这里应当是虚数
diag-syntax-expression = 这里应当是表达式
diag-syntax-indentation = 这一行不该缩进
diag-syntax-target = 不能给它赋值
diag-syntax-target-annotated = 不能给它加注解并赋值
diag-syntax-target-named = 赋值表达式的目标必须是名字
diag-syntax-target-augmented = 不能对它使用增量赋值
diag-syntax-target-delete = 不能删除它
diag-syntax-expression-end = 表达式末尾有多余的内容
diag-syntax-string = 这里不能是字符串
diag-syntax-string-unclosed = 字符串缺少结尾的引号
diag-syntax-unicode = 这里的字符或转义序列不合语法
diag-syntax-unicode-open = 转义序列里缺少 `{"{"}`
diag-syntax-unicode-close = 转义序列里缺少 `{"}"}`
diag-syntax-bytes = 字节串里只能有 `ASCII` 字符
diag-syntax-continuation = 续行符后面必须换行
diag-syntax-eof = 文件在语句中间就结束了
diag-syntax-in-string = { $kind }：{ $problem }
diag-syntax-f-brace = 缺少 `{"}"}`
diag-syntax-f-conversion = 转换标志不对
diag-syntax-f-single-brace = 不能单独出现 `{"}"}`
diag-syntax-f-unclosed = 字符串没有结束
diag-syntax-f-unclosed-triple = 三引号字符串没有结束
diag-syntax-f-lambda = `lambda` 表达式要加括号
diag-syntax-f-exclamation = 转换标志必须紧跟在感叹号后面
diag-syntax-f-newline = 用单引号时，格式说明里不能换行
diag-token-code = {" "}`{ $code }`
diag-token-other = 「{ $name }」
diag-token-newline = 换行
diag-token-indent = 缩进
diag-token-dedent = 缩进的结束
diag-token-end = 文件末尾
diag-token-name = 名字
diag-token-int = 整数
diag-token-float = 浮点数
diag-token-complex = 复数
diag-token-string = 字符串
diag-token-comment = 注释
