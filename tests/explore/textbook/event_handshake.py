# expect: proved
"""Question, answer."""
from threading import Event, Thread

asked = Event()
answered = Event()
answer = None


def serve():
    global answer
    asked.wait()
    answer = 42
    answered.set()


Thread(target=serve).start()
asked.set()
answered.wait()
assert answer == 42
