# JSON 和 TOML 的读取器怎样说一个坏文件。

format-missing = 缺少字段 `{ $name }`
format-duplicate = 字段 `{ $name }` 重复了
format-no-fields = 没有字段 `{ $name }`，这里不能有字段
format-field = 没有字段 `{ $name }`，这里可以写 { $known }
format-variant = 不认识 `{ $name }`，这里可以写 { $known }
format-type = 类型不对：这里是{ $found }，应为{ $wanted }
format-value = 值不对：这里是{ $found }，应为{ $wanted }
format-length = 个数 { $count } 不对，应为{ $wanted }
format-signs = 此处应为 { $signs }
format-keys = 应为一个按键，例如 `"x"`，或者几个按键的列表
format-no-outcome = 至少要有一个结局
format-outcome-globals = 每个结局列出的全局变量必须相同
format-outcome-twice = 同一个结局写了两次
format-thing-twice = 同一项写了两次
format-twice = `{ $name }` 写了两次
format-languages = 应为 `["en"]`、`["zh"]` 或 `["en", "zh"]`
format-id = `{ $name }` 不能作名字：请用小写字母、数字和 `-`
format-seed-missing = 没有说明种子 { $seed } 的结局
format-seed-twice = 种子 { $seed } 不能有两种结局
format-seed = 种子 { $seed } 不在 1 到 20 之内
format-syntax = { $syntax }
format-syntax-signs = { $syntax }，此处应为 { $signs }
format-other = 看不懂（{ $text }）
format-column = { $reason }（第 { $column } 列）

format-eof = 内容没有写完
format-no-value = 缺少值
format-escape = `\` 后面的写法不对
format-control = 字符串里有控制字符
format-number-wrong = 数字写法不对
format-large = 整数太大
format-key-string = 键必须是字符串
format-comma-extra = 多了一个逗号
format-trailing = 末尾还有多余的内容
format-deep = 嵌套太深
format-unclosed = 括号没有合上
format-key-alone = 键后面缺少 `=` 和值
format-key-twice = 同一个键写了两次
format-key-wrong = 键的写法不对
format-quotes = 字符串要加引号
format-string-wrong = 字符串写法不对
format-no-comma = 缺少逗号
format-equals-extra = 多了一个 `=`
format-value-wrong = 值的写法不对

format-a-boolean = 布尔值 `{ $text }`
format-an-integer = 整数 `{ $text }`
format-a-float = 小数 `{ $text }`
format-a-string = 字符串 { $text }
format-a-null = 空值
format-a-list = 列表
format-a-map = 对象
format-a-date = 日期

format-some-string = 字符串
format-some-boolean = 布尔值
format-some-list = 列表
format-some-map = 对象
format-some-text = 字符串或 64 位整数
format-some-natural = 不小于 0 的整数
format-some-u8 = 0 到 255 的整数
format-some-u16 = 0 到 65535 的整数
format-some-u32 = 0 到 4294967295 的整数
format-some-integer = 整数
format-some-number = 数字
format-some-verdict = `"proved"`，或者一个列表，列出会出的错，例如 `["deadlock"]`
format-some-ends = `"finished"`、`"deadlock"`、`"crash"`、`"limit"`，或者这样的名字加上种子的列表
