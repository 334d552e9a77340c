import threading
class Worker(threading.Thread):
    def __init__(self, n):
        super().__init__(name=f'worker {n}')
        self.n = n
        self.result = None
    def run(self):
        self.result = (self.n * 2, self.name, threading.current_thread() is self)
workers = [Worker(n) for n in range(3)]
for w in workers: w.start()
for w in workers: w.join()
print([w.result for w in workers])
class Forgetful(threading.Thread):
    def __init__(self): pass
try:
    Forgetful().start()
except RuntimeError as e:
    print(e)
