import threading, queue

q = queue.Queue(2)
done = []

def work():
    while True:
        item = q.get()
        if item is None:
            break
        done.append(item)
        q.task_done()

t = threading.Thread(target=work)
t.start()
for i in range(6):
    q.put(i)
q.join()
print(done, q.qsize(), q.empty(), q.full())
q.put(None)
t.join()
