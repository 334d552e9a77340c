# What Lockstep says, in English. Every key stands in every catalogue with the same variables (a test compares them).
# Names, values and output of the program are filled in as they are; threads are called by their letters.

## Lists and quantities

list-comma = {", "}
list-clause = {", "}
list-semicolon = {"; "}
list-sentence = {" "}
list-and = { $head } and { $last }
time-seconds = { $n } s
time-microseconds = { $n } us
time-nanoseconds = { $n } ns

## What a thread is about to do (goes on from "about to")

action-read = read { $place }
action-write = store { $value } into { $place }
action-delete = delete { $place }
action-call = call { $call }
action-call-bool = look whether { $object } is empty
action-call-iter = begin to go through { $object }
action-call-next = go on through { $object }
action-call-in = look for { $item } in { $object }
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
kind-rwlock = rwlock
kind-condition = condition
kind-event = event
kind-semaphore = semaphore
kind-bounded-semaphore = bounded semaphore
kind-barrier = barrier
kind-queue = queue
kind-lifo-queue = LIFO queue
kind-priority-queue = priority queue
kind-simple-queue = simple queue
name-part = { $part } of { $whole }
name-own-lock = lock of { $whole }
name-the-lock = the lock of { $whole }
name-the-gil = the GIL
name-at-line = { $kind } at line { $line }
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
end-deadlock = Nobody can ever run again: the program hangs.
end-hangs = These are real threads: they really hang now.
end-limit-steps = Cut off after { $n } steps.
end-limit-spin = Cut off: a thread ran { $n } instructions without touching anything another thread can see.
end-limit-memory = Cut off: the program's data grew beyond { $n } MiB.
end-limit-time = Cut off after { $n } s of real time.
end-unmodelled = Stopped on line { $line }: { $what } is not modelled.

## What a thread did (sentences)

did-read = { $thread } reads { $place }: { $value }.
did-write = { $thread } stores { $value } into { $place }.
did-delete = { $thread } deletes { $place }.
did-call = { $thread } calls { $call }.
did-call-bool = { $thread } looks whether { $object } is empty.
did-call-iter = { $thread } begins to go through { $object }.
did-call-next = { $thread } goes on through { $object }.
did-call-in = { $thread } looks for { $item } in { $object }.
did-call-value = { $thread } calls { $call }: { $value }.
did-acquire = { $thread } takes { $object }.
did-acquire-refused = { $thread } tries { $object }, does not get it and goes on without it.
did-acquire-timed-out = { $thread } has waited long enough for { $object } and goes on without it.
did-release = { $thread } releases { $object }.
did-query = { $thread } asks { $object }.{ $question }: { $value }.
did-wait = { $thread } gives the lock of { $object } back and waits until somebody notifies.
did-wait-timed-out = { $thread } has waited long enough on { $object }.
did-reacquire = { $thread } has the lock of { $object } again and comes back from wait().
did-reacquire-timed-out = { $thread } has waited long enough: it has the lock of { $object } again, and wait() gives False.
did-notify = { $thread } notifies { $object }: { $n ->
    [one] { $others } wakes up and needs the lock again before it goes on.
   *[other] { $others } wake up and need the lock again before they go on.
}
did-notify-nobody = { $thread } notifies { $object }, but nobody is waiting there, so nobody hears it.
did-event-wait = { $object } was set: { $thread } goes on.
did-event-wait-begin = { $object } is not set: { $thread } waits for it.
did-event-wait-timed-out = { $thread } has waited long enough for { $object } and goes on although it is not set.
did-event-set = { $thread } sets { $object }: { $others } can go on.
did-event-set-nobody = { $thread } sets { $object }.
did-event-clear = { $thread } clears { $object }: whoever comes to wait for it now has to wait.
did-barrier-wait = { $thread } arrives at { $object } and waits for the others.
did-barrier-last = { $thread } is the last to arrive at { $object }: { $others } can go on.
did-barrier-pass = { $thread } passes { $object }.
did-barrier-timed-out = { $thread } has waited long enough at { $object }: the barrier is broken for everybody.
did-barrier-abort = { $thread } breaks { $object }.
did-barrier-abort-woke = { $thread } breaks { $object }: { $n ->
    [one] { $others } gets a BrokenBarrierError.
   *[other] { $others } get a BrokenBarrierError.
}
did-barrier-reset = { $thread } resets { $object }.
did-put = { $thread } puts { $item } into { $object }.
did-get = { $thread } gets { $value } from { $object }.
did-task-done = { $thread } declares one item of { $object } done.
did-queue-join = Every item of { $object } is done: { $thread } goes on.
did-shutdown = { $thread } shuts { $object } down.
did-start = { $thread } starts { $other }, named { $name }.
did-join = { $other } has ended: { $thread } goes on.
did-join-timed-out = { $thread } has waited long enough for the end of { $other } and goes on.
did-is-alive = { $thread } asks whether { $other } is alive: { $value }.
did-count-threads = { $thread } counts the threads: { $value }.
did-sleep = { $thread } falls asleep for { $time }.
did-wake-up = { $thread } has slept { $time } and goes on.
did-now = { $thread } looks at the clock: { $value }.
did-random = { $thread } draws { $call }: { $value }.
did-print = { $thread } prints { $text }.
did-input = { $thread } reads the line { $value }.
did-ask = { $thread } asks for a line of input.
did-action = { $thread } was able to { $action }.
did-raised = { $thread } tried to { $action }, but that raised { $exception }.
did-refused = { $thread } tried to { $action }, in vain.
did-timed-out = { $thread } wanted to { $action }, but its time ran out.
did-enqueued = { $thread } begins to { $action }.

## Why it matters (sentences that follow)

