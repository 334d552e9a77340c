import threading
from threading import Thread
def work(n): pass
t = Thread(target=work, args=(1,))
print(t, t.name, t.daemon, t.ident, t.is_alive())
t.name = 'new'
t.daemon = True
print(t.getName(), t.isDaemon(), t)
t.start()
t.join()
print(t.is_alive(), t.name, t.ident == t.ident)
print(Thread(target=work).name, Thread(target=lambda: 0).name, Thread().name, Thread(name='mine').name)
print(threading.current_thread() is threading.main_thread(), threading.current_thread().name)
print(threading.active_count(), [thread.name for thread in threading.enumerate()])
