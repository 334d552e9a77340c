### 值的图：寄存器、账户、缓冲区、通道。

values-held-up = { $state }：{ $object }

register-copy = 自己的副本
register-next = 接下来
register-has-read = 读到
register-old = 过期
register-stored-by = { $thread } 写入
register-lost = 丢失 { $n } 次写入
register-loss = { $by } 没见过 { $value }：{ $of } 写入的值丢了。

account-moving = 在途
account-total = 合计 { $sum }
account-changed = 合计 { $sum }，起初 { $first }
account-on-the-way = 合计 { $sum }，起初 { $first }：{ $moving } 在途
account-wrong = 合计 { $sum }，起初 { $first }：账对不上了
account-free = 空闲
account-held = { $thread } 持有

buffer-at-least = { $n } 件以上
buffer-closed = 已关闭
buffer-empty = （空）
buffer-producers = 放入
buffer-consumers = 取出
buffer-fills = 放入
buffer-empties = 取出

lanes-waiting = { $n } 个在等
