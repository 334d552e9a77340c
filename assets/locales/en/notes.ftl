# What is told about a program besides what happens: before its run, during it, after it.

pane-notes = Notes
notes-unread = { $name } +{ $n }
notes-of-no-scenario = Nobody has written notes about this program. Scenarios have them: a brief before the run, notes during it, and an explanation after it. docs/SCENARIOS.md says how to write some about a program of your own.
notes-none-yet = Nothing to be noted so far. {"{key:start}"} goes back to the brief.
notes-earlier = { $n ->
    [one] One earlier note
   *[other] { $n } earlier notes
}
notes-of-this-run = The notes of this run
notes-next = What next?
notes-next-challenge = - {"{key:challenge}"} makes you the scheduler: make it fail in as few switches as you can.
notes-next-challenge-proved = - {"{key:challenge}"} makes you the scheduler: try to make it fail, and see the proof that nobody can.
notes-next-compare = - {"{key:compare}"} shows another variant beside it, under the same schedule.
notes-next-explore = - {"{key:explore}"} tries every interleaving.
key-notes = The notes: what to watch, what was to be seen, why it ended so; in presenter mode, show and hide them

## The whole story in lines, for screen readers and pipes

plain-keys = (The keys are those of the interface: { $command })
plain-note = Note: { $text }
plain-hangs = { $thread } { $name } stands on line { $line } and { $clause }.
plain-hangs-holding = { $thread } { $name } stands on line { $line } and { $clause }. It holds { $objects }.
plain-hangs-more = { $n ->
    [one] One more thread hangs.
   *[other] { $n } more threads hang.
}

## In place of a key, in a text: there is none

key-in-palette = the command "{ $what }"
