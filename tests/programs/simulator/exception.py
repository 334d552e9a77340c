import threading

def work():
    raise ValueError('x')

t = threading.Thread(target=work)
t.start()
t.join()
print('on')
