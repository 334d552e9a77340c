# Threads that meet in one order only: events, barriers, conditions, queues, timers.
import queue
import threading
from threading import Barrier, BoundedSemaphore, Condition, Event, Lock, RLock, Semaphore, Thread, Timer


def ping_pong():
    ping, pong = Event(), Event()

    def left():
        for i in range(3):
            ping.wait()
            ping.clear()
            print('ping', i)
            pong.set()

    t = Thread(target=left, name='left')
    t.setDaemon(True)
    print(t.getName(), t.isDaemon(), t.is_alive())
    t.start()
    for i in range(3):
        ping.set()
        pong.wait()
        pong.clear()
        print('pong', i)
    t.join()
    print(t.is_alive())


def turns():
    cond = Condition()
    state = {'turn': 0}

    def player(me):
        for _ in range(2):
            with cond:
                cond.wait_for(lambda: state['turn'] % 3 == me)
                print('turn', state['turn'], threading.currentThread().getName())
                state['turn'] += 1
                cond.notifyAll()

    players = [Thread(target=player, args=(n,)) for n in range(3)]
    for p in players:
        p.setName('player %d' % players.index(p))
        p.start()
    for p in players:
        p.join()
    print(state, threading.activeCount())


def phases():
    barrier = Barrier(3, action=lambda: print('all here'))
    seen = []

    def work(n):
        for phase in range(2):
            seen.append((phase, n))
            barrier.wait()

    threads = [Thread(target=work, args=(n,)) for n in range(3)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    print(sorted(seen), [phase for phase, _ in seen], barrier.broken, barrier.parties)


def pipeline():
    first, second = queue.Queue(), queue.LifoQueue()

    def square():
        while True:
            n = first.get()
            if n is None:
                first.task_done()
                break
            second.put(n * n)
            first.task_done()

    t = Thread(target=square)
    t.start()
    for n in [1, 2, 3, None]:
        first.put(n)
    first.join()
    t.join()
    print([second.get() for _ in range(second.qsize())], first.empty(), second.empty())
    try:
        second.get(timeout=0.01)
    except queue.Empty as e:
        print(type(e).__name__, e.args)


def timers():
    order = []
    done = Event()
    timers = [Timer(0.2, order.append, args=['late']), Timer(0.05, order.append, ['soon']), Timer(0.4, done.set)]
    never = Timer(30, order.append, ['never'])
    never.start()
    never.cancel()
    for t in timers:
        t.start()
    print(done.wait(5), order)
    never.join()


def failures():
    class Worker(Thread):
        def __init__(self, n):
            Thread.__init__(self)
            self.n = n
            self.result = None
            self.error = None

        def run(self):
            try:
                self.result = 10 // self.n
            except ZeroDivisionError as e:
                self.error = e

    workers = [Worker(n) for n in (0, 3)]
    for w in workers:
        w.start()
        w.join()
    print([(w.result, w.error) for w in workers])
    s = BoundedSemaphore(1)
    try:
        s.release()
    except ValueError as e:
        print(e)
    lock, again = Lock(), RLock()
    with again, again, lock:
        print(lock.locked(), lock.acquire(False), again.acquire(blocking=False))
        again.release()
    gate = Semaphore(0)
    t = Thread(target=gate.release, kwargs={'n': 2})
    t.start()
    print(gate.acquire(timeout=5), gate.acquire(), gate.acquire(False))
    t.join()


def own():
    mine = threading.local()
    mine.x = 1
    seen = []

    def look():
        seen.append(hasattr(mine, 'x'))
        mine.x = 2
        seen.append(mine.x)

    t = Thread(target=look)
    t.start()
    t.join()
    print(seen, mine.x)


for part in (ping_pong, turns, phases, pipeline, timers, failures, own):
    print('--', part.__name__)
    part()
