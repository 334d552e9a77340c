# What could not be done, and why.

## What the system says

system-missing = no such file or directory
system-denied = permission denied
system-exists = it is there already
system-directory = it is a directory
system-no-directory = not a directory
system-full = no space is left
system-read-only = it can only be read
system-pipe = nobody reads any more
system-end = it ends too early
system-memory = there is not enough memory
system-large = the file grew too large
system-busy = it is in use
system-later = the system has no room for it just now
system-unsupported = this system cannot do that
system-text = this is no UTF-8 text
system-other = { $text }
socket-no-home = there is no home directory
socket-path-long = this path is too long for the address of a socket
socket-foreign = this directory belongs to somebody else
socket-open = others can enter this directory
file-temporaries = there are too many temporary files here already (`.lockstep-*.tmp`)
terminal-unread = nobody reads the terminal any more
edit-reason = { $reason }

## Targets and files

refused-unreadable = { $path }: { $reason }

## Values of options

option-speed = a number above 0 is needed, for instance 0.5 or 10
option-parameter = write it as NAME=VALUE, for instance N=5
option-times = a number from 1 to { $most } is needed
option-deny = there is no such kind of finding; there are { $known }, and all
option-atomicity = unknown atomicity "{ $name }"; there are op, line and gil
option-notify = unknown notify rule "{ $name }"; there are first and any
option-scheduler = unknown scheduler "{ $name }"; there are manual, random, rr[:QUANTUM], fifo and pct[:DEPTH[:LENGTH]]
option-lang = there is no catalogue for the language '{ $name }'; there are en and zh
option-glyphs = there is no glyph set '{ $name }'; there are unicode, safe and ascii

## Schedules

schedule-wrong = schedule, character { $position }: { $reason }
schedule-one-step = expected one step
schedule-begin = a schedule begins with "{ $version }"
schedule-letter = expected a thread's letter, found { $found }
schedule-letter-missing = expected a thread's letter, found nothing
schedule-row = more than { $most } steps in a row
schedule-count = a count is at least 1
schedule-count-large = the count { $count } is too large
schedule-count-missing = expected a count or "!", found { $found }
schedule-number = "!{ $name }" wants a number: !{ $name }=0
schedule-no-number = "!{ $name }" takes no number
schedule-alternative = unknown alternative { $name }; there are timeout, spurious, wake=N and draw=N

## Moments

place-wrong = moment, character { $position }: { $reason }
place-target = a scenario or a file is needed first
place-end = a moment ends with its step, as in @12; the end of the line is missing
place-step = `{ $word }`: a step is a number from 0 to { $most }
place-seed = `{ $word }`: a seed is a number from 0 to { $most }
place-after = `{ $word }`: nothing can follow on the step
place-cut = the schedule ends after step { $last }, and the moment is step { $step }: a part of the line is missing
place-twice = { $name } is said twice
place-no-value = { $name } has no value
place-after-input = nothing can be typed after the end of the input (eof)
place-unknown = `{ $word }` means nothing here; there are NAME=VALUE, { $known }, a schedule v1/..., and @STEP at the end
place-no-name = the name before = is missing
place-no-such-name = `{ $word }` is no name
place-schedule = in the schedule: { $reason }
place-percent = after % two digits of base 16 are needed, as in %20; % itself is %25
place-bytes = the bytes written with % are no UTF-8 text

## Steps that cannot be made

