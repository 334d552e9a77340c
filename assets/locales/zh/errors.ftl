# 做不到的事，以及原因。

## 系统给出的原因

system-missing = 没有这个文件或目录
system-denied = 没有权限
system-exists = 已经存在
system-directory = 这是一个目录
system-no-directory = 这不是目录
system-full = 没有剩余空间
system-read-only = 只能读，不能写
system-pipe = 已经没有人在读
system-end = 内容不完整
system-memory = 内存不够
system-other = 系统报告「{ $text }」

## 目标和文件

refused-unreadable = { $path }：{ $reason }
