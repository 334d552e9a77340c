# The command line: what the help says, and what is wrong with what was typed.
# The texts of commands and options are those of the code, word for word (a test compares them).


## Commands

cli-about = See why concurrent programs go wrong
cli-about-list = List the scenarios, their variants and parameters
cli-about-run = Run a program to its end without the interface
cli-about-explore = Try every interleaving of a program: PROVED, or BUG with the shortest way there, or NOT FINISHED
cli-about-check = Compile a program, or all programs in a directory, and say what is not supported; hold what scenarios state against what is so
cli-about-replay = Open a recorded run in the interface
cli-about-export = Turn a recorded run into a picture, a page or a table
cli-about-diff = Say where two recorded runs part
cli-about-schema = Print a JSON Schema of a line of a recorded run
cli-about-completions = Write shell completions to standard output
cli-about-man = Write the manual pages into a directory
cli-about-keys = List the keys of the interface, as they are with your changes
cli-about-notes = Show the speaker's notes of the presentation that goes on in another terminal (P on the stage)
cli-about-new = Write a scenario's folder to start from, with a comment at every field
cli-about-progress = Show what was done with which program: predicted, run, explored, solved
cli-about-doctor = Look at the terminal, the languages and Python, and say what could be better
cli-about-paths = Show which files and directories Lockstep uses
cli-about-help = Print this message or the help of the given subcommand(s)
cli-long-about = Lockstep runs a Python threading program step by step, in any order you choose, and shows who holds and who waits for what.
cli-after = Without a command, TARGET is opened in the interface; without a target, the gallery.

## Arguments and options

