# 挑战：由人来当调度器，要让某件事发生。

key-challenge = 挑战：由你来当调度器，让某件事发生
key-challenge-short = 挑战
key-challenge-selected = 挑战：给所选程序当调度器
key-challenge-selected-short = 挑战
key-hint = 提示：挑战中，最短的路的下一步
key-hint-short = 提示

menu-challenge = 挑战：要让什么事发生？

# 可以要求的事。既接在「挑战：」后面，也单独列在菜单里。
challenge-aim-deadlock = 走到死锁
challenge-aim-stuck = 让线程永远等下去（卡住）
challenge-aim-livelock = 让线程永远空转，走不到头
challenge-aim-assertion = 让断言失败
challenge-aim-crash = 让线程崩溃（断言失败不算）
challenge-aim-failure = 让它出错
# 接在「谁也没有办法」后面。
challenge-aim-any-failure = 让它出任何错
challenge-aim-good = 让它正常结束
challenge-aim-value = 让它正常结束，并且 { $name } 是 { $value }
challenge-aim-values = 让它正常结束，并且 { $values }

challenge-par = 最少切换 { $n } 次
challenge-par-most = 切换 { $n } 次，也许能更少
challenge-par-unknown = 最少几次：未知
challenge-par-impossible = 看看为什么做不到

challenge-title = 挑战：{ $objective }
challenge-moves = 切换 { $n } 次，最少 { $par } 次
challenge-hints = 提示 { $n } 次
challenge-status-thinking = ...
challenge-status-unknown = 不清楚
challenge-status-lost = 走不到了
challenge-status-proved = 已证明不可能
challenge-status-par = 成功，次数最少
challenge-status-over = 成功，多了 { $n } 次
challenge-status-won = 成功

challenge-searching = 正在搜索全部交错，看能让什么事发生。再按 {"{key:challenge}"}：不等结果，马上开始，不知道最少要几次。
challenge-begin = 你来当调度器：{ $objective }。
challenge-displaced = 真实线程和录下的运行自己做主，所以在模拟器里重新运行一次。
challenge-rules = 数字键让那个线程走一步，按 {"{key:step}"} 让同一个线程接着走，按 {"{key:back}"} 退一步。每换一次线程算一次。按 {"{key:hint}"} 得到提示。
challenge-choose = 你来当调度器，没有别的谁来选：数字键让那个线程走一步，按 {"{key:step}"} 让同一个线程接着走。
challenge-none = 现在没有挑战。按 {"{key:challenge}"} 开始一个。
challenge-left = 挑战结束了。现在再走一步，又由调度器来选。
challenge-unread = 程序要读取输入，却还没有谁输入过，无论怎样交错都会因此终止。先运行一遍，输入之后再来挑战。
notice-challenge-watched = 只有 Lockstep 自己能运行的程序才能拿来挑战。

# 提示。{ $switches } 说从这里起还要换几次线程。
challenge-more-switches = { $n ->
    [0] 不用再切换
   *[other] 再切换 { $n } 次
}
challenge-hint-same = 提示：让 { $thread } 接着走。从这里起要{ $switches }，{ $steps }。
challenge-hint-other = 提示：让 { $thread } 走。从这里起要{ $switches }，{ $steps }。
challenge-hint-timeout = 提示：让 { $thread } 超时。从这里起要{ $switches }，{ $steps }。
challenge-hint-perhaps = 也许还有更短的路。
challenge-thinking = 正在找路。

challenge-lost = 从这里起，怎么走都做不到了。按 {"{key:back}"} 一步步退回去，直到这句话消失。
challenge-missed = 运行结束了，没有做到。按 {"{key:back}"} 退回去，按 {"{key:restart}"} 重新开始。
challenge-and-step = { $told }这一步：{ $step }
challenge-unknown = 不知道还能不能做到：要搜索的太多了。
challenge-failed = 搜索失败了，这是 Lockstep 的错误：{ $reason }
challenge-impossible = 已证明：谁也没有办法{ $objective }。全部 { $states }都看过了。

challenge-won = 做到了：{ $switches }。
challenge-won-par = 做到了：{ $switches }，不可能更少了。
challenge-won-over = 做到了：{ $switches }；最少可以只切换 { $par } 次。
challenge-with-hints = 用了 { $n } 次提示。
challenge-next = {"{key:challenge}"}：另一个挑战；{"{key:restart}"}：再来一次；{"{key:compare}"}：与另一个变体比较。
