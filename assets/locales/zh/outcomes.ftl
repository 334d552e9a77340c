# 谁也走不下去、但等待没有成环的结局。

repeat-stuck = { $who }：{ $runs } 次中有 { $n } 次卡住。
explore-live-stuck = 真实线程：{ $runs } 次中有 { $n } 次卡住
explore-all-stuck = 全部交错：{ $switches }即可卡住
