# 算术运算：整数、浮点数、布尔值
print(7 + 3, 7 - 3, 7 * 3, 7 / 3, 7 // 3, 7 % 3, 7 ** 3)
print(-7 // 3, -7 % 3, 7 // -3, 7 % -3, -7 // -3, -7 % -3)
print(7.5 // 2, -7.5 // 2, 7.5 % 2, -7.5 % 2, 7.5 % -2, 1e300 * 10)
print(2 ** 10, 2 ** -1, 2 ** 0.5, (-2) ** 3, 0 ** 0, 4 ** 0.5, 10 ** 18)
print(1 / 3, 2 / 3, 10 / 5, 0.1 + 0.2, 1e16, 1e15, 123456789.123456789)
print(5 & 3, 5 | 3, 5 ^ 3, ~5, 1 << 10, 1024 >> 3, -5 >> 1)
print(True + True, True * 3, True & False, True | False, True ^ True, -True, ~True + 2)
print(1.0, -0.0, 1e-5, 1e-4, 1.5e-7, 1e22, 1e21, 12345678901234567.0, float("inf"), -float("inf"), float("nan"))
print(3 == 3.0, 1 == True, 0.1 + 0.2 == 0.3, 2 < 3.5, 9007199254740993 == 9007199254740992.0)
print(divmod(7, 3), divmod(-7, 3), divmod(7.5, 2), abs(-3), abs(-3.5), abs(True))
print(round(2.5), round(3.5), round(-2.5), round(2.675, 2), round(1234.5678, -2), round(12345, -2), round(15, -1), round(25, -1))
print(round(1.5), round(0.5), round(2.567, 1), round(7), round(5.0))
print(pow(2, 10), pow(2, 10, 1000), pow(3, -1, 7), pow(2, -2), pow(2.5, 2))
print(int(3.99), int(-3.99), int("42"), int("  -17 "), int("ff", 16), int("0b101", 0), int("1_000"), int(True))
print(float("1.5"), float(" 1e3 "), float("-inf"), float(3), float("1_0.5"))
print(hex(255), oct(8), bin(10), hex(-255), bin(-5), bin(0))
print(ord("a"), ord("中"), chr(97), chr(20013), chr(128512))
print((10).bit_length(), (255).bit_length(), (0).bit_length(), (3.0).is_integer(), (3.5).is_integer())
print(sum([1, 2, 3]), sum([0.1] * 10), sum([1, 2], 10), min(3, 1, 2), max([4, 9, 2]), min("banana"), max("a", "b", key=len))
x = 10
x += 5
x -= 3
x *= 2
x //= 5
x **= 3
x %= 50
print(x)
y = 7
y /= 2
print(y)
z = 6
z <<= 2
z |= 1
z &= 29
z ^= 3
z >>= 1
print(z)
for a, b in [(1, 0), (1.0, 0), (1, 0.0)]:
    for f in (lambda: a / b, lambda: a // b, lambda: a % b):
        try:
            print(f())
        except ZeroDivisionError as error:
            print("ZeroDivisionError:", error)
for f in (
    lambda: 1 + "a",
    lambda: "a" + 1,
    lambda: [1] + (2,),
    lambda: (1,) + [2],
    lambda: "a" * "b",
    lambda: "a" - "b",
    lambda: None + 1,
    lambda: {} + {},
    lambda: -"a",
    lambda: ~1.5,
    lambda: 1 < "a",
    lambda: [1] < (1,),
    lambda: None >= 0,
    lambda: 1 << -1,
    lambda: int("abc"),
    lambda: int("12", 2),
    lambda: int([]),
    lambda: int(None),
    lambda: float("x"),
    lambda: float([]),
    lambda: int("1", 99),
    lambda: chr(-1),
    lambda: ord("ab"),
    lambda: ord(1),
    lambda: abs("a"),
    lambda: round("a"),
    lambda: hex(1.5),
    lambda: 10 % "a",
    lambda: 2 ** "a",
    lambda: pow(2, "a"),
    lambda: divmod(1, "a"),
    lambda: 0 ** -1,
    lambda: 10.0 ** 400,
    lambda: int(float("nan")),
    lambda: int(float("inf")),
    lambda: round(float("nan")),
    lambda: sum(["a", "b"]),
    lambda: sum("ab", ""),
    lambda: 1 in 5,
    lambda: 1 in "a",
    lambda: "a" @ "b",
):
    try:
        print(f())
    except Exception as error:
        print(type(error).__name__ + ":", error)
