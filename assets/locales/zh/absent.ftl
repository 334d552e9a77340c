# 按了选线程的键，但没有这个线程。

notice-no-thread = 这次运行里没有线程 { $number }（{ $letter }）。
notice-no-thread-yet = 线程 { $number }（{ $letter }）还不存在。
