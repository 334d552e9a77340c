# Lockstep 的简体中文文案。键和变量与其他语言一一对应（有测试核对）。
# 程序里的名字、值和输出原样填入；线程用字母称呼。

## 列举与数量

list-comma = 、
list-clause = ，
list-semicolon = ；
list-sentence = {""}
list-and = { $head } 和 { $last }
time-seconds = { $n } 秒
time-microseconds = { $n } 微秒
time-nanoseconds = { $n } 纳秒

## 线程即将做什么（接在「即将」之后）

action-read = 读取 { $place }
action-write = 把 { $value } 写入 { $place }
action-delete = 删除 { $place }
action-call = 调用 { $call }
action-call-bool = 查看 { $object } 是否为空
action-call-iter = 开始遍历 { $object }
action-call-next = 继续遍历 { $object }
action-call-in = 在 { $object } 里查找 { $item }
action-acquire = 获取 { $object }
action-acquire-timed = 在 { $time }内获取 { $object }
action-acquire-try = 试着获取 { $object }（不等待）
action-release = 释放 { $object }
action-release-many = 释放 { $object } { $n } 次
action-query = 查询 { $object }.{ $question }
action-wait = 在 { $object } 上等待
action-wait-timed = 在 { $object } 上等待，最多 { $time }
action-reacquire = 重新获取 { $object } 的锁
action-notify = 唤醒 { $object } 上的一个等待者
action-notify-many = 唤醒 { $object } 上的 { $n } 个等待者
action-notify-all = 唤醒 { $object } 上的全部等待者
action-event-wait = 等待事件 { $object }
action-event-wait-timed = 等待事件 { $object }，最多 { $time }
action-event-set = 设置事件 { $object }
action-event-clear = 清除事件 { $object }
action-barrier-wait = 在屏障 { $object } 处等待
action-barrier-wait-timed = 在屏障 { $object } 处等待，最多 { $time }
action-barrier-abort = 中止屏障 { $object }
action-barrier-reset = 重置屏障 { $object }
action-put = 把 { $item } 放入 { $object }
action-put-try = 有空位就把 { $item } 放入 { $object }
action-get = 从 { $object } 取一项
action-get-timed = 在 { $time }内从 { $object } 取一项
action-get-try = 有东西就从 { $object } 取一项
action-task-done = 标记 { $object } 的一项已完成
action-queue-join = 等 { $object } 的各项全部完成
action-shutdown = 关闭 { $object }
action-shutdown-now = 立即关闭 { $object }
action-start = 启动 { $thread }
action-join = 等 { $thread } 结束
action-join-timed = 等 { $thread } 结束，最多 { $time }
action-is-alive = 查看 { $thread } 是否还在运行
action-count-threads = 清点线程
action-sleep = 休眠 { $time }
action-now = 查看时钟
action-random = 抽取随机数 { $call }
action-print = 打印 { $text }
action-input = 等待输入一行

## 线程状态

state-new = 新建
state-ready = 可运行
state-blocked = 阻塞
state-waiting = 等待
state-joining = 等结束
state-sleeping = 休眠
state-reading = 等输入
state-finished = 结束
state-failed = 异常
state-killed = 被终止
clause-new = 还没有启动
clause-ready = 可以运行
clause-blocked = 被阻塞，{ $object } 在 { $owner } 手里
clause-blocked-nobody = 阻塞在 { $object } 上
clause-waiting = 在 { $object } 上等待
clause-joining = 在等 { $thread } 结束
clause-sleeping = 休眠到 { $time }
clause-reading = 在等一行输入
clause-finished = 已经结束
clause-failed = 因异常而终止
clause-killed = 是守护线程，随程序一起终止

## 对象

kind-variable = 变量
kind-instance = 对象
kind-class = 类
kind-list = 列表
kind-dict = 字典
kind-set = 集合
kind-deque = 双端队列
kind-lock = 锁
kind-rlock = 可重入锁
kind-rwlock = 读写锁
kind-condition = 条件变量
kind-event = 事件
kind-semaphore = 信号量
kind-bounded-semaphore = 有界信号量
kind-barrier = 屏障
kind-queue = 队列
kind-lifo-queue = 后进先出队列
kind-priority-queue = 优先队列
kind-simple-queue = 简单队列
name-part = { $whole } 的 { $part }
name-own-lock = { $whole } 的锁
name-the-lock = { $whole } 的锁
name-the-gil = GIL
name-at-line = 第 { $line } 行的 { $kind }
object-unbound = （未赋值）
object-free = 空闲
object-held = { $thread } 持有
object-held-deep = { $thread } 持有 { $n } 层
object-condition-free = 锁空闲
object-condition-held = 锁由 { $thread } 持有
object-set = 已设置
object-clear = 未设置
object-places = 剩 { $n }
object-places-of = 剩 { $n }，共 { $bound }
object-parties = 已到 { $n }，共 { $parties }
object-broken = 已损坏
object-items = { $n } 项
object-items-of = { $n } 项，容量 { $capacity }
object-queue-closed = 已关闭，内有 { $n } 项

## 运行的结局

end-finished = 程序结束了。
end-deadlock = 谁也无法再运行：程序卡死了。
end-hangs = 这些是真实的线程：它们现在真的卡住了。
end-limit-steps = 运行了 { $n } 步，就此截断。
end-limit-spin = 就此截断：某个线程执行了 { $n } 条指令，却没有碰过其他线程看得见的东西。
end-limit-memory = 就此截断：程序的数据超过了 { $n } MiB。
end-limit-time = 运行了 { $n } 秒，就此截断。
end-unmodelled = 停在第 { $line } 行：不支持模拟 { $what }。

## 线程做了什么（整句）

