# 未捕获的异常
def inner(n):
    values = [1, 2, 3]
    return values[n]


def outer(n):
    return inner(n + 1)


print("开始")
outer(5)
print("never")
