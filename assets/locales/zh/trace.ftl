# 运行记录坏在哪里。

broken-nothing = `"event"` 和 `"record"` 都没有，看不出这一行是什么
broken-no-object = 这不是一个 JSON 对象
broken-missing = 缺少 `"{ $name }"`
broken-unknown = `"{ $field }"` 的值 `"{ $value }"` 不认识
broken-large = `"{ $name }"` 太大
broken-choice = `"choice"`：{ $reason }
broken-initial = `"initial"` 不是 `{ $kind }` 能有的状态
broken-utf8 = 这一行不是 UTF-8 编码
broken-work = 这份记录太复杂：线程太多，事件太多，退回的次数也太多
broken-cut = 要退回到第 { $to } 步，可是最后一步才是第 { $last } 步
broken-inputs = 记录里的输入超过 { $most } 行
broken-end = 应有 { $steps } 步、{ $events } 个事件，实际是 { $there_steps } 步、{ $there_events } 个事件
broken-events = 记录里的事件超过 { $most } 个
broken-memory = 已读的内容约占 { $most } MiB 内存，不能再多了
broken-event-late = 事件 { $event } 出现在事件 { $after } 之后
broken-event-missing = 前面缺少事件 { $event }
broken-events-missing = 前面缺少事件 { $first } 到 { $last }
broken-step-early = 这里应是第 { $next } 步，却是第 { $step } 步
broken-step-late = 第 { $step } 步的事件出现在第 { $after } 步之后
broken-gap = { $reason }：中间有缺失
broken-undeclared = { $kind ->
    [thread] 线程
   *[object] 对象
} { $number } 没有声明过
broken-declared = { $kind ->
    [thread] 线程
   *[object] 对象
} { $number } 已经声明过
broken-declared-early = { $kind ->
    [thread] 这里应声明线程 { $next }，却声明了线程 { $number }
   *[object] 这里应声明对象 { $next }，却声明了对象 { $number }
}
broken-too-many = { $kind ->
    [thread] 记录里的线程超过 { $most } 个
   *[object] 记录里的对象超过 { $most } 个
}
broken-header-long = 它太长了
broken-header-binary = 它不是文本
broken-line-long = 这一行超过 { $most } 字节
broken-texts-long = 所有文本加起来超过 { $most } 字节
broken-lines = 坏行已有 { $n } 行
broken-bytes = 记录超过 { $most } 字节
broken-line-count = 记录超过 { $most } 行
broken-reading = { $reason }
broken-sources = `"sources"` 有 { $n } 项，应当只有一项
broken-program-long = 程序超过 { $most } 字节
broken-world = 不认识 `"world"` 的值 `"{ $value }"`；可以是 `"sim"` 或 `"live"`
broken-language = 不认识 `"language"` 的值 `"{ $value }"`；可以是 `"python"` 或 `"rust"`
broken-speed = `"speed"` 必须大于 0