why-lost = { $other } changed { $place } after { $thread } had read it: the change by { $other } is lost.
why-waited = { $thread } has waited { $time } for that.
why-owner = { $owner } holds it.
why-deeper = { $thread } holds it { $n } times now.
why-not-owner = It was { $owner } who held it.
why-still-held = { $thread } still holds it, { $n ->
    [one] once
   *[other] { $n } times
}.
why-cleared = Meanwhile { $object } has been cleared again.
why-places = { $n ->
    [0] No place is left.
    [one] 1 place is left.
   *[other] { $n } places are left.
}
why-parties = { $n } of { $parties } are there.
why-items = { $n ->
    [0] It is empty now.
    [one] It holds 1 item now.
   *[other] It holds { $n } items now.
}
why-items-of = { $n ->
    [0] It is empty now.
   *[other] It holds { $n } of at most { $capacity } items now.
}
why-contents = { $object } is { $value } now.
why-unfinished = { $n ->
    [0] Every item is done now.
    [one] 1 item is still to be done.
   *[other] { $n } items are still to be done.
}
why-contend = { $n ->
    [one] { $threads } was waiting for it and can take it now, if nobody is faster.
   *[other] { $threads } were waiting for it: whoever runs first gets it.
}
why-time-up = { $n ->
    [one] The time of { $threads } is up: it has waited long enough.
   *[other] The time of { $threads } is up: they have waited long enough.
}
why-wanted = { $thread } wants { $object }, which { $owner } has held since line { $line }.
why-time-jumps = Everybody would have to wait now, so the clock jumps: { $n ->
    [one] { $threads } has waited long enough.
   *[other] { $threads } have waited long enough.
}
why-freed = { $threads } can go on now.
why-awake = { $n ->
    [one] { $threads } wakes up.
   *[other] { $threads } wake up.
}
why-must-wait = { $threads } must wait for it now.
why-killed = { $n ->
    [one] { $threads } is a daemon and dies with the program.
   *[other] { $threads } are daemons and die with the program.
}
why-finished = With that { $thread } has finished.
why-failed = { $exception } ends { $thread }.
why-failed-holding = { $thread } still holds { $objects }: nobody will ever release it.
why-blocked = Next { $thread } wants { $object }, but { $owner } has held it since line { $line }: { $thread } is blocked.
why-blocked-gil = { $thread } waits for the GIL, which { $owner } has.
why-blocked-nobody = Next { $thread } wants { $object }, but nothing of it is left: { $thread } is blocked.
why-blocked-self = Next { $thread } wants { $object }, which it has held itself since line { $line }: it waits for itself.
why-joining = Next { $thread } waits for the end of { $other }.
why-sleeping = Next { $thread } sleeps { $time }.
why-reading = { $thread } asks for a line of input.
why-waiting = Next { $thread } waits on { $object }.
why-waiting-get = Next { $thread } wants an item, but { $object } is empty: { $thread } waits.
why-waiting-put = Next { $thread } wants to put an item, but { $object } is full: { $thread } waits.
why-waiting-event = Next { $thread } waits for { $object }, which is not set.
why-waiting-done = Next { $thread } waits until every item of { $object } is done.
why-about-to = { $thread } is about to { $action }.
why-deadlock = Deadlock: { $cycle }. They will never go on.
why-deadlock-self = Deadlock: { $thread } will never go on.
why-cycle-first = { $thread } waits for { $other }
why-cycle-next = { $thread } for { $other }
why-stuck = { $n ->
    [one] Nobody is left who could wake { $threads }: it is stuck for ever.
   *[other] Nobody is left who could wake { $threads }: they are stuck for ever.
}
why-more = And { $n ->
    [one] 1 more operation
   *[other] { $n } more operations
} in the same step.
why-nothing = Nothing that others can see happened.
why-nothing-yet = Nothing has happened yet.
plain-start = Start: { $text }
plain-step = Step { $n }: { $text }
plain-line = Step { $n }, line { $line }: { $text }

## Findings

finding-deadlock = { $n ->
    [one] Deadlock: { $links }. It can never go on.
   *[other] Deadlock of { $n } threads: { $links }. None of them can ever go on.
}
finding-stuck = { $n ->
    [one] Stuck: { $links }. Nobody is left who could wake it.
   *[other] Stuck: { $links }. Nobody is left who could wake them.
}
finding-crash = { $thread } died on line { $line }: { $exception }
finding-limit = { $thread } on line { $line }: { $end }
finding-unmodelled = { $thread } on line { $line }: { $what } is not modelled, so the run stops here.
finding-data-race-writes = Data race: { $thread } stores into { $place } on line { $line }, { $other } on line { $other-line }, and nothing says who comes first.
finding-data-race-write-read = Data race: { $thread } stores into { $place } on line { $line }, { $other } reads it on line { $other-line }, and nothing says who comes first.
finding-data-race-read-write = Data race: { $thread } reads { $place } on line { $line }, { $other } stores into it on line { $other-line }, and nothing says who comes first.
finding-data-race-loop = Looking at a variable again and again is no synchronisation.
finding-lost-update = Lost update: { $thread } read { $place } on line { $read } and stored into it on line { $line }, but { $other } stored { $lost } in between (line { $other-line }): what { $letter } did is lost.
finding-inconsistent-guard-read = Inconsistent guard: { $thread } reads { $place } on line { $line } without { $lock }, which { $other } holds for it on line { $other-line }.
finding-inconsistent-guard-write = Inconsistent guard: { $thread } changes { $place } on line { $line } without { $lock }, which { $other } holds for it on line { $other-line }.
finding-lock-order = { $n ->
    [2] Lock order: { $orders }. In another order of steps each would wait for the other.
   *[other] Lock order: { $orders }. In another order of steps each would wait for the next, all round.
}
finding-lock-order-one = { $thread } took { $first }, then { $second } (line { $line })
finding-lost-wakeup = Lost wake-up: { $thread } notified { $place } on line { $line } when nobody waited. { $other } came to wait on line { $other-line } only later, and nobody wakes it any more.
finding-lost-event = Lost wake-up: { $thread } set { $place } on line { $line }, and line { $cleared } cleared it before { $other } came to wait on line { $other-line }. Nobody sets it again.
finding-starvation = Starvation: { $thread } waits for { $place } on line { $line }; meanwhile others took it { $times } times, { $other } at last (line { $other-line }). Who waits longest need not be the next.
finding-busy-waiting = Busy waiting: { $thread } looks at { $place } again and again on line { $line }, { $times } times in a row for nothing. { $other } changes it on line { $other-line } and could wake { $thread }.
finding-busy-waiting-alone = Busy waiting: { $thread } looks at { $place } again and again on line { $line }, { $times } times in a row for nothing, instead of sleeping until somebody wakes it.
finding-busy-waiting-end = Busy waiting: { $thread } asks again and again on line { $line } whether { $other } still runs, { $times } times in a row. With `join()` it could wait for the end.
finding-release-unlocked = Misuse: { $thread } releases { $place } on line { $line }, but nobody holds it.
finding-release-not-owned = Misuse: { $thread } releases { $place } on line { $line }, but does not hold it.
finding-release-of-other = Misuse: { $thread } releases { $place } on line { $line }, but { $other } holds it (since line { $other-line }).
finding-foreign-release = Misuse: { $thread } releases { $place } on line { $line } while { $other } holds it; { $other } releases it once more on line { $other-line }.
finding-release-after-failure = Misuse: { $thread } releases { $place } on line { $line } although it did not get it: { $other } holds it (since line { $other-line }).
finding-held-at-end = Misuse: { $thread } took { $place } on line { $line } and never gave it back.
finding-over-release = Misuse: { $thread } gives { $place } back on line { $line } once more often than it was taken.
finding-wait-without-lock = Misuse: { $thread } waits on { $place } on line { $line } without holding its lock.
finding-notify-without-lock = Misuse: { $thread } notifies { $place } on line { $line } without holding its lock.
finding-task-done-too-often = Misuse: { $thread } calls `task_done()` of { $place } on line { $line } once more than items were put into it.
finding-start-twice = Misuse: { $thread } starts { $other } on line { $line }, but a thread can be started only once.
finding-join-before-start = Misuse: { $thread } wants to wait for the end of { $other } on line { $line }, but { $other } has not been started.
finding-join-self = Misuse: { $thread } wants to wait for its own end on line { $line }; it would wait for ever.
finding-link-held = { $thread } wants { $object } (line { $line }), held by { $owner } since line { $since }
finding-link-self = { $thread } wants { $object } (line { $line }), which it holds itself since line { $since }
finding-link-waits = { $thread } waits on { $object } (line { $line })
finding-link-join = { $thread } waits for the end of { $other } (line { $line })
finding-kind-deadlock = deadlock
finding-kind-stuck = stuck
finding-kind-crash = crash
finding-kind-limit = cut off
finding-kind-unmodelled = not modelled
finding-kind-data-race = data race
finding-kind-lost-update = lost update
finding-kind-inconsistent-guard = inconsistent guard
finding-kind-lock-order = lock order
finding-kind-lost-wakeup = lost wake-up
finding-kind-starvation = starvation
finding-kind-busy-waiting = busy waiting
finding-kind-misuse = misuse

