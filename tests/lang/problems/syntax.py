def f(:
    pass
print "hello"
x = = 1
for i in range(3) print(i)
y = (1, 2
z = 3
