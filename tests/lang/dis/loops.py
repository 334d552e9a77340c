def loops(xs):
    while xs:
        if xs[0]:
            break
        xs = xs[1:]
    else:
        print("done")
    for i, (a, *b) in enumerate(xs):
        for j in b:
            if j:
                continue
            break
        else:
            continue
        return a
    while 1:
        pass


for k in range(3):
    pass
while True:
    break
