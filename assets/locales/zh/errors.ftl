# 做不到的事，以及原因。

## 系统给出的原因

system-missing = 没有这个文件或目录
system-denied = 没有权限
system-exists = 已经存在
system-directory = 这是一个目录
system-no-directory = 这不是目录
system-full = 没有剩余空间
system-read-only = 只能读，不能写
system-pipe = 已经没有人在读
system-end = 内容不完整
system-memory = 内存不够
system-large = 文件太大
system-busy = 它正被占用
system-later = 系统资源暂时不足
system-unsupported = 这个系统做不到
system-text = 这不是 UTF-8 编码的文本
system-other = 系统报告「{ $text }」
socket-no-home = 找不到主目录
socket-path-long = 路径太长，不能用作套接字的地址
socket-foreign = 这个目录属于别人
socket-open = 别人也能进入这个目录
file-temporaries = 这里的临时文件（`.lockstep-*.tmp`）太多了
terminal-unread = 终端的输入已经没有人读取
edit-reason = { $reason }

## 目标和文件

refused-unreadable = { $path }：{ $reason }

## 选项的值

option-speed = 需要大于 0 的数，例如 0.5 或 10
option-parameter = 请写成 `NAME=VALUE`，例如 `N=5`
option-times = 需要 1 到 { $most } 之间的数
option-deny = 没有这种问题；有 `{ $known }`，以及 `all`
option-atomicity = 一步的大小没有 `{ $name }`；有 `op`、`line` 和 `gil`
option-notify = 通知的规则没有 `{ $name }`；有 `first` 和 `any`
option-scheduler = 没有调度器 `{ $name }`；有 `manual`、`random`、`rr[:QUANTUM]`、`fifo` 和 `pct[:DEPTH[:LENGTH]]`
option-lang = 没有语言 `{ $name }` 的文案；有 `en` 和 `zh`
option-glyphs = 没有图形符号集 `{ $name }`；有 `unicode`、`safe` 和 `ascii`

## 调度序列

schedule-wrong = 调度序列的第 { $position } 个字符：{ $reason }
schedule-one-step = 这里应当只有一步
schedule-begin = 调度序列以 `{ $version }` 开头
schedule-letter = 这里应当是线程的字母，却是 `{ $found }`
schedule-letter-missing = 这里应当是线程的字母，却什么也没有
schedule-row = 接连超过了 { $most } 步
schedule-count = 次数至少是 1
schedule-count-large = 次数 { $count } 太大
schedule-count-missing = 这里应当是次数或 `!`，却是 `{ $found }`
schedule-number = `!{ $name }` 需要一个数：`!{ $name }=0`
schedule-no-number = `!{ $name }` 后面不能有数
schedule-alternative = 没有 `{ $name }` 这种走法；有 `timeout`、`spurious`、`wake=N` 和 `draw=N`

## 时刻

place-wrong = 这一刻的第 { $position } 个字符：{ $reason }
place-target = 开头应当是场景或文件
place-end = 最后应当是步数，例如 @12；这一行缺了结尾
place-step = `{ $word }`：步数是 0 到 { $most } 之间的数
place-seed = `{ $word }`：种子是 0 到 { $most } 之间的数
place-after = `{ $word }`：步数后面不能再有别的
place-cut = 调度序列到第 { $last } 步就结束了，而这一刻是第 { $step } 步：这一行缺了一部分
place-twice = `{ $name }` 说了两次
place-no-value = `{ $name }` 后面不带值
place-after-input = 输入结束（`eof`）之后不能再输入
place-unknown = 不认识 `{ $word }`；这里可以有 `NAME=VALUE`、`{ $known }`、调度序列 `v1/...`，最后是 `@STEP`
place-no-name = 等号前面缺少名字
place-no-such-name = `{ $word }` 不是名字
place-schedule = 调度序列里：{ $reason }
place-percent = % 后面应当是两位十六进制数字，例如 %20；% 本身写成 %25
place-bytes = 用 % 写出的字节不是 `UTF-8` 文本

## 走不了的步

