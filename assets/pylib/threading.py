"""Threads and what they synchronise with: the part of `threading` that is Python in CPython, too."""

from _primitives import (
    Barrier,
    BoundedSemaphore,
    BrokenBarrierError,
    Condition,
    Event,
    Lock,
    RLock,
    Semaphore,
    active_count,
    adopt,
    create,
    current,
    enumerate,
    get_ident,
    get_native_id,
    ident_of,
    is_alive,
    join,
    local_delete,
    local_get,
    local_set,
    native_id_of,
    next_number,
    now,
    rename,
    set_daemon,
    start,
)

TIMEOUT_MAX = 9223372036.0
ThreadError = RuntimeError


class Thread:
    def __init__(self, group=None, target=None, name=None, args=(), kwargs=None, *, daemon=None):
        if group is not None:
            raise AssertionError("group argument must be None for now")
        if name:
            name = str(name)
        else:
            name = f"Thread-{next_number()}"
            if target is not None:
                target_name = getattr(target, "__name__", None)
                if target_name is not None:
                    name = f"{name} ({target_name})"
        self._target = target
        self._name = name
        self._args = args
        self._kwargs = kwargs
        self._daemonic = current_thread().daemon if daemon is None else bool(daemon)
        self._started = False
        self._handle = create(self, name, self._daemonic)

    def start(self):
        if getattr(self, "_handle", None) is None:
            raise RuntimeError("thread.__init__() not called")
        started = self._started
        self._started = True
        try:
            start(self._handle)
        except RuntimeError:
            self._started = started
            raise

    def run(self):
        if self._target is not None:
            if self._kwargs:
                self._target(*self._args, **self._kwargs)
            else:
                self._target(*self._args)

    def join(self, timeout=None):
        if getattr(self, "_handle", None) is None:
            raise RuntimeError("Thread.__init__() not called")
        join(self._handle, timeout)

    def is_alive(self):
        if getattr(self, "_handle", None) is None:
            raise AssertionError("Thread.__init__() not called")
        return is_alive(self._handle)

    isAlive = is_alive

    @property
    def name(self):
        return self._name

    @name.setter
    def name(self, name):
        self._name = str(name)
        rename(self._handle, self._name)

    def getName(self):
        return self.name

    def setName(self, name):
        self.name = name

    @property
    def daemon(self):
        return self._daemonic

    @daemon.setter
    def daemon(self, daemonic):
        if getattr(self, "_handle", None) is None:
            raise RuntimeError("Thread.__init__() not called")
        if self._started:
            raise RuntimeError("cannot set daemon status of active thread")
        self._daemonic = bool(daemonic)
        set_daemon(self._handle, self._daemonic)

    def isDaemon(self):
        return self.daemon

    def setDaemon(self, daemonic):
        self.daemon = daemonic

    @property
    def ident(self):
        return ident_of(self._handle) if self._started else None

    @property
    def native_id(self):
        return native_id_of(self._handle) if self._started else None

    def __repr__(self):
        if getattr(self, "_handle", None) is None:
            raise AssertionError("Thread.__init__() was not called")
        status = "initial"
        if self._started:
            status = "started" if is_alive(self._handle) else "stopped"
        if self._daemonic:
            status = f"{status} daemon"
        if self._started:
            status = f"{status} {self.ident}"
        return f"<{self.__class__.__name__}({self._name}, {status})>"


class _MainThread(Thread):
    def __init__(self):
        self._target = None
        self._name = "MainThread"
        self._args = ()
        self._kwargs = None
        self._daemonic = False
        self._started = True
        self._handle = adopt(self)


class Timer(Thread):
    def __init__(self, interval, function, args=None, kwargs=None):
        Thread.__init__(self)
        self.interval = interval
        self.function = function
        self.args = args if args is not None else []
        self.kwargs = kwargs if kwargs is not None else {}
        self.finished = Event()

    def cancel(self):
        self.finished.set()

    def run(self):
        self.finished.wait(self.interval)
        if not self.finished.is_set():
            self.function(*self.args, **self.kwargs)
        self.finished.set()


class local:
    def __getattr__(self, name):
        return local_get(self, name)

    def __setattr__(self, name, value):
        local_set(self, name, value)

    def __delattr__(self, name):
        local_delete(self, name)


_main_thread = _MainThread()


def current_thread():
    return current()


def main_thread():
    return _main_thread


def excepthook(args):
    pass


currentThread = current_thread
activeCount = active_count


def _wait_for(condition, predicate, timeout):
    deadline = None
    remaining = timeout
    result = predicate()
    while not result:
        if remaining is not None:
            if deadline is None:
                deadline = now() + remaining
            else:
                remaining = deadline - now()
                if remaining <= 0:
                    break
        condition.wait(remaining)
        result = predicate()
    return result


def _barrier_wait(barrier, timeout):
    index = barrier._arrive(timeout)
    if index == barrier.parties - 1:
        failed = True
        try:
            barrier._action()
            failed = False
        finally:
            barrier._let_go(failed)
    return index
