# How runs end at which nobody can go on, although threads wait in no circle.

repeat-stuck = { $who }: { $n } of { $runs } runs got stuck.
explore-live-stuck = real threads: { $n } of { $runs } runs got stuck
explore-all-stuck = all interleavings: stuck in { $switches }

# Runs of which some got stuck, or deadlocked, and others crashed. { $parts } lists how many did what.
repeat-failed = { $who }: { $n } of { $runs } runs failed: { $parts }.
repeat-none-failed = { $who }: 0 of { $runs } runs failed.
repeat-part-deadlocked = { $n } deadlocked
repeat-part-stuck = { $n } stuck
repeat-part-crashed = { $n } crashed
