# 除了发生的事之外，还要告诉读者的话：运行之前、之中、之后。

pane-notes = 讲解
notes-unread = { $name } +{ $n }
notes-of-no-scenario = 这个程序没有人写过讲解。场景才有：运行前的说明、运行中的提示、运行后的解释。怎样为自己的程序写讲解，见 `docs/SCENARIOS.md`。
notes-none-yet = 暂时没有需要提示的。按 {"{key:start}"} 回到运行前的说明。
notes-earlier = 另有更早的 { $n } 条提示
notes-of-this-run = 这次运行的讲解
notes-next = 接下来可以做什么？
notes-next-challenge = - {"{key:challenge}"}：由你来当调度器，用尽量少的切换让它出错。
notes-next-challenge-proved = - {"{key:challenge}"}：由你来当调度器，试着让它出错，再看看为什么谁也办不到。
notes-next-compare = - {"{key:compare}"}：用同一个调度，与另一个变体并排对照。
notes-next-explore = - {"{key:explore}"}：尝试所有交错。
key-notes = 讲解：看什么、看到了什么、为什么这样结束；演示模式下显示或隐藏

## 逐行讲述完整的故事，供屏幕阅读器和管道使用

plain-keys = （文中的按键要在界面里用：{ $command }）
plain-note = 提示：{ $text }
plain-hangs = { $thread } { $name } 停在第 { $line } 行，{ $clause }。
plain-hangs-holding = { $thread } { $name } 停在第 { $line } 行，{ $clause }。它手里有 { $objects }。
plain-hangs-more = 另外还有 { $n } 个线程卡住。

## In place of a key, in a text: there is none

key-in-palette = 命令「{ $what }」
