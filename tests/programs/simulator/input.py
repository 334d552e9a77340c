name = input('who? ')
print('hello', name)
try:
    input()
except EOFError as e:
    print(e)