did-read = { $thread } 读取 { $place }，得到 { $value }。
did-write = { $thread } 把 { $value } 写入 { $place }。
did-delete = { $thread } 删除了 { $place }。
did-call = { $thread } 调用 { $call }。
did-call-bool = { $thread } 查看 { $object } 是否为空。
did-call-iter = { $thread } 开始遍历 { $object }。
did-call-next = { $thread } 继续遍历 { $object }。
did-call-in = { $thread } 在 { $object } 里查找 { $item }。
did-call-value = { $thread } 调用 { $call }，得到 { $value }。
did-acquire = { $thread } 拿到了 { $object }。
did-acquire-refused = { $thread } 试着获取 { $object }，没有拿到，于是不等待，继续往下走。
did-acquire-timed-out = { $thread } 等 { $object } 超时，没有拿到，继续往下走。
did-release = { $thread } 释放了 { $object }。
did-query = { $thread } 查询 { $object }.{ $question }，得到 { $value }。
did-wait = { $thread } 交还 { $object } 的锁，开始等待，直到有人通知它。
did-wait-timed-out = { $thread } 在 { $object } 上等待超时。
did-reacquire = { $thread } 重新拿到 { $object } 的锁，从 wait() 返回。
did-reacquire-timed-out = { $thread } 等待超时，重新拿到 { $object } 的锁，wait() 返回 False。
did-notify = { $thread } 在 { $object } 上发出通知，唤醒了 { $others }；{ $n ->
    [1] 它
   *[other] 它们
}要先重新拿到锁才能继续。
did-notify-nobody = { $thread } 在 { $object } 上发出通知，但没有线程在那里等待，所以没人收到。
did-event-wait = { $thread } 等到了事件 { $object }，继续运行。
did-event-wait-begin = 事件 { $object } 没有设置，{ $thread } 开始等它。
did-event-wait-timed-out = { $thread } 等事件 { $object } 超时，事件仍未设置，继续往下走。
did-event-set = { $thread } 设置了事件 { $object }：{ $others } 可以继续了。
did-event-set-nobody = { $thread } 设置了事件 { $object }。
did-event-clear = { $thread } 清除了事件 { $object }：之后来等它的线程都要等待。
did-barrier-wait = { $thread } 到达屏障 { $object }，等其他线程到齐。
did-barrier-last = { $thread } 最后一个到达屏障 { $object }：{ $others } 可以继续了。
did-barrier-pass = { $thread } 通过了屏障 { $object }。
did-barrier-timed-out = { $thread } 在屏障 { $object } 处等待超时：屏障对所有线程都损坏了。
did-barrier-abort = { $thread } 中止了屏障 { $object }。
did-barrier-abort-woke = { $thread } 中止了屏障 { $object }：{ $n ->
    [1] { $others } 会得到 BrokenBarrierError。
   *[other] { $others } 都会得到 BrokenBarrierError。
}
did-barrier-reset = { $thread } 重置了屏障 { $object }。
did-put = { $thread } 把 { $item } 放入 { $object }。
did-get = { $thread } 从 { $object } 取出 { $value }。
did-task-done = { $thread } 把 { $object } 的一项标记为已完成。
did-queue-join = { $object } 的各项都已完成，{ $thread } 继续运行。
did-shutdown = { $thread } 关闭了 { $object }。
did-start = { $thread } 启动了 { $other }，名字是 { $name }。
did-join = { $other } 已经结束，{ $thread } 继续运行。
did-join-timed-out = { $thread } 等 { $other } 结束超时，继续往下走。
did-is-alive = { $thread } 查看 { $other } 是否还在运行，得到 { $value }。
did-count-threads = { $thread } 清点线程，得到 { $value }。
did-sleep = { $thread } 开始休眠 { $time }。
did-wake-up = { $thread } 休眠了 { $time }，继续运行。
did-now = { $thread } 查看时钟，得到 { $value }。
did-random = { $thread } 抽取随机数 { $call }，得到 { $value }。
did-print = { $thread } 打印 { $text }。
did-input = { $thread } 读入一行 { $value }。
did-ask = { $thread } 请求输入一行。
did-action = { $thread } 完成了这个操作：{ $action }。
did-raised = { $thread } 试图{ $action }，却引发了异常 { $exception }。
did-refused = { $thread } 试图{ $action }，没有成功。
did-timed-out = { $thread } 想要{ $action }，但是超时了。
did-enqueued = { $thread } 开始等待：{ $action }。

## 为什么重要（跟在后面的句子）

why-lost = { $thread } 读取 { $place } 之后，{ $other } 已经改过它：{ $other } 的修改被覆盖，丢失了。
why-waited = { $thread } 为此等了 { $time }。
why-owner = 它在 { $owner } 手里。
why-deeper = { $thread } 现在持有它 { $n } 层。
why-not-owner = 原来持有它的是 { $owner }。
why-still-held = { $thread } 仍持有它 { $n } 层。
why-cleared = 不过这时 { $object } 已经又被清除了。
why-places = { $n ->
    [0] 名额用完了。
   *[other] 还剩 { $n } 个名额。
}
why-parties = 共 { $parties } 个，已到 { $n } 个。
why-items = { $n ->
    [0] 现在它是空的。
   *[other] 现在里面有 { $n } 项。
}
why-items-of = { $n ->
    [0] 现在它是空的，最多能放 { $capacity } 项。
   *[other] 现在里面有 { $n } 项，最多 { $capacity } 项。
}
why-contents = 此时 { $object } 是 { $value }。
why-unfinished = { $n ->
    [0] 各项都已完成。
   *[other] 还有 { $n } 项未完成。
}
why-contend = { $n ->
    [1] { $threads } 一直在等它，只要没被抢先，现在就能拿到。
   *[other] { $threads } 都在等它：谁先运行谁拿到。
}
why-time-up = { $n ->
    [1] { $threads } 等到了时限，不再等了。
   *[other] { $threads } 都等到了时限，不再等了。
}
why-wanted = { $thread } 要 { $object }，它从第 { $line } 行起就在 { $owner } 手里。
why-time-jumps = 现在谁都只能等，于是时钟直接跳到时限：{ $n ->
    [1] { $threads } 不再等了。
   *[other] { $threads } 都不再等了。
}
why-freed = { $threads } 现在可以继续了。
why-awake = { $n ->
    [1] { $threads } 醒来了。
   *[other] { $threads } 都醒来了。
}
why-must-wait = { $threads } 现在只能等它。
why-killed = { $n ->
    [1] { $threads } 是守护线程，随程序一起终止。
   *[other] { $threads } 都是守护线程，随程序一起终止。
}
why-finished = { $thread } 到此结束。
why-failed = { $thread } 因异常 { $exception } 而终止。
why-failed-holding = { $thread } 还持有 { $objects }：再也没有人会释放它了。
why-blocked = 接下来 { $thread } 要 { $object }，可是它从第 { $line } 行起就在 { $owner } 手里：{ $thread } 被阻塞。
why-blocked-gil = { $thread } 在等 GIL，它在 { $owner } 手里。
why-blocked-nobody = 接下来 { $thread } 要 { $object }，可是没有名额了：{ $thread } 被阻塞。
why-blocked-self = 接下来 { $thread } 要 { $object }，可是从第 { $line } 行起持有它的正是 { $thread } 自己：它在等自己。
why-joining = 接下来 { $thread } 要等 { $other } 结束。
why-sleeping = 接下来 { $thread } 要休眠 { $time }。
why-reading = { $thread } 请求输入一行。
why-waiting = 接下来 { $thread } 在 { $object } 上等待。
why-waiting-get = 接下来 { $thread } 要取一项，可是 { $object } 是空的：{ $thread } 只能等待。
why-waiting-put = 接下来 { $thread } 要放入一项，可是 { $object } 满了：{ $thread } 只能等待。
why-waiting-event = 接下来 { $thread } 要等事件 { $object }，它还没有设置。
why-waiting-done = 接下来 { $thread } 要等 { $object } 的各项全部完成。
why-about-to = { $thread } 即将{ $action }。
why-deadlock = 死锁：{ $cycle }，谁也无法继续。
why-deadlock-self = 死锁：{ $thread } 再也无法继续。
why-cycle-first = { $thread } 等 { $other }
why-cycle-next = { $thread } 等 { $other }
why-stuck = { $n ->
    [1] 再也没有人能唤醒 { $threads }：它永远卡住了。
   *[other] 再也没有人能唤醒 { $threads }：它们永远卡住了。
}
why-more = 同一步里还有 { $n } 个操作。
why-nothing = 没有发生其他线程看得见的事。
why-nothing-yet = 还什么都没有发生。
plain-start = 开始：{ $text }
plain-step = 第 { $n } 步：{ $text }
plain-line = 第 { $n } 步，第 { $line } 行：{ $text }

## 发现的问题

