# Conditions whose lock has a name of its own.

action-reacquire-own = take { $lock } again
did-wait-own = { $thread } gives { $lock } back and waits on { $object } until somebody notifies.
did-reacquire-own = { $thread } has { $lock } again and comes back from { $object }.wait().
did-reacquire-timed-out-own = { $thread } has waited long enough: it has { $lock } again, and { $object }.wait() gives False.
