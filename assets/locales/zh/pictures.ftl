### 图：程序旁边的画面。

pane-picture = 舞台
picture-colon = ：
picture-more = 还有 { $n } 个

## 线程与对象

net-waits = 等待
net-held = 持有者
net-joins = 等其结束
net-circle = 循环等待：其中谁也无法继续
net-circle-short = 循环等待
net-circle-timed = 循环等待，要到超时才会解开
net-row-holds = { " " }持有 { $objects }
net-row-waits = { " " }等待 { $object }
net-row-waits-too = ，等待 { $object }
net-row-joins = { " " }等待 { $thread } 结束
net-row-joins-too = ，等待 { $thread } 结束
net-more-objects = 另有 { $n } 个对象

## 停车场

slots-free = 空位 { $n }/{ $of }
slots-too-many = { $of } 个车位停了 { $n } 辆车
slots-believes = 信号量还会放进 { $n } 辆
slots-queue = 入口排队
slots-coming = 在路上
slots-gone = 已离开
slots-inside = 场内

## 信号灯

light-red = 红灯
light-green = 绿灯
light-before = 灯前：{ $n }
light-past = 已通过：{ $n }
light-on-red = 闯了红灯

## 餐桌

ring-eats = 进餐
ring-waits = 想要 { $object }
picture-flaw = 第 { $line } 行没有说清画面：{ $why }
