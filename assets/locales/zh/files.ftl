# What is wrong with files of one's own, and what became of them.

wrong-colour = 没有颜色 `{ $name }`；可以写 `default`、`{ $known }`、0 到 255 的数，或者 `#rrggbb`
wrong-modifier = 样式里没有 `{ $name }` 这个词；可以写 `{ $known }`
wrong-parent-broken = 它继承的 `{ $name }` 写得不对
doctor-keys = 按键
doctor-themes = 配色
doctor-progress = 进度
doctor-progress-remedy = `lockstep progress --reset` 会把这个文件放到一边，重新开始记录。
progress-aside = 读不了 { $path }，已改名为 { $aside }，重新开始记录。
reload-done = 文件已改动，已重新载入。