## Events in a list

event-main = { $thread } is the main thread, { $name }.
event-thread = { $parent } creates the thread { $thread }, named { $name }.
event-object = There is a { $kind } now: { $name }.
event-named = The { $kind } is called { $name } from now on.
event-renamed = { $thread } is called { $name } from now on.
event-value = { $object } is { $value } now.
event-pending = { $thread } is about to { $action }.
event-state = { $thread } { $clause }.
event-traceback = { $thread } dies: { $exception }

## Reports of the command line

list-proved = no order breaks it
list-deadlock = can deadlock
list-stuck = can get stuck
list-livelock = can run for ever without ending
list-assertion = can give a wrong result
list-crash = can crash
## Why a program cannot be opened

refused-scenario = there is no scenario `{ $name }`; `lockstep list` shows what there is; a file is named with its ending, as in `{ $name }.py`
refused-scenario-near = there is no scenario `{ $name }`; did you mean `{ $near }`?
refused-variant = the scenario `{ $scenario }` has no variant `{ $name }`; it has { $known }
refused-variant-near = the scenario `{ $scenario }` has no variant `{ $name }`; did you mean `{ $near }`?
refused-missing = { $path }: there is no such file
refused-folder = { $path }: this is a directory, not a file
refused-locked = { $path }: this file may not be read
refused-parameter = -p { $name }={ $value }: { $name } of { $target } is a number from { $min } to { $max }
refused-no-terminal = there is no terminal for the interface; `lockstep run { $target }` does without, step by step with --plain
refused-no-terminal-replay = there is no terminal for the interface; `lockstep replay { $path } --plain` does without, step by step
refused-recording = { $path }: this is a recorded run, not a program; `lockstep replay { $path }` opens it
unwritten-exists = { $path }: there is such a file already; --force replaces it
unwritten-directory = { $path }: this is a directory; name a file in it
unwritten-nowhere = { $path }: the directory it should be in is not there; make it first, or name another
unwritten-denied = { $path }: no permission to write here; name another place
unwritten-other = { $path }: writing failed ({ $reason }), and nothing was left behind; name another place, or - for standard output
unrecorded-begin = { $path }: no recording can be written here ({ $reason }); name another file
unrecorded-program = { $path }: this is the program itself; name another file for the recording
unrecorded-trace = { $path }: this is the recording that is to be shown; name another file for what is made of it
recorded-in = the run is recorded in { $path }; `lockstep replay { $path }` opens it
unrecorded-rest = { $path }: the recording broke off ({ $reason }); what came before can be read. Make room, or name another file, and record again
recorded-long = the recording has { $n } events; of so many, the first { $most } are shown
unread-input = standard input
unread-line-skipped = line { $line }: { $reason }; the line is passed over
unread-line-missing = line { $line }: { $reason }
unread-line-stopped = line { $line }: { $reason }; nothing is read from here on
unread-cut = { $path }: the recording was cut short: its end is missing
unread-failed = { $path }: reading failed: { $reason }
unread-empty = { $path }: the file is empty; `lockstep run TARGET --record FILE` records a run
unread-no-trace = { $path }: this is no recorded run ({ $reason }); `lockstep run TARGET --record FILE` makes one
unread-newer = { $path }: this recording has version { $version } of the format, and this Lockstep reads versions up to { $known }; a newer Lockstep reads it
unread-header = { $path }: line 1, the header: { $reason }
plain-cut = Back to step { $step }: from there the run goes on another way.


## What the computer has (`lockstep doctor`, `lockstep paths`)

