# Questions before the run, and what was done until now.

predict-title = predict
predict-brief = Before the run
predict-question = Predict
predict-number = Question { $n } of { $of }
predict-so-far = right: { $right } of { $answered }

predict-ask-values = Which values can { $name } have when the program is over? Tick all of them.
predict-ask-deadlock = Can it deadlock or get stuck, so that threads can never go on?
predict-ask-crash = Can an exception end a thread?
predict-ask-next = Which threads can make the next step? Tick all of them.
predict-ask-now = Which value does { $name } have now?
predict-steps = These steps were made:
predict-last-steps = The last { $n } steps that were made:

predict-yes = yes
predict-no = no
predict-no-value = no value: it was never set
predict-thread = { $letter } ({ $name })

predict-possible = possible
predict-possible-crash = possible, after an exception
predict-possible-both = possible, also after an exception
predict-impossible = not possible
predict-so = right
predict-not = wrong
predict-unknown = nobody knows
predict-missed = { $told }, but not ticked
predict-mistaken = { $told }, but ticked

predict-right = Right.
predict-wrong = Not quite.
predict-open = Not decided.
predict-more = { $n ->
    [one] One more value is possible.
   *[other] { $n } more values are possible.
}
predict-way-shortest = The shortest way there takes { $steps } and { $switches }.
predict-way = One way there takes { $steps } and { $switches }.
predict-no-return = After step { $step } of it, nothing can save the program.
predict-proved-deadlock = PROVED: { $states }, every interleaving; in none of them are threads left that can never go on.
predict-proved-crash = PROVED: { $states }, every interleaving; in none of them does an exception end a thread.
predict-proved-values = PROVED: { $states }, every interleaving; no other value is possible.
predict-part = NOT FINISHED: { $states } were looked at, { $open } were not. What was found is certain; of the rest nobody knows.
predict-because-next = A thread that waits for nothing can always be the next: who it is, is up to the scheduler.
predict-because-now = The same steps always lead to the same value.
predict-searching = The explorer is still looking at all interleavings: { $states } until now.
predict-failed = The explorer has failed, which is a mistake in Lockstep.

predict-score = { $right } of { $of } predicted rightly.
predict-score-part = { $right } of { $of } predicted rightly, { $answered } answered.
predict-go-on = Now run it and see for yourself.
predict-none = There is nothing to ask about this program: it has no second thread.

predict-flaw-variable = This question has no answer: there is no variable { $name } that holds data.
predict-flaw-end = This question has no answer: no run comes to an end.
predict-flaw-misfit = This question has no answer, as its schedule does not fit: { $reason }
predict-flaw-long = This question has no answer: its schedule is too long.
predict-flaw-unknown = Nobody knows the answer: not every interleaving could be looked at.

predict-wait = The options come when the explorer is done. Read the program meanwhile, or press {"{key:skip}"} to go to the stage.
predict-blank = Nothing is ticked. {"{key:tick}"} ticks; {"{key:answer}"} once more says that none of them is right.
predict-hint-brief = {"{key:answer}"} goes to the question.
predict-chosen = {"{key:answer}"} once more answers.
predict-hint-several = {"{key:tick}"} ticks, {"{key:answer}"} answers. {"{key:skip}"} goes to the stage without an answer.
predict-hint-one = {"{key:up}"} and {"{key:down}"} choose, {"{key:answer}"} answers. {"{key:skip}"} goes to the stage without an answer.
predict-hint-watch = {"{key:answer}"} plays the selected answer, {"{key:predict}"} on the stage leads back, {"{key:next-question}"} goes on.
predict-hint-next = {"{key:answer}"} or {"{key:next-question}"} goes on.
predict-hint-end = {"{key:answer}"} goes to the stage.

key-answer = Answer; play the answer; go on
key-answer-short = Answer
key-tick = Tick the selected option, or take the tick away
key-tick-short = Tick
key-tick-numbered = Tick the option with this number
key-watch = Play what shows the selected answer to be right
key-watch-short = Play
key-next-question = Next question
key-next-question-short = Next
key-previous-question = Question before
key-skip = To the stage, without answers
key-skip-short = To the stage
key-predict = Predict: questions about this program
key-predict-selected = Predict: questions about what is selected
key-predict-selected-short = Predict
key-forget = Forget what was done

forget-title = Forget what was done
forget-one = { $name }
forget-all = everything
progress-unwritten = What was done cannot be written down

where-predict = questions

progress-odd-title = Words in the file of what was done
progress-odd = { $place }: { $word } is not understood; it stays as it is.
progress-nothing = Nothing was done yet.
progress-forgotten = { $n ->
    [one] Forgotten: what was done with one program.
   *[other] Forgotten: what was done with { $n } programs.
}
progress-predicted = predicted { $right } of { $of }
progress-skipped = not predicted
progress-run = run
progress-explored = explored
progress-challenge = { $moves ->
    [one] challenge won in { $moves } move: { $objective }
   *[other] challenge won in { $moves } moves: { $objective }
}
progress-challenge-par = { $moves ->
    [one] challenge won in { $moves } move, par { $par }: { $objective }
   *[other] challenge won in { $moves } moves, par { $par }: { $objective }
}
place-progress = progress    {""}

gallery-done = done
gallery-partly = partly
gallery-count = Done: { $done } of { $of } variants.
gallery-after = Afterwards
gallery-next = Next: { $next }
gallery-next-predict = predict what can happen ({"{key:predict-selected}"}).
gallery-next-run = see it run to its end ({"{key:open-selected}"}).
gallery-next-challenge = make it fail yourself ({"{key:challenge}"} on the stage).
gallery-next-variant = the variant { $title }.
gallery-next-none = everything here is done.
way-asked = The moment that was asked about comes after { $steps }. {"{key:step}"} goes there, step by step.
way-asked-step = The moment that was asked about comes after { $steps }; then { $thread } makes its step. {"{key:step}"} goes there, step by step.