misfit-step = 第 { $step } 步：{ $told }
misfit-schedule = 调度序列不相符：{ $told }
misfit-no-thread = 没有线程 { $thread }
misfit-not-started = { $thread } 不能运行：它还没有启动
misfit-failed = { $thread } 不能运行：它已经因异常终止
misfit-killed = { $thread } 不能运行：它已经随程序终止
misfit-finished = { $thread } 不能运行：它已经结束
misfit-held = { $told }，它在 { $owner } 手里
misfit-something = 某个对象
misfit-blocked = { $thread } 不能运行：它阻塞在 { $object } 上
misfit-waits = { $thread } 不能运行：它在 { $object } 上等待
misfit-joins = { $thread } 不能运行：它在等 { $other } 结束
misfit-sleeps = { $thread } 不能运行：它在休眠
misfit-reads = { $thread } 不能运行：它在等输入
misfit-not-ready = { $thread } 不能运行：它还没有就绪
misfit-no-timeout = { $thread } 不能超时：它的等待没有时限
misfit-not-waiting = { $thread } 不能虚假唤醒：它没有在条件变量上等待
misfit-no-waiter = { $thread } 不能唤醒第 { $asked } 个：可选的有 { $ways } 个，从 0 数起
misfit-no-notify = { $thread } 不能选择唤醒谁：它不是即将通知
misfit-draw-large = { $thread } 不能抽到 { $asked }：抽到的数小于 { $below }
misfit-no-draw = { $thread } 不能选择抽到几：它不是即将抽取一个数
misfit-ended = { $thread } 不能运行：运行已经结束
misfit-unfinished = { $thread } 不能运行：上一步还没有走完

## 不相符的选项，读写的失败

file-output = 标准输出：{ $reason }
file-failed = { $path }：{ $reason }
flaw-title = 这个场景有问题：
flaw-left-out = 场景 `{ $name }` 有问题，没有列入：{ $told }（共 { $n } 处，运行 `lockstep check { $folder }` 可看全部）
option-needs-live = 只有真实线程才用得到 `{ $options }`：请加上 `--live`
option-not-live = `--live` 用不到 `{ $options }`：那是给模拟器的；真实线程何时运行由操作系统决定
option-unwatched = `--repeat` 用不到 `{ $options }`：没有人观看这些运行
place-far = 这一刻是第 { $step } 步，而界面只走到第 { $most } 步；用 `--max-steps` 可以走得更远
place-live = `--live` 用不到某一刻：真实线程做过的事只能在模拟器里重现
place-otherwise = 这一刻与 `{ $options }` 说的不同：请去掉它，或者修改这一行
place-explore = 某一刻属于一次运行，而 `explore` 从头看所有的运行：`lockstep explore { $target }` 探索它的程序
file-terminal = 终端：{ $reason }
option-manual = 没有人来选：`--sched manual` 需要界面；`--schedule` 可以重走一遍
option-two-outputs = `{ $option }` 和 `--record -` 都要用标准输出：请把记录写进文件
option-interface-output = `--record -` 和界面都要用标准输出：请把记录写进文件
option-record-target = `--record` 需要程序：`lockstep TARGET --record FILE`
option-two-inputs = 标准输入里只有一份记录：两个当中只能有一个是 `-`
option-explore = `explore` 用不到 `{ $option }`：{ $why }
option-explore-sched = 步的每一种先后都会试，没有人来选
option-explore-schedule = 它从程序的开头开始；要走一遍调度序列，请用 `lockstep run` 或界面
option-explore-max-steps = 没有单独的一次运行可以截断；`--max-states`、`--max-memory` 和 `--timeout` 可以限制它
option-explore-repeat = `--live-runs N` 会另外在真实线程上运行
option-explore-record = `lockstep run --schedule ... --record FILE` 可以记录它的某个见证
option-explore-pace = 没有人观看 `--live-runs` 的运行
option-explore-live = 它需要模拟器；`--live-runs N` 会另外在真实线程上运行
option-explore-plain = `lockstep run --schedule ... --plain` 可以逐步叙述它的某个见证
file-thread = 无法启动线程：{ $reason }
file-panic = 这是 Lockstep 的错误，不是程序的错误：「{ $text }」
file-interrupt = 无法监听 `Ctrl-C`：{ $reason }
file-no-python = { $path }：这里没有 Python 文件
option-ending = 从 { $path } 的扩展名看不出要变成什么；请用 `--to FORMAT` 说明：
option-format = 请用 `--to FORMAT` 说明要变成什么：
option-format-row = {"  "}{ $name }{ $about }
option-useless = `{ $format }` 用不到 `{ $option }`，它只用于 `{ $formats }`
option-itself = { $path }：这就是那份记录本身；请另选一个文件
option-last-step = `{ $option } { $step }`：这次运行的最后一步是第 { $last } 步
option-range = 请写成 `FROM-TO`，例如 `10-60`、`10-` 或 `-60`
option-range-order = 开头的步在结尾的步之后
option-steps-speed = 请写每秒多少步，从 0.1 到 1000
option-size = 请写成 `COLUMNSxROWS`，例如 `120x32`；从 `20x5` 到 `500x500`
file-no-scenario = { $path }：这里没有场景（它里面和它的子目录里都没有 `scenario.json`）
file-no-keys = { $path }：文件太大
flaw-line = { $file }:{ $line }：{ $told }
misfit-live = 真实线程不由人挑选
option-and = { $a } 和 { $b }

