# A challenge: the person is the scheduler, and wants to bring something about.

key-challenge = Challenge: be the scheduler, and bring something about
key-challenge-short = Challenge
key-challenge-selected = Challenge: be the scheduler of what is selected
key-challenge-selected-short = Challenge
key-hint = Hint: the next step of a shortest way, in a challenge
key-hint-short = Hint

menu-challenge = Challenge: what do you want to bring about?

# What may be wanted. Each goes on from "Challenge: ", and stands alone in the menu.
challenge-aim-deadlock = reach a deadlock
challenge-aim-stuck = leave a thread waiting for what nobody will do
challenge-aim-livelock = make threads run for ever without getting anywhere
challenge-aim-assertion = make an assertion fail
challenge-aim-crash = make a thread crash (not by an assertion)
challenge-aim-failure = make something go wrong
# After "nobody can".
challenge-aim-any-failure = make anything go wrong
challenge-aim-good = bring it to a good end
challenge-aim-value = bring it to a good end with { $name } = { $value }
challenge-aim-values = bring it to a good end with { $values }

challenge-par = par { $n }
challenge-par-most = par { $n } or less
challenge-par-unknown = par ?
challenge-par-impossible = see why it cannot be done

challenge-title = Challenge: { $objective }
challenge-moves = { $n ->
    [one] 1 switch, par { $par }
   *[other] { $n } switches, par { $par }
}
challenge-hints = { $n ->
    [one] 1 hint
   *[other] { $n } hints
}
challenge-status-thinking = ...
challenge-status-unknown = not known
challenge-status-lost = LOST
challenge-status-proved = PROVED IMPOSSIBLE
challenge-status-par = WON AT PAR
challenge-status-over = WON, { $n } OVER PAR
challenge-status-won = WON

challenge-searching = Searching all interleavings for what can be brought about. {"{key:challenge}"} again: begin at once, without par.
challenge-begin = You are the scheduler: { $objective }.
challenge-displaced = Real threads and recordings choose for themselves, so this is a fresh run in the simulator.
challenge-rules = A digit lets that thread make a step, {"{key:step}"} goes on with the same one, {"{key:back}"} takes a step back. Each change of thread is a move. {"{key:hint}"} gives a hint.
challenge-choose = You are the scheduler: nobody else chooses. A digit lets that thread make a step, {"{key:step}"} goes on with the same one.
challenge-none = There is no challenge. {"{key:challenge}"} begins one.
challenge-left = The challenge is over. Whoever steps now lets the scheduler choose again.
challenge-unread = This program reads lines that nobody has typed, and dies of that in every order. Let it run and type them, or give --input, and choose a challenge then.
notice-challenge-watched = Only a program that Lockstep can run itself can be a challenge.

# Hints. { $switches } says how many changes of thread it takes from here.
challenge-more-switches = { $n ->
    [0] no more switches
    [one] 1 more switch
   *[other] { $n } more switches
}
challenge-hint-same = Hint: go on with { $thread }. From here it takes { $switches } and { $steps }.
challenge-hint-other = Hint: let { $thread } run. From here it takes { $switches } and { $steps }.
challenge-hint-timeout = Hint: let the time-out of { $thread } fire. From here it takes { $switches } and { $steps }.
challenge-hint-perhaps = There may be a shorter way.
challenge-thinking = Looking for a way.

challenge-lost = Nothing you do from here leads there any more. Go back with {"{key:back}"} until this sentence is gone.
challenge-missed = The run is over, and that was not it. {"{key:back}"} takes steps back, {"{key:restart}"} begins anew.
challenge-and-step = { $told } This step: { $step }
challenge-unknown = Whether it can still be done is not known: there is too much to search.
challenge-failed = The search has failed, which is a mistake in Lockstep: { $reason }
challenge-impossible = PROVED: nobody can { $objective }. { $states } were looked at, and that is the whole space.

challenge-won = You did it in { $switches }.
challenge-won-par = You did it in { $switches }, and nobody can do it in fewer.
challenge-won-over = You did it in { $switches }; it can be done in { $par }.
challenge-with-hints = { $n ->
    [one] With one hint.
   *[other] With { $n } hints.
}
challenge-next = {"{key:challenge}"}: another challenge; {"{key:restart}"}: this one again; {"{key:compare}"}: compare with another variant.
