# 演示模式，以及第二个终端里的讲稿。

key-present = 演示模式：只有代码、图和一句大字，给全班看；再按一次返回
presenter-questions = 运行之前，先想一想：
presenter-predict = 按 {"{key:predict}"} 来作答。
presenter-waiting = 现在没有演示。在另一个终端里用 Lockstep 打开程序，在舞台上按 {"{key:present}"}，这里会自动跟上。
presenter-head = { $title }：第 { $step } 步，{ $status }
presenter-brief = 运行之前
presenter-explanation = 解释
presenter-note = 此刻
presenter-next-title = 接下来
presenter-findings = 问题
presenter-earlier = 之前的提示
presenter-answer = 答案：{ $answers }
presenter-unanswered = 还不知道：按 {"{key:predict}"} 或 {"{key:explore}"} 去找答案。
presenter-next = { $thread } { $name }，第 { $line } 行：{ $action }
presenter-held = { $thread } { $name }，第 { $line } 行：{ $clause }
presenter-waiting-plain = 正在等待演示。在另一个终端里用 Lockstep 打开程序，在舞台上按 `P`，讲稿会自动出现在这里。按 `Ctrl-C` 结束。
presenter-over = 演示已经结束。
presenter-none-here = 讲稿要靠本机套接字传送，这个系统上没有。
presenter-no-place = 没有只有你自己能打开的目录：{ $reason }
