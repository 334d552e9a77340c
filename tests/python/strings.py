# 字符串方法
s = "Hello, World"
print(s.upper(), s.lower(), s.swapcase(), s.title(), "hello world's".title(), "hELLO".capitalize())
print(s.split(","), "a b  c".split(), " a b ".split(" "), "a,b,c".split(",", 1), "a,b,c".rsplit(",", 1), "".split(), "".split(","))
print("  a b  c ".split(None, 1), "  a b  c ".rsplit(None, 1), "a\nb\r\nc".splitlines(), "a\nb\n".splitlines(True))
print("-".join(["a", "b", "c"]), "".join("abc"), ", ".join(str(i) for i in range(3)), "-".join([]))
print(repr("  x ".strip()), repr("  x ".lstrip()), repr("  x ".rstrip()), "xxaxx".strip("x"), "abcba".strip("ab"), "www.example.com".lstrip("w."))
print(s.replace("o", "0"), s.replace("o", "0", 1), "aaa".replace("", "-"), "abc".replace("b", ""))
print(s.find("o"), s.find("o", 5), s.rfind("o"), s.find("zz"), s.index("W"), s.count("l"), s.count("l", 4), "aaaa".count("aa"), "abc".count(""))
print(s.startswith("Hell"), s.endswith(("x", "ld")), s.startswith("World", 7), s.startswith(("a", "b")), "abc".startswith(""))
print("7".zfill(3), "-7".zfill(4), "+7".zfill(4), "abc".center(10, "*"), "abc".center(9) + "|", "ab".center(5, "-"), "abcd".center(7, "-"), "x".ljust(3, ".") + "|", "x".rjust(3) + "|")
print("123".isdigit(), "12a".isdigit(), "".isdigit(), "abc".isalpha(), "中文".isalpha(), "abc1".isalnum(), " \t".isspace(), "ABC".isupper(), "abc".islower(), "Abc Def".istitle(), "x1".isidentifier(), "1x".isidentifier())
print("a-b-c".partition("-"), "a-b-c".rpartition("-"), "abc".partition("x"), "abc".rpartition("x"))
print("prefix-body".removeprefix("prefix-"), "body.txt".removesuffix(".txt"), "abc".removeprefix("x"))
print("a\tb".expandtabs(), "a\tb".expandtabs(4), "01\t012\t0123".expandtabs(4))
print("中文字符串"[1:3], "中文"[::-1], len("中文"), "中" in "中文", "中文".encode(), b"\xe4\xb8\xad".decode("utf-8"), "中文".center(8, "*"))
print("abc"[0], "abc"[-1], "abcdef"[1:4], "abcdef"[::2], "abcdef"[::-1], "abcdef"[4:1:-1], "abc"[5:], "abc"[-10:2])
print("ab" * 3, 3 * "ab", "ab" * 0, "ab" * -1, "a" + "b", "a" "b")
print("a" < "b", "a" < "B", "abc" < "abd", "abc" < "abcd", "" < "a", "中" > "a")
print(repr("it's"), repr('say "hi"'), repr("both ' and \""), repr("tab\t nl\n back\\ \x00 \x7f é 中 😀 \u200b"), ascii("é中😀"))
print(str(1), str(1.5), str(None), str(True), str([1, "a"]), str(b"ab"), repr(b"a'b\n\xff"))
print("%s is %d years and %.2f m" % ("Bob", 42, 1.756), "%5d|%-5d|%05d|%+d" % (42, 42, 42, 42), "%x %X %o %e %g" % (255, 255, 8, 12345.678, 0.00001))
print("%r %s %a" % ("a", "a", "é"), "%%", "%d%%" % 50, "%c%c" % ("a", 98), "%(n)s=%(v)d" % {"n": "x", "v": 3}, "%s" % [1, 2], "%s" % ((1, 2),), "%5.1f|%-8s|%8s|" % (3.14159, "ab", "cd"), "%*d" % (5, 42), "%.3s" % "abcdef", "%i" % 3.99)
print("{} {} {}".format(1, "a", 2.5), "{0} {1} {0}".format("a", "b"), "{x} {y}".format(x=1, y=2), "{:>5}|{:<5}|{:^5}|{:*^7}".format(1, 2, 3, "ab"))
print("{:05d} {:+} {:,} {:_} {:.2f} {:.1%} {:e} {:x} {:#x} {:b} {:o} {:c}".format(42, 7, 1234567, 1234567, 3.14159, 0.256, 1234.5, 255, 255, 5, 8, 97))
print("{0[1]} {1[k]} {2.real}".format([1, 2], {"k": "v"}, 3), "{!r:>6} {!s} {!a}".format("a", "b", "é"), "{{}} {{{}}}".format(1), "{:{w}.{p}f}".format(3.14159, w=8, p=2))
name, n, pi = "李雷", 3, 3.14159
print(f"{name} {n} {pi:.2f} {n:>4} {n:04} {name!r} {n=} {pi=:.3f} {n + 1} {'x'} {name:*^6} {{}} {n!s:>3}")
print(f"{1234567.891:,.2f} {255:#06x} {0.1:.20f} {1e10} {True} {None} {[1, 2]} {name[0]} {1_000:>+8,}")
print(f"{3:{n}}|{'a':{'>'}{5}}|{10:b}|{65:c}|{1.0:g}|{1e-7:g}|{123456789:g}|{0.5:%}|{12.5:8.3e}|{5:<3}|{5:^3}|")
print("abc".translate({97: "x", 98: None}), "a b".title(), "ß".upper(), "İ".lower() == "i̇")
print("%s" % None, "%s %s" % (True, 1.0), "%d" % True, "%5s|%-5s|" % ("中", "文"))
for f in (
    lambda: "abc"[10],
    lambda: "abc"["a"],
    lambda: "abc".index("z"),
    lambda: "a".join([1]),
    lambda: "a".join(5),
    lambda: "%d" % "a",
    lambda: "%d %d" % (1,),
    lambda: "%d" % (1, 2),
    lambda: "%y" % 1,
    lambda: "%s" % (),
    lambda: "{} {}".format(1),
    lambda: "{x}".format(y=1),
    lambda: "{:d}".format("a"),
    lambda: "{:s}".format(1),
    lambda: "{".format(1),
    lambda: "{:.2d}".format(3),
    lambda: format([], ">5"),
    lambda: "a".center("b"),
    lambda: "a".split(""),
    lambda: "a".replace("b"),
    lambda: "a".upper(1),
    lambda: "a".foo(),
    lambda: "中文".encode("ascii"),
    lambda: b"\xff".decode("utf-8"),
    lambda: "a".startswith(1),
    lambda: "abc".count(),
    lambda: "%(a)s" % {"b": 1},
    lambda: "%x" % 1.5,
    lambda: "%f" % "a",
    lambda: "{0.foo}".format(1),
    lambda: "abc".zfill(),
):
    try:
        print(f())
    except Exception as error:
        print(type(error).__name__ + ":", error)