finding-deadlock = { $n ->
    [1] 死锁：{ $links }。它再也无法继续。
   *[other] { $n } 个线程死锁：{ $links }。谁也无法继续。
}
finding-stuck = { $n ->
    [1] 卡住：{ $links }。再也没有人能唤醒它。
   *[other] 卡住：{ $links }。再也没有人能唤醒它们。
}
finding-crash = { $thread } 在第 { $line } 行因异常终止：{ $exception }
finding-limit = { $thread } 在第 { $line } 行：{ $end }
finding-unmodelled = { $thread } 在第 { $line } 行：不支持模拟 { $what }，运行停在这里。
finding-data-race-writes = 数据竞争：{ $thread } 在第 { $line } 行写 { $place }，{ $other } 在第 { $other-line } 行也写它，谁先谁后没有保证。
finding-data-race-write-read = 数据竞争：{ $thread } 在第 { $line } 行写 { $place }，{ $other } 在第 { $other-line } 行读它，谁先谁后没有保证。
finding-data-race-read-write = 数据竞争：{ $thread } 在第 { $line } 行读 { $place }，{ $other } 在第 { $other-line } 行写它，谁先谁后没有保证。
finding-data-race-loop = 反复查看一个变量并不是同步。
finding-lost-update = 更新丢失：{ $thread } 在第 { $read } 行读了 { $place }，在第 { $line } 行写入它，可是 { $other } 在这之间写入了 { $lost }（第 { $other-line } 行）：{ $letter } 的修改丢了。
finding-inconsistent-guard-read = 保护不一致：{ $thread } 在第 { $line } 行读 { $place } 时没有持有 { $lock }，而 { $other } 在第 { $other-line } 行访问它时持有这把锁。
finding-inconsistent-guard-write = 保护不一致：{ $thread } 在第 { $line } 行修改 { $place } 时没有持有 { $lock }，而 { $other } 在第 { $other-line } 行访问它时持有这把锁。
finding-lock-order = { $n ->
    [2] 加锁顺序：{ $orders }。换一种执行顺序，它们就会互相等待。
   *[other] 加锁顺序：{ $orders }。换一种执行顺序，它们就会一个等一个，围成一圈。
}
finding-lock-order-one = { $thread } 先拿 { $first }，再拿 { $second }（第 { $line } 行）
finding-lost-wakeup = 唤醒丢失：{ $thread } 在第 { $line } 行通知 { $place } 时没有线程在等；{ $other } 后来才在第 { $other-line } 行开始等，再也没有谁来唤醒它。
finding-lost-event = 唤醒丢失：{ $thread } 在第 { $line } 行设置了 { $place }，第 { $cleared } 行又把它清除，而 { $other } 之后才在第 { $other-line } 行开始等，再也没有谁来设置它。
finding-starvation = 饥饿：{ $thread } 在第 { $line } 行等 { $place }，这期间别的线程拿走了它 { $times } 次，最后一次是 { $other }（第 { $other-line } 行）。等得最久的不一定是下一个。
finding-busy-waiting = 忙等：{ $thread } 在第 { $line } 行一遍遍地查看 { $place }，连续 { $times } 次毫无变化。{ $other } 在第 { $other-line } 行改变它，本来可以唤醒 { $thread }。
finding-busy-waiting-alone = 忙等：{ $thread } 在第 { $line } 行一遍遍地查看 { $place }，连续 { $times } 次毫无变化，而不是睡着等别的线程唤醒。
finding-busy-waiting-end = 忙等：{ $thread } 在第 { $line } 行一遍遍地问 { $other } 是否还在运行，连续问了 { $times } 次。用 `join()` 就可以等到它结束。
finding-release-unlocked = 误用：{ $thread } 在第 { $line } 行释放 { $place }，可是没有线程持有它。
finding-release-not-owned = 误用：{ $thread } 在第 { $line } 行释放 { $place }，可是它并没有持有这把锁。
finding-release-of-other = 误用：{ $thread } 在第 { $line } 行释放 { $place }，可是持有它的是 { $other }（从第 { $other-line } 行起）。
finding-foreign-release = 误用：{ $thread } 在第 { $line } 行释放了 { $other } 持有的 { $place }；{ $other } 自己在第 { $other-line } 行又释放了一次。
finding-release-after-failure = 误用：{ $thread } 没有拿到 { $place }，却在第 { $line } 行释放它：持有它的是 { $other }（从第 { $other-line } 行起）。
finding-held-at-end = 误用：{ $thread } 在第 { $line } 行拿了 { $place }，到结束也没有释放。
finding-over-release = 误用：{ $thread } 在第 { $line } 行归还 { $place }，归还的次数已经超过了拿走的次数。
finding-wait-without-lock = 误用：{ $thread } 在第 { $line } 行等待 { $place }，却没有持有它的锁。
finding-notify-without-lock = 误用：{ $thread } 在第 { $line } 行通知 { $place }，却没有持有它的锁。
finding-task-done-too-often = 误用：{ $thread } 在第 { $line } 行对 { $place } 调用 `task_done()`，次数超过了放入的项目数。
finding-start-twice = 误用：{ $thread } 在第 { $line } 行启动 { $other }，可是一个线程只能启动一次。
finding-join-before-start = 误用：{ $thread } 在第 { $line } 行要等 { $other } 结束，可是 { $other } 还没有启动。
finding-join-self = 误用：{ $thread } 在第 { $line } 行要等自己结束，这样永远等不到。
finding-link-held = { $thread } 要 { $object }（第 { $line } 行），{ $owner } 在第 { $since } 行拿到了它
finding-link-self = { $thread } 要 { $object }（第 { $line } 行），可是从第 { $since } 行起持有它的正是 { $thread } 自己
finding-link-waits = { $thread } 在 { $object } 上等待（第 { $line } 行）
finding-link-join = { $thread } 等 { $other } 结束（第 { $line } 行）
finding-kind-deadlock = 死锁
finding-kind-stuck = 卡住
finding-kind-crash = 异常
finding-kind-limit = 截断
finding-kind-unmodelled = 不支持
finding-kind-data-race = 数据竞争
finding-kind-lost-update = 更新丢失
finding-kind-inconsistent-guard = 保护不一致
finding-kind-lock-order = 加锁顺序
finding-kind-lost-wakeup = 唤醒丢失
finding-kind-starvation = 饥饿
finding-kind-busy-waiting = 忙等
finding-kind-misuse = 误用

## 事件列表

event-main = { $thread } 是主线程 { $name }。
event-thread = { $parent } 创建了线程 { $thread }，名字是 { $name }。
event-object = 出现了{ $kind } { $name }。
event-named = 这个{ $kind }从此叫作 { $name }。
event-renamed = { $thread } 从此改名为 { $name }。
event-value = { $object } 现在是 { $value }。
event-pending = { $thread } 即将{ $action }。
event-state = { $thread } { $clause }。
event-traceback = { $thread } 终止：{ $exception }

## 命令行的报告

list-proved = 怎么调度都不出错
list-deadlock = 可能死锁
list-stuck = 可能卡住
list-livelock = 可能永远跑下去
list-assertion = 可能得出错误的结果
list-crash = 可能崩溃
## 为什么打不开一个程序

