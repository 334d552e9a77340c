# 运行之前的问题，以及做过的事。

predict-title = 预测
predict-brief = 运行之前
predict-question = 预测
predict-number = 第 { $n } 题，共 { $of } 题
predict-so-far = 已答 { $answered } 题，对 { $right } 题

predict-ask-values = 程序结束时，{ $name } 可能是哪些值？请全部选出来。
predict-ask-deadlock = 会不会有线程再也走不下去，也就是死锁或者卡住？
predict-ask-crash = 会有线程因异常而终止吗？
predict-ask-next = 下一步可以由哪些线程来走？请全部选出来。
predict-ask-now = 现在 { $name } 的值是什么？
predict-steps = 已经走了这些步：
predict-last-steps = 最后走的 { $n } 步：

predict-yes = 会
predict-no = 不会
predict-no-value = 没有值：从未赋值
predict-thread = { $letter }（{ $name }）

predict-possible = 可能
predict-possible-crash = 可能，有线程因异常而终止
predict-possible-both = 有没有异常都可能出现
predict-impossible = 不可能
predict-so = 对
predict-not = 错
predict-unknown = 不得而知
predict-missed = { $told }（漏选）
predict-mistaken = { $told }（误选）

predict-right = 答对了。
predict-wrong = 没有答对。
predict-open = 尚无定论。
predict-more = 另外还有 { $n } 个可能的值。
predict-way-shortest = 到那里最短要 { $steps }、{ $switches }。
predict-way = 到那里的一条路要 { $steps }、{ $switches }。
predict-no-return = 这条路走过第 { $step } 步之后，程序就无可挽救了。
predict-proved-deadlock = 已证明：{ $states }，即全部交错；没有一种会留下再也走不下去的线程。
predict-proved-crash = 已证明：{ $states }，即全部交错；没有一种会让线程因异常而终止。
predict-proved-values = 已证明：{ $states }，即全部交错；不可能有别的值。
predict-part = 未完成：看过 { $states }，还剩 { $open } 个。已经找到的是确定的，其余的不得而知。
predict-because-next = 什么都不等的线程随时可以走下一步；轮到谁，由调度决定。
predict-because-now = 走过的步完全一样，得到的值就一定一样。
predict-searching = 还在探索全部交错：目前 { $states }。
predict-failed = 探索出错了，这是 Lockstep 的缺陷。

predict-score = 共 { $of } 题，预测对了 { $right } 题。
predict-score-part = 共 { $of } 题，答了 { $answered } 题，预测对了 { $right } 题。
predict-go-on = 现在运行一下，亲眼看看。
predict-none = 这个程序没有可问的：它没有第二个线程。

predict-flaw-variable = 这个问题没有答案：没有保存数据的变量 { $name }。
predict-flaw-end = 这个问题没有答案：程序怎样运行都不会结束。
predict-flaw-misfit = 这个问题没有答案，它的调度走不通：{ $reason }
predict-flaw-long = 这个问题没有答案：它的调度太长。
predict-flaw-unknown = 答案不得而知：没能看完全部交错。

predict-wait = 探索完成之后才有选项。可以先读程序，也可以按 {"{key:skip}"} 上舞台。
predict-blank = 一项也没有选。按 {"{key:tick}"} 选择；再按一次 {"{key:answer}"} 表示没有一项是对的。
predict-hint-brief = 按 {"{key:answer}"} 看问题。
predict-chosen = 再按一次 {"{key:answer}"} 作答。
predict-hint-several = 按 {"{key:tick}"} 选择，按 {"{key:answer}"} 作答。按 {"{key:skip}"} 不作答，直接上舞台。
predict-hint-one = 按 {"{key:up}"} 和 {"{key:down}"} 选择，按 {"{key:answer}"} 作答。按 {"{key:skip}"} 不作答，直接上舞台。
predict-hint-watch = 按 {"{key:answer}"} 在舞台上演示选中的答案，在那里按 {"{key:predict}"} 可回来，按 {"{key:next-question}"} 继续。
predict-hint-next = 按 {"{key:answer}"} 或 {"{key:next-question}"} 继续。
predict-hint-end = 按 {"{key:answer}"} 上舞台。

key-answer = 作答，演示答案，继续
key-answer-short = 作答
key-tick = 选择或取消选中的选项
key-tick-short = 选择
key-tick-numbered = 选择这个编号的选项
key-watch = 演示选中的答案为什么对
key-watch-short = 演示
key-next-question = 下一题
key-next-question-short = 下一题
key-previous-question = 上一题
key-skip = 不作答，上舞台
key-skip-short = 上舞台
key-predict = 预测：关于这个程序的问题
key-predict-selected = 预测：关于所选程序的问题
key-predict-selected-short = 预测
key-forget = 清除做过的记录

forget-title = 清除做过的记录
forget-one = { $name }
forget-all = 全部
progress-unwritten = 做过的事没能记下来

where-predict = 预测

progress-odd-title = 做过的事：文件里的词
progress-odd = { $place }：不认识 { $word }，保留原样。
progress-nothing = 还什么都没有做。
progress-forgotten = 已清除 { $n } 个程序的记录。
progress-predicted = 预测对 { $right } 题，共 { $of } 题
progress-skipped = 没有预测
progress-run = 运行过
progress-explored = 探索过
progress-challenge = 挑战成功（{ $objective }）：切换 { $moves } 次
progress-challenge-par = 挑战成功（{ $objective }）：切换 { $moves } 次，最少 { $par } 次
place-progress = 进度        {""}

gallery-done = 完成
gallery-partly = 部分
gallery-count = 共 { $of } 个变体，已完成 { $done } 个。
gallery-after = 运行之后
gallery-next = 下一步：{ $next }
gallery-next-predict = 先预测会发生什么（按 {"{key:predict-selected}"}）。
gallery-next-run = 看它运行到结束（按 {"{key:open-selected}"}）。
gallery-next-challenge = 亲手让它出错（在舞台上按 {"{key:challenge}"}）。
gallery-next-variant = 换到变体「{ $title }」。
gallery-next-none = 这里的都做完了。
way-asked = 走 { $steps }，就到了问题所说的那一刻。按 {"{key:step}"} 一步一步地走。
way-asked-step = 走 { $steps }，就到了问题所说的那一刻；接着 { $thread } 走一步。按 {"{key:step}"} 一步一步地走。