## 设置、配色和按键

wrong-format = 格式不对：{ $text }
wrong-theme = 没有配色 `{ $name }`；有 `{ $known }`
wrong-style = 样式 `{ $style }` 的写法不对，应当像 `red on black, bold` 这样写
wrong-style-missing = 缺少 `{ $slot }` 的样式，也没有继承别的配色
wrong-no-threads = 至少要有一种线程的样式
wrong-parent = 它继承的 `{ $name }` 不存在；有 `{ $known }`
wrong-circle = 它继承了自己：`{ $round }`
wrong-screen = 没有画面 `{ $name }`；有 `{ $known }`
wrong-key-name = 画面 `{ $screen }` 上没有 `{ $name }` 的按键；用 `lockstep keys` 可以看到有哪些
wrong-key-name-near = 画面 `{ $screen }` 上没有 `{ $name }` 的按键；是不是 `{ $near }`？
wrong-key = `{ $name }` 不是按键；按键写成 `x`、`Space`、`F2`、`Shift-Right`、`Ctrl-P`
wrong-key-fixed = `{ $name }` 的按键不能改
wrong-key-twice = `{ $key }` 会同时表示 `{ $one }` 和 `{ $other }`

## 场景的问题

flaw-missing = 缺少这个文件
flaw-missing-near = 缺少这个文件；是不是 `{ $near }` 写错了名字？
flaw-id = `id` 是 `{ $id }`，而目录叫 `{ $folder }`
flaw-no-variant = 场景至少要有一个变体
flaw-no-text = 缺少 `{ $name }` 的文字，或者它是空的
flaw-language = `languages` 里没有 `{ $name }`
flaw-variant-twice = 变体 `{ $name }` 重复了
flaw-no-other = 没有另一个叫 `{ $name }` 的变体
flaw-no-program = 目录里没有程序 `{ $name }`
flaw-question-twice = 同一个问题问了两次
flaw-questions = 问题超过了 { $most } 个：没有人愿意回答这么多
flaw-parameter-twice = 参数 `{ $name }` 重复了
flaw-min = `{ $name }` 的 `min` 大于 `max`
flaw-unset = 没有程序在行首给 `{ $name }` 赋一个数（`{ $name } = 3`）
flaw-outside = 有程序把 `{ $name }` 设成 { $value }，不在 `min` 和 `max` 之间
flaw-unused = 没有变体用到这个程序
flaw-seed-verdict = 种子 { $seed } 的结局是 `{ $end }`，而结论里没有它
flaw-seed-outcome = 种子 { $seed } 的结局是 `{ $end }`，而结果里没有它
flaw-outcome-verdict = 有个结果是 `{ $end }`，而结论里没有它
flaw-verdict-outcome = 结论里有 `{ $kind }`，却没有这样结束的结果
flaw-key-near = 舞台上没有名为 `{ $name }` 的按键；是不是想写 `{ $near }`？
flaw-key = 舞台上没有名为 `{ $name }` 的按键；`lockstep keys` 会列出全部名称
flaw-text = { $text }
flaw-section-unknown = 没有变体 `{ $name }`
flaw-section-twice = `{ $name }` 一节重复了
flaw-heading = `{ $line }`：一节里只有一个小标题 `{ $after }`
flaw-section-missing = 缺少 `## { $name }` 一节
flaw-introduction = 第一节之前缺少引言
flaw-no-brief = `## { $name }` 在运行之前什么也没有说
flaw-no-after = `## { $name }` 在运行之后什么也没有说：请在留到后面的内容之前写 `{ $after }`
flaw-finding = 没有 `{ $name }` 这种问题；有 `{ $known }`
flaw-when = `when` 什么也没有指定：应当有行、事件、对象、线程或问题
flaw-no-line = 程序里没有含 `{ $piece }` 的行
flaw-two-lines = `{ $piece }` 在第 { $first } 行和第 { $second } 行都有：请多取这一行的一些内容
picture-wrong-widget = 没有图 `{ $name }`；有 `ring`、`slots`、`light`、`buffer`、`register`、`account`、`lanes` 和 `graph`
picture-wrong-role = `{ $widget }` 没有角色 `{ $role }`；它有 `{ $known }`
picture-wrong-role-near = `{ $widget }` 没有角色 `{ $role }`；是不是 `{ $near }`？
picture-wrong-form = `{ $word }` 没有写成 `role=name,name` 的样子
picture-wrong-twice = 角色 `{ $role }` 写了两次