refused-scenario = 没有场景 `{ $name }`；用 `lockstep list` 可以看到有哪些；文件要连同扩展名一起写，例如 `{ $name }.py`
refused-scenario-near = 没有场景 `{ $name }`；是不是 `{ $near }`？
refused-variant = 场景 `{ $scenario }` 没有变体 `{ $name }`；它有 `{ $known }`
refused-variant-near = 场景 `{ $scenario }` 没有变体 `{ $name }`；是不是 `{ $near }`？
refused-missing = { $path }：没有这个文件
refused-folder = { $path }：这是一个目录，不是文件
refused-locked = { $path }：没有权限读取这个文件
refused-parameter = `-p { $name }={ $value }`：{ $target } 的 { $name } 应当是 { $min } 到 { $max } 之间的整数
refused-no-terminal = 没有可以显示界面的终端；`lockstep run { $target }` 不需要终端，加上 `--plain` 可以逐步叙述
refused-no-terminal-replay = 没有可以显示界面的终端；`lockstep replay { $path } --plain` 不需要终端，会逐步叙述
refused-recording = { $path }：这是运行记录，不是程序；请用 `lockstep replay { $path }` 打开
unwritten-exists = { $path }：已经有这个文件；加上 `--force` 就会替换它
unwritten-directory = { $path }：这是一个目录；请写出其中的文件名
unwritten-nowhere = { $path }：它所在的目录不存在；请先建立目录，或者换一个位置
unwritten-denied = { $path }：没有权限写到这里；请换一个位置
unwritten-other = { $path }：写入失败（{ $reason }），没有留下任何文件；请换一个位置，或者用 `-` 写到标准输出
unrecorded-begin = { $path }：无法写入记录（{ $reason }）；请换一个文件
unrecorded-program = { $path }：这就是程序本身；请为记录另选一个文件
unrecorded-trace = { $path }：这就是要打开的记录；请为接着运行的部分另选一个文件
recorded-in = 运行已记录在 { $path } 中；`lockstep replay { $path }` 可以打开它
unrecorded-rest = { $path }：记录中断了（{ $reason }），此前的部分仍可读取；请腾出空间或换一个文件，再重新记录
recorded-long = 记录共有 { $n } 个事件，打开时只读取前 { $most } 个
unread-input = 标准输入
unread-line-skipped = 第 { $line } 行：{ $reason }；已跳过这一行
unread-line-missing = 第 { $line } 行：{ $reason }
unread-line-stopped = 第 { $line } 行：{ $reason }；后面的内容都没有读
unread-cut = { $path }：记录不完整，缺少结尾
unread-failed = { $path }：读取失败：{ $reason }
unread-empty = { $path }：文件是空的；用 `lockstep run TARGET --record FILE` 可以记录一次运行
unread-no-trace = { $path }：这不是运行记录（{ $reason }）；用 `lockstep run TARGET --record FILE` 可以得到一份
unread-newer = { $path }：这份记录的格式版本是 { $version }，这个 Lockstep 最高只能读版本 { $known }；请用更新的 Lockstep
unread-header = { $path }：第 1 行，文件头：{ $reason }
plain-cut = 回到第 { $step } 步，从那里改走另一条路。


## 电脑上有什么（lockstep doctor、lockstep paths）

doctor-terminal = 终端
doctor-terminal-there = 有
doctor-terminal-no-input = 标准输入不是终端
doctor-terminal-no-output = 标准输出不是终端
doctor-terminal-none = 没有
doctor-terminal-remedy = 界面需要终端；`lockstep run` 不需要。
doctor-not-set = 未设置
doctor-term-remedy = 请设成终端的实际类型，例如 `xterm-256color`。
doctor-colours = 颜色
doctor-colours-off = 不用，因为设置了 `NO_COLOR`
doctor-colours-yes = 有（{ $kind }）
doctor-colours-few = 终端自带的 16 种
doctor-language = 语言
doctor-locale = 区域设置
doctor-locale-remedy = 中文和图形符号需要 `UTF-8`，例如 `LANG=C.UTF-8`。
doctor-python-none = 没有找到；不需要它也能用
doctor-settings = 设置文件
doctor-settings-none = 没有
doctor-settings-nowhere = 没有，因为找不到主目录
doctor-signs = 图形符号：下面三行右端的竖线应当上下对齐。
doctor-signs-remedy = 如果第一行没有对齐，请用 `--glyphs safe`；如果有符号显示不出来，请用 `--glyphs ascii`。
doctor-chinese = 中文
place-settings = 设置文件    {""}
place-last = 上次的位置  {""}
place-scenarios = 场景        {""}
place-inside = 在程序里面；用 `--path DIR` 可以添加
place-not-yet = {""}  （尚未创建）
place-nowhere = 没有：找不到主目录

## 按键（短的写在页脚）

key-play = 播放或暂停
key-play-short = 播放
key-step = 走一步：由调度器选线程；真实线程则谁先到谁走
key-step-short = 单步
key-back = 退一步
key-back-short = 后退
key-run-numbered = 让对应的线程走一步（0 是主线程，1 是 A）
key-run-numbered-short = 选线程走
key-enter = 让选中的线程走一步，跳到选中的事件
key-open-selected = 打开选中的条目
key-open-selected-short = 打开
key-next-event = 前进到下一个关键事件（阻塞、释放、问题、切换）
key-next-event-short = 下一事件
key-previous-event = 退回到上一个关键事件
key-next-line = 前进到这个线程的下一行代码
key-next-line-short = 下一行
key-start = 回到开头
key-end = 跳到末尾；真实线程则跳到最新的事件
key-faster = 加快播放；真实线程则缩短每个操作的间隔
key-slower = 放慢播放；真实线程则延长每个操作的间隔
key-restart = 用同一个种子重新开始
key-restart-short = 重来
key-reseed = 换一个种子重新开始
key-scheduler = 选择调度器
key-atomicity = 选择一步有多大：一个操作、一行、按 GIL 切换
key-break = 到达某一行、访问某个对象或出现问题时停下
key-break-short = 断点
key-variant = 换一个变体，或改参数
key-variant-short = 变体
key-world = 在哪里运行：模拟器，或者真实线程
key-world-short = 运行方式
key-follow = 跟随最新的事件
key-next-pane = 下一个窗格
key-next-pane-short = 换窗格
key-previous-pane = 上一个窗格
key-up = 向上
key-down = 向下
key-page-up = 上翻一页
key-page-down = 下翻一页
key-show-left = 长行：向左看
key-show-right = 长行：向右看
key-zoom = 只看这个窗格，再按一次恢复
key-zoom-in = 时间线：放大
key-zoom-out = 时间线：缩小
key-search = 搜索事件
key-filter = 筛选场景
key-filter-short = 筛选
key-save = 把这次运行保存成文件
key-copy = 把这一刻复制成一行，凭它可以再打开
key-open = 打开自己的 Python 文件、记录，或某一刻
key-open-short = 自己的文件
key-edit = 编辑程序，回来后重新载入
key-theme = 换一套配色
key-language = 切换语言：中文、英文
key-language-short = English
key-mouse = 打开或关闭鼠标
key-help = 查看按键说明
key-help-short = 帮助
key-palette = 按名字查找命令
key-leave = 返回，最后退出
key-leave-short = 返回
key-suspend = 暂时回到命令行
key-quit = 退出

## 舞台：窗格、列、顶行