doctor-terminal = terminal
doctor-terminal-there = there is one
doctor-terminal-no-input = standard input is not a terminal
doctor-terminal-no-output = standard output is not a terminal
doctor-terminal-none = there is none
doctor-terminal-remedy = The interface needs one; `lockstep run` does without.
doctor-not-set = not set
doctor-term-remedy = Set it to what the terminal is, for instance xterm-256color.
doctor-colours = colours
doctor-colours-off = none, because NO_COLOR is set
doctor-colours-yes = yes ({ $kind })
doctor-colours-few = the terminal's own 16
doctor-language = language
doctor-locale = locale
doctor-locale-remedy = Chinese and the signs need UTF-8, for instance LANG=C.UTF-8.
doctor-python-none = not found; it is not needed
doctor-settings = settings
doctor-settings-none = none
doctor-settings-nowhere = none, for there is no home directory
doctor-signs = Signs: the three bars on the right must stand below each other.
doctor-signs-remedy = If the first stands apart, use --glyphs safe; if signs are missing, --glyphs ascii.
doctor-chinese = Chinese
place-settings = settings    {""}
place-last = last place  {""}
place-scenarios = scenarios   {""}
place-inside = inside the program; --path DIR adds more
place-not-yet = {""}  (not there yet)
place-nowhere = nowhere: there is no home directory

## Keys (the short forms stand in the footer)

key-play = Play or pause
key-play-short = Play
key-step = One step: the scheduler picks; of real threads the first
key-step-short = Step
key-back = One step back
key-back-short = Back
key-run-numbered = Run that thread for one step (0 is the main thread, 1 is A)
key-run-numbered-short = Run thread
key-enter = Run the selected thread, go to the selected event
key-open-selected = Open what is selected
key-open-selected-short = Open
key-next-event = On to the next event of interest: a block, a release, a finding, a switch
key-next-event-short = Next event
key-previous-event = Back to the previous event of interest
key-next-line = On to the next source line of this thread
key-next-line-short = Next line
key-start = To the beginning
key-end = To the end; of real threads, to the newest event
key-faster = Faster: more steps a second, or a shorter pace
key-slower = Slower: fewer steps a second, or a longer pace
key-restart = Start again with the same seed
key-restart-short = Restart
key-reseed = Start again with another seed
key-scheduler = Choose the scheduler
key-atomicity = Choose how much one step is: an operation, a line, as the GIL switches
key-break = Stop when a line, an object or a finding is reached
key-break-short = Break
key-variant = Another variant, or other parameters
key-variant-short = Variant
key-world = Where it runs: in the simulator or on real threads
key-world-short = World
key-follow = Follow the newest event
key-next-pane = Next pane
key-next-pane-short = Next pane
key-previous-pane = Previous pane
key-up = Up
key-down = Down
key-page-up = A page up
key-page-down = A page down
key-show-left = Long lines: show what is further left
key-show-right = Long lines: show what is further right
key-zoom = This pane alone on the screen, and back
key-zoom-in = Timeline: show less time, in more detail
key-zoom-out = Timeline: show more time
key-search = Search the events
key-filter = Filter the scenarios
key-filter-short = Filter
key-save = Save the run as a file
key-copy = Copy this moment, as a line that opens it again
key-open = Open a Python file of your own, a recording, or a moment
key-open-short = Own file
key-edit = Edit the program, and load it again afterwards
key-theme = Next theme
key-language = Language: English or Chinese
key-language-short = 中文
key-mouse = Mouse on or off
key-help = What the keys do
key-help-short = Help
key-palette = Find a command by name
key-leave = Back, then quit
key-leave-short = Back
key-suspend = Back to the shell for a while
key-quit = Quit

## The stage: panes, columns, top line

pane-program = Program
pane-threads = Threads
pane-objects = Objects
pane-timeline = Timeline
pane-output = Output
pane-events = Events
pane-findings = Findings
pane-variables = Variables
column-thread = thread
column-state = state
column-line = line
column-about = about to
column-holds = holds
objects-none = Nothing is shared yet.
objects-waiting = waiting: { $threads }
objects-guarded = always under { $locks }
objects-unguarded = no lock guards it
variables-none = No shared variable yet.
variables-stale = { $threads } read an older value
output-none = Nothing was printed yet.
findings-none = Nothing has gone wrong so far.
timeline-step = step { $step }
header-clock = t={ $time }s  step { $step }  switches { $switches }
header-clock-short = t={ $time }s  step { $step }
header-scheduler = { $kind } seed { $seed }
header-recorded = { $world }, recorded
status-playing = PLAYING
status-running = RUNNING
status-paused = PAUSED
status-input = WAITING FOR INPUT
status-past = IN THE PAST
status-finished = FINISHED
status-crashed = CRASHED
status-deadlock = DEADLOCK
status-stuck = STUCK
status-hangs = HANGS
status-cut-off = CUT OFF
status-reading = MORE MAY COME
status-tape-ends = END OF RECORDING
told-running = Running. {"{key:play}"} stops it.
told-at-large = The threads run. {"{key:play}"} holds each of them before its next operation; {"{key:slower}"} sets a pace the eye can follow.
told-hangs = {"{key:restart}"}, {"{key:world}"} and {"{key:leave}"} end them.
told-hangs-watched = {"{key:leave}"} ends them.
world-simulator = sim
world-threads = real threads
world-threads-gil = real threads + GIL
header-pace = pace { $time }
header-pace-none = full speed

## The stage: what it says when a key was pressed

