import threading, sys
def crash():
    raise ValueError('x')
def leave():
    sys.exit('not shown')
for target in (crash, leave):
    t = threading.Thread(target=target)
    t.start()
    t.join()
t = threading.Thread(target=crash, args=(1,), name='odd')
t.start()
t.join()
t = threading.Thread(target=crash, args=1)
try:
    t.run()
except TypeError as e:
    print(e)
