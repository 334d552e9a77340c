### Pictures: what stands next to the program.

pane-picture = Stage
picture-colon = { ": " }
picture-more = and { $n } more

## Threads and objects

net-waits = waits for
net-held = held by
net-joins = waits for the end of
net-circle = A circle of waits: nobody in it can go on
net-circle-short = A circle of waits
net-circle-timed = A circle of waits, until a time-out ends it
net-row-holds = { " " }holds { $objects }
net-row-waits = { " " }waits for { $object }
net-row-waits-too = , waits for { $object }
net-row-joins = { " " }waits for the end of { $thread }
net-row-joins-too = , waits for the end of { $thread }
net-more-objects = { $n } objects more

## A car park

slots-free = { $n } of { $of } free
slots-too-many = { $n } cars in { $of } places
slots-believes = The semaphore would let { $n } more in
slots-queue = at the entrance
slots-coming = on the way
slots-gone = gone
slots-inside = inside

## A signal

light-red = red
light-green = green
light-before = before it: { $n }
light-past = past it: { $n }
light-on-red = on red

## A table

ring-eats = eats
ring-waits = wants { $object }
picture-flaw = Line { $line } names no picture: { $why }
