# 谁也走不下去、但等待没有成环的结局。

repeat-stuck = { $who }：{ $runs } 次中有 { $n } 次卡住。
explore-live-stuck = 真实线程：{ $runs } 次中有 { $n } 次卡住
explore-all-stuck = 全部交错：{ $switches }即可卡住

# 有的卡住或者死锁、有的崩溃时。{ $parts } 说各有几次。
repeat-failed = { $who }：{ $runs } 次中有 { $n } 次出错：{ $parts }。
repeat-none-failed = { $who }：{ $runs } 次中没有出错。
repeat-part-deadlocked = 死锁 { $n } 次
repeat-part-stuck = 卡住 { $n } 次
repeat-part-crashed = 崩溃 { $n } 次