notice-cannot-run = { $thread } cannot run now: it { $clause }.
notice-recorded-no-file = The program stands in the recording, not in a file of its own; there is nothing to edit.
notice-no-file = This program comes with Lockstep; there is no file to edit. Open one of your own with {"{key:open}"}.
notice-no-variants = This program has no variants and no parameters.
notice-not-found = No event so far contains "{ $text }".
notice-no-line = There is no line { $typed }.
notice-over = The run is over. {"{key:back}"} steps back out of it, to choose another way; {"{key:restart}"} starts it again, {"{key:start}"} goes to its beginning.
notice-real-paused = These are real threads, held before their first operation. {"{key:play}"} lets them run, {"{key:step}"} lets one operation through.
notice-real-let-through = One operation is let through: whichever thread comes first.
notice-real-pace = Every operation takes at least { $time } now.
notice-real-full-speed = Every operation takes as long as it takes now.
notice-real-newest = This is the newest event. {"{key:play}"} lets the threads run.
notice-real-over = The run is over. {"{key:back}"} and {"{key:start}"} look back at it, {"{key:restart}"} starts the threads again; no two runs need be the same.
notice-real-hangs = The threads hang. {"{key:back}"} and {"{key:start}"} look back at how they got there; {"{key:restart}"}, {"{key:world}"} and {"{key:leave}"} end them.
notice-real-lost = The program was faster than it could be recorded: { $n ->
    [one] one record is lost, and what is shown has a gap.
   *[other] { $n } records are lost, and what is shown has gaps.
}
notice-real-choose = Real threads choose for themselves. Press {"{key:world}"} for the simulator: there you choose.
notice-real-scheduler = Real threads are scheduled by the operating system. Press {"{key:world}"} for the simulator: there the scheduler can be chosen.
notice-real-atomicity = Real threads are interrupted wherever it happens. Press {"{key:world}"} for the simulator: there a step has a size.
notice-real-seed = Chance has no seed among real threads: {"{key:restart}"} starts them again. Press {"{key:world}"} for the simulator: there a seed gives the same run again.
notice-watched-over = The run is over. {"{key:back}"} and {"{key:start}"} look back at it, {"{key:leave}"} leaves.
notice-watched-hangs = The threads hang. {"{key:back}"} and {"{key:start}"} look back at how they got there; {"{key:leave}"} ends them.
notice-watched = This run belongs to a program of its own: it can be watched and held up, but neither changed nor started again.
notice-session-gone = Lockstep has lost this run. What is recorded can be looked at; {"{key:restart}"} starts it again.
notice-moment-copied = Copied: { $line }
notice-moment-long = The line that leads here is too long for a clipboard. {"{key:save}"} saves the whole run as a trace.
notice-follow = The picture follows the newest event.
notice-save-nothing = There is nothing to be saved yet.
notice-saving = Saving ...
notice-saved = Saved in { $path }; lockstep replay opens it, {"{key:open}"} does so here.
save-exists = { $path } is there already
save-over = Replace it
save-elsewhere = Choose another name
save-failed = The run was not saved
record-failed = The run is not recorded any more
notice-stay = The picture stays where it is. {"{key:follow}"} follows the newest event again.
notice-recorded-end = The recording ends here, and the run was not over. {"{key:step}"} goes on in the simulator, 0-9 choose who.
notice-recorded-left = The recording ends here, and the run was not over.
notice-recorded-real = This is a recording of real threads: it can be looked at, but not gone on with. {"{key:restart}"} runs the program anew, {"{key:world}"} does so in the simulator.
notice-recorded-watched = This recording can only be looked at: there is no program here that could be run.
notice-recorded-over = The run is over. {"{key:back}"} and {"{key:start}"} look back at it.
notice-recorded-reading = This is the newest event so far. More may come; {"{key:follow}"} follows it.
notice-recorded-broken-off = The recording was cut short: its end is missing. Everything before that is here.
notice-recorded-no-step = The recording has no step { $wanted }. Its last one is step { $last }.
notice-recorded-resuming = The recorded steps are made again in the simulator ...
notice-recorded-resumed = From here on the run is no recording any more: the simulator goes on with it, and any step can be taken another way.
recorded-problems-title = The recording is damaged
recorded-no-program = The program of this recording is not one that can be run here
recorded-problems = { $n ->
    [one] One line of the file is broken. Whatever else makes sense is shown; a gap may be where it was.
   *[other] { $n } lines of the file are broken. Whatever else makes sense is shown; gaps may be where they were.
}
unresumed-title = The recording cannot be gone on with
unresumed-empty = There is nothing in it.
unresumed-unlike = Made again, step { $step } is not what was recorded. The file was written by another version of Lockstep, or altered by hand. It can be looked at, and gone on with from any step before that; {"{key:restart}"} runs the program anew.
unresumed-misfit = Step { $step } cannot be made again: { $reason }. The file was written by another version of Lockstep, or altered by hand. It can be looked at, and gone on with from any step before that; {"{key:restart}"} runs the program anew.
pause-line = Stopped: a thread came to line { $line }.
pause-object = Stopped: { $object } was touched.
pause-finding = Stopped: something was found. Findings has it.
pause-max-steps = Stopped: this is as far as a run is taken here.
pause-misfit = The schedule does not fit
session-failed = Lockstep made a mistake
open-refused = This cannot be opened
edit-failed = The editor could not be started
moment-title = This moment, copied
moment-hint-real = `lockstep` with this line in single quotes makes the same steps in the simulator and opens there.
moment-hint = `lockstep` with this line in single quotes opens here again; `lockstep run` goes on from here to the end.
moment-misfit = The program is not the one that the line was copied from, or the line was changed.
moment-beyond = The run is over after step { $last }: it has no step { $step }.

## The stage: menus and questions

menu-scheduler = Who picks the next thread?
menu-atomicity = How much is one step?
menu-break = Stop when ...
menu-break-object = Stop when this is touched
menu-variant = Variants and parameters
menu-world = Where does it run?
menu-world-simulator = simulator
menu-world-simulator-note = step by step, chosen by a scheduler or by you
menu-world-threads = real threads
menu-world-threads-note = of the operating system: what really happens
menu-world-gil = real threads with the GIL
menu-world-gil-note = the same, and the GIL is shown as a lock
scheduler-manual = you do, with the digits
scheduler-random = at random, always the same for the same seed
scheduler-rr = in turn, one step each
scheduler-fifo = the same thread until it blocks
scheduler-pct = priorities with a few changes: finds rare orders
atomicity-op = one operation other threads can see
atomicity-line = one line of source
atomicity-gil = as CPython switches: at loops, calls and waits
break-line = a thread comes to line { $line }
break-other-line = a thread comes to another line ...
break-object = an object is touched ...
break-finding = something goes wrong
break-set = set; Enter takes it away
variant-parameter = parameter
run-interrupted = Interrupted.
run-summary = { $steps ->
    [one] 1 step
   *[other] { $steps } steps
}, { $switches ->
    [one] 1 context switch
   *[other] { $switches } context switches
}, { $time }, seed { $seed }.
run-summary-real = { $steps ->
    [one] 1 step
   *[other] { $steps } steps
}, { $switches ->
    [one] 1 context switch
   *[other] { $switches } context switches
}, { $time } on real threads.
run-again = again: { $command }
check-ok = this can run

## Where two runs part

