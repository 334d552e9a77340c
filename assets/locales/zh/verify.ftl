# 场景里写的是否属实（`lockstep check DIR`）。

verify-program = 程序无法编译
verify-verdict = 写的是 { $stated }，实际是 { $found }
verify-unproved = 看过的交错里没有出错，但无法证明：原因见 `lockstep explore`
verify-not-finished = 没能看完所有交错：已有 { $states } 个状态，还没到头。把程序改小，或用 `--max-states` 放宽上限
verify-no-global = 各结局里写了 { $name }，而程序没有叫这个名字、并且保存数据的全局变量
verify-missing = 写了，但任何交错都到不了：{ $outcomes }。
verify-extra = 有的交错会到，却没写：{ $outcomes }。
verify-more = 另有 { $n } 种
verify-end = 种子 { $seed } 的运行以 { $found } 结束，不是 { $stated }
verify-question = 第 { $number } 个问题没有答案：{ $why }
verify-note = 看过的 { $runs } 次运行里，第 { $number } 条讲解一次也没出现
verify-note-without = 看过的 { $runs } 次运行里，第 { $number } 条讲解一次也没出现；去掉它的 "{ $without }" 就会出现
verify-role = 程序里没有叫 { $name } 的东西，画面却要它来当 { $role }
verify-limit = 参数取允许的值 { $name }={ $value } 时：{ $told }
verify-limit-end = 种子 { $seed } 的运行以 { $found } 结束，而照写的来说，哪次运行都不会这样
verify-limit-bugs = 有的交错里会出现 { $found }，却没写
verify-no-variable = 程序没有存数据的变量 { $name }
verify-no-end = 没有一次运行能走到结尾，变量也就没有最终值
verify-misfit = 它的调度对不上（{ $why }）
verify-too-long = 它的调度太长
verify-unknown = 没能看完所有交错，无从知道
verify-true = 属实：{ $verdict }，{ $states } 个状态
verify-false = 有 { $n } 处不属实
verify-false-open = 有 { $n } 处不属实，而且没能全部看完
verify-open-only = 没能全部看完
verify-refused = 程序无法编译
verify-proved = 已证明
verify-bug = 有错
verify-open = 未完成
refused-part = { $path } 是场景的一部分，不是程序：请给出目录，`lockstep check { $folder }`

## 新的目录（`lockstep new DIR`）

new-no-id = 目录的名字就是场景的名字，而 `{ $name }` 不能用：请用小写字母、数字和连字符，以字母开头
new-no-name = { $path }：它没有可以用作场景名字的名称；请给出一个目录的名字
new-taken = { $path }：这里已经有东西了，什么也没改；请给一个还不存在的目录，或者一个空的
new-done = 接下来：`lockstep check { $path }` 检查里面写的是否齐全、是否属实，`lockstep --path { $parent } { $name }` 打开它。
