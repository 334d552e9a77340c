import threading

n = 0
lock = threading.Lock()

def work():
    global n
    with lock:
        n += 1

threads = [threading.Thread(target=work) for i in range(5000)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(n)