pane-program = 程序
pane-threads = 线程
pane-objects = 对象
pane-timeline = 时间线
pane-output = 输出
pane-events = 事件
pane-findings = 问题
pane-variables = 变量
column-thread = 线程
column-state = 状态
column-line = 行
column-about = 接下来
column-holds = 持有
objects-none = 还没有共享的东西。
objects-waiting = 等待者：{ $threads }
objects-guarded = 访问时总持有 { $locks }
objects-unguarded = 没有锁保护它
variables-none = 还没有共享变量。
variables-stale = { $threads } 读到的是旧值
output-none = 还没有打印任何内容。
findings-none = 到目前为止一切正常。
timeline-step = 第 { $step } 步
header-clock = t={ $time }s  第 { $step } 步  切换 { $switches } 次
header-clock-short = t={ $time }s  第 { $step } 步
header-scheduler = { $kind } 种子 { $seed }
header-recorded = { $world }（记录）
status-playing = 播放中
status-running = 运行中
status-paused = 已暂停
status-input = 等待输入
status-past = 回看中
status-finished = 已结束
status-crashed = 异常结束
status-deadlock = 死锁
status-stuck = 卡住
status-hangs = 卡死
status-cut-off = 已截断
status-reading = 等待后续
status-tape-ends = 记录到此为止
told-running = 正在运行。按 {"{key:play}"} 停下。
told-at-large = 各线程正在运行。按 {"{key:play}"} 让它们都停在下一个操作之前；按 {"{key:slower}"} 放慢到眼睛跟得上。
told-hangs = 按 {"{key:restart}"}、{"{key:world}"} 或 {"{key:leave}"} 结束它们。
told-hangs-watched = 按 {"{key:leave}"} 结束它们。
world-simulator = 模拟
world-threads = 真实线程
world-threads-gil = 真实线程 + GIL
header-pace = 间隔 { $time }
header-pace-none = 全速

## 舞台：按键之后的提示

notice-cannot-run = { $thread } 现在不能运行：它{ $clause }。
notice-recorded-no-file = 程序的文本保存在记录里，没有单独的文件可以编辑。
notice-no-file = 这是自带的程序，没有文件可以编辑。按 {"{key:open}"} 打开你自己的文件。
notice-no-variants = 这个程序没有变体，也没有参数。
notice-not-found = 到目前为止没有哪个事件包含「{ $text }」。
notice-no-line = 没有第 { $typed } 行。
notice-over = 运行已经结束。按 {"{key:back}"} 退回去，可以换一种走法；按 {"{key:restart}"} 重新开始，按 {"{key:start}"} 回到开头。
notice-real-paused = 这些是真实的线程，都停在第一个操作之前。按 {"{key:play}"} 让它们运行，按 {"{key:step}"} 放行一个操作。
notice-real-let-through = 放行一个操作：哪个线程先到，就由哪个线程执行。
notice-real-pace = 现在每个操作至少用 { $time }。
notice-real-full-speed = 现在每个操作该多快就多快。
notice-real-newest = 这就是最新的事件。按 {"{key:play}"} 让线程继续运行。
notice-real-over = 运行已经结束。按 {"{key:back}"} 或 {"{key:start}"} 可以回看，按 {"{key:restart}"} 重新启动这些线程；每次运行不一定相同。
notice-real-hangs = 线程卡死了。按 {"{key:back}"} 或 {"{key:start}"} 可以回看经过；按 {"{key:restart}"}、{"{key:world}"} 或 {"{key:leave}"} 结束它们。
notice-real-lost = 程序太快，来不及记录：丢失了 { $n } 条记录，显示的内容有缺漏。
notice-real-choose = 真实线程自己决定谁先走。按 {"{key:world}"} 换到模拟器，在那里由你来选。
notice-real-scheduler = 真实线程由操作系统调度。按 {"{key:world}"} 换到模拟器，在那里可以选择调度器。
notice-real-atomicity = 真实线程随时可能被打断。按 {"{key:world}"} 换到模拟器，在那里可以设定一步有多大。
notice-real-seed = 真实线程没有种子可换，按 {"{key:restart}"} 就会重新启动。按 {"{key:world}"} 换到模拟器，在那里同一个种子总是同样的结果。
notice-watched-over = 运行已经结束。按 {"{key:back}"} 或 {"{key:start}"} 可以回看，按 {"{key:leave}"} 离开。
notice-watched-hangs = 线程卡死了。按 {"{key:back}"} 或 {"{key:start}"} 可以回看经过；按 {"{key:leave}"} 结束它们。
notice-watched = 这次运行属于另一个程序：可以观看，可以暂停，但不能修改，也不能重新开始。
notice-session-gone = 这次运行已经中断。已记录的部分仍可查看，按 {"{key:restart}"} 重新开始。
notice-moment-copied = 已复制：{ $line }
notice-moment-long = 通到这里的那一行太长，剪贴板放不下。按 {"{key:save}"} 可以把整个运行保存成记录文件。
notice-follow = 画面跟随最新的事件。
notice-save-nothing = 还没有可以保存的内容。
notice-saving = 正在保存。
notice-saved = 已保存到 { $path }；用 `lockstep replay` 或在这里按 {"{key:open}"} 打开。
save-exists = { $path } 已经存在
save-over = 替换它
save-elsewhere = 换一个名字
save-failed = 运行没有保存
record-failed = 运行不再被记录
notice-stay = 画面停在原处。按 {"{key:follow}"} 再次跟随最新的事件。
notice-recorded-end = 记录到这里为止，而程序还没有运行完。按 {"{key:step}"} 由模拟器接着运行，按 0-9 选择由哪个线程运行。
notice-recorded-left = 记录到这里为止，而程序还没有运行完。
notice-recorded-real = 这是真实线程的记录：可以回看，但不能接着运行。按 {"{key:restart}"} 重新运行程序，按 {"{key:world}"} 可以在模拟器中重新运行。
notice-recorded-watched = 这份记录只能回看：这里没有可以运行的程序。
notice-recorded-over = 运行已经结束。按 {"{key:back}"} 或 {"{key:start}"} 回看。
notice-recorded-reading = 这是目前最新的事件。后面可能还有；按 {"{key:follow}"} 跟随最新的事件。
notice-recorded-broken-off = 记录不完整：结尾缺失。在那之前的内容都在。
notice-recorded-no-step = 记录中没有第 { $wanted } 步，最后一步是第 { $last } 步。
notice-recorded-resuming = 正在模拟器中重做记录下来的步骤。
notice-recorded-resumed = 从这里开始不再是记录：由模拟器接着运行，任何一步都可以改选别的走法。
recorded-problems-title = 记录有损坏
recorded-no-program = 这份记录里的程序在这里无法运行
recorded-problems = 文件中有 { $n } 行是坏的。其余说得通的内容都显示出来；坏行所在之处可能有缺口。
unresumed-title = 这份记录不能接着运行
unresumed-empty = 记录里什么也没有。
unresumed-unlike = 重做时第 { $step } 步与记录不符。文件是由另一个版本的 Lockstep 写成的，或者被人改动过。它可以回看，也可以从这一步之前的任何一步接着运行；按 {"{key:restart}"} 重新运行程序。
unresumed-misfit = 第 { $step } 步无法重做：{ $reason }。文件是由另一个版本的 Lockstep 写成的，或者被人改动过。它可以回看，也可以从这一步之前的任何一步接着运行；按 {"{key:restart}"} 重新运行程序。
pause-line = 停下了：有线程到达第 { $line } 行。
pause-object = 停下了：有线程访问了 { $object }。
pause-finding = 停下了：发现了问题，见「问题」。
pause-max-steps = 停下了：这里最多运行到这一步。
pause-misfit = 调度序列不相符
session-failed = 本软件出错了
open-refused = 无法打开
edit-failed = 无法启动编辑器
moment-title = 这一刻，已复制
moment-hint-real = 在 `lockstep` 后面用单引号给出这一行，模拟器就会走出同样的步骤，停在这一刻。
moment-hint = 在 `lockstep` 后面用单引号给出这一行，就会再打开这一刻；`lockstep run` 则从这里一直运行到结束。
moment-misfit = 程序与复制这一行时的不同，或者这一行被改过。
moment-beyond = 运行在第 { $last } 步之后就结束了，没有第 { $step } 步。

