### Pictures of values: registers, accounts, buffers, lanes.

values-held-up = { $state }: { $object }

register-copy = own copy
register-next = next
register-has-read = has read
register-old = old
register-stored-by = stored by { $thread }
register-lost = { $n ->
    [one] { $n } store lost
   *[other] { $n } stores lost
}
register-loss = { $by } never saw { $value }: what { $of } stored is lost.

account-moving = carries
account-total = { $sum } in all
account-changed = { $sum } in all, { $first } at first
account-on-the-way = { $sum } in all, { $first } at first: { $moving } on the way
account-wrong = { $sum } in all, { $first } at first: it no longer adds up
account-free = free
account-held = held by { $thread }

buffer-at-least = { $n } items and more
buffer-closed = closed
buffer-empty = (empty)
buffer-producers = fill
buffer-consumers = empty
buffer-fills = fills
buffer-empties = empties

lanes-waiting = { $n } waiting
