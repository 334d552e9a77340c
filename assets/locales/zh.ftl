# Lockstep 的简体中文文案。键和变量与其他语言一一对应（有测试核对）。
# 程序里的名字、值和输出原样填入；线程用字母称呼。

## 列举与数量

list-comma = 、
list-and = { $head } 和 { $last }
time-seconds = { $n } 秒
time-milliseconds = { $n } 毫秒
time-microseconds = { $n } 微秒
time-nanoseconds = { $n } 纳秒

## 线程即将做什么（接在「即将」之后）

action-read = 读取 { $place }
action-write = 把 { $value } 写入 { $place }
action-delete = 删除 { $place }
action-call = 调用 { $object }.{ $call }
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
clause-blocked = 被阻塞：{ $object } 在 { $owner } 手里
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
kind-condition = 条件变量
kind-event = 事件
kind-semaphore = 信号量
kind-bounded-semaphore = 有界信号量
kind-barrier = 屏障
kind-queue = 队列
kind-lifo-queue = 后进先出队列
kind-priority-queue = 优先队列
kind-simple-queue = 简单队列
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
end-deadlock = 谁也无法再运行：死锁。
end-limit-steps = 运行了 { $n } 步，就此截断。
end-limit-spin = 就此截断：某个线程执行了 { $n } 条指令，却没有碰过其他线程看得见的东西。
end-limit-memory = 就此截断：程序的数据超过了 { $n } MiB。
end-limit-time = 运行了 { $n } 秒，就此截断。
end-unmodelled = 停在第 { $line } 行：不支持模拟 { $what }。
