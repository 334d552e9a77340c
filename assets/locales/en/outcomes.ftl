# How runs end at which nobody can go on, although threads wait in no circle.

repeat-stuck = { $who }: { $n } of { $runs } runs got stuck.
explore-live-stuck = real threads: { $n } of { $runs } runs got stuck
explore-all-stuck = all interleavings: stuck in { $switches }
