def f(a, b, c, *args, **kw):
    x = a if b else c
    x = a and b or not c
    x = a < b <= c != 1
    x = a is b, a is not b, a in b, a not in b
    x = -a + ~b - +c * 2 ** a // b % c @ a
    x = a << b >> c & a | b ^ c
    x = a[1:2], a[::b], a[1], a[b, 1:], a[...]
    x = [1, *a, 2], (*a, b), {1, *b}, {**a, "k": b, **c}, {"k": 1}, {1, 2}, ()
    x = "%s" % a, b"bytes", 'it''s', 1_000, 0xFF, 1e3, None, True, (1, (2, "x"))
    x = f"{a}{b!r}{c!s:>{a}}{{}}" f"{a:.2f}" "tail"
    x = f""
    x = f(a, *args, b, k=1, **kw)
    x = a.b.c(1, k=2)(3).d(*args)
    a.b, a[0], (x, [y, *z]) = b
    a.b += 1
    a[b] -= 1
    x **= 2
    del a.b, a[0], (x, y)
    if not (a and (b or c)):
        pass
    if a < b < c or not a > b > c:
        pass
    while (n := a()) and n:
        pass
    return x, n