misfit-step = step { $step }: { $told }
misfit-schedule = the schedule does not fit: { $told }
misfit-no-thread = there is no thread { $thread }
misfit-not-started = { $thread } cannot run: it has not been started
misfit-failed = { $thread } cannot run: it has failed
misfit-killed = { $thread } cannot run: it was killed
misfit-finished = { $thread } cannot run: it has finished
misfit-held = { $told }, held by { $owner }
misfit-something = something
misfit-blocked = { $thread } cannot run: it is blocked on { $object }
misfit-waits = { $thread } cannot run: it waits on { $object }
misfit-joins = { $thread } cannot run: it waits for the end of { $other }
misfit-sleeps = { $thread } cannot run: it sleeps
misfit-reads = { $thread } cannot run: it waits for input
misfit-not-ready = { $thread } cannot run: it is not ready
misfit-no-timeout = { $thread } cannot time out: it does not wait for a limited time
misfit-not-waiting = { $thread } cannot wake spuriously: it is not waiting on a condition
misfit-no-waiter = { $thread } cannot wake number { $asked }: there are { $ways } to choose from, counted from 0
misfit-no-notify = { $thread } cannot choose whom to wake: it is not about to notify
misfit-draw-large = { $thread } cannot draw { $asked }: the draw is below { $below }
misfit-no-draw = { $thread } cannot choose a draw: it is not about to draw one number
misfit-ended = { $thread } cannot run: the run is over
misfit-unfinished = { $thread } cannot run: the step before is not finished

## Options that do not fit, files that fail

file-output = standard output: { $reason }
file-failed = { $path }: { $reason }
flaw-title = this scenario is not in order:
flaw-left-out = the scenario `{ $name }` is not in order and was left out: { $told } (mistakes: { $n }; `lockstep check { $folder }` tells all)
option-needs-live = only real threads have a use for { $options }: add --live
option-not-live = --live has no use for { $options }: that is for the simulator; on real threads the operating system decides who runs when
option-unwatched = --repeat has no use for { $options }: nobody watches the runs
place-far = the moment is step { $step }, and the interface goes { $most } steps far; with --max-steps it goes further
place-live = --live has no use for a moment: what real threads did is made again in the simulator only
place-otherwise = the moment says otherwise than { $options }: leave that away, or change the line
place-explore = a moment is a place in one run, and explore looks at all of them from the beginning: `lockstep explore { $target }` explores its program
file-terminal = the terminal: { $reason }
option-manual = nobody is there to choose: --sched manual needs the interface; --schedule replays
option-two-outputs = { $option } and --record - both want standard output: record into a file
option-interface-output = --record - and the interface both want standard output: record into a file
option-record-target = --record needs a program: lockstep TARGET --record FILE
option-two-inputs = standard input has one trace in it: only one of the two can be -
option-explore = explore has no use for { $option }: { $why }
option-explore-sched = every order of steps is tried, nobody chooses one
option-explore-schedule = it begins where the program begins; `lockstep run` and the interface make the steps of a schedule
option-explore-max-steps = it has no single run to cut off; --max-states, --max-memory and --timeout bound it
option-explore-repeat = --live-runs N makes runs on real threads beside it
option-explore-record = `lockstep run --schedule ... --record FILE` records one of its witnesses
option-explore-pace = nobody watches the runs of --live-runs
option-explore-live = it needs the simulator; --live-runs N makes runs on real threads beside it
option-explore-plain = `lockstep run --schedule ... --plain` tells one of its witnesses step by step
file-thread = threads cannot be started: { $reason }
file-panic = a mistake in Lockstep, not in the program: { $text }
file-interrupt = Ctrl-C cannot be listened to: { $reason }
file-no-python = { $path }: there is no Python file here
option-ending = the ending of { $path } does not say what to turn the run into; --to FORMAT is needed:
option-format = --to FORMAT is needed:
option-format-row = {"  "}{ $name }{ $about }
option-useless = { $option } means nothing for { $format }, only for { $formats }
option-itself = { $path }: this is the recording itself; name another file
option-last-step = { $option } { $step }: the last step of this run is { $last }
option-range = write it as FROM-TO, for instance 10-60, 10- or -60
option-range-order = the first step comes after the last
option-steps-speed = write it as steps per second, from 0.1 to 1000
option-size = write it as COLUMNSxROWS, for instance 120x32; from 20x5 to 500x500
file-no-scenario = { $path }: there is no scenario here (no scenario.json in it or in the folders in it)
file-no-keys = { $path }: the file is too large
flaw-line = { $file }:{ $line }: { $told }
misfit-live = real threads are not chosen
option-and = { $a } and { $b }

