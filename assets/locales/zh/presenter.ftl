# 演示模式，以及第二个终端里的讲稿。

key-present = 演示模式：只有代码、图和一句大字，给全班看；再按一次返回
presenter-questions = 运行之前，先想一想：
presenter-predict = 按 `p` 来作答。