diff-first = first
diff-second = second
diff-run = { $side }: { $file } ({ $target }, { $world }, { $steps ->
    [one] 1 step
   *[other] { $steps } steps
})
diff-of = { $side }: { $text }
diff-world-sim = simulator
diff-world-live = real threads
diff-program-same = Both run the same program.
diff-program = The programs differ, first in line { $line }:
diff-no-line = (nothing: the text ends before that)
diff-setting = { $what }: first { $a }, second { $b }
diff-what-target = target
diff-what-world = world
diff-what-language = language
diff-what-seed = seed
diff-what-scheduler = scheduler
diff-what-atomicity = size of a step
diff-what-fair = fair
diff-what-spurious = spurious wake-ups
diff-what-notify = whom notify wakes
diff-what-input = line { $n } of the input
diff-unset = not given
diff-no-value = none
diff-yes = yes
diff-no = no
diff-more = and { $n } more
diff-same = The runs are the same from beginning to end ({ $operations ->
    [one] 1 operation
   *[other] { $operations } operations
}).
diff-at-once = The runs differ from their first operation on:
diff-until = The runs are the same up to step { $step } ({ $operations ->
    [one] 1 operation
   *[other] { $operations } operations
}), and then:
diff-until-both = The runs are the same up to step { $a } of the first and step { $b } of the second ({ $operations ->
    [one] 1 operation
   *[other] { $operations } operations
}), and then:
diff-over = It is over: there is no further operation.
diff-breaks-off = The recording breaks off.
diff-letters = { $here } as { $there }
diff-renumbered = Threads of the { $side } are compared by the letters they have in the simulator: { $pairs }.
diff-compared = Compared were thread, line, operation and result of each operation in order, not the time.
diff-look = look: { $command }
diff-ends-same = Both end alike: { $end }
diff-ends = They do not end alike:
diff-crash = The program has ended, and an exception has ended a thread of it.
diff-findings = Found in the { $side } only:
diff-output-same = Both print the same.
diff-output = They do not print the same, first in line { $line }:
diff-variable = { $name } at the end: first { $a }, second { $b }

## Overlays

help-title = Keys
help-hint = Type to narrow down, Enter does it, Esc closes
palette-title = Commands
palette-hint = Type a name, Enter does it, Esc closes
palette-open = Open { $scenario }: { $variant }
finder-nothing = Nothing is called like that.
message-scroll = { $n }/{ $total }, Up and Down scroll, Esc closes
message-close = Esc closes
ask-hint = Enter answers, Esc leaves
ask-input = { $thread } wants a line of input
ask-save = Save the run in which file?
ask-open = Which Python file, recording or moment?
ask-search = Look for what in the events?
ask-break-line = Stop at which line?
ask-parameter = What should { $name } be?

## Gallery

gallery-header = Lockstep: why concurrent programs go wrong
gallery-list = Scenarios
gallery-story = Story
gallery-nothing = Nothing fits the filter.
gallery-broken = not in order
gallery-broken-about = This scenario is not in order. As soon as it is mended it is here.
gallery-title = { $scenario }: { $variant }
gallery-level = { $name }, { $level }
gallery-level-first = for a first look at threads
gallery-level-second = for those who know locks
gallery-level-third = for those who know conditions and semaphores
gallery-parameter = { $name } = { $value }: { $about }
gallery-variants = Variants
gallery-variant = { $title }: { $expected }
gallery-sentence = { $name } ({ $title }): { $summary }

## Many runs of one program

run-again-simulated = again, in the simulator: { $command }
repeat-title = { $n ->
    [one] 1 run of { $target }
   *[other] { $wanted } runs of { $target }
}
repeat-title-part = { $made } of { $wanted } runs of { $target }
repeat-real = real threads
repeat-simulator-random = simulator, random
repeat-simulator = simulator, { $scheduler }
repeat-finished = finished
repeat-deadlock = deadlock
repeat-crash = crash
repeat-limit = cut off
repeat-more = { $n } more outcomes
repeat-others = other outcomes
repeat-same = In every run: { $values }
repeat-who-real = Real threads
repeat-who-random = Random simulated runs
repeat-who-simulated = Simulated runs ({ $scheduler })
repeat-deadlocked = { $who }: { $n } of { $runs } runs deadlocked.
repeat-crashed = { $who }: { $n } of { $runs } runs crashed.
repeat-endless = { $who }: { $n } of { $runs } runs were cut off.
repeat-outcomes = { $who }: { $n ->
    [one] always the same outcome
   *[other] { $n } different outcomes
} in { $runs } runs.
repeat-progress = { $target }: { $made } of { $wanted } runs

## The page (`lockstep export --to html`)

page-back = One step back
page-close = Close
page-column-guard = guarded by
page-column-kind = kind
page-column-name = name
page-column-value = value
page-column-waiting = waiting
page-column-waits = waits for
page-controls = Playing the run
page-cut = The recording breaks off here.
page-end = To the end
page-faster = Faster
page-findings-none = Nothing was found in this run.
page-gap = steps left out: { $n }
page-help = What the keys do
page-language = 中文
page-language-other = Language: English or Chinese
page-lane-held = { $object } was held by { $threads }.
page-lane-idle = can run
page-lane-ran = runs
page-lane-thread = { $thread }: steps made { $ran }, steps held up { $held-up }.
page-legend = Timeline:
page-made-with = Made with Lockstep, which shows why concurrent programs go wrong.
page-more-output = There is more output; the page does not have it.
page-more-rows = There are more rows; the page does not have them.
page-narration = What happens
page-next = On to the next event of interest
page-part = Of { $total } steps the { $n } that matter most are told.
page-pause = Pause
page-play = Play
page-play-pause = Play or pause
page-previous = Back to the previous event of interest
page-run = The run
page-sideways = Program: what long lines have on the left, on the right
page-skip = To the buttons
page-slower = Slower
page-speed = { $n }/s
page-speed-most = max
page-start = To the beginning
page-step = One step
page-step-of = Step { $step } of { $total }
page-steps = Step
page-theme = Colours: light, dark, as the system has them
page-thread-at = here: { $threads }
page-time-alternative = Timeline of { $total } steps.
page-unguarded = no lock
page-zoom-in = Timeline: less time, in more detail
page-zoom-out = Timeline: more time
## Tracks over time, for other programs to draw

