import threading

c = threading.Condition()
e = threading.Event()
with c:
    print(c.wait(0.1))
    print(c.wait_for(lambda: False, timeout=0.1))
print(e.wait(0.1), e.is_set())
e.set()
print(e.wait(), e.is_set())
e.clear()
print(e.is_set())
