# Whether what a scenario states is true (`lockstep check DIR`).

verify-program = the program does not compile
verify-verdict = stated is { $stated }; found was { $found }
verify-unproved = nothing goes wrong in what was looked at, but a proof is out of reach: `lockstep explore` says why
verify-not-finished = not every interleaving could be looked at: { $states } states and no end. Make the program smaller, or allow more with --max-states
verify-no-global = the outcomes name { $name }, and the program has no global variable of that name that holds data
verify-missing = Stated, and in no interleaving: { $outcomes }.
verify-extra = In some interleaving, and not stated: { $outcomes }.
verify-more = { $n } more
verify-end = the run with seed { $seed } ends in { $found }, not in { $stated }
verify-question = question { $number } has no answer: { $why }
verify-note = note { $number } is told in none of the { $runs } runs that were looked at
verify-note-without = note { $number } is told in none of the { $runs } runs that were looked at; without its "{ $without }" it would be
verify-role = nothing in the program is called { $name }, which the picture wants for { $role }
verify-limit = with { $name }={ $value }, which the parameter may be: { $told }
verify-limit-end = the run with seed { $seed } ends in { $found }, and by the verdict no run does
verify-limit-bugs = in some interleaving there is { $found }, which is not stated
verify-no-variable = the program has no variable { $name } that holds data
verify-no-end = no run comes to an end at which a variable could have a value
verify-misfit = its schedule does not fit ({ $why })
verify-too-long = its schedule is too long
verify-unknown = nobody knows, as not every interleaving could be looked at
verify-true = as stated: { $verdict }, { $states } states
verify-false = { $n ->
    [one] one statement is not true
   *[other] { $n } statements are not true
}
verify-false-open = { $n ->
    [one] one statement is not true, and not everything could be looked at
   *[other] { $n } statements are not true, and not everything could be looked at
}
verify-open-only = not everything could be looked at
verify-refused = the program does not compile
verify-proved = PROVED
verify-bug = BUG
verify-open = NOT FINISHED
refused-part = { $path } is a part of a scenario, no program: give the folder, `lockstep check { $folder }`

## A new folder (`lockstep new DIR`)

new-no-id = the name of the folder becomes that of the scenario, and `{ $name }` is not one: use small letters, digits and hyphens, beginning with a letter
new-no-name = { $path }: this has no name that a scenario could be called by; give the name of a folder
new-taken = { $path }: there is something already, and nothing was changed; give a folder that does not exist yet, or an empty one
new-done = Now: `lockstep check { $path }` says whether everything in it is in order and true, `lockstep --path { $parent } { $name }` opens it.