track-threads = threads
track-threads-steps = threads (1 ms is 1 step)
track-objects = locks and other objects
track-findings = findings
track-object = { $name } ({ $kind })
track-object-row = { $name } ({ $kind }), row { $n }
track-running = running
track-ready = ready
track-blocked = blocked on { $object }
track-waiting = waiting for { $object }
track-joining = joining { $thread }
track-sleeping = sleeping
track-reading = waiting for input
track-refused = { $action }: refused
track-timed-out = { $action }: time ran out
track-raised = { $action }: exception
track-unfinished = { $name } (unfinished)
track-free = free places
track-items = items
track-waiters = waiting
track-handover = handed over
track-wake-up = wake-up
track-start = start
track-end = end
## Pictures

cast-finding = Found: { $told }
cast-note = { $told }
svg-frame-title = { $target } at step { $step }
svg-title = Timeline of { $target }
svg-rules = { $who }, { $steps } steps, { $switches } context switches
svg-step = step
svg-flag = { $kind }, { $step }
svg-for-ever = for ever
svg-cut-off = cut off here
svg-switches = switches
svg-held = { $object }, held by { $thread }
svg-until-end = until { $thread } ends
svg-runs = makes a step
svg-ready = could run
svg-blocked = blocked
svg-shares = its share of the steps
svg-waits = waits
svg-sleeps = sleeps or reads
svg-holds = lock, and who holds it
svg-in-the-way = who is in the way
svg-more-findings = { $n ->
    [one] And 1 more finding.
   *[other] And { $n } more findings.
}
svg-more-threads = { $n ->
    [one] 1 more thread is not shown.
   *[other] { $n } more threads are not shown.
}
svg-more-locks = { $n ->
    [one] 1 more lock is not shown.
   *[other] { $n } more locks are not shown.
}

## Who holds and who waits, as a graph

graph-nothing = Nobody holds anything here, and nobody waits.
graph-caption = { $target }, step { $step } of { $last }
graph-state = { $state }, line { $line }
graph-object = { $kind }, { $state }
graph-since = since line { $line }
graph-in = in line { $line }
graph-held = held by
graph-wants = wants
graph-waits = waits for
graph-joins = joins
graph-uses = uses

## Sequence diagrams: what is written at an arrow

seq-line = { $what } (line { $line })
seq-value = { $what }: { $value }
seq-refused = { $what }: refused
seq-timed-out = { $what }: time ran out
seq-raised = { $what }: { $exception }
seq-read = read
seq-write = store { $value }
seq-write-key = store { $value } into { $key }
seq-delete = delete
seq-acquire = acquire
seq-release = release
seq-release-many = release { $n } times
seq-wait = wait
seq-reacquire = take the lock again
seq-notify = notify
seq-notify-all = notify all
seq-wakes = wakes up
seq-set = set
seq-clear = clear
seq-arrive = arrive
seq-break = break
seq-reset = reset
seq-put = put { $item }
seq-get = get
seq-done = one item done
seq-all-done = wait until all is done
seq-shutdown = shut down
seq-start = start
seq-join = join
seq-left-out = Steps { $from } to { $to } are left out; --steps FROM-TO shows others.

## All interleavings, on the command line

explore-proved = PROVED
explore-bug = BUG
explore-not-finished = NOT FINISHED
explore-states = { $n ->
    [one] { $states } state
   *[other] { $states } states
}
explore-steps = { $n ->
    [one] { $n } step
   *[other] { $n } steps
}
explore-switches = { $n ->
    [one] { $n } switch
   *[other] { $n } switches
}
explore-proved-line = no deadlock, no crash, no failed assertion: { $states }, the whole space
explore-never-ends = ; never ends
explore-bug-shortest = { $kind }, shortest witness { $steps }, { $switches }: { $schedule }
explore-bug-line = { $kind }, witness { $steps }, { $switches }, perhaps not the shortest: { $schedule }
explore-not-finished-line = { $states }, { $open } still open, nothing found so far. This is not a proof.
explore-whole = { $states }, the whole space
explore-part = { $states }, { $open } still open
explore-abstract = time abstracted: sleepers may wake, timeouts fire at any moment
explore-timed = timed: sleepers wake and timeouts fire in the order of the virtual clock
explore-reduced = reduced: steps that commute were tried in one order only
explore-unreduced = every order of every step
explore-took = { $time } s
explore-stop-states = Stopped: as many states were looked at as `--max-states` allows. With `-p` the program can be made smaller.
explore-stop-memory = Stopped: it used as much memory as `--max-memory` allows. With `-p` the program can be made smaller.
explore-stop-time = Stopped: the time of `--timeout` is over.
explore-stop-cancelled = Stopped: interrupted.
explore-busy-waiting = Busy waiting: threads may go round in a circle that only a fair scheduler lets them leave.
explore-sampled = Sampled: of a random draw over more than { $n } values one value was tried.
explore-cut-off = Some runs were not followed to their end. { $end }
explore-unvalidated = The simulator does not come to where the search came with this schedule. That is a mistake in Lockstep; please report it with the program: { $schedule }
explore-deadlock = deadlock
explore-stuck = stuck
explore-livelock = livelock
explore-assertion = assertion
explore-crash = crash
explore-livelock-message = After this witness threads still run, but no order of steps ever ends the program.
explore-warning = warning
explore-way = Witness: { $steps }, { $switches }.
explore-no-return = After step { $step } nothing can save it.
explore-no-return-did = After step { $step } nothing can save it. Line { $line }: { $did }
explore-no-return-ever = Nothing can save it: it goes wrong in every order of steps.
explore-input-ended = `input()` finds no line to read: `--input TEXT` gives it one, repeated as often as it asks.
explore-stage = on the stage: { $command }
explore-more = and { $n } more (`--json` has all)
explore-outcomes = { $n ->
    [one] 1 outcome
   *[other] { $number } outcomes
}
explore-outcomes-so-far = { $n ->
    [one] 1 outcome so far
   *[other] { $number } outcomes so far
}
explore-column-end = end
explore-column-values = values
explore-column-output = output
explore-column-switches = switches
explore-column-steps = steps
explore-column-count = interleavings
explore-column-probability = probability
explore-column-live = real threads
explore-column-schedule = schedule
explore-infinite = infinitely many
explore-same = In every outcome: { $values }
explore-total = { $n ->
    [one] 1 interleaving in all
   *[other] { $number } interleavings in all
}
explore-total-infinite = There are infinitely many interleavings: something can go round in a circle.
explore-total-unknown = Interleavings were not counted: that takes the whole space.
explore-live = both worlds
explore-live-alarm = NOT EXPLORED
explore-live-unexplored = { $n ->
    [one] A run on real threads came to an outcome that is not among the explored ones, although these should be all. This is a mistake in Lockstep; please report it with the program and this schedule: { $schedule }
   *[other] { $n } runs on real threads came to outcomes that are not among the explored ones, although these should be all. This is a mistake in Lockstep; please report it with the program and this schedule: { $schedule }
}
explore-live-deadlocked = real threads: { $n } of { $runs } runs deadlocked
explore-live-crashed = real threads: { $n } of { $runs } runs crashed
explore-live-cut-off = real threads: { $n } of { $runs } runs were cut off
explore-live-finished = { $n ->
    [one] real threads: { $finished } of { $runs } runs finished, always with the same outcome
   *[other] real threads: { $finished } of { $runs } runs finished, with { $n } different outcomes
}
explore-all-deadlock = all interleavings: deadlock in { $switches }
explore-all-crash = all interleavings: crash in { $switches }
explore-all-cut-off = all interleavings: cut off in { $switches }
explore-all-livelock = all interleavings: livelock in { $switches }
explore-all-no-deadlock = all interleavings: no deadlock
explore-all-no-crash = all interleavings: no crash
explore-all-no-cut-off = all interleavings: none is cut off
explore-all-nothing-yet = all interleavings: not found so far
explore-all-outcomes = { $n ->
    [one] all interleavings: 1 outcome
   *[other] all interleavings: { $n } different outcomes
}
explore-progress-searching = { $target }: { $states } states, { $open } open, { $rate }/s, { $time }, { $memory } MiB
explore-progress-shortening = { $target }: looking for the shortest ways, { $states } states, { $time }
explore-progress-judging = { $target }: judging, { $states } states, { $time }
explore-progress-live = { $target }: { $made } of { $wanted } runs on real threads

