# 命令行：帮助里的说明，以及命令行的错误。
# 命令和选项的英文与代码里的一字不差（有测试核对）。


## 命令

cli-about = 看看并发程序为什么出错
cli-about-list = 列出场景，以及它们的变体和参数
cli-about-run = 不用界面，把程序运行到底
cli-about-explore = 试遍程序的每一种交错：已证明；或者有错误，附最短的见证；或者未完成
cli-about-check = 编译一个程序或一个目录里的所有程序，说明哪些写法不支持；核对场景所说的是否属实
cli-about-replay = 在界面中打开一份运行记录
cli-about-export = 把一份运行记录变成图、网页或表格
cli-about-diff = 说明两次记录的运行从哪里分开
cli-about-schema = 打印运行记录中一行的 `JSON Schema`
cli-about-completions = 把命令行补全脚本写到标准输出
cli-about-man = 把手册页写进一个目录
cli-about-keys = 列出界面的按键，包括自己的改动
cli-about-notes = 显示另一个终端里正在进行的演示的讲稿（在舞台上按 P 开始演示）
cli-about-new = 写出一个场景的目录作为起点，每个字段都有注释
cli-about-progress = 显示每个程序做到了哪一步：预测、运行、探索、挑战
cli-about-doctor = 检查终端、语言和 Python，说明哪里可以改进
cli-about-paths = 显示 Lockstep 用到的文件和目录
cli-about-help = 显示这份说明，或者某个命令的说明
cli-long-about = Lockstep 按你选的任何次序一步一步地运行 Python 多线程程序，让你看到谁持有什么、谁在等什么。
cli-after = 不写命令时在界面中打开 `TARGET`，连目标也不写就打开场景列表。

## 参数和选项

cli-arg-target = 场景（`philosophers`、`philosophers/ordered`）、Python 文件，或某一刻（`'counter/race v1/M2.A3 @5'`）
cli-explore-arg-target = 场景（`philosophers`、`philosophers/ordered`）或 Python 文件
cli-arg-parameters = 给模块级的常量换一个值
cli-arg-seed = 调度器和程序自己的随机数的种子 [默认：1]
cli-arg-atomic = 一步有多大：`op`、`line` 或 `gil` [默认：`op`]
cli-arg-fair = 锁释放后交给等得最久的线程
cli-arg-spurious = 在条件变量上的等待可能没有通知也会结束
cli-arg-notify = 通知唤醒谁：`first`（等得最久的）或 `any` [默认：`first`]
cli-arg-input = 回答 `input()` 的一行，可以写几次
cli-arg-sched = 由谁选择下一步：`manual`、`random`、`rr[:QUANTUM]`、`fifo`、`pct[:DEPTH[:LENGTH]]`
cli-arg-schedule = 先走这些步
cli-arg-max-steps = 走了这么多步就停 [默认：一千万步，--repeat 十万步，界面里一百万步；`run` 用 0 表示不限]
cli-arg-timeout = 过了这么久的真实时间就停
cli-arg-plain = 不用界面，每一步说一句话
cli-notes-arg-plain = 不用界面，逐行讲述
cli-arg-record = 把运行记录到这个文件（`.jsonl`，压缩的用 `.jsonl.gz`）；- 是标准输出
cli-arg-force = 配合 `--record`：文件已经存在就替换它
cli-export-arg-force = 文件已经存在就替换它
cli-arg-live = 在操作系统的真实线程上运行，而不是在模拟器里
cli-arg-pace = 配合 `--live`：每个看得见的操作至少用这么久
cli-arg-speed = 配合 `--live`：休眠和超时过得快这么多倍
cli-explore-arg-speed = 配合 `--live-runs`：休眠和超时过得快这么多倍
cli-export-arg-speed = `cast`：每秒多少步 [默认：2；那样会超过两分钟时就更快]
cli-arg-show-gil = 配合 `--live`：把解释器的锁（GIL）也显示出来
cli-arg-lang = 语言：`en` 或 `zh` [默认：系统的语言]
cli-arg-paths = 添加这个目录里的场景，或者它的子目录里的场景
cli-arg-theme = 界面的配色：`ansi`、`dark`、`light`、`high-contrast`、`deuteranopia`、`tritanopia`、`mono`，或者自己的
cli-arg-color = 是否使用颜色
cli-arg-glyphs = 图形符号：`unicode`、`safe` 或 `ascii`
cli-check-arg-max-states = 每个变体最多看这么多状态
cli-new-arg-dir = 要建立的目录；它的名字就是场景的名字
cli-arg-reset = 清除记录：某个变体（`counter/race`）、某个场景（`counter`），或者全部
cli-arg-toml = 打印一份可以修改并保存的文件
cli-arg-no-mouse = 把鼠标留给终端
cli-arg-json = 打印 `JSON`
cli-replay-arg-json = 打印 `JSON`，与 `run` 相同
cli-arg-repeat = 用接连的种子运行这么多次，统计怎样结束
cli-arg-deny = 运行中出现这种警告时也以 1 退出：`race`、`lost-update`、`lock-order`、...、`all`
cli-explore-arg-deny = 见证中出现这种警告时也以 1 退出：`race`、`lost-update`、`lock-order`、...、`all`
cli-arg-no-reduce = 可交换的步也要试遍各种先后
cli-arg-workers = 搜索用的系统线程数，不影响结果 [默认：处理器的个数]
cli-arg-max-states = 看过这么多状态就停
cli-arg-max-memory = 搜索用了这么多内存就停 [默认：2048]
cli-arg-count = 统计通向每种结果的交错的种数，以及概率
cli-arg-outcome = 除了怎样结束、变量是什么值，结果还按什么区分
cli-arg-timed = 遵守虚拟时钟的先后：休眠和超时按它的次序结束，而不是随时都可能
cli-arg-live-runs = 再在真实线程上运行这么多次，作比较
cli-arg-path = Python 文件、有 Python 文件的目录、场景的目录，或者里面有场景的目录
cli-arg-dis = 打印字节码
cli-arg-trace = 运行记录；- 表示从标准输入读取
cli-replay-arg-trace = 运行记录（`.jsonl` 或 `.jsonl.gz`）；- 是标准输入，边写边看
cli-arg-at = `dot`：画出这一步结束时谁持有、谁在等 [默认：最后一步]
cli-replay-arg-at = 先看这一步
cli-arg-to = 变成什么 [默认：看文件的扩展名]
cli-arg-output = 要写的文件；没有它或用 - 时写到标准输出
cli-arg-frame = `svg`：画这一步的整个界面，而不是时间线
cli-arg-size = `cast`、`svg`：界面的列数和行数 [默认：120x32]
cli-arg-steps = `mermaid`、`csv`：只要这些步，例如 `10-60`、`10-` 或 `-60`
cli-arg-a = 一份运行记录
cli-arg-b = 另一份运行记录
cli-arg-shell = 哪一种命令行
cli-arg-dir = 目录；没有就建立

