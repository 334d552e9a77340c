# 自己的配色和按键。

where-everywhere = 所有界面
where-stage = 舞台
where-gallery = 场景列表
where-explore = 所有交错
keys-how = 改过的行带星号。要改按键，把 `lockstep keys --toml` 的输出存为 { $file }，去掉要改的行前面的 #。
place-keys = 按键文件    {""}
place-themes = 配色        {""}
reload-refused = 文件改了，但有问题