## 舞台：菜单和提问

menu-scheduler = 由谁挑选下一个线程？
menu-atomicity = 一步有多大？
menu-break = 何时停下
menu-break-object = 访问哪个对象时停下
menu-variant = 变体和参数
menu-world = 在哪里运行？
menu-world-simulator = 模拟器
menu-world-simulator-note = 一步一步地走，由调度器或由你来选线程
menu-world-threads = 真实线程
menu-world-threads-note = 操作系统的线程：看到真正发生的事
menu-world-gil = 真实线程，显示 GIL
menu-world-gil-note = 同上，GIL（全局解释器锁）显示为一把锁
scheduler-manual = 由你来选，按数字键
scheduler-random = 随机，同一个种子总是同样的结果
scheduler-rr = 轮流，每个线程一步
scheduler-fifo = 同一个线程，直到它被阻塞
scheduler-pct = 优先级加少数几次变动：能找到罕见的次序
atomicity-op = 一个其他线程看得见的操作
atomicity-line = 一行源代码
atomicity-gil = 像 CPython 那样切换：在循环、调用和等待处
break-line = 有线程到达第 { $line } 行
break-other-line = 有线程到达别的某一行
break-object = 某个对象被访问
break-finding = 出现问题
break-set = 已设置，回车取消
variant-parameter = 参数
run-summary = 共 { $steps } 步，线程切换 { $switches } 次，用时 { $time }，种子 { $seed }。
run-summary-real = 共 { $steps } 步，线程切换 { $switches } 次，在真实线程上用时 { $time }。
run-interrupted = 被中断了。
run-again = 重现：{ $command }
check-ok = 可以运行

## 两次运行在哪里分开

diff-first = 甲
diff-second = 乙
diff-run = { $side }：{ $file }（{ $target }，{ $world }，共 { $steps } 步）
diff-of = { $side }：{ $text }
diff-world-sim = 模拟器
diff-world-live = 真实线程
diff-program-same = 两次运行的是同一个程序。
diff-program = 两个程序不同，第一处在第 { $line } 行：
diff-no-line = （没有：到不了这一行）
diff-setting = { $what }：甲 { $a }，乙 { $b }
diff-what-target = 目标
diff-what-world = 世界
diff-what-language = 语言
diff-what-seed = 种子
diff-what-scheduler = 调度器
diff-what-atomicity = 一步的大小
diff-what-fair = 公平
diff-what-spurious = 虚假唤醒
diff-what-notify = `notify` 唤醒谁
diff-what-input = 第 { $n } 行输入
diff-unset = 未给出
diff-no-value = 无
diff-yes = 是
diff-no = 否
diff-more = 还有 { $n } 项
diff-same = 两次运行从头到尾相同（{ $operations } 个操作）。
diff-at-once = 两次运行从第一个操作起就不同：
diff-until = 两次运行直到第 { $step } 步都相同（{ $operations } 个操作），然后：
diff-until-both = 直到甲的第 { $a } 步、乙的第 { $b } 步，两次运行都相同（{ $operations } 个操作），然后：
diff-over = 已经结束，没有别的操作。
diff-breaks-off = 记录到此中断。
diff-letters = { $here } 当作 { $there }
diff-renumbered = { $side }的线程按它们在模拟器里的字母比较：{ $pairs }。
diff-compared = 依次比较每个操作的线程、行号、内容和结果，不比较时间。
diff-look = 查看：{ $command }
diff-ends-same = 结局相同：{ $end }
diff-ends = 结局不同：
diff-crash = 程序结束了，有线程因异常终止。
diff-findings = 只在{ $side }中发现：
diff-output-same = 两次的输出相同。
diff-output = 输出不同，第一处在第 { $line } 行：
diff-variable = 结束时的 { $name }：甲 { $a }，乙 { $b }

## 浮层

help-title = 按键
help-hint = 输入文字筛选，Enter 执行，Esc 关闭
palette-title = 命令
palette-hint = 输入名字，Enter 执行，Esc 关闭
palette-open = 打开「{ $scenario }」：{ $variant }
finder-nothing = 没有叫这个名字的。
message-scroll = { $n }/{ $total }，上下键滚动，Esc 关闭
message-close = Esc 关闭
ask-hint = Enter 确定，Esc 离开
ask-input = { $thread } 要一行输入
ask-save = 把这次运行保存到哪个文件？
ask-open = 打开哪个 Python 文件、记录，或哪一刻？
ask-search = 在事件里找什么？
ask-break-line = 在哪一行停下？
ask-parameter = 「{ $name }」设成多少？

## 目录

gallery-header = Lockstep：看看并发程序为什么出错
gallery-list = 场景
gallery-story = 说明
gallery-nothing = 没有符合条件的条目。
gallery-broken = 有问题
gallery-broken-about = 这个场景有问题，改好以后会立刻出现在这里。
gallery-title = { $scenario }：{ $variant }
gallery-level = { $name }，{ $level }
gallery-level-first = 适合第一次接触线程
gallery-level-second = 适合已经了解锁的人
gallery-level-third = 适合已经了解条件变量和信号量的人
gallery-parameter = { $name } = { $value }：{ $about }
gallery-variants = 变体
gallery-variant = { $title }：{ $expected }
gallery-sentence = { $name }（{ $title }）：{ $summary }

## 同一程序运行多次

run-again-simulated = 在模拟器中重现：{ $command }
repeat-title = { $target } 运行 { $n ->
   *[other] { $wanted }
} 次
repeat-title-part = { $target } 运行了 { $made } 次（共 { $wanted } 次）
repeat-real = 真实线程
repeat-simulator-random = 模拟器，随机
repeat-simulator = 模拟器，{ $scheduler }
repeat-finished = 正常结束
repeat-deadlock = 死锁
repeat-crash = 崩溃
repeat-limit = 被截断
repeat-more = 另有 { $n } 种结果
repeat-others = 其他结果
repeat-same = 每次都有：{ $values }
repeat-who-real = 真实线程
repeat-who-random = 随机模拟
repeat-who-simulated = 模拟（{ $scheduler }）
repeat-deadlocked = { $who }：{ $runs } 次中有 { $n } 次死锁。
repeat-crashed = { $who }：{ $runs } 次中有 { $n } 次崩溃。
repeat-endless = { $who }：{ $runs } 次中有 { $n } 次被截断。
repeat-outcomes = { $who }：{ $runs } 次运行，{ $n ->
    [1] 结果总是一样
   *[other] 共 { $n } 种不同结果
}。
repeat-progress = { $target }：{ $made } / { $wanted } 次

## 网页（`lockstep export --to html`）

