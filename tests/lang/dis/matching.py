def kind(x, limit):
    match x:
        case 0 | 1 | -1:
            return "small"
        case None:
            return "nothing"
        case True | False:
            return "truth"
        case "a" | b"b" | limit.value:
            return "text"
        case (a, b) if a == b:
            return "pair", a
        case [1, [first, *rest], *_] as whole:
            return first, rest, whole
        case []:
            return "empty"
        case other:
            return other