cli-arg-target = A scenario (philosophers, philosophers/ordered), a Python file, or a moment ('counter/race v1/M2.A3 @5')
cli-explore-arg-target = A scenario (philosophers, philosophers/ordered) or a Python file
cli-arg-parameters = Give a module-level constant another value
cli-arg-seed = The seed of the scheduler and of the program's own random numbers [default: 1]
cli-arg-atomic = How much one step does: op, line or gil [default: op]
cli-arg-fair = A released lock goes to whoever has waited longest
cli-arg-spurious = Waiting on a condition may end without a notification
cli-arg-notify = Whom notify wakes: first (the longest waiter) or any [default: first]
cli-arg-input = A line that answers `input()`; repeatable
cli-arg-sched = Who chooses the next step: manual, random, rr[:QUANTUM], fifo, pct[:DEPTH[:LENGTH]]
cli-arg-schedule = Make these steps first
cli-arg-max-steps = Stop after this many steps [default: 10 million, with --repeat 100,000, in the interface 1 million; 0 in `run`: no limit]
cli-arg-timeout = Stop after this much real time
cli-arg-plain = Tell every step in one line, without the interface
cli-notes-arg-plain = Tell them in lines, without the interface
cli-arg-record = Record the run in this file (.jsonl, or .jsonl.gz, which is packed); - is standard output
cli-arg-force = With --record: replace the file when there is one already
cli-export-arg-force = Replace the file when there is one already
cli-arg-live = Run the program on real threads of the operating system instead of in the simulator
cli-arg-pace = With --live: every visible operation takes at least so long
cli-arg-speed = With --live: sleeps and time-outs pass so many times as fast
cli-explore-arg-speed = With --live-runs: sleeps and time-outs pass so many times as fast
cli-export-arg-speed = cast: steps per second [default: 2, and more where that would take longer than two minutes]
cli-arg-show-gil = With --live: show the lock of the interpreter (the GIL), too
cli-arg-lang = The language: en or zh [default: the system's]
cli-arg-paths = Add the scenario in this folder, or the scenarios in the folders in it
cli-arg-theme = The colours of the interface: ansi, dark, light, high-contrast, deuteranopia, tritanopia, mono, or your own
cli-arg-color = Whether to use colours
cli-arg-glyphs = The signs to draw with: unicode, safe or ascii
cli-check-arg-max-states = Explore each variant of a scenario up to so many states
cli-new-arg-dir = The folder; its name becomes that of the scenario
cli-arg-reset = Forget what was done: with a variant (counter/race), with a scenario (counter), with everything
cli-arg-toml = Print a file to change and keep
cli-arg-no-mouse = Leave the mouse to the terminal
cli-arg-json = Print JSON
cli-replay-arg-json = Print JSON, as run does
cli-arg-repeat = Run it so many times, with the following seeds, and count how the runs end
cli-arg-deny = Exit with 1 also when the run shows a warning of this kind: race, lost-update, lock-order, ..., all
cli-explore-arg-deny = Exit with 1 also when a witness shows a warning of this kind: race, lost-update, lock-order, ..., all
cli-arg-no-reduce = Try all orders, of steps that commute, too
cli-arg-workers = OS threads that search; the result does not depend on it [default: as many as there are processors]
cli-arg-max-states = Stop after this many states
cli-arg-max-memory = Stop when the search takes this much memory [default: 2048]
cli-arg-count = Count the interleavings that lead to each outcome, and say how probable it is
cli-arg-outcome = What outcomes differ in, besides how the program ends and what its variables hold
cli-arg-timed = Keep the order of the virtual clock: sleepers wake and time-outs fire in its order, not at any moment
cli-arg-live-runs = Make so many runs on real threads, too, and compare
cli-arg-path = A Python file, a directory with Python files, a scenario's folder, or a folder with scenarios in it
cli-arg-dis = Print the bytecode
cli-arg-trace = A recorded run; - reads it from standard input
cli-replay-arg-trace = The trace (.jsonl or .jsonl.gz); - is standard input, which is followed as it grows
cli-arg-at = dot: draw who holds and who waits at the end of this step [default: the last]
cli-replay-arg-at = Look at this step first
cli-arg-to = What to turn it into [default: what the ending of FILE says]
cli-arg-output = The file to write; without it, or with -, standard output
cli-arg-frame = svg: draw the whole interface at this step, not the timeline
cli-arg-size = cast, svg: columns and rows of the interface [default: 120x32]
cli-arg-steps = mermaid, csv: only these steps, for instance 10-60, 10- or -60
cli-arg-a = A trace
cli-arg-b = Another trace
cli-arg-shell = The shell
cli-arg-dir = The directory; it is made when it does not exist

## Values

cli-value-color-auto = When there is a terminal and `NO_COLOR` is not set
cli-value-outcome-output = Everything the program prints
cli-value-to-cast = the interface as a film, for asciinema
cli-value-to-csv = a table with a row for each event
cli-value-to-dot = who holds and who waits for what at one step, for Graphviz
cli-value-to-html = a page on which the run can be stepped through
cli-value-to-mermaid = a sequence diagram
cli-value-to-perfetto = tracks of threads and locks over time, for ui.perfetto.dev
cli-value-to-svg = the timeline, or the interface at one step, as a picture

## Headings

cli-heading-the-program-and-its-rules = The program and its rules
cli-heading-the-run = The run
cli-heading-real-threads = Real threads
cli-heading-options-for-every-command = Options for every command
cli-heading-the-exploration = The exploration

## Around them

usage-help = Print help (see more with '--help')
usage-help-long = Print help (see a summary with '-h')
usage-help-only = Print help
usage-version = Print version
usage-heading = Usage:
usage-commands = Commands
usage-arguments = Arguments
usage-options = Options
usage-default = [default: { $value }]
usage-values = [possible values: { $values }]
usage-value = { $name }: { $about }

## What is wrong with a command line

usage-error = error: { $told }
usage-tip = tip: { $told }
usage-more = For more information, try '--help'.
usage-missing = the following required arguments were not provided: { $args }
usage-missing-command = '{ $command }' requires a subcommand but one was not provided
usage-unknown = unexpected argument '{ $arg }' found
usage-unknown-command = unrecognized subcommand '{ $command }'
usage-near = a similar one exists: '{ $near }'
usage-no-value = a value is required for '{ $arg }' but none was supplied
usage-invalid = invalid value '{ $value }' for '{ $arg }'
usage-invalid-why = invalid value '{ $value }' for '{ $arg }': { $reason }
usage-many-values = unexpected value '{ $value }' for '{ $arg }' found; no more were expected
usage-few-values = more values are required for '{ $arg }'
usage-twice = the argument '{ $arg }' cannot be used multiple times
usage-conflict = the argument '{ $arg }' cannot be used with { $others }
usage-encoding = invalid UTF-8 was detected in one or more arguments
usage-other = the command line could not be understood
usage-number = a number is needed
usage-number-large = the number is too large
usage-number-empty = a number is missing
usage-range = it is to be in { $range }
