## 画面里写了、程序里却没有的名字

picture-absent = 画面提到的这些名字，程序里没有：{ $names }