## 选项的值

cli-value-color-auto = 有终端并且没有设置 `NO_COLOR` 时使用
cli-value-outcome-output = 程序打印的全部内容
cli-value-to-cast = 界面的录像，给 `asciinema` 播放
cli-value-to-csv = 表格，每个事件一行
cli-value-to-dot = 某一步谁持有、谁在等什么，给 `Graphviz` 画图
cli-value-to-html = 网页，可以在上面一步一步地走
cli-value-to-mermaid = 序列图
cli-value-to-perfetto = 线程和锁随时间变化的轨道，给 `ui.perfetto.dev` 查看
cli-value-to-svg = 图：时间线，或者某一步的界面

## 标题

cli-heading-the-program-and-its-rules = 程序和规则
cli-heading-the-run = 运行
cli-heading-real-threads = 真实线程
cli-heading-options-for-every-command = 每个命令都有的选项
cli-heading-the-exploration = 探索

## 其余的说明

usage-help = 显示说明（用 `--help` 看得更详细）
usage-help-long = 显示说明（用 `-h` 看概要）
usage-help-only = 显示说明
usage-version = 显示版本
usage-heading = 用法：
usage-commands = 命令
usage-arguments = 参数
usage-options = 选项
usage-default = [默认：`{ $value }`]
usage-values = [可选：`{ $values }`]
usage-value = `{ $name }`：{ $about }

## 命令行的错误

usage-error = 错误：{ $told }
usage-tip = 提示：{ $told }
usage-more = 用 `--help` 可以看到说明。
usage-missing = 缺少必需的参数：`{ $args }`
usage-missing-command = `{ $command }` 后面缺少命令
usage-unknown = 没有 `{ $arg }` 这个参数
usage-unknown-command = 没有 `{ $command }` 这个命令
usage-near = 是不是 `{ $near }`？
usage-no-value = `{ $arg }` 需要一个值，可是没有给出
usage-invalid = `{ $value }` 不能作为 `{ $arg }` 的值
usage-invalid-why = `{ $value }` 不能作为 `{ $arg }` 的值：{ $reason }
usage-many-values = `{ $arg }` 的值太多，多出了 `{ $value }`
usage-few-values = `{ $arg }` 的值不够
usage-twice = `{ $arg }` 只能给出一次
usage-conflict = `{ $arg }` 不能与 { $others } 同时使用
usage-encoding = 参数里有不是 `UTF-8` 的内容
usage-other = 看不懂这个命令行
usage-number = 需要一个数
usage-number-large = 这个数太大
usage-number-empty = 缺少数
usage-range = 应当在 { $range } 之间
