# What the reader of the speaker's notes says of itself.

presenter-full = 已有 { $n } 个终端在接收这次演示的讲稿，名额已满。只要其中一个退出，这里就会自动跟上。
reader-leave = 离开
reader-scroll = 滚动
reader-theme = 主题
reader-language = 讲稿的语言与舞台一致：请在舞台上切换。
