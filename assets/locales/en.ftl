# What Lockstep says, in English. Every key stands in every catalogue with the same variables (a test compares them).
# Names, values and output of the program are filled in as they are; threads are called by their letters.

## Lists and quantities

list-comma = {", "}
list-and = { $head } and { $last }
time-seconds = { $n } s
time-milliseconds = { $n } ms
time-microseconds = { $n } us
time-nanoseconds = { $n } ns

## What a thread is about to do (goes on from "about to")

action-read = read { $place }
action-write = store { $value } into { $place }
action-delete = delete { $place }
action-call = call { $object }.{ $call }
action-acquire = acquire { $object }
action-acquire-timed = acquire { $object } within { $time }
action-acquire-try = try { $object } without waiting
action-release = release { $object }
action-release-many = release { $object } { $n } times
action-query = ask { $object }.{ $question }
action-wait = wait on { $object }
action-wait-timed = wait on { $object } for at most { $time }
action-reacquire = take the lock of { $object } again
action-notify = notify one waiter of { $object }
action-notify-many = notify { $n } waiters of { $object }
action-notify-all = notify all waiters of { $object }
action-event-wait = wait for { $object }
action-event-wait-timed = wait for { $object } for at most { $time }
action-event-set = set { $object }
action-event-clear = clear { $object }
action-barrier-wait = wait at { $object }
action-barrier-wait-timed = wait at { $object } for at most { $time }
action-barrier-abort = break { $object }
action-barrier-reset = reset { $object }
action-put = put { $item } into { $object }
action-put-try = put { $item } into { $object } if there is room
action-get = get from { $object }
action-get-timed = get from { $object } within { $time }
action-get-try = get from { $object } if there is anything
action-task-done = declare one item of { $object } done
action-queue-join = wait until all of { $object } is done
action-shutdown = shut { $object } down
action-shutdown-now = shut { $object } down at once
action-start = start { $thread }
action-join = join { $thread }
action-join-timed = join { $thread } for at most { $time }
action-is-alive = ask whether { $thread } is alive
action-count-threads = count the threads
action-sleep = sleep { $time }
action-now = look at the clock
action-random = draw { $call }
action-print = print { $text }
action-input = ask for a line of input

## States of threads

state-new = new
state-ready = ready
state-blocked = blocked
state-waiting = waiting
state-joining = joining
state-sleeping = sleeping
state-reading = reading
state-finished = finished
state-failed = failed
state-killed = killed
clause-new = is not started yet
clause-ready = can run
clause-blocked = is blocked: { $owner } holds { $object }
clause-blocked-nobody = is blocked on { $object }
clause-waiting = waits on { $object }
clause-joining = waits for the end of { $thread }
clause-sleeping = sleeps until { $time }
clause-reading = waits for a line of input
clause-finished = has finished
clause-failed = was ended by an exception
clause-killed = was a daemon and died with the program

## Objects

kind-variable = variable
kind-instance = object
kind-class = class
kind-list = list
kind-dict = dict
kind-set = set
kind-deque = deque
kind-lock = lock
kind-rlock = rlock
kind-condition = condition
kind-event = event
kind-semaphore = semaphore
kind-bounded-semaphore = bounded semaphore
kind-barrier = barrier
kind-queue = queue
kind-lifo-queue = LIFO queue
kind-priority-queue = priority queue
kind-simple-queue = simple queue
object-unbound = (no value)
object-free = free
object-held = held by { $thread }
object-held-deep = held by { $thread } { $n } times
object-condition-free = lock free
object-condition-held = lock held by { $thread }
object-set = set
object-clear = not set
object-places = { $n } left
object-places-of = { $n } of { $bound } left
object-parties = { $n } of { $parties } here
object-broken = broken
object-items = { $n ->
    [one] 1 item
   *[other] { $n } items
}
object-items-of = { $n } of { $capacity } items
object-queue-closed = shut down, { $n } inside

## Ends of a run

end-finished = The program has ended.
end-deadlock = Nobody can ever run again: deadlock.
end-limit-steps = Cut off after { $n } steps.
end-limit-spin = Cut off: a thread ran { $n } instructions without touching anything another thread can see.
end-limit-memory = Cut off: the program's data grew beyond { $n } MiB.
end-limit-time = Cut off after { $n } seconds.
end-unmodelled = Stopped on line { $line }: { $what } is not modelled.