page-back = 退一步
page-close = 关闭
page-column-guard = 保护它的锁
page-column-kind = 种类
page-column-name = 名称
page-column-value = 值
page-column-waiting = 等待者
page-column-waits = 在等谁
page-controls = 播放控制
page-cut = 记录到这里中断了。
page-end = 跳到末尾
page-faster = 加快
page-findings-none = 这次运行没有发现问题。
page-gap = 略去 { $n } 步
page-help = 按键说明
page-language = English
page-language-other = 切换语言：中文、英文
page-lane-held = { $object } 曾被 { $threads } 持有。
page-lane-idle = 可运行
page-lane-ran = 运行
page-lane-thread = { $thread }：走了 { $ran } 步，受阻 { $held-up } 步。
page-legend = 时间线：
page-made-with = 由 Lockstep 生成：看看并发程序为什么出错。
page-more-output = 还有更多输出，网页里没有收录。
page-more-rows = 还有更多行，网页里没有收录。
page-narration = 发生了什么
page-next = 前进到下一个关键事件
page-part = 共 { $total } 步，这里叙述其中最要紧的 { $n } 步。
page-pause = 暂停
page-play = 播放
page-play-pause = 播放或暂停
page-previous = 退回到上一个关键事件
page-run = 运行过程
page-sideways = 程序：向左、向右查看长行
page-skip = 跳到播放控制
page-slower = 放慢
page-speed = 每秒 { $n } 步
page-speed-most = 最快
page-start = 回到开头
page-step = 走一步
page-step-of = 第 { $step } 步，共 { $total } 步
page-steps = 步
page-theme = 配色：浅色、深色、跟随系统
page-thread-at = 在这一行：{ $threads }
page-time-alternative = 时间线，共 { $total } 步。
page-unguarded = 没有锁
page-zoom-in = 时间线：放大
page-zoom-out = 时间线：缩小
## 供其他程序绘制的时间轨道

track-threads = 线程
track-threads-steps = 线程（1 毫秒等于 1 步）
track-objects = 锁和其他对象
track-findings = 发现的问题
track-object = { $name }（{ $kind }）
track-object-row = { $name }（{ $kind }），第 { $n } 行
track-running = 运行
track-ready = 可运行
track-blocked = 阻塞于 { $object }
track-waiting = 等待 { $object }
track-joining = 等待 { $thread } 结束
track-sleeping = 休眠
track-reading = 等待输入
track-refused = { $action }：未成功
track-timed-out = { $action }：超时
track-raised = { $action }：异常
track-unfinished = { $name }（未结束）
track-free = 剩余名额
track-items = 项数
track-waiters = 等待者
track-handover = 移交
track-wake-up = 唤醒
track-start = 启动
track-end = 结束
## 图

cast-finding = 发现问题：{ $told }
cast-note = { $told }
svg-frame-title = { $target } 第 { $step } 步
svg-title = { $target } 的时间线
svg-rules = { $who }，{ $steps } 步，{ $switches } 次切换
svg-step = 步
svg-flag = { $kind }，{ $step }
svg-for-ever = 从此不变
svg-cut-off = 到此截断
svg-switches = 切换
svg-held = { $object }，{ $thread } 持有
svg-until-end = 等 { $thread } 结束
svg-runs = 执行一步
svg-ready = 可运行
svg-blocked = 阻塞
svg-shares = 所执行步数的多少
svg-waits = 等待
svg-sleeps = 休眠或等输入
svg-holds = 锁及其持有者
svg-in-the-way = 被谁挡住
svg-more-findings = 另有 { $n } 个问题。
svg-more-threads = 另有 { $n } 个线程未画出。
svg-more-locks = 另有 { $n } 个锁未画出。

## 谁持有什么、谁在等什么的关系图

graph-nothing = 此时没有线程持有或等待任何东西。
graph-caption = { $target }，第 { $step } 步，共 { $last } 步
graph-state = { $state }，第 { $line } 行
graph-object = { $kind }，{ $state }
graph-since = 自第 { $line } 行起
graph-in = 在第 { $line } 行
graph-held = 持有者
graph-wants = 想要
graph-waits = 等待
graph-joins = 等待结束
graph-uses = 使用

## 序列图：箭头上的文字

seq-line = { $what }（第 { $line } 行）
seq-value = { $what }：{ $value }
seq-refused = { $what }：未成功
seq-timed-out = { $what }：超时
seq-raised = { $what }：{ $exception }
seq-read = 读取
seq-write = 写入 { $value }
seq-write-key = 把 { $value } 写入 { $key }
seq-delete = 删除
seq-acquire = 获取
seq-release = 释放
seq-release-many = 释放 { $n } 次
seq-wait = 等待
seq-reacquire = 重新拿锁
seq-notify = 通知
seq-notify-all = 通知全部
seq-wakes = 唤醒
seq-set = 设置
seq-clear = 清除
seq-arrive = 到达
seq-break = 破坏
seq-reset = 重置
seq-put = 放入 { $item }
seq-get = 取出
seq-done = 一项已完成
seq-all-done = 等到全部完成
seq-shutdown = 关闭
seq-start = 启动
seq-join = 等待结束
seq-left-out = 第 { $from } 步到第 { $to } 步没有画出；用 `--steps FROM-TO` 可以画其他的步。

## 命令行上的全部交错

