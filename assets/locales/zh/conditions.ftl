# 锁有自己名字的条件变量。

action-reacquire-own = 重新获取 { $lock }
did-wait-own = { $thread } 交还 { $lock }，在 { $object } 上等待，直到有人通知它。
did-reacquire-own = { $thread } 重新拿到 { $lock }，从 { $object }.wait() 返回。
did-reacquire-timed-out-own = { $thread } 等待超时，重新拿到 { $lock }，{ $object }.wait() 返回 False。
