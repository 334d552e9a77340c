import threading, queue
def worker(q, done):
    while True:
        item = q.get()
        if item is None: break
        done.append(item * 2)
        q.task_done()
q, done = queue.Queue(), []
workers = [threading.Thread(target=worker, args=(q, done)) for _ in range(3)]
for w in workers: w.start()
for n in range(6): q.put(n)
q.join()
for w in workers: q.put(None)
for w in workers: w.join()
print(sorted(done))
mine = threading.local()
mine.x = 'main'
def local():
    try:
        mine.x
    except AttributeError as e:
        print(e)
    mine.x = 'other'
    del mine.x
t = threading.Thread(target=local)
t.start()
t.join()
print(mine.x)
timer = threading.Timer(1, print, args=('fired',))
timer.start()
timer.join()
cancelled = threading.Timer(1, print, args=('never',))
cancelled.start()
cancelled.cancel()
cancelled.join()
barrier = threading.Barrier(3, action=lambda: print('all here'))
order = []
def meet(): order.append(barrier.wait())
ts = [threading.Thread(target=meet) for _ in range(3)]
for t in ts: t.start()
for t in ts: t.join()
print(sorted(order))