explore-proved = 已证明
explore-bug = 有错误
explore-not-finished = 未完成
explore-states = { $n ->
   *[other] { $states } 个状态
}
explore-steps = { $n ->
   *[other] { $n } 步
}
explore-switches = { $n ->
   *[other] { $n } 次切换
}
explore-proved-line = 没有死锁，没有崩溃，没有失败的断言：{ $states }，即整个状态空间
explore-never-ends = ；永不结束
explore-bug-shortest = { $kind }，最短见证 { $steps }、{ $switches }：{ $schedule }
explore-bug-line = { $kind }，见证 { $steps }、{ $switches }，也许不是最短的：{ $schedule }
explore-not-finished-line = { $states }，还有 { $open } 个没有看过，到目前为止没有发现问题。这不是证明。
explore-whole = { $states }，即整个状态空间
explore-part = { $states }，还有 { $open } 个没有看过
explore-abstract = 时间已抽象：休眠随时可能结束，超时随时可能发生
explore-timed = 计时：休眠与超时按虚拟时钟的先后发生
explore-reduced = 已约简：可交换的步只试了一种先后
explore-unreduced = 每一步的每种先后都试过
explore-took = { $time } 秒
explore-stop-states = 已停止：看过的状态数到了 `--max-states` 的上限。可以用 `-p` 把程序改小。
explore-stop-memory = 已停止：用的内存到了 `--max-memory` 的上限。可以用 `-p` 把程序改小。
explore-stop-time = 已停止：`--timeout` 给的时间用完了。
explore-stop-cancelled = 已停止：被中断了。
explore-busy-waiting = 忙等：线程可能一直兜圈子，只有公平的调度才让它们出来。
explore-sampled = 抽样：随机数的取值多于 { $n } 种，只试了其中一种。
explore-cut-off = 有些运行没有走到头。{ $end }
explore-unvalidated = 按这个调度，模拟器走不到搜索所到的地方。这是 Lockstep 的错误，请连同程序一起报告：{ $schedule }
explore-deadlock = 死锁
explore-stuck = 卡住
explore-livelock = 活锁
explore-assertion = 断言失败
explore-crash = 崩溃
explore-livelock-message = 走完这个见证之后线程仍在运行，但是无论怎么调度，程序都不会结束。
explore-warning = 警告
explore-way = 见证：{ $steps }，{ $switches }。
explore-no-return = 第 { $step } 步之后就无法挽回了。
explore-no-return-did = 第 { $step } 步之后就无法挽回了。第 { $line } 行：{ $did }
explore-no-return-ever = 无法挽回：怎么调度都会出错。
explore-input-ended = `input()` 读不到输入：用 `--input TEXT` 给它一行，要几行就写几次。
explore-stage = 在界面中观看：{ $command }
explore-more = 另有 { $n } 项（`--json` 列出全部）
explore-outcomes = { $n ->
   *[other] { $number } 种结果
}
explore-outcomes-so-far = { $n ->
   *[other] 到目前为止有 { $number } 种结果
}
explore-column-end = 结局
explore-column-values = 变量
explore-column-output = 输出
explore-column-switches = 切换
explore-column-steps = 步数
explore-column-count = 交错数
explore-column-probability = 概率
explore-column-live = 真实线程
explore-column-schedule = 调度
explore-infinite = 无穷多
explore-same = 每种结果都有：{ $values }
explore-total = { $n ->
   *[other] 共有 { $number } 种交错
}
explore-total-infinite = 交错有无穷多种：程序可能一直兜圈子。
explore-total-unknown = 没有统计交错的种数：那需要走遍整个状态空间。
explore-live = 两个世界
explore-live-alarm = 未被发现
explore-live-unexplored = { $n ->
   *[other] 真实线程的 { $n } 次运行得到了探索结果之外的结果，而探索本该找到全部结果。这是 Lockstep 的错误，请连同程序和这个调度一起报告：{ $schedule }
}
explore-live-deadlocked = 真实线程：{ $runs } 次中有 { $n } 次死锁
explore-live-crashed = 真实线程：{ $runs } 次中有 { $n } 次崩溃
explore-live-cut-off = 真实线程：{ $runs } 次中有 { $n } 次被截断
explore-live-finished = { $n ->
    [1] 真实线程：{ $runs } 次中有 { $finished } 次正常结束，结果总是相同
   *[other] 真实线程：{ $runs } 次中有 { $finished } 次正常结束，有 { $n } 种不同的结果
}
explore-all-deadlock = 全部交错：{ $switches }即可死锁
explore-all-crash = 全部交错：{ $switches }即可崩溃
explore-all-cut-off = 全部交错：{ $switches }即被截断
explore-all-livelock = 全部交错：{ $switches }即可活锁
explore-all-no-deadlock = 全部交错：没有死锁
explore-all-no-crash = 全部交错：没有崩溃
explore-all-no-cut-off = 全部交错：没有被截断的
explore-all-nothing-yet = 全部交错：到目前为止没有发现
explore-all-outcomes = { $n ->
   *[other] 全部交错：{ $n } 种结果
}
explore-progress-searching = { $target }：{ $states } 个状态，{ $open } 个没有看过，{ $rate } 个/秒，{ $time }，{ $memory } MiB
explore-progress-shortening = { $target }：寻找最短的路，{ $states } 个状态，{ $time }
explore-progress-judging = { $target }：判定中，{ $states } 个状态，{ $time }
explore-progress-live = { $target }：真实线程运行 { $made } / { $wanted } 次

## 界面上的全部交错

explorer-title = 全部交错
explorer-searching = 探索中
explorer-failed = 失败
explorer-failed-hint = 按 {"{key:explore-again}"} 重试，按 {"{key:leave}"} 返回。
explorer-broken = 搜索中断了：{ $reason }。这是 Lockstep 的错误，请连同程序一起报告。
explorer-progress = 搜索
explorer-verdict = 结论
explorer-ways = 可能发生的事
explorer-phase-searching = 正在查看线程能到达的每一个状态。
explorer-phase-shortening = 正在寻找通往每种结果的最短的路。
explorer-phase-judging = 正在寻找无法挽回的那一步。
explorer-states = 状态
explorer-open = 没有看过
explorer-rate = 每秒状态数
explorer-time = 用时
explorer-memory = 内存
explorer-memory-of = { $used } / { $all } MiB
explorer-wait = 线程的步的每一种先后都要看过，相同的状态只看一次。按 {"{key:leave}"} 停止，并说明到那时为止知道了什么。
explorer-stopping = 正在停止。到目前为止的发现马上就来；再按一次 {"{key:leave}"} 就不等了。
explorer-headed = { $verdict }：{ $sentence }
explorer-bug-shortest = { $kind }，{ $steps }、{ $switches }之后发生；没有更短的路
explorer-bug-way = { $kind }，{ $steps }、{ $switches }之后发生；也许还有更短的路
explorer-stop-states = 已停止：状态多于允许查看的数目。
explorer-stop-memory = 已停止：搜索用的内存到了这里的上限。把参数改小（在舞台上按 {"{key:variant}"}）可以把程序改小；`lockstep explore` 有 `--max-memory` 选项。
explorer-stop-time = 已停止：时间用完了。
explorer-stop-cancelled = 已用 {"{key:leave}"} 停止。按 {"{key:explore-again}"} 重新探索。
explorer-more-bugs = 另有 { $n } 项
explorer-stop = 。
explorer-way = { $steps }，{ $switches }，最短的路
explorer-way-long = { $steps }，{ $switches }，也许不是最短的路
explorer-enter-bug = 按 {"{key:show-way}"} 把这条路从头放到舞台上，再按 {"{key:step}"} 一步一步地走。
explorer-nothing-yet = 搜索停止之前，没有一次运行走到了头。按 {"{key:explore-again}"} 重新探索。
explorer-no-way = 没有一次运行会结束，没有可以演示的路。
explorer-outcome = 按 {"{key:show-way}"} 看一次这样结束的运行（{ $end }）：{ $steps }，{ $switches }。
explorer-outcome-values = 按 {"{key:show-way}"} 看一次这样结束的运行（{ $end }；{ $values }）：{ $steps }，{ $switches }。
explorer-chance = 交错数：{ $count }；每一步都随机选择时的概率：{ $probability }。
key-explore = 全部交错：试遍步的每一种先后
key-explore-short = 探索
key-explore-selected = 所选程序的全部交错
key-explore-selected-short = 探索
key-show-way = 把选中的路放到舞台上
key-show-way-short = 演示这条路
key-to-stage = 回到舞台
key-count = 统计交错的种数和每种结果的概率
key-count-short = 概率
explorer-rehearsing = 真实线程：已运行 { $made } / { $wanted } 次。按 {"{key:real-runs}"} 停止。
explorer-rehearsal-broken = 真实线程无法继续运行：{ $reason }
key-real-runs = 在真实线程上运行 1000 次：测试能发现什么
key-real-runs-short = 真实线程
key-explore-again = 重新探索
key-explore-again-short = 重来
key-copy-way = 复制选中的路，成为能打开它的一行
key-copy-way-short = 复制
notice-explore-watched = 只有 Lockstep 自己能运行的程序才能探索。
status-witness = 见证
timeline-no-return = 无法挽回
told-no-return = 从这里起就无法挽回了：无论怎么走，结局都是坏的。
way-what = { $kind ->
    [deadlock] 死锁
    [stuck] 卡住
    [livelock] 活锁
    [assertion] 断言失败
    [crash] 崩溃
   *[other] 这种结果
}
way-shortest = 通往{ $what }的最短的路：{ $steps }，{ $switches }。按 {"{key:step}"} 一步一步地走。
way-some = 通往{ $what }的一条路：{ $steps }，{ $switches }。按 {"{key:step}"} 一步一步地走。
way-no-return = 第 { $step } 步之后就无法挽回了，时间线上有标记。
way-no-return-ever = 从第一步起就无法挽回。
findings-failure = { $told }
findings-warning = 警告：{ $told }
gallery-explored = 刚才探索过。{ $verdict }