## Settings, themes and keys

wrong-format = { $text }
wrong-theme = there is no theme '{ $name }'; there are { $known }
wrong-style = the style '{ $style }' is not written as 'colour on colour, bold'
wrong-style-missing = the style of '{ $slot }' is missing, and no theme is inherited
wrong-no-threads = there must be at least one style for threads
wrong-parent = it inherits '{ $name }', which does not exist; there are { $known }
wrong-circle = it inherits itself: { $round }
wrong-screen = there is no screen `{ $name }`; there are { $known }
wrong-key-name = there is no key for `{ $name }` on the screen `{ $screen }`; `lockstep keys` lists them
wrong-key-name-near = there is no key for `{ $name }` on the screen `{ $screen }`; did you mean `{ $near }`?
wrong-key = `{ $name }` is no key; keys are written as x, Space, F2, Shift-Right, Ctrl-P
wrong-key-fixed = the key of `{ $name }` cannot be changed
wrong-key-twice = `{ $key }` would mean both `{ $one }` and `{ $other }`

## Flaws of scenarios

flaw-missing = the file is missing
flaw-missing-near = the file is missing; is `{ $near }` meant to be it?
flaw-id = the id is `{ $id }`, but the folder is called `{ $folder }`
flaw-no-variant = a scenario needs at least one variant
flaw-no-text = the text in `{ $name }` is missing or empty
flaw-language = `languages` does not have `{ $name }`
flaw-variant-twice = a second variant `{ $name }`
flaw-no-other = there is no other variant `{ $name }`
flaw-no-program = there is no program `{ $name }` in the folder
flaw-question-twice = the same question twice
flaw-questions = more than { $most } questions: nobody answers so many
flaw-parameter-twice = a second parameter `{ $name }`
flaw-min = `min` of `{ $name }` is larger than its `max`
flaw-unset = no program sets `{ $name }` to a number at the beginning of a line (`{ $name } = 3`)
flaw-outside = a program sets `{ $name }` to { $value }, outside `min` and `max`
flaw-unused = no variant uses this program
flaw-seed-verdict = seed { $seed } ends in `{ $end }`, which the verdict does not know of
flaw-seed-outcome = seed { $seed } ends in `{ $end }`, which is not among the outcomes
flaw-outcome-verdict = an outcome is `{ $end }`, which the verdict does not know of
flaw-verdict-outcome = no outcome ends in what the verdict calls `{ $kind }`
flaw-key-near = there is no key for `{ $name }` on the stage; did you mean `{ $near }`?
flaw-key = there is no key for `{ $name }` on the stage; `lockstep keys` lists the names
flaw-text = { $text }
flaw-section-unknown = there is no variant `{ $name }`
flaw-section-twice = a second section `{ $name }`
flaw-heading = `{ $line }`: a section has one heading in it, `{ $after }`
flaw-section-missing = the section `## { $name }` is missing
flaw-introduction = the introduction before the first section is missing
flaw-no-brief = `## { $name }` tells nothing before the run
flaw-no-after = `## { $name }` tells nothing after the run: put `{ $after }` before what is for afterwards
flaw-finding = there is no finding `{ $name }`; there are { $known }
flaw-when = `when` names nothing: a line, an event, an object, a thread or a finding
flaw-no-line = no line of the program has `{ $piece }` in it
flaw-two-lines = `{ $piece }` stands in line { $first } and in line { $second }: take more of the line
picture-wrong-widget = there is no picture `{ $name }`; there are ring, slots, light, buffer, register, account, lanes and graph
picture-wrong-role = `{ $widget }` has no role `{ $role }`; it has { $known }
picture-wrong-role-near = `{ $widget }` has no role `{ $role }`; did you mean `{ $near }`?
picture-wrong-form = `{ $word }` is not written as `role=name,name`
picture-wrong-twice = the role `{ $role }` stands twice
