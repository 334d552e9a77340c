import threading, time

b = threading.Barrier(2, action=lambda: print('action'))
def party():
    i = b.wait()
t = threading.Thread(target=party)
t.start()
b.wait()
t.join()
print(b.broken, b.n_waiting, b.parties)
def impatient():
    try:
        b.wait(timeout=0.1)
    except threading.BrokenBarrierError as e:
        print('broken', str(e))
t = threading.Thread(target=impatient)
t.start()
t.join()
print(b.broken)
b.reset()
print(b.broken)
b.abort()
try:
    b.wait()
except threading.BrokenBarrierError:
    print('aborted')