## All interleavings, on the screen

explorer-title = all interleavings
explorer-searching = EXPLORING
explorer-failed = FAILED
explorer-failed-hint = {"{key:explore-again}"} tries again, {"{key:leave}"} goes back.
explorer-broken = The search has broken off: { $reason }. This is a mistake in Lockstep; please report it with the program.
explorer-progress = Search
explorer-verdict = Verdict
explorer-ways = What can happen
explorer-phase-searching = Looking at every state that the threads can come to.
explorer-phase-shortening = Looking for the shortest way to each outcome.
explorer-phase-judging = Looking for the point of no return.
explorer-states = states
explorer-open = still open
explorer-rate = states a second
explorer-time = time
explorer-memory = memory
explorer-memory-of = { $used } of { $all } MiB
explorer-wait = Every order in which the threads can make their steps is looked at, equal states once. {"{key:leave}"} stops, and says what is known by then.
explorer-stopping = Stopping ... What was found so far comes at once. {"{key:leave}"} again does not wait for it.
explorer-headed = { $verdict }: { $sentence }
explorer-bug-shortest = { $kind } after { $steps } with { $switches }; no way there is shorter
explorer-bug-way = { $kind } after { $steps } with { $switches }; perhaps there is a shorter way
explorer-stop-states = Stopped: there are more states than it may look at.
explorer-stop-memory = Stopped: the search used as much memory as it may here. Smaller parameters ({"{key:variant}"} on the stage) make the program smaller, and `lockstep explore` takes --max-memory.
explorer-stop-time = Stopped: the time is over.
explorer-stop-cancelled = Stopped by {"{key:leave}"}. {"{key:explore-again}"} explores again.
explorer-more-bugs = and { $n } more
explorer-stop = .
explorer-way = { $steps }, { $switches }, the shortest way
explorer-way-long = { $steps }, { $switches }, perhaps not the shortest way
explorer-enter-bug = {"{key:show-way}"} puts this way on the stage, from its beginning: {"{key:step}"} then goes along it, step by step.
explorer-nothing-yet = Nothing was followed to its end before the search stopped. {"{key:explore-again}"} explores again.
explorer-no-way = No run comes to an end; there is nothing to be shown.
explorer-outcome = {"{key:show-way}"} shows a run that ends like this ({ $end }): { $steps }, { $switches }.
explorer-outcome-values = {"{key:show-way}"} shows a run that ends like this ({ $end }; { $values }): { $steps }, { $switches }.
explorer-chance = Interleavings: { $count }; probability when chance picks every step: { $probability }.
key-explore = All interleavings: try every order of the steps
key-explore-short = Explore
key-explore-selected = All interleavings of what is selected
key-explore-selected-short = Explore
key-show-way = Put the selected way on the stage
key-show-way-short = Show this way
key-to-stage = To the stage
key-count = Count the interleavings, and say how probable each outcome is
key-count-short = Probabilities
explorer-rehearsing = On real threads: { $made } of { $wanted } runs made. {"{key:real-runs}"} stops.
explorer-rehearsal-broken = No more runs on real threads: { $reason }
key-real-runs = Run it on real threads, 1,000 times: what testing would have found
key-real-runs-short = Real threads
key-explore-again = Explore again
key-explore-again-short = Again
key-copy-way = Copy the selected way, as a line that opens it
key-copy-way-short = Copy
notice-explore-watched = Only a program that Lockstep can run itself can be explored.
status-witness = WITNESS
timeline-no-return = no way back
told-no-return = From here on nothing can save it: every way to go on ends badly.
way-what = { $kind ->
    [deadlock] the deadlock
    [stuck] where threads are stuck
    [livelock] the livelock
    [assertion] the failed assertion
    [crash] the crash
   *[other] this outcome
}
way-shortest = The shortest way to { $what }: { $steps }, { $switches }. {"{key:step}"} goes along it, step by step.
way-some = A way to { $what }: { $steps }, { $switches }. {"{key:step}"} goes along it, step by step.
way-no-return = After step { $step }, marked on the timeline, nothing can save it.
way-no-return-ever = Nothing can save it, from the first step on.
findings-failure = { $told }
findings-warning = Warning: { $told }
gallery-explored = Explored just now. { $verdict }
