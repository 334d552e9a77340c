### 图：程序旁边的画面。

pane-picture = 舞台
picture-more = 还有 { $n } 个
